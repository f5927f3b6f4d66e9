"""The long table of cells: printed zeros and all, in order, counted, from any place on."""

from dataclasses import replace

import pytest

from gipcore.errors import WrongUseError
from gipcore.form.editions import EDITIONS
from gipcore.form.model import EditionId
from gipcore.form.report import Report
from gipcore.store import reading
from gipcore.store.building import new_database
from gipcore.store.models import StoredState
from gipcore.store.query import Query
from gipcore.store.read_cells import cells, count_cells, iterate_cells
from tests.factories import REGISTER, balanced, make_report, open_engine, read

SUBTOTAL = "denied.total"
QUERIES = (
    Query(),
    Query(year=2024),
    Query(region="410303"),
    Query(region="41", form="2021"),
    Query(office="xigong", cell="received.total"),
    Query(cell=SUBTOTAL),
    Query(form="2019"),
    Query(cell="other_handling.total"),
    Query(year=1999),
)


def placed(report: Report, table: int) -> Report:
    """Return a report in which each cell stands at a place of its own, zeros with spaces."""
    cells = {
        name: replace(value, raw=f" {value.raw}", place=f"table {table}, row {row}")
        for row, (name, value) in enumerate(report.cells.items())
    }
    return replace(report, cells=cells)


@pytest.fixture(scope="module")
def engine(new_url):
    url = new_url()
    reports = (
        make_report("洛阳市人民政府", 2024, balanced(1200) | {SUBTOTAL: 3}),
        make_report("西工区人民政府", 2024, {"received.total": None}, without=("disposed.total",)),
        make_report("西工区人民政府", 2020),
        placed(make_report("洛阳市人民政府", 2020), 1),
        placed(make_report("洛阳市人民政府", 2020, balanced(3)), 2),
    )
    with new_database(url, REGISTER) as writer:
        for day, report in enumerate(reports):
            writer.save(read(report, day))
    engine = open_engine(url, read_only=True)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_count_is_the_number_of_rows(engine, query) -> None:
    assert count_cells(engine, query) == len(list(iterate_cells(engine, query)))


@pytest.mark.parametrize("query", QUERIES, ids=str)
@pytest.mark.parametrize("size", [1, 7, 150])
def test_pages_hold_the_rows_of_the_stream(engine, query, size) -> None:
    whole = list(iterate_cells(engine, query))
    found, after = [], None
    while page := cells(engine, query, limit=size if len(whole) < 100 else 150, after=after):
        found += page
        after = page[-1].id
    assert found == whole


def test_every_cell_of_a_report_stands_with_its_state(engine) -> None:
    found = {row.cell: row for row in iterate_cells(engine, Query(office="xigong", year=2024))}
    edition = EDITIONS[EditionId.Y2021]
    assert set(found) == {cell.name for cell in edition.required_cells()}
    assert (found["received.total"].value, found["received.total"].state) == (
        None,
        StoredState.BLANK,
    )
    assert found["disposed.total"].state is StoredState.ABSENT
    assert (found["granted.total"].value, found["granted.total"].raw) == (0, "0")


def test_a_printed_subtotal_has_a_row(engine) -> None:
    [row] = iterate_cells(engine, Query(cell=SUBTOTAL))
    assert (row.report_id, row.value) == ("luoyang-2024", 3)


def test_a_cell_that_no_page_gave_is_refused(engine) -> None:
    for after in ("luoyang-2024", "luoyang-2024~nothing", "nobody-2024~received.total"):
        with pytest.raises(WrongUseError):
            cells(engine, Query(), limit=5, after=after)


def test_figures_are_those_of_the_report_in_full(engine) -> None:
    report = reading.report(engine, "luoyang-2024").report
    found = {row.cell: row for row in iterate_cells(engine, Query(office="luoyang", year=2024))}
    assert {name: value.number for name, value in report.cells.items()} == {
        name: row.value for name, row in found.items()
    }


def test_every_figure_leads_to_where_it_is_printed(engine) -> None:
    """Printed zeros too, which the table of cells leaves out."""
    for row in reading.reports(engine, Query()):
        report = reading.report(engine, row.id).report
        found = {
            c.cell: (c.raw, c.place)
            for c in iterate_cells(engine, Query(office=row.office_id, year=row.year))
        }
        assert found == dict.fromkeys(found, ("", "")) | {
            name: (value.raw, value.place) for name, value in report.cells.items()
        }
        for cell, printed in list(found.items())[::40]:
            [one] = iterate_cells(engine, Query(office=row.office_id, year=row.year, cell=cell))
            assert (one.raw, one.place) == printed


def test_a_zero_stands_where_the_newest_revision_prints_it(engine) -> None:
    assert reading.report(engine, "luoyang-2020").row.revision == 2
    found = list(iterate_cells(engine, Query(office="luoyang", year=2020)))
    assert {row.raw for row in found if row.value == 0} == {" 0"}
    assert len({row.place for row in found}) == len(found)
    assert all(row.place.startswith("table 2, row ") for row in found)
