"""Which positions of a row are its figures, when there are more or fewer than the form has."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gipcore.form.report import RepairCode
from gipcore.parsing.rows import Position, Row

Window = tuple[Position, ...]
Balances = Callable[[Window], bool | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen positions and, where it took more than counting, the repair to report."""

    window: Window
    repair: RepairCode | None = None


def usual_starts(rows: Sequence[Row], count: int) -> dict[tuple[int, int], int]:
    """Learn from the rows that are complete where figures start, by grid and label column."""
    seen: dict[tuple[int, int], Counter[int]] = {}
    for row in rows:
        values = row.values
        if len(values) == count and values[-1].column - values[0].column == count - 1:
            seen.setdefault((row.grid, row.label_column), Counter())[values[0].column] += 1
            seen.setdefault((row.grid, 0), Counter())[values[0].column] += 1
    return {key: counter.most_common(1)[0][0] for key, counter in seen.items()}


def choose_window(
    row: Row, count: int, starts: dict[tuple[int, int], int], balances: Balances
) -> Choice | None:
    """Choose the `count` positions that are the row's figures; None when nothing decides.

    Tried in order: the count fits; the printed values fit; the only run that holds all values;
    the start that complete rows of the table have; the only run whose figures add up.
    """
    tail = row.tail
    if len(tail) == count:
        return Choice(tail)
    if len(row.values) == count:
        return Choice(row.values)
    if len(tail) > count:
        return _among_runs(row, count, starts, balances)
    return None


def _among_runs(
    row: Row, count: int, starts: dict[tuple[int, int], int], balances: Balances
) -> Choice | None:
    runs = [row.tail[i : i + count] for i in range(len(row.tail) - count + 1)]
    whole = [run for run in runs if sum(1 for p in run if not p.is_empty) == len(row.values)]
    if not whole:
        adding_up = [run for run in runs if balances(run)]
        return Choice(adding_up[0], RepairCode.EXTRA_CELL) if len(adding_up) == 1 else None
    if len(whole) == 1 or not row.values or not row.is_from_grid:
        return Choice(whole[0])  # without a grid, figures follow right after their label
    for key in ((row.grid, row.label_column), (row.grid, 0)):
        fitting = [run for run in whole if run[0].column == starts.get(key)]
        if fitting:
            return Choice(fitting[0])
    adding_up = [run for run in whole if balances(run)]
    return Choice(adding_up[0], RepairCode.PLACED_BY_ORDER) if len(adding_up) == 1 else None
