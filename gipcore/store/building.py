"""Making a database beside the one in use, and putting it in place in one step.

Until that step readers see the old one, and a build that is killed before it changes nothing; what
it left behind is removed by the next.
"""

import os
import re
import secrets
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    NullPool,
    create_engine,
    event,
    insert,
    inspect,
    update,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.schema import CreateIndex, CreateSchema, CreateTable, DropSchema

from gipcore.errors import StoreError
from gipcore.register.rows import Register
from gipcore.store.database import (
    PAGE_BYTES,
    SCHEMA,
    database_state,
    name_of,
    open_engine,
    open_postgresql,
    parse_url,
    reading,
    sqlite_path,
    url_of_file,
)
from gipcore.store.locking import only_writer
from gipcore.store.models import (
    SCHEMA_VERSION,
    Base,
    DeclaredCheck,
    FormCell,
    Meta,
)
from gipcore.store.offices import add_register
from gipcore.store.prepare import check_rows, fingerprint, form_cell_rows
from gipcore.store.replies import replace_replies
from gipcore.store.rows import Reply
from gipcore.store.views import create_views
from gipcore.store.writing import Writer

BUILDING, REPLACED = f"{SCHEMA}_building", f"{SCHEMA}_replaced"
CLUSTERED = ("report", "cell", "finding")
TOKEN_BYTES = 8
CACHE_KIB = 512 * 1024
LOCK_PATIENCE = "300ms"
PAUSE_SECONDS = 0.5
DROP_ATTEMPTS = 60
NO_CONTENT = f"{0:064x}"


@contextmanager
def new_database(
    url: str | None,
    register: Register,
    *,
    replies: Sequence[Reply] = (),
    is_synthetic: bool = False,
) -> Iterator[Writer]:
    """Lend the writer of an empty database with these registers; it is put in place at the end.

    An exception within leaves the old database as it was. Raises StoreError when another writer is
    at work or the place cannot be written to.
    """
    parsed = parse_url(url)
    with only_writer(parsed):
        path = sqlite_path(parsed)
        try:
            with _new_schema(parsed) if path is None else _new_file(path) as connection:
                writer = _begin(connection, register, is_synthetic=is_synthetic)
                writer.add_content(replace_replies(connection, replies))
                yield writer
                _finish(connection, writer)
        except (DBAPIError, sqlite3.Error) as fault:
            name = parsed.render_as_string(hide_password=True)
            raise StoreError(f"the database {name} could not be made: {fault}") from fault


def has_database(url: str | None = None) -> bool:
    """Tell whether there is a database, of whatever schema and content."""
    parsed = parse_url(url)
    path = sqlite_path(parsed)
    if path is not None:
        return path.exists()
    engine = open_engine(url, read_only=True)
    try:
        with reading(engine) as connection:
            return inspect(connection).has_table(Meta.__tablename__, schema=SCHEMA)
    finally:
        engine.dispose()


@contextmanager
def open_for_writing(
    url: str | None, register: Register, *, replies: Sequence[Reply] | None = None
) -> Iterator[Engine]:
    """Lend the engine of the database in use, to add to it; new in the registers is put in.

    Replies that are given take the place of those that it has.
    Raises StoreError when it is absent, of another schema, or another writer is at work.
    """
    parsed = parse_url(url)
    with only_writer(parsed):
        engine = open_engine(url)
        try:
            database_state(engine)
            with engine.begin() as connection:
                content = add_register(connection, register)
                if replies is not None:
                    content += replace_replies(connection, replies)
                Writer(connection).add_content(content)
            yield engine
            with engine.begin() as connection:
                Writer(connection).compare()
        except DBAPIError as fault:
            raise StoreError(f"{name_of(engine)} could not be written to: {fault.orig}") from fault
        finally:
            engine.dispose()


def _begin(connection: Connection, register: Register, *, is_synthetic: bool) -> Writer:
    for table in Base.metadata.sorted_tables:
        connection.execute(CreateTable(table))
    create_views(connection)
    connection.execute(
        insert(Meta).values(
            number=1,
            schema_version=SCHEMA_VERSION,
            fingerprint=fingerprint(),
            content_hash=NO_CONTENT,
            built_at=datetime.now(UTC),
            read_at=None,
            is_synthetic=is_synthetic,
        )
    )
    connection.execute(insert(FormCell), form_cell_rows())
    connection.execute(insert(DeclaredCheck), check_rows())
    writer = Writer(connection, is_bulk=True)
    writer.add_content(add_register(connection, register))
    return writer


