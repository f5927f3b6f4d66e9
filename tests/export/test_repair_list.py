"""The list of repairs: every finding once, the gravest first, with few words for many places."""

from dataclasses import replace
from random import Random

import pytest

from gipcore.checks.outcome import Outcome, Reason, Severity, Verdict
from gipcore.checks.run import run_checks
from gipcore.export.repair_list import (
    codes_by_cell,
    comparable,
    repair_list,
    terminal_text,
    verdict_sentence,
    where_text,
)
from gipcore.form.model import EditionId
from gipcore.form.report import OfficeName, Repair, RepairCode, State, Unread, Value
from gipcore.words import Language
from tests.factories import make_report
from tests.parsing.layouts import balanced_figures

ZH, EN = Language.ZH, Language.EN
HOLDS = "Every relation between the figures of the tables holds"
PLACE = "table 3, row {}, column {}"


def report(**changed):
    figures = balanced_figures(Random(5), EditionId.Y2021) | changed
    return make_report(figures=figures)


def test_every_failure_stands_once_under_its_severity():
    wrong = report(**{"received.total": 9999, "reconsideration.upheld": 99})
    outcomes = run_checks(wrong)
    groups = repair_list(wrong, outcomes, ZH)
    listed = [item.outcome for group in groups for item in group.items]
    failed = [outcome for outcome in outcomes if outcome.verdict is Verdict.FAILED]
    assert sorted(map(str, listed)) == sorted(map(str, failed))
    assert {item.code for item in groups[0].items} >= {"C301", "C303", "C401"}
    order = [list(Severity).index(group.severity) for group in groups]
    assert order == sorted(set(order))


def test_findings_on_one_cell_name_each_other():
    wrong = report(**{"received.total": 9999})
    items = repair_list(wrong, run_checks(wrong), ZH)[0].items
    assert {item.code: item.related for item in items} == {"C301": ("C303",), "C303": ("C301",)}
    assert codes_by_cell(run_checks(wrong))["received.total"][:2] == ("C301", "C303")


@pytest.mark.parametrize(
    ("places", "zh", "en"),
    [
        ([PLACE.format(4, 7)], "表三第4行第7列", "table 3, row 4, column 7"),
        (
            [PLACE.format(4, 7), PLACE.format(4, 5)],
            "表三第4行第5、7列",
            "table 3, row 4, columns 5, 7",
        ),
        (
            [PLACE.format(4, 7), PLACE.format(9, 7)],
            "表三第7列第4、9行",
            "table 3, column 7, rows 4, 9",
        ),
        (["section 1, paragraph 2"] * 2, "第一部分第2段", "section 1, paragraph 2"),
    ],
)
def test_places_of_one_row_or_column_are_named_once(places, zh, en):
    assert where_text(places, ZH) == zh
    assert where_text(places, EN) == en


def test_scattered_places_are_counted_beyond_some():
    places = [PLACE.format(n, n) for n in range(1, 12)]
    assert where_text(places, ZH).endswith("等11处")
    assert where_text([], EN) == ""


def outcome(code, verdict, severity=Severity.ERROR, reason=None, cells=("received.total",)):
    return Outcome(code, verdict, severity, left_cells=cells, reason=reason)


def test_cell_that_all_findings_rest_on_is_named_first():
    figures = balanced_figures(Random(5), EditionId.Y2021)
    total, received = figures["disposed.total"], figures["received.natural_person"]
    wrong = report(**{"disposed.total": total + 1})
    group = repair_list(wrong, run_checks(wrong), EN)[0]
    assert [item.code for item in group.items] == ["C301", "C302", "C303"]
    assert "All 3 rest on “Disposed of in total, Total” (" in group.advice
    wrong = report(**{"disposed.total": total + 1, "received.natural_person": received + 1})
    assert "rest on" not in repair_list(wrong, run_checks(wrong), EN)[0].advice


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ([outcome("C301", Verdict.PASSED)], f"{HOLDS}; nothing else was found."),
        ([outcome("C301", Verdict.FAILED)], "1 to put right; nothing else was found."),
        ([outcome("C801", Verdict.FAILED, Severity.WARNING)], "holds; 1 more to look at."),
        ([outcome("C106", Verdict.FAILED, Severity.NOTICE)] * 2, "holds; notices: 2."),
        (
            [outcome("C301", Verdict.NOT_APPLICABLE, reason=Reason.BLANK_CELL)],
            "leave 1 unchecked",
        ),
        (
            [outcome("C304", Verdict.NOT_APPLICABLE, reason=Reason.LINE_ABSENT, cells=())],
            HOLDS,
        ),
        (
            [outcome("C301", Verdict.NOT_APPLICABLE, reason=Reason.TABLE_NOT_READ, cells=())],
            "leave 1 unchecked",
        ),
    ],
)
def test_verdict_says_what_could_be_checked(outcomes, said):
    assert said in verdict_sentence(outcomes, EN)


def test_only_the_report_of_the_year_before_is_compared():
    draft, before = report(), replace(report(), year=2023)
    assert comparable(draft, None, ZH) == (None, "")
    assert comparable(draft, before, ZH) == (before, "")
    used, said = comparable(draft, replace(before, year=2022), EN)
    assert used is None
    assert "not on 2023" in said
    used, said = comparable(draft, replace(before, office=OfficeName("别的局")), ZH)
    assert used is not None
    assert "别的局" in said


def test_text_of_a_document_does_not_steer_a_terminal():
    nasty = "\x1b[2J\x07\u202e\r\n"
    wrong = report(**{"received.total": 9999})
    cells = wrong.cells | {
        "received.business": Value(None, State.UNREADABLE, nasty, f"table 3{nasty}")
    }
    hostile = replace(
        wrong,
        cells=cells,
        office=OfficeName(nasty),
        source=replace(wrong.source, file=nasty),
        repairs=(Repair(RepairCode.ROW_SHIFTED, nasty, nasty, ("received.total",)),),
        unread=(Unread(nasty, nasty),),
    )
    for language in Language:
        said = terminal_text(hostile, run_checks(hostile), language)
        assert not set(said) & set("\x1b\x07\r\u202e")
        assert "C301" in said
