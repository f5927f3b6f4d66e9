"""Breakdowns, chains and who has not published, against the reports themselves."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from gipcore.checks.outcome import Severity, Verdict
from gipcore.register.rows import RegisteredOffice, region_prefix
from gipcore.store import reading
from gipcore.store.query import Query
from gipcore.store.records import Reading
from gipcore.store.rows import BreakdownRow, ChainYear
from tests.factories import REGISTER, build, country, make_report, read
from tests.store.answers import QUERIES, Country, Published, is_office_in

REGION, LEVEL, YEAR = "region", "level", "year"


@pytest.fixture(scope="module")
def expected() -> Country:
    return Country(REGISTER, country())


@pytest.fixture(scope="module")
def engine(new_url: Callable[[], str]) -> Iterator[Engine]:
    engine = build(new_url(), country())
    yield engine
    engine.dispose()


def region_of(query: Query, code: str | None) -> str:
    """Work out which child of a query's region a code belongs to, by the register's parents."""
    own = region_prefix(query.region or "")
    by_code = REGISTER.region_by_code
    above = by_code.get(code or "")
    while above is not None:
        parent = above.parent_code
        if (region_prefix(parent) if parent else "") == own:
            return above.code
        if region_prefix(above.code) == own:
            return above.code
        above = by_code.get(parent or "")
    return "-"


def part_of(by: str, query: Query, office: RegisteredOffice, year: int | None = None) -> str:
    if by == REGION:
        return region_of(query, office.region_code)
    return str(year) if by == YEAR else office.level or "-"


def worked_out(known: Country, query: Query, by: str) -> dict[str, tuple[int, ...]]:
    """Count a breakdown from the reports: offices, reports, findings and who is missing."""
    frame = [p for p in known.published if p.is_in_frame(query)]
    offices = [office for office in known.offices if is_office_in(office, query)]
    chosen = [
        p
        for p in known.published
        if p.is_in(replace(query, check=None, severity=None, replied=None))
    ]

    def key(p: Published) -> str:
        return part_of(by, query, p.office, p.report.year)

    keys = {key(p) for p in frame}
    if by != YEAR:
        keys |= {part_of(by, query, office) for office in offices}
    found = {}
    for one in keys:
        here = [p for p in frame if key(p) == one]
        of_part = offices if by == YEAR else [o for o in offices if part_of(by, query, o) == one]
        failures = [
            o
            for p in chosen
            if key(p) == one and query.replied is not True
            for o in p.failures(query.check, query.severity)
        ]
        by_severity = [sum(o.severity is severity for o in failures) for severity in Severity]
        found[one] = (
            len(of_part),
            len(here),
            sum(p.is_balanced is False for p in here),
            sum(bool(p.failures(severity="error")) for p in here),
            *by_severity,
            len({o.id for o in of_part} - {p.office.id for p in here}),
        )
    return found


def counts(row: BreakdownRow) -> tuple[int, ...]:
    return (
        row.offices,
        row.reports,
        row.unbalanced,
        row.with_errors,
        row.errors,
        row.warnings,
        row.notices,
        row.not_published,
    )


@pytest.mark.parametrize("by", [REGION, LEVEL, YEAR])
def test_breakdown_is_that_of_the_reports(engine: Engine, expected: Country, by: str):
    for query in (*QUERIES, Query(region="4103", check="C301"), Query(region="41", form="2021")):
        found = {row.key: counts(row) for row in reading.breakdown(engine, query, by)}
        assert found == worked_out(expected, query, by), query


@pytest.mark.parametrize("by", [REGION, LEVEL, YEAR])
def test_parts_add_up_to_the_whole(engine: Engine, by: str):
    for query in QUERIES:
        rows = reading.breakdown(engine, query, by)
        whole = reading.coverage(engine, query)
        assert sum(row.reports for row in rows) == whole.reports, query
        assert sum(row.unbalanced for row in rows) == whole.unbalanced, query
        assert sum(row.errors + row.warnings + row.notices for row in rows) == (
            reading.count_findings(engine, query)
        ), query
        if by != YEAR:
            assert sum(row.offices for row in rows) == whole.offices, query
            assert sum(row.not_published for row in rows) == whole.offices_without_report, query


def test_parts_have_names_and_an_order(engine: Engine):
    regions = reading.breakdown(engine, Query(), REGION)
    assert [(row.key, row.name, row.name_en) for row in regions] == [
        ("320000", "江苏省", "Jiangsu"),
        ("410000", "河南省", "Henan"),
        ("-", "", None),
    ]
    within = reading.breakdown(engine, Query(region="4103"), REGION)
    assert [row.key for row in within] == ["410300", "410303"]
    levels = [row.key for row in reading.breakdown(engine, Query(), LEVEL)]
    assert levels == ["city", "county", "township"]
    years = [row.key for row in reading.breakdown(engine, Query(), YEAR)]
    assert years == ["2020", "2023", "2024"]


def test_region_that_is_not_in_the_register_has_no_parts(engine: Engine):
    assert reading.breakdown(engine, Query(region="99"), REGION) == ()


def test_offices_without_a_report_are_the_others(engine: Engine):
    for query in QUERIES:
        rows = reading.offices_without_report(engine, query)
        assert len(rows) == reading.count_offices_without_report(engine, query), query
        frame = Query(query.year, query.region, query.level, query.function, query.office)
        frame = replace(frame, search=query.search, form=query.form)
        published = {row.office_id for row in reading.reports(engine, frame)}
        bare = replace(frame, year=None, form=None)
        everyone = [row.id for row in reading.offices(engine, bare)]
        assert [row.id for row in rows] == [id for id in everyone if id not in published], query
        pages = [
            reading.offices_without_report(engine, query, limit=2, offset=start)
            for start in range(0, len(rows), 2)
        ]
        assert tuple(row for page in pages for row in page) == rows


def handing_on(year: int, taken_over: int | None, handed_on: int) -> Reading:
    figures: dict[str, int | None] = {}
    for column in ("natural_person", "total"):
        figures[f"brought_forward.{column}"] = taken_over
        figures[f"carried_forward.{column}"] = handed_on
    return read(make_report(year=year, figures=figures), year - 2000)


def test_chain_has_every_year_and_its_broken_links(url: str):
    engine = build(
        url,
        [
            handing_on(2020, 1, 2),
            handing_on(2021, 2, 3),
            handing_on(2022, 5, 6),
            handing_on(2024, None, 0),
            handing_on(2025, 1, 1),
        ],
    )
    assert reading.chain(engine, "xigong") == (
        ChainYear(2020, "xigong-2020", "2019", 1, 2, Verdict.NOT_APPLICABLE, None),
        ChainYear(2021, "xigong-2021", "2021", 2, 3, Verdict.PASSED, 0),
        ChainYear(2022, "xigong-2022", "2021", 5, 6, Verdict.FAILED, 2),
        ChainYear(2023),
        ChainYear(2024, "xigong-2024", "2021", None, 0, Verdict.NOT_APPLICABLE, None),
        ChainYear(2025, "xigong-2025", "2021", 1, 1, Verdict.FAILED, 1),
    )
    assert reading.chain(engine, "huaian") == ()
    assert reading.chain(engine, "no\0body") == ()


def test_chain_that_breaks_in_one_column_is_broken(url: str):
    before = make_report(year=2023, figures={"carried_forward.natural_person": 2})
    after = make_report(year=2024, figures={"brought_forward.business": 2})
    found = reading.chain(build(url, [read(before), read(after, 1)]), "xigong")
    assert (found[1].verdict, found[1].difference) == (Verdict.FAILED, 0)
