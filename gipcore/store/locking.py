"""One writer at a time: a build and an ingest never meet in one database."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from gipcore.errors import StoreError
from gipcore.store.database import sqlite_path

ADVISORY_KEY = 0x676970  # "gip"
# The server lets go of a lock a moment after the process that held it was killed.
PATIENCE_SECONDS = 2.0
PAUSE_SECONDS = 0.1
BUSY = "another build or ingest is writing to it; wait until it is done"


@contextmanager
def only_writer(url: URL) -> Iterator[None]:
    """Keep every other writer out, for as long as this process lives at most.

    Raises StoreError when another one is at work, or the place cannot be written to.
    """
    path = sqlite_path(url)
    if path is None:
        with _server_lock(url):
            yield
    else:
        with _file_lock(path):
            yield


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_name(f"{path.name}.lock").open("w")
    except OSError as fault:
        raise StoreError(f"the database {path}: {fault.strerror}; choose another place") from fault
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise StoreError(f"the database {path}: {BUSY}") from fault
        yield


@contextmanager
def _server_lock(url: URL) -> Iterator[None]:
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    name = url.render_as_string(hide_password=True)
    try:
        connection = engine.connect()
    except DBAPIError as fault:
        raise StoreError(
            f"the database {name}: the server does not let us in ({fault.orig}); "
            "start it or correct the address"
        ) from fault
    with connection:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not connection.scalar(text(f"SELECT pg_try_advisory_lock({ADVISORY_KEY})")):
            if time.monotonic() > deadline:
                raise StoreError(f"the database {name}: {BUSY}")
            time.sleep(PAUSE_SECONDS)
        yield
        connection.execute(text(f"SELECT pg_advisory_unlock({ADVISORY_KEY})"))
