"""Where the database is, opening it, and what it says of itself.

An SQLite database is a link (`gip.sqlite`) to the file of one build (`gip.sqlite.<token>`): a new
build takes its place in one step, with side files (-wal, -shm) of its own. A connection that was
opened before goes on reading the old file; engines notice on their next use and open the new one.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    QueuePool,
    create_engine,
    event,
    func,
    make_url,
    select,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, InvalidRequestError
from sqlalchemy.pool import ConnectionPoolEntry

from gipcore.errors import StoreError
from gipcore.store.models import SCHEMA_VERSION, Meta, Office, Stratum
from gipcore.store.prepare import fingerprint
from gipcore.store.rows import DatabaseState

ENVIRONMENT = "GIP_DATABASE_URL"
DEFAULT_FILE = Path(__file__).parents[2] / "data" / "gip.sqlite"
SCHEMA = "gip"  # of PostgreSQL; a build makes another and renames it
PAGE_BYTES = 8192
CACHE_KIB = 64 * 1024
MMAP_BYTES = 16 << 30
PATIENCE_SECONDS = 10
REPLACEMENTS = 5  # of a database, while one connection to it is taken
BUILD = "make it with `python -m gipcore build`"
REBUILD = "make it anew with `python -m gipcore build`"
EXAMPLES = "write sqlite:///path/gip.sqlite or postgresql+psycopg://user:password@host/name"

__all__ = [
    "DatabaseState",
    "database_state",
    "database_url",
    "database_version",
    "open_engine",
    "reading",
]


def database_url() -> str:
    """Return the address of the database: GIP_DATABASE_URL, or the SQLite file in `data/`."""
    return os.environ.get(ENVIRONMENT) or url_of_file(DEFAULT_FILE)


def url_of_file(file: Path) -> str:
    """Return the address of an SQLite file, whatever its name is made of."""
    return URL.create("sqlite", database=str(file)).render_as_string()


def parse_url(url: str | None) -> URL:
    """Return the parts of an address; raises StoreError for one that names no database of ours."""
    given = url or database_url()
    try:
        found = make_url(given)
    except ArgumentError as fault:
        raise StoreError(f"“{given}” is no database address; {EXAMPLES}") from fault
    if found.get_backend_name() == "sqlite":
        if not found.database or found.database == ":memory:":
            raise StoreError(f"the address “{given}” names no file; {EXAMPLES}")
        return found
    if found.get_backend_name() == "postgresql":
        return found.set(drivername="postgresql+psycopg")
    raise StoreError(f"{found.drivername} databases are not known; {EXAMPLES}")


def sqlite_path(url: URL) -> Path | None:
    """Return the file of an SQLite address; None for PostgreSQL."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    return Path(url.database).absolute()


def open_engine(url: str | None = None, *, read_only: bool = False) -> Engine:
    """Open a pool of connections; nothing is read yet.

    `read_only` connections cannot write, whatever is asked of them.
    """
    parsed = parse_url(url)
    path = sqlite_path(parsed)
    if path is None:
        return open_postgresql(parsed, SCHEMA, read_only=read_only)
    return open_sqlite(path, read_only=read_only)


def open_postgresql(url: URL, schema: str, *, read_only: bool = False) -> Engine:
    """Open a server's database in one of its schemas."""
    is_closed = "on" if read_only else "off"
    options = f"-c search_path={schema} -c default_transaction_read_only={is_closed}"
    return create_engine(
        url, pool_pre_ping=True, pool_size=10, max_overflow=20, connect_args={"options": options}
    )


def open_sqlite(path: Path, *, read_only: bool = False) -> Engine:
    """Open an SQLite file, following its link to the file of the latest build."""

    def connect() -> sqlite3.Connection:
        try:
            return _connect(path, read_only=read_only)
        except sqlite3.OperationalError:
            return _connect(path, read_only=read_only)  # the link was just led elsewhere

    engine = create_engine(
        url_of_file(path), creator=connect, poolclass=QueuePool, pool_size=10, max_overflow=20
    )
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    def prepare(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        cursor.execute(f"PRAGMA mmap_size = {MMAP_BYTES}")
        cursor.execute("PRAGMA synchronous = NORMAL")
        opened = cursor.execute("PRAGMA database_list").fetchone()[2]
        cursor.close()
        entry.info["file"] = _file_of(Path(opened))

    def notice_new_file(
        connection: DBAPIConnection, entry: ConnectionPoolEntry, proxy: object
    ) -> None:
        if entry.info["file"] != _file_of(path):
            raise DisconnectionError("another file has taken the database's place")

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "checkout", notice_new_file)
    event.listen(engine, "begin", start)
    return engine


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    uri = f"file:{quote(str(path))}?mode={'ro' if read_only else 'rw'}"
    return sqlite3.connect(
        uri, uri=True, timeout=PATIENCE_SECONDS, isolation_level=None, check_same_thread=False
    )


