"""What the text states beside what the table prints."""

import pytest

from gipcore.form.report import Claim
from gipcore.metrics.claims import claims_beside
from tests.factories import make_report

LEAVES = ("other_handling.correction_overdue.total", "other_handling.other.total")
AS_ONE = ("other_handling.total",)


def beside(claim: Claim, **figures: int):
    names = {name.replace("__", "."): number for name, number in figures.items()}
    return claims_beside(make_report(year=2020, figures=names, claims=(claim,)))[0]


@pytest.mark.parametrize(("value", "difference"), [(3, 0), (5, 2)])
def test_a_row_that_the_report_leaves_out_is_no_reading(value, difference) -> None:
    claim = Claim(LEAVES, value, "其他处理…件", "section 1", alternatives=(AS_ONE,))
    found = beside(claim, other_handling__total=3)
    assert (found.printed, found.difference) == (3, difference)


def test_a_claim_of_nothing_printed_has_no_difference() -> None:
    assert beside(Claim(LEAVES, 3, "其他处理…3 件", "section 1")).difference is None
