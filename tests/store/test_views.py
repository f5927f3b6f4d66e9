"""The views: the same figures as everywhere, for people who query the file."""

import pytest
from sqlalchemy import Engine, text

from gipcore.export.tables import TABLES
from gipcore.form.editions import CELLS
from gipcore.form.model import Presence
from gipcore.form.report import State
from gipcore.store import reading
from gipcore.store.headline import HEADLINE_NAMES
from gipcore.store.query import Query
from gipcore.store.views import VIEWS
from tests.factories import build, country


def rows(engine: Engine, statement: str) -> list[dict[str, object]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(statement)).mappings()]


def test_views_have_the_public_names(url: str):
    engine = build(url, country())
    offices = {row["id"]: row for row in rows(engine, "SELECT * FROM offices")}
    assert set(offices) == {row.id for row in reading.offices(engine, Query())}
    reports = {row["id"]: row for row in rows(engine, "SELECT * FROM reports")}
    for row in reading.reports(engine, Query()):
        found = reports.pop(row.id)
        assert {name: found[name] for name in HEADLINE_NAMES} == dict(row.headline)
        assert found["source_sha256"] == row.source_sha256
        assert found["region_name"] == row.region_name
    assert reports == {}


@pytest.mark.parametrize("name", VIEWS)
def test_columns_of_views_are_those_of_the_files(url: str, name):
    with build(url, ()).connect() as connection:
        columns = set(connection.execute(text(f"SELECT * FROM {name}")).keys())
    of_files = {column.name for column in TABLES[name].columns}
    assert columns - of_files == ({"verdict"} if name == "findings" else set())


def test_view_of_findings_has_findings_and_questions(url: str):
    engine = build(url, country())
    view = rows(engine, "SELECT id, severity, verdict, difference FROM findings")
    found = {
        row.id: (row.severity.value, row.verdict.value, row.difference)
        for verdict in ("failed", "not_applicable")
        for row in reading.findings(engine, Query(), verdict=verdict)
    }
    assert {
        row["id"]: (row["severity"], row["verdict"], row["difference"]) for row in view
    } == found


def test_view_of_cells_has_every_cell_zeros_too(url: str):
    engine = build(url, country())
    view = {
        (row["report_id"], row["cell"]): (row["value"], row["state"], row["raw"])
        for row in rows(engine, "SELECT report_id, cell, value, state, raw FROM cells")
    }
    expected = {}
    for row in reading.reports(engine, Query()):
        stored = reading.report(engine, row.id)
        assert stored is not None
        edition = stored.report.edition
        for cell in edition.cells:
            value = stored.report.cells.get(cell.name)
            if value is not None:
                expected[row.id, cell.name] = (value.number, value.state.value, value.raw)
            elif edition.presence(cell.line) is Presence.REQUIRED:
                expected[row.id, cell.name] = (None, "absent", "")
    assert view == expected
    assert {state for _, state, _ in view.values()} == {State.NUMBER, State.BLANK, "absent"}


def test_table_of_cells_has_labels_in_both_languages(url: str):
    engine = build(url, ())
    found = {row["name"]: row for row in rows(engine, "SELECT * FROM form_cell")}
    assert set(found) == set(CELLS)
    for name, cell in CELLS.items():
        assert (found[name]["line_zh"], found[name]["line_en"]) == (
            cell.line.label.zh,
            cell.line.label.en,
        )
