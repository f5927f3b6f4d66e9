"""The database: models, writing, reading."""
