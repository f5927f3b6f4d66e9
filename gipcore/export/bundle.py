"""Everything as one zip: the tables as tidy CSV or Parquet, described for people and programs."""

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import Engine

from gipcore.export.columns import AnyTable, Origin
from gipcore.export.csv_file import BOM, csv_chunks
from gipcore.export.files import write_parquet
from gipcore.export.package import checks_csv, describe, dictionary_csv, licence, readme
from gipcore.export.tables import TABLES
from gipcore.store import reading
from gipcore.store.query import Query
from gipcore.store.rows import DatabaseState, GoneFindingRow

MEDIA_TYPE = "application/zip"
FILES = ("offices", "reports", "cells", "findings", "gone_findings")
CHUNK = 256 * 1024
GONE_AT_A_TIME = 200
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

    Every file is of the same reports, and of the offices that made them.
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
            ("LICENSE.txt", licence()),
            ("datapackage.json", described),
            ("data_dictionary.csv", dictionary_csv(tables, suffix)),
            ("checks.csv", checks_csv()),
        ):
            archive.writestr(_entry(name), text.encode())
        for table in tables:
            rows = _rows(engine, table.name, query)
            entry = _entry(f"{table.name}.{suffix}", ZIP_DEFLATED if suffix == CSV else ZIP_STORED)
            with archive.open(entry, "w", force_zip64=True) as member:
                for chunk in PIECES[suffix](table, rows, origin):
                    member.write(chunk)
                    if sink.size >= CHUNK:
                        yield sink.drain()
    yield sink.drain()


def _rows(engine: Engine, name: str, query: Query) -> Iterator[Any]:
    """Yield the rows of a file: only offices and findings of the reports that the query takes."""
    rows = TABLES[name].rows(engine, query)
    if name == "offices":
        return (row for row in rows if row.reports > 0)
    return _in_reports(engine, query, rows) if name == "gone_findings" else iter(rows)


def _in_reports(
    engine: Engine, query: Query, rows: Iterable[GoneFindingRow]
) -> Iterator[GoneFindingRow]:
    """Leave out what is gone from reports that the query does not take, some rows at a time.

    A filter of findings takes those that are gone too; nothing may be left of it in their report.
    """
    taken = iter(rows)
    while some := list(islice(taken, GONE_AT_A_TIME)):
        offices = ",".join(sorted({row.office_id for row in some}))
        reports = reading.iterate_reports(engine, replace(query, office=offices))
        ids = {report.id for report in reports}
        yield from (row for row in some if row.report_id in ids)


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
