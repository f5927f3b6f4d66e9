"""Table 2: lines by their labels, each with the columns of its edition or of the header above."""

import re
from collections.abc import Sequence
from dataclasses import replace

from gipcore.form.model import EditionId
from gipcore.form.proactive import BLOCKS
from gipcore.form.report import RepairCode
from gipcore.parsing.figures import Kind
from gipcore.parsing.labels import columns_meant, proactive_line
from gipcore.parsing.normalize import normalize
from gipcore.parsing.reading import Reading
from gipcore.parsing.rows import Position, Row
from gipcore.parsing.windows import NO_HABITS, Window, choose_window

TABLE = 2
PREFIX = "proactive."
AMOUNT = ".amount_wan_yuan"
WAN_YUAN = "万元"
UNIT = re.compile(r"(?:单位:?|\()(?:人民币)?([百千万亿]*元)")
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
    header: tuple[str, ...] = ()
    unit = ""
    for row in rows:
        named = columns_named(row)
        if named:
            header, unit = named, _foreign_unit(row)
        if not row.labels or (named and not row.values):
            continue
        found = proactive_line(row.texts[-1])
        columns = COLUMNS_OF_LINE[edition].get(found.line, ()) if found else ()
        if found is None or not columns or not row.tail:
            if row.has_number:
                reading.leave(TABLE, row)
            continue
        usual = tuple(column.id for column in columns)
        order = header if sorted(header) == sorted(usual) else usual
        names = tuple(f"{found.line}.{column}" for column in order)
        window = _window(row, len(names))
        place = reading.place(TABLE, row)
        if window is None:
            reading.leave(TABLE, row)
            reading.repair(RepairCode.CELL_MISSING, place, row.as_text(), names)
            continue
        for name, position in zip(names, window, strict=True):
            if unit and name.endswith(AMOUNT):
                position = _in_unit(position, unit)
            reading.put(name, position, TABLE, row)
        has_blank_end = len(window) > 1 and window[0].is_empty != window[-1].is_empty
        if has_blank_end and not row.has_spans:
            detail = f"a blank cell at the end of the row: {row.as_text()}"
            reading.repair(RepairCode.CELL_MISSING, place, detail, names)
        if order != usual:
            detail = (
                f"the header has the columns otherwise than the form; read as {', '.join(order)}"
            )
            reading.repair(RepairCode.ROW_SHIFTED, place, detail, names)
        if found.is_approximate:
            reading.repair(RepairCode.LABEL_APPROXIMATE, place, row.texts[-1], names)


def _foreign_unit(row: Row) -> str:
    """Return the unit that a header gives for amounts when it is not the form's (万元)."""
    found = (UNIT.search(normalize(text)) for text in row.texts)
    return next((match.group(1) for match in found if match and match.group(1) != WAN_YUAN), "")


def _in_unit(position: Position, unit: str) -> Position:
    """Return a figure with the unit of its header, as if it were printed beside it."""
    figure = position.figure
    if figure.kind is not Kind.NUMBER or figure.unit:
        return position
    return replace(position, figure=replace(figure, unit=unit))


def _window(row: Row, count: int) -> Window | None:
    """Take the figures that follow the label; empty positions after the last are no cells."""
    tail = row.tail
    if len(tail) >= count and all(position.is_empty for position in tail[count:]):
        return tail[:count]
    if count == 1 and len({position.text for position in row.values}) == 1:
        return row.values[:1]  # the text of a merged cell, repeated in each position it covers
    choice = choose_window(row, count, NO_HABITS, lambda _: None)
    return None if choice is None else choice.window
