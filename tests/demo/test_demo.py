"""The synthetic country: as large as asked for, the same for a seed, marked, and mostly sound."""

import pytest

from gipcore.checks.outcome import Verdict
from gipcore.checks.run import run_checks
from gipcore.demo.country import MARK, make_country
from gipcore.demo.writing import FORMAT, UNPUBLISHED_SHARE, write_demo
from gipcore.errors import WrongUseError
from gipcore.store import reading
from gipcore.store.building import new_database
from gipcore.store.database import database_state, open_engine
from gipcore.store.query import Query
from gipcore.store.records import Reading
from tests.factories import REGISTER, make_report

OFFICES, YEARS = 40, range(2020, 2024)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.sqlite'}"
    write_demo(url, OFFICES, YEARS, seed=3)
    engine = open_engine(url, read_only=True)
    yield engine
    engine.dispose()


def test_it_has_the_offices_and_years_asked_for(engine) -> None:
    state = database_state(engine)
    coverage = reading.coverage(engine, Query())
    assert state.offices == coverage.offices == OFFICES
    assert set(reading.years(engine)) == set(YEARS)
    assert 1 - 3 * UNPUBLISHED_SHARE < state.reports / (OFFICES * len(YEARS)) <= 1


def test_it_is_marked_as_synthetic(engine) -> None:
    assert database_state(engine).is_synthetic
    rows = reading.reports(engine, Query())
    assert all(row.region_name.startswith(MARK) for row in rows)
    assert all(row.id.startswith("demo-") and row.source_format == FORMAT for row in rows)


def test_some_reports_do_not_balance_and_most_do(engine) -> None:
    reports = reading.count_reports(engine, Query())
    unbalanced = reading.count_reports(engine, Query(balanced=False))
    assert 0 < unbalanced < reports / 5


def test_a_sound_report_has_only_what_its_edition_has(engine) -> None:
    sound = [row for row in reading.reports(engine, Query(balanced=True)) if not row.warnings]
    report = reading.report(engine, sound[0].id).report
    failed = [o.code for o in run_checks(report) if o.verdict is Verdict.FAILED]
    assert failed == []
    assert set(report.cells) >= {cell.name for cell in report.edition.required_cells()}


def test_the_same_seed_gives_the_same_country(engine, tmp_path) -> None:
    hashes = {database_state(engine).content_hash}
    for seed in (3, 4):
        url = f"sqlite:///{tmp_path / f'{seed}.sqlite'}"
        write_demo(url, OFFICES, YEARS, seed=seed)
        hashes.add(database_state(open_engine(url, read_only=True)).content_hash)
    assert len(hashes) == 2


@pytest.mark.parametrize("offices", [1, 2, 17, 1000])
def test_a_country_is_as_large_as_asked_for(offices) -> None:
    country = make_country(offices, seed=1)
    assert len({office.id for office in country.offices}) == offices
    assert len({office.name for office in country.offices}) == offices


def test_a_database_of_real_reports_is_spared(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'real.sqlite'}"
    with new_database(url, REGISTER) as writer:
        writer.save(Reading(make_report()))
    with pytest.raises(WrongUseError, match="real reports"):
        write_demo(url, 1, YEARS, seed=1)
    assert database_state(open_engine(url, read_only=True)).reports == 1
