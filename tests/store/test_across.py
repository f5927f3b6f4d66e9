"""Reports compared with other years and offices: in one pass, after an ingest, in any order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from random import Random

import pytest
from sqlalchemy import Engine, func, select

from gipcore.checks.outcome import Verdict
from gipcore.form.report import Number
from gipcore.register.rows import Register, RegisteredOffice, RegisteredRegion
from gipcore.store import models, reading
from gipcore.store.building import open_for_writing
from gipcore.store.database import database_state, open_engine
from gipcore.store.prepare import is_listed, verdict_by_code
from gipcore.store.query import Query
from gipcore.store.records import Reading
from gipcore.store.surroundings import ACROSS_CODES
from gipcore.store.writing import Writer
from tests.factories import balanced, build, make_report, read

COUNTIES = 24
COLUMNS = ("natural_person", "total")
RICH = {
    "proactive.licences.decisions": 1234,
    "proactive.penalties.decisions": 567,
    "proactive.coercive_measures.decisions": 89,
    "proactive.normative_documents.in_force": 345,
    "proactive.normative_documents.issued": 12,
    "proactive.normative_documents.repealed": 34,
}
MODEST = {
    "proactive.licences.decisions": 7,
    "proactive.penalties.decisions": 5,
    "proactive.coercive_measures.decisions": 2,
}
REGISTER = Register(
    regions=(
        RegisteredRegion("410000", "河南省", None, "province"),
        *(
            RegisteredRegion(f"4101{n:02}", f"{n}号县", "410000", "county")
            for n in range(1, COUNTIES + 1)
        ),
    ),
    offices=tuple(
        RegisteredOffice(f"{kind}-{n}", f"{n}号县{name}", (), "county", function, f"4101{n:02}")
        for n in range(1, COUNTIES + 1)
        for kind, name, function in (
            ("government", "人民政府", "government"),
            ("water", "水务局", "water"),
            ("office", "人民政府办公室", "general_office"),
        )
    ),
)


def made(
    office: str, year: int, received: int, more: Mapping[str, Number] | None = None
) -> Reading:
    return read(make_report(office, year, balanced(received) | dict(more or {})))


def country() -> list[Reading]:
    """Return two years of every county, with one of each thing worth a notice."""
    readings = []
    for n in range(1, COUNTIES + 1):
        for year in (2023, 2024):
            received = 900 if (n, year) == (5, 2024) else 100 + n + year % 10
            readings.append(made(f"{n}号县人民政府", year, received))
            readings.append(made(f"{n}号县水务局", year, 20 + n))
            readings.append(made(f"{n}号县人民政府办公室", year, 5000 if n == 9 else 1))
    readings.append(made("7号县水务局", 2022, 500))
    readings.append(made("7号县人民政府", 2022, 400))
    readings.append(made("3号县水务局", 2021, 3, RICH))
    readings.append(made("4号县水务局", 2022, 3, RICH))
    readings.append(made("8号县水务局", 2021, 3, MODEST))
    readings.append(made("8号县水务局", 2022, 3, MODEST))
    readings.append(made("2号县水务局", 2022, 3, MODEST))
    return readings


def add(url: str, readings: Iterable[Reading]) -> None:
    """Save readings as ingest does: a transaction each."""
    with open_for_writing(url, REGISTER) as engine:
        for one in readings:
            with engine.begin() as connection:
                Writer(connection).save(one)


def told(engine: Engine) -> dict[str, object]:
    """Return all that lists and sums say of the reports and their findings."""
    found: dict[str, object] = {
        "reports": reading.reports(engine, Query()),
        "findings": reading.findings(engine, Query()),
        "counts": reading.finding_counts(engine, Query()),
        "offices": reading.offices(engine, Query()),
        "breakdown": reading.breakdown(engine, Query(), "year"),
        "content": database_state(engine).content_hash,
    }
    with engine.connect() as connection:
        report, peers = models.Report, models.PeerGroup
        found["peers"] = connection.execute(
            select(*peers.__table__.c).order_by(*peers.__table__.primary_key)
        ).all()
        found["verdicts"] = connection.execute(
            select(
                report.number,
                report.checks_passed,
                report.checks_failed,
                report.checks_not_applicable,
                report.tables_digest,
            ).order_by(report.number)
        ).all()
        found["touched"] = connection.scalar(select(func.count()).select_from(models.Touched))
    return found


def noticed(engine: Engine, code: str) -> dict[str, tuple[Number | None, Number | None]]:
    """Return both sides of the findings of a check, by report."""
    rows = reading.findings(engine, Query(check=code))
    return {f"{row.office_id}-{row.year}": (row.left, row.right) for row in rows}


@pytest.fixture
def empty(url: str) -> str:
    build(url, (), REGISTER).dispose()
    return url


def test_same_figures_jumps_and_small_wholes_are_noticed(url: str) -> None:
    engine = build(url, country(), REGISTER)
    assert noticed(engine, "C903") == {
        "water-3-2021": (1, 0),
        "water-4-2022": (1, 0),
        "water-8-2021": (1, 0),
        "water-8-2022": (1, 0),
    }
    assert noticed(engine, "C904") == {"government-5-2024": (900, 108)}
    assert noticed(engine, "C905") == {"government-7-2022": (400, 500)}
    (copy,) = (f for f in reading.findings(engine, Query(check="C903")) if f.office_id == "water-3")
    assert copy.detail == "4号县水务局 2022"


def test_adding_one_by_one_in_any_order_gives_what_a_build_gives(url: str, empty: str) -> None:
    readings = country()
    Random(3).shuffle(readings)
    half = len(readings) // 2
    add(empty, readings[:half])
    add(empty, readings[half:])
    added = told(open_engine(empty, read_only=True))
    built = told(build(url, country(), REGISTER))
    for name in built:
        assert added[name] == built[name], name
    assert built["touched"] == 0


def test_report_that_is_mended_takes_the_notices_of_others_with_it(url: str) -> None:
    build(url, country(), REGISTER).dispose()
    mended = [
        made("4号县水务局", 2022, 4, RICH),
        made("5号县人民政府", 2024, 110),
        made("7号县水务局", 2022, 399),
    ]
    add(url, mended)
    engine = open_engine(url, read_only=True)
    assert set(noticed(engine, "C903")) == {"water-8-2021", "water-8-2022"}
    assert noticed(engine, "C904") == noticed(engine, "C905") == {}
    notices = {office.id: office.findings_open for office in reading.offices(engine, Query())}
    assert notices["water-3"] == notices["government-5"] == notices["government-7"] == 0


def test_page_of_a_report_says_what_the_list_says(url: str) -> None:
    engine = build(url, country(), REGISTER)
    listed = reading.findings(engine, Query())
    for row in reading.reports(engine, Query()):
        stored = reading.report(engine, row.id)
        assert stored is not None
        own = [
            (f.code, f.left, f.right, f.detail)
            for f in listed
            if (f.office_id, f.year) == (row.office_id, row.year)
        ]
        shown = [(o.code, o.left, o.right, o.detail) for o in stored.outcomes if is_listed(o)]
        assert sorted(own) == sorted(shown)
        assert row.notices == sum(
            o.verdict is Verdict.FAILED for o in stored.outcomes if o.severity.value == "notice"
        )


def test_page_of_a_report_has_the_verdicts_of_the_database(url: str) -> None:
    engine = build(url, country(), REGISTER)
    stored = [reading.report(engine, row.id) for row in reading.reports(engine, Query())]
    verdicts = Counter(
        (code, verdict)
        for found in stored
        if found is not None
        for code, verdict in verdict_by_code(found.outcomes).items()
    )
    counts = {row.code: row for row in reading.finding_counts(engine, Query())}
    for code in ACROSS_CODES:
        assert counts[code].failed == verdicts[code, Verdict.FAILED] > 0
        assert counts[code].passed == verdicts[code, Verdict.PASSED] > 0
        assert counts[code].not_applicable == verdicts[code, Verdict.NOT_APPLICABLE] > 0


def test_ingest_that_was_broken_off_is_made_up_by_the_next(url: str, empty: str) -> None:
    readings = country()
    with pytest.raises(KeyboardInterrupt), open_for_writing(empty, REGISTER) as engine:
        for one in readings:
            with engine.begin() as connection:
                Writer(connection).save(one)
        raise KeyboardInterrupt
    engine = open_engine(empty, read_only=True)
    unsettled = told(engine)
    assert unsettled["touched"] == len(readings)
    assert noticed(engine, "C905") == {}
    add(empty, ())
    settled = told(engine)
    built = told(build(url, readings, REGISTER))
    assert settled == built
    assert unsettled["content"] != settled["content"]


@pytest.mark.parametrize("is_later_first", [False, True])
def test_year_before_is_compared_whichever_arrives_first(empty: str, is_later_first: bool) -> None:
    carried = {f"{line}.{c}": 2 for line in ("carried_forward", "received") for c in COLUMNS}
    brought = {
        f"{line}.{c}": 5 for line in ("brought_forward", "disposed", "granted") for c in COLUMNS
    }
    before = read(make_report("1号县水务局", 2023, carried))
    after = read(make_report("1号县水务局", 2024, brought))
    add(empty, [after, before] if is_later_first else [before, after])
    engine = open_engine(empty, read_only=True)
    rows = reading.findings(engine, Query(check="C901"))
    assert [(row.year, row.cells, row.left, row.right) for row in rows] == [
        (2024, (f"brought_forward.{column}",), 5, 2) for column in COLUMNS
    ]
    mended = {
        **carried,
        **{f"{line}.{c}": 5 for line in ("carried_forward", "received") for c in COLUMNS},
    }
    add(empty, [read(make_report("1号县水务局", 2023, mended), 1)])
    assert reading.findings(engine, Query(check="C901")) == ()
    link = reading.chain(engine, "water-1")[-1]
    assert (link.year, link.verdict, link.difference) == (2024, Verdict.PASSED, 0)
