"""Offices with cases, against the reports themselves."""

from collections import defaultdict
from dataclasses import replace
from itertools import groupby

import pytest
from sqlalchemy import event

from gipcore.demo.writing import write_demo
from gipcore.export.filters import query_from
from gipcore.store import reading
from gipcore.store.database import open_engine
from gipcore.store.headline import REVIEW_NAMES, cases
from gipcore.store.query import Query
from gipcore.store.read_reviews import Order, Reviewed
from tests.factories import build, make_report, read

NO_CASES = dict.fromkeys(REVIEW_NAMES, 0)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('reviews') / 'gip.sqlite'}"
    write_demo(url, 40, range(2021, 2025), 3)
    engine = open_engine(url, read_only=True)
    yield engine
    engine.dispose()


def by_office(engine, query: Query) -> dict[str, list]:
    """Return the reports with a case by their office."""
    found = defaultdict(list)
    for row in reading.reports(engine, query):
        if any(row.headline[name] for name in REVIEW_NAMES):
            found[row.office_id].append(row)
    return found


QUERIES = [
    Query(),
    Query(year=2023),
    Query(level="county", unbalanced=False),
    Query(form="2021", balanced=True),
    Query(region="11"),
]


@pytest.mark.parametrize("query", QUERIES)
def test_offices_hold_the_figures_of_their_reports_with_cases(engine, query) -> None:
    expected = by_office(engine, query)
    rows = reading.reviewed_offices(engine, query)
    assert {row.office_id: row.reports for row in rows} == {
        office: len(reports) for office, reports in expected.items()
    }
    for row in rows:
        reports = expected[row.office_id]
        years = [report.year for report in reports]
        assert (row.first_year, row.last_year) == (min(years), max(years))
        for name in REVIEW_NAMES:
            printed = [report.headline[name] for report in reports]
            assert row.figures[name] == (None if None in printed else sum(printed))
    assert reading.count_reviewed(engine, query) == Reviewed(
        len(expected), sum(map(len, expected.values()))
    )


@pytest.mark.parametrize("query", QUERIES[:3])
def test_the_filter_takes_the_reports_with_cases_and_its_other_side_the_rest(engine, query) -> None:
    with_cases = sum(map(len, by_office(engine, query).values()))
    taken = reading.reports(engine, replace(query, reviewed=True))
    left = reading.reports(engine, replace(query, reviewed=False))
    assert with_cases == len(taken) > 0
    assert len(left) > 0
    every = reading.reports(engine, query)
    assert sorted(row.id for row in (*taken, *left)) == sorted(row.id for row in every)
    assert reading.count_reports(engine, query_from({"reviewed": "true"})) == len(
        reading.reports(engine, Query(reviewed=True))
    )


def test_most_cases_come_first_and_pages_do_not_overlap(engine) -> None:
    reports = by_office(engine, Query())
    whole = reading.reviewed_offices(engine, Query())
    counts = [sum(cases(one.headline) for one in reports[row.office_id]) for row in whole]
    assert counts == sorted(counts, reverse=True)
    pages = [reading.reviewed_offices(engine, Query(), limit=7, offset=at) for at in (0, 7)]
    assert pages[0] + pages[1] == whole[:14]


def test_the_order_of_the_register_is_that_of_offices(engine) -> None:
    known = [office.id for office in reading.offices(engine, Query())]
    listed = reading.reviewed_offices(engine, Query(), order=Order.REGISTER)
    places = [known.index(row.office_id) for row in listed]
    assert places == sorted(places)
    assert [key for key, _ in groupby(places)] == places


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({}, None),
        ({"reconsideration_total": 3, "reconsideration_upheld": 3}, 3),
        ({"reconsideration_total": None, "reconsideration_upheld": 2}, 2),
        ({"reconsideration_total": 0, "reconsideration_pending": 1}, 1),
        ({"litigation_direct_total": 4, "litigation_after_reconsideration_corrected": 5}, 9),
        (dict.fromkeys(REVIEW_NAMES), None),
    ],
)
def test_cases_are_the_totals_or_the_results_whichever_is_more(figures, expected) -> None:
    assert cases(NO_CASES | figures) == expected


def test_a_blank_total_does_not_hide_a_case(tmp_path) -> None:
    figures = {"reconsideration.total": None, "reconsideration.upheld": 2}
    reports = (make_report("洛阳市人民政府", 2024, figures), make_report("西工区人民政府", 2024))
    engine = build(f"sqlite:///{tmp_path / 'gip.sqlite'}", map(read, reports))
    (row,) = reading.reviewed_offices(engine, Query())
    assert row.office_id == "luoyang"
    assert row.figures["reconsideration_total"] is None
    assert row.figures["reconsideration_upheld"] == 2
    engine.dispose()


@pytest.mark.parametrize("query", [Query(), Query(year=2023, unbalanced=False)])
def test_offices_are_chosen_from_the_index_of_cases_alone(engine, query) -> None:
    plans = []

    def explain(connection, _cursor, statement, parameters, *_) -> None:
        raw = connection.connection.dbapi_connection
        rows = raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plans.append(" ".join(row[3] for row in rows))

    event.listen(engine, "before_cursor_execute", explain)
    try:
        reading.reviewed_offices(engine, query, limit=5)
    finally:
        event.remove(engine, "before_cursor_execute", explain)
    chosen = next(plan for plan in plans if "GROUP BY" in plan)
    assert "COVERING INDEX report_with_cases" in chosen
