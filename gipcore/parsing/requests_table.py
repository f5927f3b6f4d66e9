"""Table 3: rows onto lines by their labels, figures onto applicants by their count."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from gipcore.form.report import RepairCode
from gipcore.form.requests import DISPOSED, RECEIVED
from gipcore.parsing.columns import APPLICANTS as STANDARD
from gipcore.parsing.columns import TOTAL, applicants_named
from gipcore.parsing.entries import COUNT, Entry, entries
from gipcore.parsing.labels import columns_meant
from gipcore.parsing.reading import Reading
from gipcore.parsing.rows import Position, Row
from gipcore.parsing.windows import Habits, Window, choose_window, habits_of

TABLE = 3


def read_requests(rows: Sequence[Row], reading: Reading) -> None:
    """Read the rows that belong to table 3 into `reading`, and report those that did not fit."""
    found = _own(entries(rows))
    like = [entry.row for entry in found if entry.line and entry.row.tail]
    order = _order(rows, like, reading)
    habits = habits_of(like, len(order), _header_starts(rows, order[0]))
    placed: list[_Placed] = []
    read: set[str] = set()
    for entry in found:
        if entry.line is None:
            reading.leave(TABLE, entry.row)
            continue
        if not entry.row.tail or (entry.line in read and not entry.row.has_number):
            continue  # a group's heading, or a line's name repeated without figures
        names = tuple(f"{entry.line}.{column}" for column in order)
        window = _read_row(entry, names, habits, reading)
        if window:
            read.add(entry.line)
            placed.append(_Placed(entry, names, window[0].column))
    _report_shifts(placed, habits, reading)


def _own(found: Sequence[Entry]) -> list[Entry]:
    """Leave out tables of other things, such as a comparison of years, beside the form's own.

    None of their rows has the form's figures, and all their lines are read whole elsewhere.
    """
    whole = {entry.row.grid for entry in found if len(entry.row.values) >= COUNT}
    read = {entry.line for entry in found if len(entry.row.values) >= COUNT and entry.line}
    others = {
        grid
        for grid in {entry.row.grid for entry in found} - whole
        if all(
            entry.line is None or entry.line in read for entry in found if entry.row.grid == grid
        )
    }
    is_complete = {DISPOSED.id, RECEIVED.id} <= read
    return [e for e in found if not (is_complete and e.row.grid in others and e.row.is_from_grid)]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row that was read: its cells, and the column its figures start in."""

    entry: Entry
    names: tuple[str, ...]
    start: int


def _read_row(entry: Entry, names: tuple[str, ...], habits: Habits, reading: Reading) -> Window:
    """Read one row's figures onto `names`; return where they stand, nothing if they cannot be told.

    What cannot be told apart is left, and reported with the cells it should have been.
    """
    row = entry.row
    order = tuple(name.rpartition(".")[2] for name in names)
    choice = choose_window(row, len(order), habits, partial(_fits, order))
    place = reading.place(TABLE, row)
    if choice is None:
        few = _read_few(row, names, reading)
        if not few:
            reading.leave(TABLE, row)
            reading.repair(RepairCode.CELL_MISSING, place, row.as_text(), names)
        return few
    for name, position in zip(names, choice.window, strict=True):
        reading.put(name, position, TABLE, row)
    if choice.repair is not None:
        reading.repair(choice.repair, place, row.as_text(), names)
    elif _may_lack_a_cell(choice.window, order, has_blanks=row.grid in habits.has_blanks):
        detail = f"a blank cell, and the row does not add up: {row.as_text()}"
        reading.repair(RepairCode.CELL_MISSING, place, detail, names)
    if entry.repair is not None:
        words = row.texts[-1] if row.labels else row.as_text()
        reading.repair(entry.repair, place, words, names)
    return choice.window


def _may_lack_a_cell(window: Window, order: tuple[str, ...], *, has_blanks: bool) -> bool:
    """Tell a row that may have lost a cell, or be shifted by one: it has a blank at its end."""
    figures = _total_last(window, order) if TOTAL in order else window
    if not any(p.is_empty for p in window) or all(p.is_empty for p in window):
        return False
    if figures[-1].is_empty or TOTAL not in order:
        return not has_blanks
    others = [position.figure.number or 0 for position in figures[:-1]]
    return figures[-1].figure.number != sum(others)


