"""CSV that spreadsheets and programs both read: UTF-8 with BOM, numbers bare, formulas defused."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import StringIO
from typing import TypeVar

from gipcore.export.columns import Column, Origin, Value

MEDIA_TYPE = "text/csv; charset=utf-8"
BOM = "\ufeff".encode()
BETWEEN = "; "  # between the values of a list
CHUNK = 256 * 1024  # characters a piece holds at least; large ones are compressed off the loop

# A spreadsheet takes text that begins so, after blanks too, for a formula to run.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

Row = TypeVar("Row")


def text(value: Value) -> str | int | float | None:
    """Return what stands in a field: numbers as they are, unknown empty, text never a formula."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return defused(BETWEEN.join(value) if isinstance(value, tuple) else value)


def printable(words: str) -> str:
    """Return text without the control characters that files cannot hold."""
    return _CONTROL.sub("", words)


def defused(words: str) -> str:
    """Return text that no spreadsheet runs: an apostrophe goes before what looks like a formula."""
    cleaned = printable(words)
    return f"'{cleaned}" if _FORMULA.match(cleaned) else cleaned


def csv_chunks(
    columns: tuple[Column[Row], ...], rows: Iterable[Row], origin: Origin
) -> Iterator[bytes]:
    """Yield a file piece by piece, the names of the columns first; memory does not grow."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write(BOM.decode())
    writer.writerow([column.name for column in columns])
    readers = [column.value for column in columns]
    for row in rows:
        writer.writerow([text(read(row, origin)) for read in readers])
        if buffer.tell() >= CHUNK:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()
