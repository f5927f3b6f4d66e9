"""A table as one file in any of the formats, written row by row in constant memory."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from gipcore.errors import WrongUseError
from gipcore.export.columns import AnyTable, Column, Kind, Origin, Value
from gipcore.export.csv_file import BETWEEN, csv_chunks, defused, printable

BATCH = 5000  # rows of a parquet group held at a time
MOST_ROWS_OF_A_SHEET = 1_048_575  # of Excel, below its row of headings
LONGEST_TEXT_OF_A_SHEET = 32_767
FIRST_WIDTH = 16


class TooManyRowsError(WrongUseError):
    """A file has more rows than its format can hold."""

    code = "too_many_rows"


@dataclass(frozen=True, slots=True)
class Format:
    """One format of a file: its suffix, its media type, and how rows become bytes.

    `most_rows` is the most that the website makes a file of, None: any number.
    """

    suffix: str
    media_type: str
    write: Callable[[BinaryIO, AnyTable, Iterable[Any], Origin], None]
    most_rows: int | None = None


def write_csv(file: BinaryIO, table: AnyTable, rows: Iterable[Any], origin: Origin) -> None:
    """Write CSV as the website gives it."""
    for chunk in csv_chunks(table.columns, rows, origin):
        file.write(chunk)


def write_json(file: BinaryIO, table: AnyTable, rows: Iterable[Any], origin: Origin) -> None:
    """Write a JSON array of objects, one a line; a time is ISO 8601, a list a list."""
    between = "[\n"
    for record in records(table.columns, rows, origin):
        file.write((between + json.dumps(record, ensure_ascii=False)).encode())
        between = ",\n"
    file.write(b"[]\n" if between == "[\n" else b"\n]\n")


def write_xlsx(file: BinaryIO, table: AnyTable, rows: Iterable[Any], origin: Origin) -> None:
    """Write an Excel workbook: headings that stay in view, numbers as numbers, no formulas.

    Raises TooManyRowsError beyond what a sheet holds.
    """
    import xlsxwriter

    options = {"constant_memory": True, "in_memory": False, "strings_to_formulas": False}
    options |= {"strings_to_urls": False, "strings_to_numbers": False, "remove_timezone": True}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": table.title.zh, "created": datetime(2000, 1, 1)})
        sheet = book.add_worksheet(table.title.zh)
        heading = book.add_format({"bold": True, "bottom": 1})
        sheet.freeze_panes(1, 0)
        for position, column in enumerate(table.columns):
            sheet.set_column(position, position, max(FIRST_WIDTH, len(column.name) + 2))
            sheet.write_string(0, position, column.name, heading)
        for number, row in enumerate(rows, start=1):
            if number > MOST_ROWS_OF_A_SHEET:
                raise TooManyRowsError(
                    f"more than {MOST_ROWS_OF_A_SHEET:,} rows do not fit in a sheet of Excel; "
                    "narrow the filters, or take csv or parquet"
                )
            for position, column in enumerate(table.columns):
                _write_cell(sheet, number, position, column.value(row, origin))


def _write_cell(sheet: Any, row: int, position: int, value: Value) -> None:  # noqa: ANN401 - xlsxwriter has no types
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, position, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, position, value)
    elif text := defused(as_text(value)):
        sheet.write_string(row, position, text[:LONGEST_TEXT_OF_A_SHEET])


def write_parquet(file: BinaryIO, table: AnyTable, rows: Iterable[Any], origin: Origin) -> None:
    """Write Parquet with typed columns; what the names mean stands in the schema's metadata."""
    import pyarrow as pa
    from pyarrow import parquet

    types = {
        Kind.TEXT: pa.string(),
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.BOOLEAN: pa.bool_(),
        Kind.TIME: pa.timestamp("s", tz="UTC"),
        Kind.LIST: pa.list_(pa.string()),
    }
    schema = pa.schema(
        pa.field(
            column.name,
            types[column.kind],
            metadata={"label_zh": column.label.zh, "label_en": column.label.en},
        )
        for column in table.columns
    )
    taken = iter(rows)
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while batch := list(islice(taken, BATCH)):
            arrays = [
                pa.array([_typed(column, row, origin) for row in batch], schema.field(number).type)
                for number, column in enumerate(table.columns)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _typed(column: Column[Any], row: object, origin: Origin) -> object:
    value = column.value(row, origin)
    if column.kind is Kind.NUMBER and value is not None:
        return float(value)  # type: ignore[arg-type]
    if isinstance(value, str):
        return printable(value)
    return value


def records(
    columns: Iterable[Column[Any]], rows: Iterable[Any], origin: Origin
) -> Iterator[dict[str, Any]]:
    """Yield rows as objects of their columns, for JSON."""
    for row in rows:
        yield {column.name: plain(column.value(row, origin)) for column in columns}


def plain(value: Value) -> str | int | float | tuple[str, ...] | None:
    """Return a value as JSON has it: a time is ISO 8601, a list a list."""
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value


def as_text(value: str | datetime | tuple[str, ...]) -> str:
    """Return a value as words."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    return BETWEEN.join(value) if isinstance(value, tuple) else value


FORMATS = {
    format.suffix: format
    for format in (
        Format("csv", "text/csv; charset=utf-8", write_csv),
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write_xlsx,
            most_rows=50_000,
        ),
        Format("parquet", "application/vnd.apache.parquet", write_parquet, most_rows=2_000_000),
        Format("json", "application/json", write_json),
    )
}


def format_of(suffix: str) -> Format:
    """Return a format by its suffix; raises WrongUseError for one that is not written."""
    try:
        return FORMATS[suffix]
    except KeyError:
        raise WrongUseError(
            f"no file is written as “{suffix}”; there are: {', '.join(FORMATS)}",
            code="unknown_format",
        ) from None


def suffix_of(path: Path) -> str:
    """Return the suffix of a file's name without its dot."""
    return path.suffix.removeprefix(".").lower()