def _file_of(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from any other that was or will be at the same path."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Lend a connection that sees one state of the database throughout.

    Raises StoreError, with what to do, where the database cannot be used.
    """
    try:
        with _connection(engine) as connection:
            yield connection
    except DBAPIError as fault:
        raise StoreError(f"{name_of(engine)}: {_reason(engine, str(fault.orig))}") from fault


def _connection(engine: Engine) -> Connection:
    """Return a connection; the pool gives up when a database is replaced twice meanwhile."""
    for _ in range(REPLACEMENTS):
        with suppress(InvalidRequestError):
            return engine.connect()
    return engine.connect()


def name_of(engine: Engine) -> str:
    """Return words for the database, without its password."""
    return f"the database {engine.url.render_as_string(hide_password=True)}"


def _reason(engine: Engine, message: str) -> str:
    lowered = message.lower()
    for part, words in REASONS.items():
        if part in lowered:
            return words
    return message.strip().splitlines()[0] if message.strip() else "cannot be used"


REASONS = {
    "unable to open database file": f"there is no such file; {BUILD}",
    "not a database": f"the file is not a database; {REBUILD}",
    "malformed": f"the file is damaged; {REBUILD}",
    "no such table": f"it holds no reports, or is older than the program; {REBUILD}",
    "no such column": f"it is older than the program; {REBUILD}",
    "does not exist": f"it holds no reports, or is older than the program; {REBUILD}",
    "locked": "another process is writing to it; try again in a moment",
    "readonly": "it was opened for reading only",
    "connection refused": "the server does not answer; start it or correct the address",
}


def database_state(engine: Engine) -> DatabaseState:
    """Return what the database says of itself.

    Raises StoreError when it is absent, not readable, or of another schema than the program.
    """
    with reading(engine) as connection:
        version = connection.scalar(select(Meta.schema_version))
        if version != SCHEMA_VERSION:
            raise StoreError(f"{name_of(engine)}: {_wrong_version(version)}")
        meta = connection.execute(select(Meta)).one()
        if meta.fingerprint != fingerprint():
            raise StoreError(
                f"{name_of(engine)}: it was made with other cells or checks than the program "
                f"has; {REBUILD}"
            )
        return DatabaseState(
            schema_version=version,
            content_hash=meta.content_hash,
            built_at=meta.built_at,
            read_at=meta.read_at,
            offices=connection.scalar(select(func.count()).select_from(Office)) or 0,
            reports=connection.scalar(
                select(func.sum(Stratum.reports)).where(Stratum.parent.is_(None))
            )
            or 0,
            is_synthetic=meta.is_synthetic,
        )


def _wrong_version(version: int | None) -> str:
    if version is None:
        return f"it was never finished; {REBUILD}"
    is_older = version < SCHEMA_VERSION
    whose = "older than the program" if is_older else "newer than the program"
    remedy = REBUILD if is_older else "update the program"
    return f"its schema {version} is {whose} (schema {SCHEMA_VERSION}); {remedy}"


def database_version(engine: Engine) -> str:
    """Return a text that changes when the database is put in place anew or written to.

    It costs a look at two files (SQLite) or one row (PostgreSQL); it may change although the
    content is the same. Raises StoreError when there is no database.
    """
    path = sqlite_path(engine.url)
    if path is None:
        with reading(engine) as connection:
            row = connection.execute(select(Meta.content_hash, Meta.built_at)).one()
            return f"{row.content_hash}-{row.built_at:%Y%m%d%H%M%S}"
    try:
        found = path.stat()
    except FileNotFoundError as fault:
        raise StoreError(f"{name_of(engine)}: there is no such file; {BUILD}") from fault
    try:
        log = path.with_name(f"{path.resolve().name}-wal").stat()
    except FileNotFoundError:
        return f"{found.st_ino}-{found.st_mtime_ns}"
    written = f"-{log.st_mtime_ns}" if log.st_size else ""
    return f"{found.st_ino}-{found.st_mtime_ns}{written}"
