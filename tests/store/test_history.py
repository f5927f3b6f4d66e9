"""Findings through revisions: since when each is there, and which are gone since when."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from gipcore.checks.outcome import Verdict
from gipcore.form.report import Claim, Number, OfficeName, Repair, RepairCode, Report
from gipcore.store import reading
from gipcore.store.building import open_for_writing
from gipcore.store.database import database_state, open_engine
from gipcore.store.query import Query
from gipcore.store.records import Reading
from gipcore.store.rows import FindingRow, GoneFindingRow
from gipcore.store.writing import Writer
from tests.factories import FIRST_READ, REGISTER, balanced, build, dump, make_report, read

BALANCE, CARRIED_OVER, IN_TEXT = "C301", "C901", "C801"
COLUMN = "natural_person"


def carrying(forward: Number, received: Number = 3, year: int = 2024) -> Report:
    """Return a report whose natural persons' column is out of balance by what it hands on."""
    figures = balanced(int(received))
    figures |= {f"carried_forward.{column}": forward for column in (COLUMN, "total")}
    return make_report(year=year, figures=figures)


def told(value: Number, quote: str, received: int = 3, year: int = 2024) -> Report:
    """Return a report whose text says how many requests it received, in these words."""
    claim = Claim(("received.total",), value, quote, f"section 1, paragraph {value}", None, "收到")
    return make_report(year=year, figures=balanced(received), claims=(claim,))


def day(number: int) -> datetime:
    return FIRST_READ + timedelta(days=number)


def ingest(url: str, *reports: Report | Reading) -> Engine:
    """Save reports one by one, each a day after the one before."""
    build(url, ()).dispose()
    with open_for_writing(url, REGISTER) as engine:
        for number, report in enumerate(reports):
            given = report if isinstance(report, Reading) else read(report, number)
            with engine.begin() as connection:
                Writer(connection).save(given)
    return open_engine(url, read_only=True)


def found(engine: Engine, code: str, cell: str | None = None) -> tuple[FindingRow, ...]:
    rows = reading.findings(engine, Query(check=code))
    return tuple(row for row in rows if cell is None or cell in row.cells)


def gone(engine: Engine, code: str) -> tuple[GoneFindingRow, ...]:
    return reading.gone_findings(engine, Query(check=code))


def test_finding_of_the_first_revision_is_seen_with_it(url: str):
    engine = ingest(url, carrying(2))
    assert {row.first_seen for row in found(engine, BALANCE)} == {day(0)}
    assert reading.gone_findings(engine, Query()) == ()


def test_time_that_is_not_known_stays_unknown(url: str):
    engine = ingest(url, Reading(carrying(2)), read(carrying(2, received=5), 1))
    assert {row.first_seen for row in found(engine, BALANCE)} == {None}


def test_changed_figure_in_a_relation_that_still_fails_is_the_old_finding(url: str):
    engine = ingest(url, carrying(2), carrying(5))
    rows = found(engine, BALANCE)
    assert {row.difference for row in rows} == {-5}
    assert {row.first_seen for row in rows} == {day(0)}
    assert gone(engine, BALANCE) == ()


def test_new_relation_that_fails_is_a_new_finding(url: str):
    first = make_report(figures=balanced(3) | {"received.business": 1, "received.total": 4})
    figures = dict(balanced(3)) | {f"received.{c}": 1 for c in ("business", "legal_services")}
    second = make_report(figures=figures | {"received.total": 5})
    engine = ingest(url, first, second)
    seen = {row.cells[0]: row.first_seen for row in found(engine, BALANCE)}
    assert seen == {
        "received.total": day(0),
        "received.business": day(0),
        "received.legal_services": day(1),
    }


def test_mended_finding_is_gone_since_the_revision_that_mended_it(url: str):
    engine = ingest(url, carrying(2), carrying(4), carrying(0), carrying(0, received=9))
    assert found(engine, BALANCE) == ()
    rows = gone(engine, BALANCE)
    assert len(rows) == 2 == reading.count_gone_findings(engine, Query(check=BALANCE))
    for row in rows:
        assert row.difference == -4
        assert (row.first_seen, row.gone_since) == (day(0), day(2))
        assert (row.seen_revision, row.gone_revision) == (2, 3)
        assert row.verdict_now is Verdict.PASSED
        assert row.id.endswith("-r2")
    assert len({row.id for row in rows}) == len(rows)


def test_finding_that_can_no_longer_be_decided_is_not_said_to_be_mended(url: str):
    blank = balanced(3) | {"carried_forward.natural_person": None, "carried_forward.total": None}
    engine = ingest(url, carrying(2), make_report(figures=blank))
    assert {row.verdict_now for row in gone(engine, BALANCE)} == {Verdict.NOT_APPLICABLE}


