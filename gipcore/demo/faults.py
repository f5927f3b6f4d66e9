"""What real reports get wrong, done to figures on purpose and as often as asked for."""

from collections.abc import Callable

from numpy.random import Generator

from gipcore.demo.figures import Figures
from gipcore.form import requests, reviews
from gipcore.form.report import State, Value

Cells = dict[str, Value]
FAULT_SHARE = 0.05
COLUMNS = tuple(column.id for column in requests.COLUMNS)
RESULT_TOTALS = tuple(f"{line.id}.{reviews.TOTAL.id}" for line in reviews.LINES)


def as_printed(figures: Figures) -> Cells:
    """Return figures as the cells of a document."""
    return {name: Value(number, State.NUMBER, str(number), "") for name, number in figures.items()}


def damage(cells: Cells, dice: Generator) -> Cells:
    """Return cells with one fault of a kind that real reports have."""
    damaged = dict(cells)
    FAULTS[int(dice.integers(len(FAULTS)))](damaged, dice)
    return damaged


def _add(cells: Cells, name: str, number: int) -> None:
    found = cells[name].number
    if found is not None:
        changed = max(0, int(found) + number)
        cells[name] = Value(changed, State.NUMBER, str(changed), cells[name].place)


def _one_more_received(cells: Cells, dice: Generator) -> None:
    _add(cells, f"{requests.RECEIVED.id}.{COLUMNS[int(dice.integers(len(COLUMNS)))]}", 1)


def _wrong_total(cells: Cells, dice: Generator) -> None:
    _add(cells, f"{requests.DISPOSED.id}.{requests.TOTAL.id}", int(dice.integers(1, 9)))


def _forgotten_carry(cells: Cells, dice: Generator) -> None:
    _add(cells, f"{requests.CARRIED_FORWARD.id}.{requests.TOTAL.id}", int(dice.integers(1, 4)))


def _empty_totals(cells: Cells, dice: Generator) -> None:
    """Print 0 as the total of cases that there are."""
    for name in RESULT_TOTALS:
        if cells[name].number:
            cells[name] = Value(0, State.NUMBER, "0", cells[name].place)
            return
    _one_more_received(cells, dice)


def _other_start(cells: Cells, _: Generator) -> None:
    """Begin with one more than last year ended with; the tables balance all the same."""
    for column in (requests.NATURAL_PERSON.id, requests.TOTAL.id):
        if cells[f"{requests.RECEIVED.id}.{column}"].number:
            _add(cells, f"{requests.RECEIVED.id}.{column}", -1)
            _add(cells, f"{requests.BROUGHT_FORWARD.id}.{column}", 1)


def _blank_line(cells: Cells, _: Generator) -> None:
    for column in COLUMNS:
        name = f"{requests.PARTIALLY_GRANTED.id}.{column}"
        cells[name] = Value(None, State.BLANK, "", cells[name].place)


FAULTS: tuple[Callable[[Cells, Generator], None], ...] = (
    _one_more_received,
    _wrong_total,
    _forgotten_carry,
    _empty_totals,
    _blank_line,
    _other_start,
)
