"""Reading: the same answers as the reports themselves give, and equal ones on both databases."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from gipcore.errors import StoreError, WrongUseError
from gipcore.form.report import State
from gipcore.store import reading
from gipcore.store.building import open_for_writing
from gipcore.store.database import open_engine
from gipcore.store.query import Query
from gipcore.store.writing import Rejected, Writer
from tests.factories import REGISTER, balanced, build, country, make_report, read
from tests.store.answers import QUERIES, Country, answers, summary

SOME_CELLS = (
    "denied.state_secret.total",
    "reconsideration.corrected",
    "proactive.normative_documents.issued",
)


@pytest.fixture(scope="module")
def expected() -> Country:
    return Country(REGISTER, country())


@pytest.fixture(scope="module")
def engine(new_url: Callable[[], str]) -> Iterator[Engine]:
    engine = build(new_url(), country())
    yield engine
    engine.dispose()


def test_answers_are_those_of_the_reports(engine: Engine, expected: Country):
    for query in QUERIES:
        assert summary(engine, query) == expected.answers(query), query


def test_both_databases_give_equal_rows(tmp_path, postgresql_url: str):
    sqlite = build(f"sqlite:///{tmp_path}/gip.sqlite", country())
    postgresql = build(postgresql_url, country())
    for query in QUERIES:
        assert answers(sqlite, query) == answers(postgresql, query), query
    assert reading.years(sqlite) == reading.years(postgresql)
    assert reading.regions(sqlite) == reading.regions(postgresql)
    for row in reading.reports(sqlite, Query()):
        assert reading.report(sqlite, row.id) == reading.report(postgresql, row.id)
        assert reading.office(sqlite, row.office_id) == reading.office(postgresql, row.office_id)


def test_sums_by_year_are_those_of_each_year(engine: Engine):
    found = 0
    for query in QUERIES:
        by_year = reading.yearly_sums(engine, query, ("received.total", *SOME_CELLS))
        assert list(by_year) == sorted({row.year for row in reading.reports(engine, query)})
        for year, added in by_year.items():
            whole = reading.sums(engine, replace(query, year=year))
            assert added == {name: whole[name] for name in added}, (query, year)
            found += 1
    assert found > len(QUERIES) / 2


def test_streams_and_counts_agree_with_lists(engine: Engine):
    for query in QUERIES:
        found = answers(engine, query)
        for name in ("offices", "reports", "findings"):
            assert found[f"{name} streamed"] == found[name], (name, query)
            assert found[f"{name} counted"] == len(found[name]), (name, query)
        assert found["questions counted"] == len(found["questions"]), query


def test_report_comes_back_as_it_was_read(engine: Engine):
    for reading_ in country():
        office = reading_.report.office.name
        query = Query(search=office, year=reading_.report.year)
        (row,) = reading.reports(engine, query)
        stored = reading.report(engine, row.id)
        assert stored is not None
        assert replace(stored.report, office=reading_.report.office) == reading_.report
        assert stored.row == row
        assert stored.row.read_at == reading_.read_at
        assert stored.row.source_sha256 == reading_.report.source.sha256
        assert stored.revisions == (1,)


def test_report_knows_its_office_by_the_register(engine: Engine):
    stored = reading.report(engine, "xigong-2024")
    assert stored is not None
    assert (stored.report.office.id, stored.report.office.region_code) == ("xigong", "410303")
    assert stored.row.region_name == "河南省洛阳市西工区"


def test_blank_headline_figure_is_none_and_zero_is_zero(engine: Engine):
    row = next(row for row in reading.reports(engine, Query()) if row.id == "huaian-2024")
    assert row.headline["received_total"] is None
    assert row.headline["carried_forward_total"] == 0
    assert isinstance(row.headline["disposed_total"], int)


def test_figures_keep_their_decimals(engine: Engine):
    found = reading.sums(engine, Query(office="luoyang"))
    assert found["proactive.fees.amount_wan_yuan"].total == 12.5


def test_pages_of_reports_make_the_whole_list(engine: Engine):
    whole = reading.reports(engine, Query())
    paged, after = [], None
    while page := reading.reports(engine, Query(), limit=3, after=after):
        paged += page
        after = page[-1].id
    assert tuple(paged) == whole
    years = [row.year for row in whole]
    assert years == sorted(years, reverse=True)


def test_pages_of_offices_and_findings_make_the_whole_list(engine: Engine):
    for ask in (reading.offices, reading.findings):
        whole = ask(engine, Query())
        pages = [ask(engine, Query(), limit=2, offset=start) for start in range(0, len(whole), 2)]
        assert tuple(row for page in pages for row in page) == whole


def test_paging_after_no_report_is_refused(engine: Engine):
    for unknown in ("", "xigong", "xigong-", "nobody-2024", "xigong-20x4", "-2024", "x\0-2024"):
        with pytest.raises(WrongUseError):
            reading.reports(engine, Query(), after=unknown)


def test_what_is_not_there_is_none(engine: Engine):
    assert reading.report(engine, "xigong-2019") is None
    assert reading.report(engine, "no such report") is None
    assert reading.report(engine, "xigong-2024", revision=2) is None
    assert reading.office(engine, "nobody") is None


def test_regions_count_what_is_below_them(engine: Engine):
    found = {row.code: (row.offices, row.reports) for row in reading.regions(engine)}
    assert found == {
        "320000": (1, 3),
        "320800": (1, 3),
        "410000": (3, 4),
        "410300": (3, 4),
        "410303": (2, 3),
    }
    full_names = {row.code: row.full_name for row in reading.regions(engine)}
    assert full_names["410303"] == "河南省洛阳市西工区"


def test_office_counts_its_reports_and_findings(engine: Engine):
    office = reading.office(engine, "xigong")
    assert office is not None
    assert (office.first_year, office.last_year, office.reports) == (2023, 2024, 2)
    assert office.findings_open == len(reading.findings(engine, Query(office="xigong")))


def test_unregistered_office_is_marked_and_last(engine: Engine):
    last = reading.offices(engine, Query())[-1]
    assert (last.is_registered, last.name) == (False, "某某县发展和改革局")
    assert (last.level, last.function) == ("county", "development_and_reform")
    assert last.id.startswith("x-")


def test_question_is_no_failure(engine: Engine):
    (question,) = reading.findings(engine, Query(), verdict="not_applicable")
    assert (question.report_id, question.code) == ("jinguyuan-2024", "C801")
    assert question.reason == "narrower_scope"
    assert question.id not in {row.id for row in reading.findings(engine, Query())}


def test_finding_has_both_sides_and_their_difference(engine: Engine):
    (found,) = reading.findings(engine, Query(check="C801"))
    assert (found.left, found.right, found.difference) == (134, 117, 17)
    assert found.id == "xigong-2023-C801-1"
    assert "received.total" in found.cells


def test_balance_that_cannot_be_decided_is_neither(engine: Engine):
    undecided = {row.id for row in reading.reports(engine, Query()) if row.is_balanced is None}
    assert undecided == {"huaian-2023", "huaian-2024"}
    either = {row.id for b in (True, False) for row in reading.reports(engine, Query(balanced=b))}
    assert not undecided & either
    without = {row.id for row in reading.reports(engine, Query(unbalanced=False))}
    assert undecided <= without


def test_empty_database_answers_everything(url: str):
    engine = build(url, ())
    for query in QUERIES:
        assert reading.reports(engine, query) == ()
        assert reading.yearly_totals(engine, query) == ()
        assert reading.coverage(engine, query).reports == 0
        assert reading.sums(engine, query)["received.total"].total is None
    assert reading.years(engine) == ()


def test_absent_database_says_what_to_do(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/none.sqlite", read_only=True)
    with pytest.raises(StoreError, match="gipcore build"):
        reading.reports(engine, Query())
    with pytest.raises(StoreError, match="gipcore build"):
        next(reading.iterate_reports(engine, Query()))


def test_stored_cells_with_zeros_added_are_all_cells(engine: Engine):
    """What is not stored of a required cell is a printed 0: the sums count it."""
    for row in reading.reports(engine, Query()):
        stored = reading.report(engine, row.id)
        assert stored is not None
        found = reading.sums(engine, Query(office=row.office_id, year=row.year))
        for name, value in stored.report.cells.items():
            is_number = value.state is State.NUMBER
            assert (found[name].total, found[name].reports_with_number) == (
                (value.number, 1) if is_number else (None, 0)
            ), (row.id, name)


def test_same_name_with_spaces_brackets_and_widths_is_the_same_office(url: str):
    names = ("西工区 人民政府", "西工区人民政府 ", "（西工区）人民政府", "西工区政府")
    engine = build(
        url,
        [
            read(make_report(name, 2020 + number, balanced(number)))
            for number, name in enumerate(names)
        ],
    )
    office = reading.office(engine, "xigong")
    assert office is not None
    assert office.reports == len(names)
    assert reading.count_offices(engine, Query()) == len(REGISTER.offices)


def test_rejected_documents_are_listed_newest_first(url: str):
    build(url, []).dispose()
    older, newer = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 3, 4, tzinfo=UTC)
    with open_for_writing(url, REGISTER) as engine, engine.begin() as connection:
        writer = Writer(connection)
        writer.reject(Rejected("a" * 64, "a.pdf", "no_report", "no table", older, "xigong", 2024))
        writer.reject(Rejected("b" * 64, "b.doc", "too_large", "too big", newer, year=2025))
    engine = open_engine(url, read_only=True)
    found = reading.rejected(engine, Query())
    assert [row.file_name for row in found] == ["b.doc", "a.pdf"]
    assert (found[0].code, found[0].reason, found[0].read_at) == ("too_large", "too big", newer)
    assert (found[0].office_id, found[1].office_id) == (None, "xigong")
    assert [row.year for row in reading.rejected(engine, Query(office="xigong"))] == [2024]
    assert reading.rejected(engine, Query(year=2025), limit=1) == found[:1]
    assert reading.rejected(engine, Query(year=2023)) == ()
