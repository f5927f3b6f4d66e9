"""The figures of many reports of one kind, and several offices in one query."""

import pytest

from gipcore.export.filters import BadParameterError, query_from
from gipcore.store import reading
from gipcore.store.database import open_engine
from gipcore.store.query import Query
from tests.pages.database import make_database, published


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    url = make_database(tmp_path_factory.mktemp("peers") / "gip.sqlite", published())
    engine = open_engine(url, read_only=True)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    "query",
    [Query(), Query(year=2024), Query(level="county"), Query(region="41"), Query(errors=False)],
)
def test_peer_figures_are_the_headline_figures_of_the_reports(engine, query):
    rows = reading.reports(engine, query)
    assert [
        (row.office_id, row.office_name, row.office_name_en, row.errors, row.headline)
        for row in reading.peer_figures(engine, query)
    ] == [
        (row.office_id, row.office_name, row.office_name_en, row.errors, row.headline)
        for row in rows
    ]
    assert rows


def test_several_offices_are_asked_for_together(engine):
    wanted = {"xigong-government-office", "hongze-government"}
    query = query_from({"office": ",".join(sorted(wanted))})
    assert {row.office_id for row in reading.reports(engine, query)} == wanted
    assert {office.id for office in reading.offices(engine, query)} == wanted
    assert reading.count_reports(engine, query) == 3
    assert reading.coverage(engine, query).offices == 2
    found = {row.office_id for row in reading.iterate_findings(engine, query)}
    assert found == {row.office_id for row in reading.findings(engine, query)} == wanted


@pytest.mark.parametrize("given", ["a,", ",a", "a,,b", "a b", ",".join(["a"] * 21)])
def test_malformed_list_of_offices_is_refused(given):
    with pytest.raises(BadParameterError):
        query_from({"office": given})


def test_reports_part_into_those_with_errors_and_those_without(engine):
    every = {row.id: row.errors for row in reading.reports(engine, Query())}
    with_errors = {row.id for row in reading.reports(engine, Query(errors=True))}
    assert with_errors == {id for id, errors in every.items() if errors}
    assert reading.count_reports(engine, Query(errors=False)) == len(every) - len(with_errors)
