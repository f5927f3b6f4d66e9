"""The database that answers requests, opened read-only."""

from dataclasses import dataclass
from threading import Lock

from sqlalchemy import Engine

from gipcore.store.database import DatabaseState, database_state, open_engine


@dataclass(frozen=True, slots=True)
class Database:
    """The open database and what it says of itself at the time of the request."""

    engine: Engine
    state: DatabaseState


class Databases:
    """Keeps the one engine that requests share; it follows a new build to its file by itself.

    Its pool is not the pages': a slow download never takes a connection from a visitor.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._engine: Engine | None = None

    def current(self) -> Database:
        """Return the database as it is now; raises StoreError when it cannot be used."""
        with self._lock:
            if self._engine is None:
                self._engine = open_engine(read_only=True)
            engine = self._engine
        return Database(engine, database_state(engine))

    def close(self) -> None:
        """Close the connections that nobody uses."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None
