"""Everything as one zip: the tables as tidy CSV or Parquet, described for people and programs."""

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from tempfile import TemporaryFile
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import Engine

from gipcore.export.columns import AnyTable, Origin
from gipcore.export.csv_file import BOM, csv_chunks
from gipcore.export.files import write_parquet
from gipcore.export.package import checks_csv, describe, dictionary_csv, readme
from gipcore.export.tables import TABLES
from gipcore.store.query import Query
from gipcore.store.rows import DatabaseState

MEDIA_TYPE = "application/zip"
FILES = ("offices", "reports", "cells", "findings", "gone_findings")
CHUNK = 256 * 1024
LEVEL = 6
CSV = "csv"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes


@dataclass(slots=True)
class _Sink:
    """Takes what the zip writes, until it is handed on; it cannot go back."""

    taken: list[bytes] = field(default_factory=list)
    size: int = 0

    def write(self, data: bytes, /) -> int:
        """Take a piece."""
        self.taken.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: all is taken at once."""

    def drain(self) -> bytes:
        """Hand on what was taken."""
        data = b"".join(self.taken)
        self.taken.clear()
        self.size = 0
        return data


def bundle(
    engine: Engine,
    query: Query,
    state: DatabaseState,
    origin: Origin,
    filters: dict[str, str],
    suffix: str = CSV,
) -> Generator[bytes, None, None]:
    """Yield the zip piece by piece, in constant memory.

    `filters` are the parameters that `query` was made of, for the description. `suffix` is the
    format of the tables, one of FORMATS_OF_TABLES; the lists beside them are CSV.
    """
    sink = _Sink()
    tables = tuple(TABLES[name] for name in FILES)
    with ZipFile(cast(IO[bytes], sink), "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        described = json.dumps(
            describe(tables, state, origin, filters, suffix), ensure_ascii=False, indent=1
        )
        for name, text in (
            ("README.md", readme(state, origin, filters, suffix)),
            ("datapackage.json", described),
            ("data_dictionary.csv", dictionary_csv(tables, suffix)),
            ("checks.csv", checks_csv()),
        ):
            archive.writestr(_entry(name), text.encode())
        for table in tables:
            rows = table.rows(engine, _asked_of(table.name, query))
            entry = _entry(f"{table.name}.{suffix}", ZIP_DEFLATED if suffix == CSV else ZIP_STORED)
            with archive.open(entry, "w", force_zip64=True) as member:
                for chunk in PIECES[suffix](table, rows, origin):
                    member.write(chunk)
                    if sink.size >= CHUNK:
                        yield sink.drain()
    yield sink.drain()


def _asked_of(table: str, query: Query) -> Query:
    """Return what a table is asked for, so that all files hold the same offices and reports.

    Offices are those the filters name, whether or not they published.
    """
    if table != "offices":
        return replace(query, cell=None) if table != "cells" else query
    return Query(
        region=query.region,
        level=query.level,
        function=query.function,
        office=query.office,
        search=query.search,
    )


def _csv(table: AnyTable, rows: Iterable[Any], origin: Origin) -> Iterator[bytes]:
    """Yield a file without the mark that only spreadsheets want."""
    for number, chunk in enumerate(csv_chunks(table.columns, rows, origin)):
        yield chunk.removeprefix(BOM) if number == 0 else chunk


def _parquet(table: AnyTable, rows: Iterable[Any], origin: Origin) -> Iterator[bytes]:
    """Yield a file that is made on the disk first: its end is written last and read first."""
    with TemporaryFile() as made:
        write_parquet(made, table, rows, origin)
        made.seek(0)
        while piece := made.read(CHUNK):
            yield piece


PIECES: Mapping[str, Callable[[AnyTable, Iterable[Any], Origin], Iterator[bytes]]] = {
    CSV: _csv,
    "parquet": _parquet,
}
FORMATS_OF_TABLES = tuple(PIECES)


def _entry(name: str, compression: int = ZIP_DEFLATED) -> ZipInfo:
    entry = ZipInfo(name, LONG_AGO)
    entry.compress_type = compression
    entry.external_attr = 0o644 << 16
    return entry
