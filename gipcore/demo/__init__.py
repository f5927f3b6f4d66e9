"""A synthetic country: registers and reports for trying the site out and for measuring it."""
