"""Hostile documents and queries: stored and asked for, never executed, never a crash."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from gipcore.form.report import Claim, OfficeName, Repair, RepairCode, Report, State, Unread, Value
from gipcore.register.names import normalize_name
from gipcore.store import reading
from gipcore.store.query import Query
from gipcore.store.records import Reading
from tests.factories import REGISTER, build, make_report, read
from tests.store.answers import answers

NASTY = (
    "'; DROP TABLE report; --",
    '" OR ""="',
    "100%_[a-z]*\\",
    "<script>alert(1)</script>",
    '=HYPERLINK("http://evil")',
    "a\0b",
    "\ud800\udfff half",
    "line\nbreak\r\n\t",
    "‮reversed‬",
    "长" * 100_000,
    "🏛" * 60,
    "{}[]()%s$1:name?",
)


def nasty_report(text: str, year: int) -> Report:
    """Return a report that says a nasty thing wherever a document can say something."""
    report = make_report(year=year, figures={"received.total": 3})
    cells = {
        **report.cells,
        "received.business": Value(None, State.UNREADABLE, text, text),
        "disposed.total": Value(10**14, State.CONFLICT, text, text),
    }
    return replace(
        report,
        source=replace(report.source, file=text, format=text[:20]),
        office=OfficeName("西工区人民政府", text, text),
        title=text,
        cells=cells,
        claims=(Claim(("received.total",), 10**14, text, text, text, text),),
        unread=(Unread(text, text),),
        repairs=(Repair(RepairCode.ROW_SHIFTED, text, text, ("received.total",)),),
    )


@pytest.fixture(scope="module")
def engine(new_url: Callable[[], str]) -> Engine:
    return build(new_url(), [read(nasty_report(text, 2010 + n)) for n, text in enumerate(NASTY)])


def test_nasty_reports_come_back(engine: Engine):
    assert reading.count_reports(engine, Query()) == len(NASTY)
    for number, text in enumerate(NASTY):
        stored = reading.report(engine, f"xigong-{2010 + number}")
        assert stored is not None
        expected = nasty_report(text, 2010 + number)
        assert replace(stored.report, office=expected.office) == expected
        assert len(stored.row.title or "") <= 300
    for row in reading.findings(engine, Query(), verdict="not_applicable"):
        assert row.outcome.code == row.code


def test_nasty_names_are_offices_of_their_own(url: str):
    names = [text for text in NASTY if len(text) < 100 and normalize_name(text)]
    engine = build(url, [read(make_report(name)) for name in names])
    offices = [row for row in reading.offices(engine, Query()) if not row.is_registered]
    assert len(offices) == len(names)
    for row in offices:
        assert row in reading.offices(engine, Query(search=row.name))
        assert reading.count_reports(engine, Query(office=row.id)) == 1


@pytest.mark.parametrize("text", NASTY)
def test_nasty_queries_find_nothing(engine: Engine, text: str):
    for query in (
        Query(region=text),
        Query(level=text),
        Query(function=text),
        Query(office=text),
        Query(form=text),
        Query(check=text),
        Query(severity=text),
    ):
        assert answers(engine, query)["reports"] == (), query
    answers(engine, Query(search=text))
    assert reading.report(engine, text) is None
    assert reading.office(engine, text) is None


def test_years_beyond_all_reason_find_nothing(engine: Engine):
    for year in (-1, 0, 1999, 2101, 2**31, 2**63, 10**30):
        assert answers(engine, Query(year=year))["reports"] == ()


def test_search_for_marks_is_no_wildcard(engine: Engine):
    for search in ("%", "_", "\\", "'", "*", "西%区", "西_区"):
        found = reading.offices(engine, Query(search=search))
        assert [row.id for row in found] == (["xigong", "jinguyuan"] if "西区" in search else [])


def test_figure_too_large_for_a_column_is_kept_in_the_report(url: str):
    huge = replace(
        make_report(),
        cells=make_report().cells | {"received.total": Value(10**400, State.NUMBER, "1…", "p")},
    )
    engine = build(url, [Reading(huge)], REGISTER)
    (row,) = reading.reports(engine, Query())
    assert row.headline["received_total"] is None
    stored = reading.report(engine, row.id)
    assert stored is not None
    assert stored.report.number("received.total") == 10**400
