"""Documents to reports: which grid is which table, which row which line; the text's claims."""
