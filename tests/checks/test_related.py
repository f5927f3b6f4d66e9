"""Findings that share a cell, and findings that rest on a repair."""

from dataclasses import replace

import pytest

from gipcore.checks.catalogue import sentence
from gipcore.checks.outcome import Outcome, Verdict
from gipcore.checks.related import related
from gipcore.checks.rests import rests_on, rests_text
from gipcore.checks.run import run_checks
from gipcore.form.report import Repair, RepairCode, Report
from gipcore.words import Language
from tests.checks.case_files import report_of

SHIFTED = Repair(
    RepairCode.ROW_SHIFTED, "table 3, row 25", "moved by one", ("disposed.total", "disposed.other")
)
ORDERED = Repair(
    RepairCode.PLACED_BY_ORDER, "table 3, row 4", "", ("granted.total", "granted.natural_person")
)


def failures(report: Report) -> tuple[Outcome, ...]:
    return tuple(o for o in run_checks(report) if o.verdict is Verdict.FAILED)


def only(outcomes: tuple[Outcome, ...], code: str) -> Outcome:
    (found,) = (outcome for outcome in outcomes if outcome.code == code)
    return found


def test_failures_that_share_a_cell_are_related_both_ways() -> None:
    found = failures(report_of(cells={"disposed.total": 5, "reconsideration.total": 2}))
    balance, footing = only(found, "C301"), only(found, "C302")
    assert {o.code for o in related(balance, found)} == {"C302", "C303"}
    assert balance in related(footing, found)
    assert related(only(found, "C401"), found) == ()


def test_neither_itself_nor_what_passed_is_related() -> None:
    outcomes = run_checks(report_of(cells={"disposed.total": 5}))
    balance = only(failures(report_of(cells={"disposed.total": 5})), "C301")
    assert balance in outcomes
    found = related(balance, outcomes)
    assert balance not in found
    assert all(other.verdict is Verdict.FAILED for other in found)


def test_finding_names_the_repairs_under_its_cells() -> None:
    report = report_of(cells={"disposed.total": 5}, repairs=(SHIFTED, ORDERED))
    found = failures(report)
    assert rests_on(only(found, "C301"), report) == (SHIFTED,)
    assert rests_on(only(found, "C302"), report) == (SHIFTED, ORDERED)
    assert rests_on(only(found, "C303"), report) == (SHIFTED,)


def test_finding_about_a_repair_does_not_rest_on_it() -> None:
    report = report_of(repairs=(SHIFTED, replace(SHIFTED, place="table 3, row 26")))
    first, second = (o for o in failures(report) if o.code == "C106")
    assert rests_on(first, report) == (report.repairs[1],)
    assert rests_on(second, report) == (report.repairs[0],)


def test_repairs_are_said_with_their_places() -> None:
    zh = rests_text((SHIFTED, ORDERED), Language.ZH)
    assert "表三第25行" in zh
    assert "只按次序" in zh
    en = rests_text((SHIFTED, ORDERED), Language.EN)
    assert "table 3, row 4: this row has no label" in en
    for language in Language:
        assert rests_text((), language) == ""
        assert sentence(only(failures(report_of(cells={"disposed.total": 5})), "C301"), language)


@pytest.mark.parametrize("code", RepairCode)
def test_every_kind_of_repair_has_words(code: RepairCode) -> None:
    said = {rests_text((replace(SHIFTED, code=code),), language) for language in Language}
    assert len(said) == len(Language)
