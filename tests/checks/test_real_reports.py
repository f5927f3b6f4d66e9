"""What the checks say of real reports, by their figures in `data/reports/`."""

import json
from pathlib import Path

import pytest

from gipcore.checks.catalogue import ARITHMETIC_CODES
from gipcore.checks.outcome import Outcome, Reason, Severity, Verdict
from gipcore.checks.run import run_checks
from gipcore.form.report import Report
from gipcore.form.report_json import report_from_json

REPORTS = Path(__file__).parents[2] / "data" / "reports"
SAMPLES = (
    "jinguyuan-subdistrict-2025",
    "wacheng-subdistrict-2025",
    "xigong-government-office-2025",
    "zhujianglu-subdistrict-2024",
    "jinniushan-subdistrict-2025",
)


def stored(name: str) -> Report:
    file = REPORTS / f"{name}.json"
    return report_from_json(json.loads(file.read_text(encoding="utf-8")), where=file.name)


def failures(name: str) -> list[Outcome]:
    return [found for found in run_checks(stored(name)) if found.verdict is Verdict.FAILED]


@pytest.mark.parametrize("name", SAMPLES)
def test_hand_checked_samples_balance_in_every_cell(name: str) -> None:
    arithmetic = [o for o in run_checks(stored(name)) if o.code in ARITHMETIC_CODES]
    undecided = {o.code for o in arithmetic if o.verdict is not Verdict.PASSED}
    assert undecided == {"C304"}  # none of them prints subtotals
    assert sum(o.verdict is Verdict.PASSED for o in arithmetic) == 7 + 7 + 25 + 3


@pytest.mark.parametrize("name", SAMPLES)
def test_only_the_text_of_xigong_disagrees_with_its_table(name: str) -> None:
    found = [o for o in failures(name) if o.severity is not Severity.NOTICE]
    if name != "xigong-government-office-2025":
        assert found == []
        return
    (claim,) = found
    assert (claim.code, claim.left, claim.right, claim.difference) == ("C801", 134, 117, 17)
    assert claim.right_cells == ("received.total",)
    assert claim.places and claim.detail


def test_xigong_says_all_were_answered_while_two_are_carried_forward() -> None:
    (notice,) = (o for o in failures("xigong-government-office-2025") if o.code == "C805")
    assert (notice.severity, notice.right) == (Severity.NOTICE, 2)


def test_hongze_2023_prints_zero_totals_beside_results() -> None:
    found = {o.code: (o.left, o.right, o.difference) for o in failures("hongze-2023")}
    assert found == {"C401": (0, 11, -11), "C403": (0, 5, -5)}


def test_hongze_2024_counts_a_narrower_scope_in_its_text() -> None:
    assert failures("hongze-2024") == []
    (claim,) = (o for o in run_checks(stored("hongze-2024")) if o.code == "C801")
    assert claim.verdict is Verdict.NOT_APPLICABLE
    assert claim.reason is Reason.NARROWER_SCOPE
    assert (claim.left, claim.right) == (17, 95)


def test_huaian_2024_agrees_in_table_and_text() -> None:
    outcomes = run_checks(stored("huaian-2024"))
    assert failures("huaian-2024") == []
    assert [o.verdict for o in outcomes if o.code == "C802"] == [Verdict.PASSED] * 3
    assert [o.verdict for o in outcomes if o.code == "C803"] == [Verdict.PASSED] * 2


def test_blank_totals_of_shanghai_2019_are_unknown_not_zero() -> None:
    report = stored("shanghai-office-2019")
    blank_totals = {
        f"{line}.total"
        for line in (name.removesuffix(".total") for name in report.cells)
        if f"{line}.total" in report.cells and report.cells[f"{line}.total"].state == "blank"
    }
    assert len(blank_totals) > 10
    lines = [o for o in run_checks(report) if o.code == "C303"]
    with_blank_total = [o for o in lines if set(o.left_cells) <= blank_totals]
    assert len(with_blank_total) > 10
    for outcome in with_blank_total:
        assert outcome.verdict is Verdict.NOT_APPLICABLE
        assert outcome.reason is Reason.BLANK_CELL
        assert outcome.left is None
        assert outcome.difference is None


@pytest.mark.parametrize("name", ["shanghai-office-2019", "shuyang-fagaiju-2023"])
def test_no_equation_with_a_blank_cell_is_decided(name: str) -> None:
    report = stored(name)
    equations = [o for o in run_checks(report) if o.code in ARITHMETIC_CODES and o.cells]
    assert equations
    for outcome in equations:
        is_whole = all(report.number(cell) is not None for cell in outcome.cells)
        assert (outcome.verdict is Verdict.NOT_APPLICABLE) is not is_whole
    assert {o.code for o in failures(name)} == {"C103"}
