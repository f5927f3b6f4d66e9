"""What changed since a state of the data that somebody cited."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gipcore.store.building import new_database, open_for_writing
from gipcore.store.database import database_state, open_engine
from gipcore.store.query import Query
from gipcore.store.read_changes import Change, changes, past
from gipcore.store.records import Reading
from gipcore.store.snapshots import snapshot_named, snapshot_of
from gipcore.store.writing import Writer
from tests.factories import REGISTER, balanced, make_report

OFFICE, ELSEWHERE = "西工区人民政府", "洛阳市人民政府"
FIRST, LATER = datetime(2090, 1, 31, 8, tzinfo=UTC), datetime(2090, 6, 30, 8, tzinfo=UTC)


def carried(received: int, left: int, brought: int = 0) -> dict:
    """Return a table 3 that balances, takes over some requests and hands some on."""
    figures = balanced(received)
    for column in ("natural_person", "total"):
        done = received + brought - left
        figures |= {f"{line}.{column}": done for line in ("granted", "disposed")}
        figures[f"brought_forward.{column}"] = brought
        figures[f"carried_forward.{column}"] = left
    return figures


@pytest.fixture
def cited(tmp_path):
    """Return the engine of a database that was cited and changed since, and what was cited."""
    url = f"sqlite:///{tmp_path}/gip.sqlite"
    with new_database(url, REGISTER) as writer:
        for report in (
            make_report(OFFICE, 2023, carried(10, 2)),
            make_report(OFFICE, 2024, carried(20, 0, brought=2)),
            make_report(ELSEWHERE, 2024, balanced(5) | {"disposed.total": 4}),
        ):
            writer.save(Reading(report, FIRST))
    engine = open_engine(url)
    name = snapshot_of(database_state(engine))
    with open_for_writing(url, REGISTER) as writing, writing.begin() as connection:
        writer = Writer(connection)
        for report in (
            make_report(OFFICE, 2023, carried(10, 3), file="again"),
            make_report(ELSEWHERE, 2024, balanced(5), file="mended"),
            make_report(OFFICE, 2022, balanced(7)),
        ):
            writer.save(Reading(report, LATER))
    yield engine, snapshot_named(name)
    engine.dispose()


def test_every_change_is_told_once(cited) -> None:
    engine, snapshot = cited
    found = list(changes(engine, Query(), snapshot))
    assert len({row.id for row in found}) == len(found)
    assert Counter(
        row.change for row in found if row.change in ("report_new", "report_revised")
    ) == {
        Change.REPORT_NEW: 1,
        Change.REPORT_REVISED: 2,
    }
    cells = {row.id: row.cell for row in found if row.change is Change.CELL}
    mended = cells["luoyang-2024~cell_changed~disposed.total"]
    assert (mended.old_value, mended.new_value) == (4, 5)
    assert cells["xigong-2023~cell_changed~carried_forward.total"].new_value == 3
    assert all(one.old_value != one.new_value for one in cells.values())


def test_findings_that_came_and_went_are_told(cited) -> None:
    engine, snapshot = cited
    found = list(changes(engine, Query(), snapshot))
    gone = {(row.report.id, row.finding.code) for row in found if row.change is Change.FINDING_GONE}
    new = {(row.report.id, row.finding.code) for row in found if row.change is Change.FINDING_NEW}
    assert ("luoyang-2024", "C301") in gone
    assert not gone & new
    # Nobody touched the report of 2024: what it took over no longer agrees with the year before.
    assert ("xigong-2024", "C901") in new


def test_filters_choose_among_the_changes(cited) -> None:
    engine, snapshot = cited
    found = list(changes(engine, Query(office="luoyang"), snapshot))
    assert {row.report.office_id for row in found} == {"luoyang"}
    assert not list(changes(engine, Query(year=2021), snapshot))


def test_the_hash_that_was_cited_comes_out_again(cited) -> None:
    engine, snapshot = cited
    said = past(engine, snapshot)
    assert (said.is_current, said.is_proved) == (False, True)
    assert (said.reports_new, said.reports_revised) == (1, 2)


def test_a_hash_that_never_was_is_not_proved(cited) -> None:
    engine, snapshot = cited
    assert past(engine, replace(snapshot, hash="0" * 12)).is_proved is False


def test_nothing_changed_since_now(cited) -> None:
    engine, _ = cited
    now = snapshot_named(snapshot_of(database_state(engine)))
    assert not list(changes(engine, Query(), now))
    assert past(engine, now).is_current


@pytest.mark.parametrize(
    "name", ["", "yesterday", "0123456789ab.20201399T000000", "0123456789AB.20200101T000000"]
)
def test_what_names_no_state_is_none(name) -> None:
    assert snapshot_named(name) is None
