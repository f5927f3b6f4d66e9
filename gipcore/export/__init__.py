"""Files of rows: tables with their columns declared once, filters by name, and formats."""
