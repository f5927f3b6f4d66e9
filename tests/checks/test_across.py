"""What is compared across offices, and what a jump is."""

import math

import pytest

from gipcore.checks.across import (
    DIGITS_OF_OTHERS,
    FIGURES_OF_OTHERS,
    FIGURES_OF_OWN,
    LEAST_PEERS,
    change,
    figures_of,
    is_jump,
    is_telling,
    peers_of,
)
from gipcore.checks.surroundings import Peers
from gipcore.form.requests import LEAVES
from tests.checks.case_files import report_of

NAMES = [f"{leaf.id}.business" for leaf in LEAVES]


@pytest.mark.parametrize(
    ("numbers", "of_own", "of_others"),
    [
        ([1] * (FIGURES_OF_OWN - 1), False, False),
        ([1] * FIGURES_OF_OWN, True, False),
        ([1] * DIGITS_OF_OTHERS, True, True),
        ([10**DIGITS_OF_OTHERS] * (FIGURES_OF_OTHERS - 1), True, False),
        ([10] * FIGURES_OF_OTHERS, True, True),
        ([9] * FIGURES_OF_OTHERS, True, False),
    ],
)
def test_figures_must_be_many_to_be_told_from_chance(
    numbers: list[int], of_own: bool, of_others: bool
) -> None:
    figures = list(zip(NAMES, numbers, strict=False))
    assert is_telling(figures) is of_own
    assert is_telling(figures, of_others=True) is of_others


def test_zeros_blanks_and_what_follows_from_others_are_no_figures() -> None:
    cells = {"granted.business": 3, "received.business": 3, "granted.total": 3}
    report = report_of(cells={**cells, "received.total": "blank"})
    assert figures_of(report) == tuple(sorted(cells.items()))
    assert not is_telling(figures_of(report))
    assert [name for name, _ in figures_of(report)] == sorted(cells)


def test_peers_are_robust_against_some_that_jump_themselves() -> None:
    calm = [0.1] * 40 + [0.2] * 20
    assert peers_of(calm + [5.0] * 10) == peers_of(calm + [2.0] * 10)
    assert peers_of(calm[: LEAST_PEERS - 1]) is None
    assert peers_of(calm[:LEAST_PEERS]) == Peers(LEAST_PEERS, pytest.approx(0.1), 0.0)


@pytest.mark.parametrize(
    ("this", "before", "jumps"),
    [(49, 0, False), (50, 0, True), (0, 50, True), (390, 90, False), (391, 90, True)],
)
def test_jump_is_fourfold_and_of_fifty(this: int, before: int, jumps: bool) -> None:
    assert is_jump(this, before, Peers(20, 0.0, 0.0)) is jumps


def test_change_is_symmetric_and_takes_any_figure() -> None:
    assert change(300, 100) == pytest.approx(-change(100, 300))
    assert change(-5, 0) == 0
    assert math.isfinite(change(10**15, 0))
