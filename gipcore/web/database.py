"""The database that answers requests, opened read-only."""

from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from sqlalchemy import Engine

from gipcore.store.database import DatabaseState, database_state, open_engine
from gipcore.store.snapshots import snapshot_of


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

    def engine(self) -> Engine:
        """Return the engine; whether the database can be used shows when it is asked."""
        with self._lock:
            if self._engine is None:
                self._engine = open_engine(read_only=True)
            return self._engine

    def current(self) -> Database:
        """Return the database as it is now; raises StoreError when it cannot be used."""
        engine = self.engine()
        return Database(engine, database_state(engine))

    def close(self) -> None:
        """Close the connections that nobody uses."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None


def database_facts(database: Database) -> dict[str, Any]:
    """Return what is public of the database's state."""
    state = database.state
    return {
        "version": state.content_hash,
        "snapshot": snapshot_of(state),
        "schema_version": state.schema_version,
        "built_at": _iso(state.built_at),
        "read_at": _iso(state.read_at),
        "offices": state.offices,
        "reports": state.reports,
        "is_synthetic": state.is_synthetic,
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
