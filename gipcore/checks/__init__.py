"""The balance relations of the form and the other checks, declared as values."""
