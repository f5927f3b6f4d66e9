"""Inserting where a row may stand already: the same words for both databases."""

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from gipcore.store.models import Base


def insert_or(connection: Connection, model: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Return an insert that knows `on_conflict_do_update` and `on_conflict_do_nothing`."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(model)
    return sqlite.insert(model)
