"""Equations between cells: judging them, and writing their figures down so they can be redone."""

from dataclasses import dataclass

from gipcore.checks.outcome import Reason, Verdict
from gipcore.checks.subject import Subject
from gipcore.form.report import Number, State, Value

# What stands in the way most comes first: it is the reason given when several cells do.
OBSTACLES = (
    Reason.TABLE_NOT_READ,
    Reason.LINE_NOT_IN_EDITION,
    Reason.LINE_ABSENT,
    Reason.UNREADABLE_CELL,
    Reason.BLANK_CELL,
)
# Decimals are printed with few places; anything below is the rounding of binary fractions.
# `Outcome.difference` rounds to as many.
DECIMAL_PLACES = 6

PLUS = " + "
EQUALS = " = "
NO_NUMBER = "[x]"
IN_CONFLICT = "[!]"
NOT_IN_EDITION = "[z]"
NOT_PRINTED = "[p]"


@dataclass(frozen=True, slots=True)
class Equation:
    """Cells whose sum equals the sum of others.

    `line` is the id of a line without which the equation says nothing, or None.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on an equation; a side is None when one of its cells has no number."""

    verdict: Verdict
    left: Number | None
    right: Number | None
    reason: Reason | None = None


def judge(equation: Equation, subject: Subject) -> Judgement:
    """Compare both sides; a cell without a number makes the equation not applicable."""
    left, left_obstacle = add_up(equation.left, subject)
    right, right_obstacle = add_up(equation.right, subject)
    if left is None or right is None:
        reason = strongest(left_obstacle, right_obstacle)
        return Judgement(Verdict.NOT_APPLICABLE, left, right, reason)
    return Judgement(Verdict.PASSED if agree(left, right) else Verdict.FAILED, left, right)


def agree(left: Number, right: Number) -> bool:
    """Tell whether two sums are equal."""
    return left == right or round(left - right, DECIMAL_PLACES) == 0


def add_up(names: tuple[str, ...], subject: Subject) -> tuple[Number | None, Reason | None]:
    """Return the sum of cells, or None and the reason why there is none."""
    cells = subject.report.cells
    total: Number = 0
    obstacle: Reason | None = None
    for name in names:
        value = cells.get(name)
        if value is not None and value.state is State.NUMBER and value.number is not None:
            total += value.number
        else:
            obstacle = strongest(obstacle, _obstacle(name, value, subject))
    return (total, None) if obstacle is None else (None, obstacle)


def strongest(*reasons: Reason | None) -> Reason | None:
    """Return the reason that stands in the way most."""
    given = [reason for reason in reasons if reason is not None]
    return min(given, key=OBSTACLES.index, default=None)


def _obstacle(name: str, value: Value | None, subject: Subject) -> Reason:
    if value is None:
        cell = subject.layout.cells.get(name)
        if cell is None:
            return Reason.LINE_NOT_IN_EDITION
        has_table = cell.table in subject.tables
        return Reason.LINE_ABSENT if has_table else Reason.TABLE_NOT_READ
    if value.state is State.NOT_APPLICABLE:
        return Reason.LINE_NOT_IN_EDITION
    return Reason.BLANK_CELL if value.state is State.BLANK else Reason.UNREADABLE_CELL


def write_figures(equation: Equation, subject: Subject) -> str:
    """Write an equation in its printed figures, such as `21 + 0 = 22 + [x]`, in order of cells."""
    sides = (equation.left, equation.right)
    return EQUALS.join(PLUS.join(write_figure(name, subject) for name in side) for side in sides)


def write_figure(name: str, subject: Subject) -> str:
    """Write the printed figure of a cell, or a mark for why there is none."""
    value = subject.report.cells.get(name)
    if value is None:
        return NOT_PRINTED if name in subject.layout.cells else NOT_IN_EDITION
    if value.is_number:
        return str(value.number)
    by_state = {State.CONFLICT: IN_CONFLICT, State.NOT_APPLICABLE: NOT_IN_EDITION}
    return by_state.get(value.state, NO_NUMBER)


def read_figures(text: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Split written figures into the terms of both sides; None for any other text."""
    sides = text.split(EQUALS)
    if len(sides) != 2:
        return None
    return tuple(sides[0].split(PLUS)), tuple(sides[1].split(PLUS))
