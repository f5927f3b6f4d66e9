"""The figures of an office year by year: random, balanced, and carried from year to year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from gipcore.form import proactive, requests, reviews
from gipcore.form.editions import edition_in_force
from gipcore.form.model import Column, EditionId, Line
from gipcore.form.report import Number

Figures = dict[str, Number]
Counts = NDArray[np.int64]

# Requests an office receives a year, before its own size: a guess at the order of magnitude only.
REQUESTS = {"province": 900.0, "city": 260.0, "county": 90.0, "township": 3.0}
SHARE_OF_GOVERNMENT = {"government": 1.0, "general_office": 0.25, "development_and_reform": 0.06}
APPLICANT_SHARES = (0.88, 0.07, 0.004, 0.006, 0.03, 0.01)
CARRIED_SHARE = 0.06
REVIEWED_SHARE = 0.04
SUED_SHARE = 0.5  # of those that were reviewed, by either way
RESULT_SHARES = (0.62, 0.12, 0.18, 0.08)
MAKES_RULES = frozenset({"province", "city"})
# How often each leaf is chosen; what is not named is rare.
LEAF_WEIGHTS = {
    "granted": 40.0,
    "partially_granted": 6.0,
    "unable_to_provide.not_held": 24.0,
    "unable_to_provide.requires_creation": 4.0,
    "denied.administrative_inquiry": 4.0,
    "denied.internal_affairs": 2.0,
    "denied.third_party_rights": 2.0,
    "not_processed.petition": 5.0,
    "not_processed.duplicate": 2.0,
    "other_handling.other": 6.0,
    "other_handling.correction_overdue": 2.0,
}
RARE_WEIGHT = 0.4


@dataclass(frozen=True, slots=True)
class YearOfFigures:
    """The figures of one year, all in balance."""

    year: int
    figures: Figures


def yearly_figures(
    level: str, function: str, years: Sequence[int], dice: Generator
) -> Iterator[YearOfFigures]:
    """Yield an office's years; what is carried forward is next year's brought forward."""
    expected = REQUESTS[level] * SHARE_OF_GOVERNMENT.get(function, 1.0) * dice.lognormal(0, 0.7)
    trend = dice.normal(1.0, 0.06)
    profile = dice.dirichlet([LEAF_WEIGHTS.get(leaf.id, RARE_WEIGHT) for leaf in requests.LEAVES])
    brought = np.zeros(len(requests.APPLICANTS), dtype=np.int64)
    in_force = {line: int(dice.poisson(expected / 8)) for line in (_RULES, _NORMATIVE)}
    for year in years:
        figures, brought = _requests(year, expected, profile, brought, dice)
        figures |= _reviews(int(figures[f"{requests.DISPOSED.id}.total"]), dice)
        figures |= _proactive(edition_in_force(year).id, level, expected, in_force, dice)
        yield YearOfFigures(year, figures)
        expected *= trend


_RULES, _NORMATIVE = proactive.GOVERNMENT_RULES.id, proactive.NORMATIVE_DOCUMENTS.id


def _requests(
    year: int,
    expected: float,
    profile: NDArray[np.float64],
    brought: Counts,
    dice: Generator,
) -> tuple[Figures, Counts]:
    """Return table 3 of a year, and what each kind of applicant leaves for the next."""
    received = dice.poisson([expected * share for share in APPLICANT_SHARES])
    inflow = received + brought
    carried = dice.binomial(inflow, CARRIED_SHARE)
    disposed = inflow - carried
    leaves = dice.multinomial(disposed, profile).T
    rows: dict[str, Counts] = {
        requests.RECEIVED.id: received,
        requests.BROUGHT_FORWARD.id: brought,
        requests.DISPOSED.id: disposed,
        requests.CARRIED_FORWARD.id: carried,
    }
    is_old = edition_in_force(year).id is EditionId.Y2019
    sixth = requests.OTHER_HANDLING_AS_ONE.id
    if is_old:
        rows[sixth] = np.zeros(len(requests.APPLICANTS), dtype=np.int64)
    for leaf, row in zip(requests.LEAVES, leaves, strict=True):
        if is_old and leaf.group == sixth:
            rows[sixth] = rows[sixth] + row
        else:
            rows[leaf.id] = row
    figures: Figures = {}
    for line, row in rows.items():
        for applicant, number in zip(requests.APPLICANTS, row, strict=True):
            figures[f"{line}.{applicant.id}"] = int(number)
        figures[f"{line}.{requests.TOTAL.id}"] = int(sum(row))
    return figures, carried


def _reviews(disposed: int, dice: Generator) -> Figures:
    reviewed = int(dice.binomial(disposed, REVIEWED_SHARE))
    sued = dice.binomial(reviewed, SUED_SHARE, size=2)
    figures: Figures = {}
    for line, cases in zip(reviews.LINES, (reviewed, *sued), strict=True):
        results = dice.multinomial(cases, RESULT_SHARES)
        for column, number in zip(reviews.RESULTS, results, strict=True):
            figures[f"{line.id}.{column.id}"] = int(number)
        figures[f"{line.id}.{reviews.TOTAL.id}"] = int(cases)
    return figures


def _proactive(
    edition: EditionId, level: str, expected: float, in_force: dict[str, int], dice: Generator
) -> Figures:
    """Return table 2; documents in force are last year's, with what was issued and repealed."""
    figures: Figures = {}
    for line in (_RULES, _NORMATIVE):
        is_maker = line == _NORMATIVE or level in MAKES_RULES
        issued = int(dice.poisson(expected / 60)) if is_maker else 0
        repealed = int(dice.binomial(in_force[line], 0.05)) if is_maker else 0
        in_force[line] = in_force[line] + issued - repealed if is_maker else 0
        values = (
            (issued, repealed, in_force[line])
            if edition is EditionId.Y2021
            else (issued, issued, in_force[line])
        )
        columns = proactive.BLOCKS[edition][0].columns
        figures |= {f"{line}.{c.id}": v for c, v in zip(columns, values, strict=True)}
    for block in proactive.BLOCKS[edition][1:]:
        for line_of_block in block.lines:
            figures |= _dealings(line_of_block, block.columns, expected, dice)
    return figures


def _dealings(line: Line, columns: Sequence[Column], expected: float, dice: Generator) -> Figures:
    """Return what an office decided, charged or bought."""
    figures: Figures = {}
    for column in columns:
        if column in (proactive.FEES_AMOUNT, proactive.AMOUNT):
            figures[f"{line.id}.{column.id}"] = round(float(dice.gamma(2, expected / 4)), 2)
        elif column == proactive.ITEMS_CHANGE:
            figures[f"{line.id}.{column.id}"] = int(dice.integers(-3, 4))
        else:
            figures[f"{line.id}.{column.id}"] = int(dice.poisson(expected * 2))
    return figures
