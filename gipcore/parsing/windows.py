"""Which positions of a row are its figures, when there are more or fewer than the form has."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from gipcore.form.report import RepairCode
from gipcore.parsing.figures import read_figure
from gipcore.parsing.rows import Position, Row, is_label

Window = tuple[Position, ...]
Balances = Callable[[Window], bool | None]
FEWEST_BLANK_ROWS = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen positions and, where it took more than counting, the repair to report."""

    window: Window
    repair: RepairCode | None = None


@dataclass(frozen=True, slots=True)
class Habits:
    """What the complete rows of a table teach: where figures start, and whether cells are blank.

    `starts` is by grid and label column; `header_starts`, by grid, is where the header has the
    first column of figures. `has_blanks` names the grids in which blank cells are common.
    """

    starts: Mapping[tuple[int, int], int] = field(default_factory=dict)
    header_starts: Mapping[int, int] = field(default_factory=dict)
    has_blanks: frozenset[int] = frozenset()

    def start(self, row: Row) -> int | None:
        """Return where figures start in rows whose label stands where this row's does."""
        return self.starts.get((row.grid, row.label_column))


NO_HABITS = Habits()


def habits_of(
    rows: Sequence[Row], count: int, header_starts: Mapping[int, int] | None = None
) -> Habits:
    """Learn from the rows of a table that are complete, and count those that are not."""
    seen: dict[tuple[int, int], Counter[int]] = {}
    blanks: Counter[int] = Counter()
    for row in rows:
        values = row.values
        if len(values) == count and values[-1].column - values[0].column == count - 1:
            key = (row.grid, row.label_column)
            seen.setdefault(key, Counter())[values[0].column] += 1
        elif len(values) < count:
            blanks[row.grid] += 1
    return Habits(
        {key: counter.most_common(1)[0][0] for key, counter in seen.items()},
        header_starts or {},
        frozenset(grid for grid, times in blanks.items() if times >= FEWEST_BLANK_ROWS),
    )


def choose_window(row: Row, count: int, habits: Habits, balances: Balances) -> Choice | None:
    """Choose the `count` positions that are the row's figures; None when nothing decides.

    A row with as many figures as the form has is read by that count. In a grid that knows its
    spans, and in lines without a grid, the number of positions decides next. In tabbed text an
    empty position may belong to a label, so the start that like rows have decides. On a page
    without ruled lines columns are only where figures stand, so blanks there are by order alone.
    """
    if len(row.values) == count:
        return Choice(row.values)
    choice = _chosen(row, count, habits, balances)
    if choice is not None and choice.repair is None and row.is_unruled:
        return Choice(choice.window, RepairCode.PLACED_BY_ORDER)
    return choice


def _chosen(row: Row, count: int, habits: Habits, balances: Balances) -> Choice | None:
    if len(row.values) > count:
        return _without_remark(row, count) or _by_sum(row, count, balances)
    if row.is_from_grid and not row.has_spans:
        return _by_habit(row, count, habits, balances)
    if len(row.tail) == count:
        return Choice(row.tail)
    if len(row.tail) < count:
        return None
    whole = _whole_runs(row, count)
    if len(whole) == 1 or (whole and not row.is_from_grid):
        return Choice(whole[0])  # without a grid, figures follow right after their label
    return _only_balanced(whole, balances)


def _runs(row: Row, count: int) -> list[Window]:
    return [row.tail[i : i + count] for i in range(len(row.tail) - count + 1)]


def _whole_runs(row: Row, count: int) -> list[Window]:
    """Return the runs of `count` positions that hold every figure of the row."""
    figures = len(row.values)
    return [run for run in _runs(row, count) if sum(not p.is_empty for p in run) == figures]


def _without_remark(row: Row, count: int) -> Choice | None:
    """Choose the figures of a row that has words after them."""
    figures, rest = row.values[:count], row.values[count:]
    are_figures = all(position.figure.is_value for position in figures)
    are_words = all(is_label(position) for position in rest)
    return Choice(figures, RepairCode.EXTRA_CELL) if are_figures and are_words else None


def _by_sum(row: Row, count: int, balances: Balances) -> Choice | None:
    adding_up = [run for run in _runs(row, count) if balances(run)]
    return Choice(adding_up[0], RepairCode.EXTRA_CELL) if len(adding_up) == 1 else None


def _only_balanced(runs: Sequence[Window], balances: Balances) -> Choice | None:
    adding_up = [run for run in runs if balances(run)]
    return Choice(adding_up[0], RepairCode.PLACED_BY_ORDER) if len(adding_up) == 1 else None


def _by_habit(row: Row, count: int, habits: Habits, balances: Balances) -> Choice | None:
    """Choose in tabbed text, where blank cells and the rest of merged labels look alike."""
    start = habits.start(row)
    if start is None and len(row.tail) == count:
        return Choice(row.tail)
    if start is None:
        start = habits.header_starts.get(row.grid)
    whole = _whole_runs(row, count)
    if start is None:
        return Choice(whole[0]) if len(whole) == 1 else _only_balanced(whole, balances)
    window = tuple(p for p in row.tail if start <= p.column < start + count)
    if sum(not position.is_empty for position in window) < len(row.values):
        return None  # figures stand outside: the row is shifted and has lost cells as well
    if len(window) == count:
        return Choice(window)
    if row.grid not in habits.has_blanks or not window or window[0].column != start:
        return None  # a cell is lost, and nothing tells which
    missing = range(window[-1].column + 1, start + count)  # blank ends of lines are cut off
    blank = tuple(Position(column, "", read_figure("")) for column in missing)
    return Choice((*window, *blank), RepairCode.CELL_MISSING)
