"""Table 3: rows onto lines by their labels, figures onto applicants by their count."""

from collections import Counter
from collections.abc import Sequence

from gipcore.form.report import RepairCode
from gipcore.form.requests import COLUMNS
from gipcore.parsing.labels import LineFound, columns_meant, requests_line
from gipcore.parsing.reading import Reading
from gipcore.parsing.rows import Row
from gipcore.parsing.windows import Window, choose_window, usual_starts

STANDARD = tuple(column.id for column in COLUMNS)
COUNT = len(STANDARD)
TABLE = 3
HEADER_WORDS = 2


def is_header(row: Row) -> bool:
    """Tell a header by its words; its last label may read like a line (总计, 其他)."""
    meant = sum(1 for text in row.texts if columns_meant(text))
    return not row.has_number and (meant >= HEADER_WORDS or "勾稽" in "".join(row.texts))


def read_requests(rows: Sequence[Row], reading: Reading) -> None:
    """Read the rows that belong to table 3 into `reading`, and report those that did not fit."""
    found = _lines(rows)
    starts = usual_starts([row for row, _ in found], COUNT)
    order = _column_order(rows)
    placed: list[tuple[Row, LineFound, tuple[str, ...]]] = []
    for row, line in found:
        choice = choose_window(row, COUNT, starts, adds_up)
        if choice is None:
            reading.leave(TABLE, row)
            continue
        names = tuple(f"{line.line}.{column}" for column in order)
        for name, position in zip(names, choice.window, strict=True):
            reading.put(name, position, TABLE, row)
        place = reading.place(TABLE, row)
        if choice.repair is not None:
            reading.repair(choice.repair, place, row.as_text(), names)
        if line.is_approximate:
            reading.repair(RepairCode.LABEL_APPROXIMATE, place, row.texts[-1], names)
        placed.append((row, line, names))
    _report_shifts(placed, reading)


def _lines(rows: Sequence[Row]) -> list[tuple[Row, LineFound]]:
    """Match labels in order; a line's figures may be blank, but not all positions missing."""
    found: list[tuple[Row, LineFound]] = []
    group: str | None = None
    for row in rows:
        if is_header(row):
            continue
        line, group = requests_line(row.texts, group)
        is_read = any(line is not None and line.line == other.line for _, other in found)
        if line is None or not row.tail or (is_read and not row.has_number):
            continue
        found.append((row, line))
    return found


def adds_up(window: Window) -> bool | None:
    """Tell whether the last figure is the sum of the others; None when one is no number."""
    numbers = [position.figure.number for position in window]
    if any(number is None for number in numbers):
        return None
    known = [number for number in numbers if number is not None]
    return known[-1] == sum(known[:-1])


def _column_order(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the columns in the header's order where the grid knows spans, else the form's."""
    seen: dict[str, int] = {}
    for row in rows:
        if row.has_number or not row.has_spans:
            break
        for label in row.labels:
            for column in columns_meant(label.text):
                if column in STANDARD:
                    seen.setdefault(column, label.column)
    if len(seen) < COUNT or len(set(seen.values())) < COUNT:
        return STANDARD
    return tuple(sorted(seen, key=lambda column: seen[column]))


DEPTHS = {"received": "top", "brought_forward": "top", "carried_forward": "top"}


def _depth(line: str) -> str:
    return "leaf" if "." in line else DEPTHS.get(line, "group")


def _report_shifts(
    placed: Sequence[tuple[Row, LineFound, tuple[str, ...]]], reading: Reading
) -> None:
    """Report the rows whose label stands in another column than those of its kind."""
    usual: dict[tuple[int, str], Counter[int]] = {}
    for row, line, _ in placed:
        usual.setdefault((row.grid, _depth(line.line)), Counter())[row.label_column] += 1
    for row, line, names in placed:
        common = usual[(row.grid, _depth(line.line))].most_common(1)[0][0]
        if row.label_column != common:
            reading.repair(
                RepairCode.ROW_SHIFTED,
                reading.place(TABLE, row),
                f"label in column {row.label_column}, others of its kind in column {common}",
                names,
            )