def _finish(connection: Connection, writer: Writer) -> None:
    for table in Base.metadata.sorted_tables:
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))
    writer.finish()
    connection.execute(update(Meta).values(built_at=datetime.now(UTC)))


@contextmanager
def _new_file(path: Path) -> Iterator[Connection]:
    """Lend a connection to a new SQLite file, and lead the link to it at the end."""
    _remove_other_files(path)
    file = path.with_name(f"{path.name}.{secrets.token_hex(TOKEN_BYTES)}")
    engine = create_engine(url_of_file(file), poolclass=NullPool)
    event.listen(engine, "connect", _prepare_new_file)
    event.listen(engine, "begin", _begin_transaction)
    try:
        with engine.connect() as connection:
            yield connection
            connection.exec_driver_sql("ANALYZE")
            connection.commit()
        _settle_file(file)
        link = path.with_name(f"{path.name}.link")
        link.unlink(missing_ok=True)
        link.symlink_to(file.name)
        link.replace(path)
    finally:
        _remove_other_files(path)


def _prepare_new_file(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    """Write without a journal: a file that is not finished is thrown away."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    cursor.execute("PRAGMA journal_mode = OFF")
    cursor.execute("PRAGMA synchronous = OFF")
    cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    cursor.close()


def _begin_transaction(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _settle_file(file: Path) -> None:
    """Set the file to the journal it is used with, and have it safely on the disk."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    with file.open("rb") as written:
        os.fsync(written.fileno())


def _remove_other_files(path: Path) -> None:
    """Remove the files of builds that are not, or no longer, the database.

    Connections that have one open go on reading it: it is gone for good when they close.
    """
    in_use = path.resolve().name
    of_a_build = re.compile(
        rf"({re.escape(path.name)}\.[0-9a-f]{{{2 * TOKEN_BYTES}}})(-wal|-shm|-journal)?"
    )
    for file in path.parent.iterdir():
        match = of_a_build.fullmatch(file.name)
        if match and match[1] != in_use:
            file.unlink(missing_ok=True)
    if path.is_symlink():  # the side files of a plain file that stood here before
        for suffix in ("-wal", "-shm", "-journal"):
            path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)


@contextmanager
def _new_schema(url: URL) -> Iterator[Connection]:
    """Lend a connection to a new schema of PostgreSQL, and rename it at the end.

    All is one transaction, so what is not finished was never there.
    """
    engine = open_postgresql(url, BUILDING)
    try:
        _drop_replaced(engine)
        with engine.connect() as connection:
            connection.execute(CreateSchema(BUILDING))
            yield connection
            for table in CLUSTERED:
                connection.exec_driver_sql(f"CLUSTER {table} USING {table}_pkey")
            for table in Base.metadata.tables:
                connection.exec_driver_sql(f"ANALYZE {table}")
            connection.execute(CreateSchema(SCHEMA, if_not_exists=True))
            connection.exec_driver_sql(f"ALTER SCHEMA {SCHEMA} RENAME TO {REPLACED}")
            connection.exec_driver_sql(f"ALTER SCHEMA {BUILDING} RENAME TO {SCHEMA}")
            connection.commit()
        with suppress(OperationalError):  # long readers still have it: the next build drops it
            _drop_replaced(engine)
    finally:
        engine.dispose()


def _drop_replaced(engine: Engine) -> None:
    """Drop what an earlier build replaced, once nobody reads it any more.

    Each attempt waits less than the server's deadlock timeout (1 s): a reader that meets the lock
    goes on when the attempt gives up, instead of being ended as one side of a deadlock.
    """
    for attempts_left in reversed(range(DROP_ATTEMPTS)):
        try:
            with engine.begin() as connection:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_PATIENCE}'")
                connection.execute(DropSchema(REPLACED, cascade=True, if_exists=True))
        except OperationalError:
            if not attempts_left:
                raise
            time.sleep(PAUSE_SECONDS)
        else:
            return
