"""Indicators over stored cells: counts, shares with their denominators, intervals. All pure."""
