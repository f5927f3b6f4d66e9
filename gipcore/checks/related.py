"""Findings that belong together: the failed outcomes of one report that share a cell."""

from collections.abc import Sequence

from gipcore.checks.outcome import Outcome, Verdict


def related(outcome: Outcome, outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Return the other failed outcomes of the report that share a cell, in their order.

    Two equations that fail on one cell point at it, but do not prove it wrong.
    """
    cells = frozenset(outcome.cells)
    return tuple(
        other
        for other in outcomes
        if other.verdict is Verdict.FAILED
        and other != outcome
        and not cells.isdisjoint(other.cells)
    )
