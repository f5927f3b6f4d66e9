"""Indicators over stored cells."""
