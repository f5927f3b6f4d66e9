"""Table 2: lines by their labels, each with the columns of its edition or of the header above."""

from collections.abc import Sequence

from gipcore.form.model import EditionId
from gipcore.form.proactive import BLOCKS
from gipcore.form.report import RepairCode
from gipcore.parsing.labels import columns_meant, proactive_line
from gipcore.parsing.reading import Reading
from gipcore.parsing.rows import Row
from gipcore.parsing.windows import NO_HABITS, Window, choose_window

TABLE = 2
PREFIX = "proactive."
COLUMNS_OF_LINE = {
    edition: {line.id: block.columns for block in blocks for line in block.lines}
    for edition, blocks in BLOCKS.items()
}


def columns_named(row: Row) -> tuple[str, ...]:
    """Return the columns of table 2 that a header row names, left to right."""
    return tuple(
        column.removeprefix(PREFIX)
        for text in row.texts
        for column in columns_meant(text)
        if column.startswith(PREFIX)
    )


def edition_of_columns(rows: Sequence[Row]) -> EditionId | None:
    """Tell the edition by the columns that only one edition has; None when no header says."""
    named = {column for row in rows for column in columns_named(row)}
    own = {
        edition: {column.id for columns in lines.values() for column in columns}
        for edition, lines in COLUMNS_OF_LINE.items()
    }
    only_2019 = named & (own[EditionId.Y2019] - own[EditionId.Y2021])
    only_2021 = named & (own[EditionId.Y2021] - own[EditionId.Y2019])
    if len(only_2019) == len(only_2021):
        return None
    return EditionId.Y2019 if len(only_2019) > len(only_2021) else EditionId.Y2021


def read_proactive(rows: Sequence[Row], edition: EditionId, reading: Reading) -> None:
    """Read the rows that belong to table 2 into `reading`."""
    for row in rows:
        if not row.labels or (columns_named(row) and not row.has_number):
            continue
        found = proactive_line(row.texts[-1])
        columns = COLUMNS_OF_LINE[edition].get(found.line, ()) if found else ()
        if found is None or not columns or not row.tail:
            if row.has_number:
                reading.leave(TABLE, row)
            continue
        names = tuple(f"{found.line}.{column.id}" for column in columns)
        window = _window(row, len(names))
        if window is None:
            reading.leave(TABLE, row)
            reading.repair(RepairCode.CELL_MISSING, reading.place(TABLE, row), row.as_text(), names)
            continue
        for name, position in zip(names, window, strict=True):
            reading.put(name, position, TABLE, row)
        if found.is_approximate:
            reading.repair(
                RepairCode.LABEL_APPROXIMATE, reading.place(TABLE, row), row.texts[-1], names
            )


def _window(row: Row, count: int) -> Window | None:
    """Take the figures that follow the label; empty positions after the last are no cells."""
    tail = row.tail
    if len(tail) >= count and all(position.is_empty for position in tail[count:]):
        return tail[:count]
    if count == 1 and len({position.text for position in row.values}) == 1:
        return row.values[:1]  # the text of a merged cell, repeated in each position it covers
    choice = choose_window(row, count, NO_HABITS, lambda _: None)
    return None if choice is None else choice.window