def _read_few(row: Row, names: tuple[str, ...], reading: Reading) -> Window:
    """Read a line whose blank cells vanished: two equal figures, or the total of several.

    Two are the natural persons' and the total (as such reports have it); of more only the total
    is certain, when it is the sum of the others. Both are flagged as placed by order. A grid does
    not lose its blank cells: there something else is missing.
    """
    values = row.values
    if (
        names[-1].rpartition(".")[2] != TOTAL
        or row.is_from_grid
        or not 2 <= len(values) < COUNT
        or not adds_up(values)
    ):
        return ()
    chosen: dict[str, Position] = {names[-1]: values[-1]}
    if len(values) == 2:
        chosen[names[0]] = values[0]
    else:
        reading.leave(TABLE, row)
    for name, position in chosen.items():
        reading.put(name, position, TABLE, row)
    reading.repair(
        RepairCode.PLACED_BY_ORDER, reading.place(TABLE, row), row.as_text(), tuple(chosen)
    )
    return values


def _fits(order: tuple[str, ...], window: Window) -> bool | None:
    """Tell whether a row's total is the sum of the others; None when it has no total."""
    return adds_up(_total_last(window, order)) if TOTAL in order else None


def adds_up(window: Window) -> bool | None:
    """Tell whether the last figure is the sum of the others; None when one is no number."""
    numbers = [position.figure.number for position in window]
    if any(number is None for number in numbers):
        return None
    known = [number for number in numbers if number is not None]
    return known[-1] == sum(known[:-1])


def _order(rows: Sequence[Row], like: Sequence[Row], reading: Reading) -> tuple[str, ...]:
    """Return the columns in the header's order; where its spans belie the sums, the sums' order."""
    named = applicants_named(rows)
    if named == STANDARD:
        return STANDARD
    header = next(row for row in rows if row.labels)
    place = reading.place(TABLE, header)
    if TOTAL not in named:
        if any(len(row.values) >= COUNT for row in like):
            return STANDARD
        reading.repair(RepairCode.CELL_MISSING, place, "the table has no column for the total")
        return named
    others = tuple(column for column in named if column != TOTAL)
    # The sums can tell where the total stands; for the rest there is only the header.
    candidates = (named, (*others, TOTAL), (TOTAL, *others))
    order = max(candidates, key=lambda one: _sums(like, one))
    words = ", ".join(order)
    detail = f"the header has the columns otherwise than the form; read as {words}"
    reading.repair(RepairCode.ROW_SHIFTED, place, detail)
    return order


def _sums(rows: Sequence[Row], order: tuple[str, ...]) -> int:
    """Count the rows that add up when they stand in an order; rows of zeros say nothing."""
    return sum(
        bool(adds_up(_total_last(row.values, order)))
        for row in rows
        if len(row.values) == len(order) and any(value.figure.number for value in row.values)
    )


def _total_last(window: Window, order: tuple[str, ...]) -> Window:
    at = order.index(TOTAL)
    return (*window[:at], *window[at + 1 :], window[at])


DEPTHS = {"received": "top", "brought_forward": "top", "carried_forward": "top"}


def _depth(line: str | None) -> str:
    return "leaf" if line and "." in line else DEPTHS.get(line or "", "group")


def _header_starts(rows: Sequence[Row], first: str) -> dict[int, int]:
    """Return where the header of each grid has the first column of figures (usually 自然人)."""
    starts: dict[int, int] = {}
    for row in rows:
        for label in row.labels:
            if not row.has_number and first in columns_meant(label.text):
                starts.setdefault(row.grid, label.column)
    return starts


def _columns_of(one: _Placed) -> tuple[int, int]:
    """Return the columns of a row's own label and of its first figure."""
    return one.entry.row.label_column, one.start


def _is_pushed_by_its_group(one: _Placed, common: int, common_start: int) -> bool:
    """Tell a row that only stands further right because its group's label stands before its own.

    Where merged cells were left out, the rows below it begin with their own label.
    """
    before = len(one.entry.row.labels) - 1
    return before > 0 and _columns_of(one) == (common + before, common_start + before)


def _report_shifts(placed: Sequence[_Placed], habits: Habits, reading: Reading) -> None:
    """Report the rows whose label or figures stand in another column than those of their kind."""
    usual: dict[tuple[int, str], Counter[tuple[int, int]]] = {}
    for one in placed:
        key = (one.entry.row.grid, _depth(one.entry.line))
        usual.setdefault(key, Counter())[_columns_of(one)] += 1
    most = {key: counter.most_common(1)[0][0] for key, counter in usual.items()}
    for one in placed:
        row = one.entry.row
        common, common_start = most[(row.grid, _depth(one.entry.line))]
        start = habits.start(row)
        if not row.is_from_grid or _is_pushed_by_its_group(one, common, common_start):
            continue
        if row.label_column != common:
            detail = f"label in column {row.label_column}, others of its kind in column {common}"
        elif start is not None and one.start != start:
            detail = f"figures from column {one.start}, in like rows from column {start}"
        else:
            continue
        reading.repair(RepairCode.ROW_SHIFTED, reading.place(TABLE, row), detail, one.names)
