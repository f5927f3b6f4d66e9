"""Reading, checking, keeping and showing government information disclosure annual reports."""
