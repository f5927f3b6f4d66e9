"""Journeys through the site in a real browser, against the real server."""
