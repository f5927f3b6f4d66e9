"""Comparing a report with others: values in, outcomes out; what is compared comes from outside.

The constants below decide what is worth a notice. They are chosen so that a notice is rare and
says something, not to find everything.
"""

import math
import statistics
from collections.abc import Sequence

from gipcore.checks.kinds import Check
from gipcore.checks.outcome import Outcome, Reason, Verdict
from gipcore.checks.surroundings import OwnOffices, Peers, Twins
from gipcore.form import requests, reviews
from gipcore.form.editions import CELLS
from gipcore.form.report import Number, Report, State

# --- the same figures ------------------------------------------------------------------------

# An office has a few reports of its own, and there are a million of others: small figures that are
# the same twice say something of the first and nothing of the others.
FIGURES_OF_OWN = 3
FIGURES_OF_OTHERS = 6
DIGITS_OF_OTHERS = 12
TWINS_NAMED = 3
# Lines and columns that follow from others say nothing new.
DERIVED_LINES = frozenset(
    line.id
    for line in (
        requests.RECEIVED,
        requests.DISPOSED,
        requests.OTHER_HANDLING_AS_ONE,
        *requests.SUBTOTALS,
    )
)
TELLING = frozenset(
    name
    for name, cell in CELLS.items()
    if cell.column.id != requests.TOTAL.id and cell.line.id not in DERIVED_LINES
)


def figures_of(report: Report) -> tuple[tuple[str, Number], ...]:
    """Return the figures of the tables that are not 0, in order of their names."""
    return tuple(
        sorted(
            (name, value.number)
            for name, value in report.cells.items()
            if value.number and value.state is State.NUMBER
        )
    )


def is_telling(figures: Sequence[tuple[str, Number]], *, of_others: bool = False) -> bool:
    """Tell whether it is no chance that another report has the same figures.

    `of_others`: a report of any other office, not only another one of the same.
    """
    telling = [number for name, number in figures if name in TELLING]
    if not of_others:
        return len(telling) >= FIGURES_OF_OWN
    digits = sum(len(str(abs(int(number)))) for number in telling)
    return len(telling) >= FIGURES_OF_OTHERS and digits >= DIGITS_OF_OTHERS


def twins_outcome(check: Check, twins: Twins | None, *, has_figures: bool) -> Outcome:
    """Judge the reports that have the same figures; left is how many there are."""
    if not has_figures:
        return check.not_applicable(Reason.TOO_FEW_FIGURES)
    if twins is None:
        return check.not_applicable(Reason.NO_OTHER_REPORTS)
    named = "; ".join(f"{twin.office} {twin.year}" for twin in twins.named[:TWINS_NAMED])
    return Outcome(
        check.code,
        Verdict.FAILED if twins.reports else Verdict.PASSED,
        check.severity,
        left=twins.reports,
        right=0,
        detail=named,
    )


# --- jumps -----------------------------------------------------------------------------------

JUMP_CELLS = (
    f"{requests.RECEIVED.id}.{requests.TOTAL.id}",
    f"{requests.CARRIED_FORWARD.id}.{requests.TOTAL.id}",
    f"{reviews.RECONSIDERATION.id}.{reviews.TOTAL.id}",
)
# Added to both years before they are divided: from 1 to 5 is no fivefold.
DAMPING = 10
LEAST_PEERS = 20
# A jump is more than fourfold, of 50 cases at least, and as far from the typical change: more than
# fourfold, and more than five spreads.
LEAST_FOLD = 4
SPREADS = 5
LEAST_DIFFERENCE = 50
# Makes the median distance of a normal distribution its standard deviation.
NORMAL = 1.4826


def change(this: Number, before: Number) -> float:
    """Return the logarithm of how many times as large a figure is as the year before, damped."""
    return math.log((max(this, 0) + DAMPING) / (max(before, 0) + DAMPING))


def peers_of(changes: Sequence[float]) -> Peers | None:
    """Sum up the changes of one figure at offices alike; None when they are too few to tell."""
    if len(changes) < LEAST_PEERS:
        return None
    typical = statistics.median(changes)
    distance = statistics.median(abs(found - typical) for found in changes)
    return Peers(len(changes), typical, NORMAL * distance)


def is_jump(this: Number, before: Number, peers: Peers) -> bool:
    """Tell whether a figure changed as those of its peers did not."""
    own, fold = change(this, before), math.log(LEAST_FOLD)
    is_large = abs(own) > fold and abs(this - before) >= LEAST_DIFFERENCE
    return is_large and abs(own - peers.typical) > max(fold, SPREADS * peers.spread)


def jump_outcome(
    check: Check,
    cell: str,
    this: Number | None,
    before: Number | None,
    peers: Peers | None,
    obstacle: Reason = Reason.LINE_ABSENT,
) -> Outcome:
    """Judge the change of a figure; left is this year's, right that of the year before.

    `obstacle` is why one of them is None.
    """
    reason, verdict, detail = None, Verdict.PASSED, ""
    if this is None or before is None:
        reason = obstacle
    elif peers is None:
        reason = Reason.NO_OTHER_REPORTS
    elif is_jump(this, before, peers):
        verdict = Verdict.FAILED
        own, typical = math.exp(change(this, before)), math.exp(peers.typical)
        detail = f"own={own:.2f} typical={typical:.2f} peers={peers.reports}"
    if reason is not None:
        verdict = Verdict.NOT_APPLICABLE
    return Outcome(
        check.code, verdict, check.severity, (cell,), (), this, before, reason, (), detail
    )


# --- the whole and its parts -----------------------------------------------------------------

WHOLE_AREA_CELLS = (
    f"{requests.RECEIVED.id}.{requests.TOTAL.id}",
    f"{reviews.RECONSIDERATION.id}.{reviews.TOTAL.id}",
)
GOVERNMENT = "government"
# A general office's report is often the government's under another name: it is not added.
NOT_ADDED = frozenset({GOVERNMENT, "general_office"})


def whole_area_outcome(
    check: Check,
    cell: str,
    own: Number | None,
    offices: OwnOffices | None,
    obstacle: Reason = Reason.LINE_ABSENT,
) -> Outcome:
    """Judge a government's figure; left is its own, right the sum of its offices'.

    `obstacle` is why its own is None.
    """
    reason, verdict, detail = None, Verdict.PASSED, ""
    if own is None:
        reason = obstacle
    elif offices is None or not offices.reports:
        reason = Reason.NO_OTHER_REPORTS
    elif own < offices.total:
        verdict, detail = Verdict.FAILED, f"offices={offices.reports}"
    if reason is not None:
        verdict = Verdict.NOT_APPLICABLE
    total = None if offices is None or not offices.reports else offices.total
    return Outcome(check.code, verdict, check.severity, (cell,), (), own, total, reason, (), detail)