def test_finding_that_comes_back_is_seen_since_the_first_time(url: str):
    engine = ingest(url, carrying(2), carrying(0), carrying(3))
    assert {row.first_seen for row in found(engine, BALANCE)} == {day(0)}
    assert gone(engine, BALANCE) == ()


def test_figure_of_a_text_may_change_its_words_may_not(url: str):
    engine = ingest(url, told(134, "收到…134 件"), told(150, "收到…150 件"), told(7, "受理…7 件"))
    (row,) = found(engine, IN_TEXT)
    assert (row.left, row.first_seen) == (7, day(2))
    (old,) = gone(engine, IN_TEXT)
    assert (old.left, old.first_seen, old.gone_since) == (150, day(0), day(2))
    assert old.verdict_now is None
    assert old.figures == ("3",)


def test_claims_alike_are_counted_through(url: str):
    one, two = (told(n, f"收到{n}件") for n in (4, 5))
    both = make_report(figures=balanced(3), claims=(*one.claims, *two.claims))
    engine = ingest(url, one, both)
    assert [row.first_seen for row in found(engine, IN_TEXT)] == [day(0), day(1)]


def test_gone_finding_says_what_it_rested_on(url: str):
    mended = Repair(RepairCode.ROW_SHIFTED, "table 3, row 4", "", ("carried_forward.total",))
    engine = ingest(url, replace(carrying(2), repairs=(mended,)), carrying(0))
    rests = {row.cells[0]: row.rests_on_repair for row in gone(engine, BALANCE)}
    assert rests == {"received.natural_person": False, "received.total": True}


def test_year_before_that_arrives_late_checks_every_revision(url: str):
    first = make_report(figures=balanced(3))
    second = make_report(figures=balanced(4))
    before = carrying(0, year=2023)
    late = ingest(url, read(first, 1), read(second, 2), read(carrying(2, year=2023), 3))
    rows = found(late, CARRIED_OVER)
    assert rows
    assert {row.first_seen for row in rows} == {day(1)}
    mended = ingest(
        url, read(first, 1), read(second, 2), read(carrying(2, year=2023), 3), read(before, 4)
    )
    assert found(mended, CARRIED_OVER) == ()
    assert gone(mended, CARRIED_OVER) == ()


def test_order_of_years_does_not_change_what_is_stored(url: str, tmp_path):
    readings = [
        read(carrying(2, year=2023), 0),
        read(make_report(figures=balanced(3)), 1),
        read(carrying(1, received=8), 2),
    ]
    one = ingest(url, *readings)
    other = ingest(f"sqlite:///{tmp_path}/b", *readings[1:], readings[0])
    assert database_state(one).content_hash == database_state(other).content_hash
    for table in ("finding", "gone_finding"):
        assert dump(one)[table] == dump(other)[table]


def test_withdrawn_document_leaves_no_history(url: str):
    wrong, right = read(carrying(2)), read(carrying(0), 1)
    taken = replace(wrong.report, office=OfficeName("huaian"))
    assigned = Reading(taken, wrong.read_at, is_assigned=True)
    engine = ingest(url, wrong, right, assigned)
    assert gone(engine, BALANCE) == ()
    rows = found(engine, BALANCE)
    assert {(row.office_id, row.first_seen) for row in rows} == {("huaian", day(0))}
    clean = build(url, [assigned, right])
    assert dump(clean)["finding"] == dump(engine)["finding"]


def test_withdrawn_revision_gives_the_finding_back_its_time(url: str):
    wrong, right = read(carrying(2)), read(carrying(3), 1)
    taken = replace(wrong.report, office=OfficeName("huaian"))
    engine = ingest(url, wrong, right, Reading(taken, wrong.read_at, is_assigned=True))
    seen = {(row.office_id, row.first_seen) for row in found(engine, BALANCE)}
    assert seen == {("huaian", day(0)), ("xigong", day(1))}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (Query(), 2),
        (Query(check=BALANCE, year=2024, region="41", level="county"), 2),
        (Query(severity="error"), 2),
        (Query(severity="warning"), 0),
        (Query(check="C302"), 0),
        (Query(year=2023), 0),
        (Query(region="32"), 0),
        (Query(balanced=True), 2),
        (Query(unbalanced=True), 0),
        (Query(replied=True), 0),
        (Query(replied=False), 2),
    ],
)
def test_query_chooses_among_what_is_gone(url: str, query: Query, count: int):
    engine = ingest(url, carrying(2), carrying(0))
    rows = reading.gone_findings(engine, query)
    assert len(rows) == count == reading.count_gone_findings(engine, query)
    assert reading.gone_findings(engine, query, limit=1, offset=1) == rows[1:2]
