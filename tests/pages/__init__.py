"""Every page, run through app.py without a browser."""
