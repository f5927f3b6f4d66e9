"""Pages hold together while the data change between two of them."""

import pytest

from gipcore.export.columns import AnyTable, Page
from gipcore.export.filters import BadParameterError
from gipcore.export.tables import FINDINGS, GONE_FINDINGS, TABLES
from gipcore.form.report import Report
from gipcore.store.building import open_for_writing
from gipcore.store.database import open_engine
from gipcore.store.query import Query
from gipcore.store.writing import Writer
from tests.factories import REGISTER, balanced, build, make_report, read

LATE = "洛阳市人民政府"  # the first of the register
EARLY = ("西工区人民政府", "西工区金谷园街道办事处", "淮安市人民政府", "无处办事处")
OF_A_YEAR = Query(year=2024)
QUERIES = {
    "offices": OF_A_YEAR,
    "reports": OF_A_YEAR,
    "cells": Query(year=2024, cell="received.total"),
    "findings": OF_A_YEAR,
    "gone_findings": OF_A_YEAR,
    "offices_without_report": Query(year=2023),
}


def figures_of(office: str, year: int) -> list[Report]:
    """Return two revisions of a report that loses a failure and keeps others."""
    others = {"reconsideration.pending": 2, "litigation_direct.pending": 1}
    wrong = balanced(3) | {"carried_forward.natural_person": 2, "carried_forward.total": 2} | others
    right = balanced(3) | others
    return [make_report(office, year, figures) for figures in (wrong, right)]


def ingest(url: str, reports: list[Report]) -> None:
    with open_for_writing(url, REGISTER) as engine:
        for day, report in enumerate(reports):
            with engine.begin() as connection:
                Writer(connection).save(read(report, day))


@pytest.mark.parametrize("name", QUERIES)
def test_no_row_comes_twice_and_none_is_lost_when_others_come_before(url: str, name: str):
    table: AnyTable = TABLES[name]
    query = QUERIES[name]
    build(url, ()).dispose()
    ingest(url, [report for office in EARLY for report in figures_of(office, 2024)])
    engine = open_engine(url, read_only=True)
    before = [row.id for row in table.rows(engine, query)]
    assert len(before) >= 4
    page: Page = table.page(engine, query, 3, None)
    seen = [row.id for row in page.rows]

    ingest(url, figures_of(LATE, query.year))
    now = [row.id for row in table.rows(engine, query)]
    assert len(now) != len(before)
    while page.after is not None:
        page = table.page(engine, query, 3, page.after)
        seen += [row.id for row in page.rows]
    assert seen == before


def test_a_finding_that_is_gone_is_no_place_any_more(url: str):
    build(url, ()).dispose()
    wrong, right = figures_of(EARLY[0], 2024)
    ingest(url, [wrong])
    engine = open_engine(url, read_only=True)
    query = Query(check="C301")
    (*_, last) = FINDINGS.rows(engine, query)
    assert FINDINGS.page(engine, query, 3, last.id).rows == ()
    ingest(url, [right])
    (*_, gone) = GONE_FINDINGS.rows(engine, query)
    assert GONE_FINDINGS.page(engine, query, 3, gone.id).rows == ()
    for table, place in (
        (FINDINGS, last.id),
        (FINDINGS, f"{last.id}0"),
        (GONE_FINDINGS, last.id),
        (GONE_FINDINGS, gone.id.removesuffix("1") + "7"),
    ):
        with pytest.raises(BadParameterError) as refused:
            table.page(engine, Query(), 3, place)
        assert (refused.value.code, refused.value.parameter) == ("unknown_place", "after")
