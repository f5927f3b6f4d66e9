"""Files as the command writes them: to a path in one step, or to standard output."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import BinaryIO

from sqlalchemy import Engine

from gipcore.errors import WrongUseError
from gipcore.export.bundle import CSV, FORMATS_OF_TABLES, bundle
from gipcore.export.chosen import with_columns, with_keys
from gipcore.export.columns import AnyTable, Origin
from gipcore.export.files import Format, format_of, suffix_of
from gipcore.export.filters import check_table_filters, query_from
from gipcore.export.tables import table
from gipcore.store.database import database_state
from gipcore.store.query import Query

BUNDLE, ZIP, DEFAULT = "bundle", "zip", "csv"
REPORTS = "reports"
COPIED = 1 << 20  # bytes at a time


def write_export(
    engine: Engine,
    name: str,
    suffix: str | None,
    filters: Mapping[str, str],
    output: Path | None,
    columns: str = "",
    only: Iterable[str] = (),
) -> str:
    """Write a table, or all as a bundle; returns what was written, in words.

    The format is what `suffix` says, or the name of the file. `columns` names those wanted, with
    commas between; empty: all. `only` are values of key columns, as `name=value`. A file is put in
    place whole.
    Raises WrongUseError for a table, format, filter or column that there is not.
    """
    query = query_from(filters)
    state = database_state(engine)
    origin = Origin(os.environ.get("GIP_SITE_URL", "").rstrip("/"), state.is_synthetic)
    by_name = suffix_of(output) if output else ""
    if name == BUNDLE:
        if by_name not in ("", ZIP) or suffix not in (None, ZIP, *FORMATS_OF_TABLES):
            raise WrongUseError(
                "a bundle is a zip of csv or parquet; give it a name that ends with .zip, and "
                "--format csv or parquet"
            )
        if columns:
            raise WrongUseError("a bundle holds all columns; leave --columns out, or name a table")
        check_table_filters(name, filters)
        inside = suffix if suffix in FORMATS_OF_TABLES else CSV
        with _target(output) as file:
            for chunk in bundle(engine, query, state, origin, dict(filters), inside):
                file.write(chunk)
        return f"{table(REPORTS).count(engine, query):,} reports"
    found = with_columns(_with_rows(table(name), only), columns)
    check_table_filters(name, filters)
    format = format_of(suffix or by_name or DEFAULT)
    with _target(output) as file:
        _write(file, format, found, engine, query, origin)
    return f"{found.count(engine, query):,} rows"


def _with_rows(found: AnyTable, only: Iterable[str]) -> AnyTable:
    """Return a table with only the rows that `name=value` asks for."""
    given: dict[str, str] = {}
    for words in only:
        key, _, value = words.partition("=")
        if key not in found.keys:
            there_are = ", ".join(found.keys) or "none"
            raise WrongUseError(f"--only takes name=value with a name of {found.name}: {there_are}")
        given[key] = value
    return with_keys(found, given)


def _write(
    file: BinaryIO,
    format: Format,
    found: AnyTable,
    engine: Engine,
    query: Query,
    origin: Origin,
) -> None:
    if file.seekable():
        format.write(file, found, found.rows(engine, query), origin)
        return
    with TemporaryFile() as made:  # a pipe cannot go back, and some formats must
        format.write(made, found, found.rows(engine, query), origin)
        made.seek(0)
        while piece := made.read(COPIED):
            file.write(piece)


@contextmanager
def _target(output: Path | None) -> Iterator[BinaryIO]:
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        made = NamedTemporaryFile(dir=output.parent, prefix=f".{output.name}.", delete=False)  # noqa: SIM115
    except OSError as fault:
        raise WrongUseError(
            f"{output} cannot be written: {fault.strerror}; name a folder that exists"
        ) from fault
    path = Path(made.name)
    try:
        with made:
            yield made  # type: ignore[misc]
        path.chmod(0o644)
        path.replace(output)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
