"""Everything as one zip: the tables as tidy CSV, described for people and for programs."""

import json
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field, replace
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import Engine

from gipcore.export.columns import Origin
from gipcore.export.csv_file import BOM, csv_chunks
from gipcore.export.package import checks_csv, describe, dictionary_csv, readme
from gipcore.export.tables import TABLES
from gipcore.store.query import Query
from gipcore.store.rows import DatabaseState

MEDIA_TYPE = "application/zip"
FILES = ("offices", "reports", "cells", "findings", "gone_findings")
CHUNK = 256 * 1024
LEVEL = 6
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
) -> Generator[bytes, None, None]:
    """Yield the zip piece by piece, in constant memory.

    `filters` are the parameters that `query` was made of, for the description.
    """
    sink = _Sink()
    tables = tuple(TABLES[name] for name in FILES)
    with ZipFile(cast(IO[bytes], sink), "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        described = json.dumps(
            describe(tables, state, origin, filters), ensure_ascii=False, indent=1
        )
        for name, text in (
            ("README.md", readme(state, origin, filters)),
            ("datapackage.json", described),
            ("data_dictionary.csv", dictionary_csv(tables)),
            ("checks.csv", checks_csv()),
        ):
            archive.writestr(_entry(name), text.encode())
        for table in tables:
            rows = table.rows(engine, _asked_of(table.name, query))
            with archive.open(_entry(f"{table.name}.csv"), "w", force_zip64=True) as member:
                for chunk in _without_mark(csv_chunks(table.columns, rows, origin)):
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


def _without_mark(chunks: Iterable[bytes]) -> Iterable[bytes]:
    """Leave out the mark that only spreadsheets want."""
    for number, chunk in enumerate(chunks):
        yield chunk.removeprefix(BOM) if number == 0 else chunk


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, LONG_AGO)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
