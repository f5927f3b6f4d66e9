"""The views: the same figures as everywhere, for people who query the file."""

from datetime import datetime

import pytest
from sqlalchemy import Engine, text

from gipcore.export.columns import AnyTable, Column, Origin
from gipcore.export.tables import TABLES
from gipcore.form.editions import CELLS
from gipcore.form.model import Presence
from gipcore.form.report import State
from gipcore.store import reading
from gipcore.store.headline import HEADLINE_NAMES
from gipcore.store.query import Query
from gipcore.store.types import MOMENT_FORMAT
from gipcore.store.views import VIEWS
from tests.factories import balanced, build, country, make_report, read


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


MADE_BY_THE_PROGRAM = {  # columns of files that are words, addresses, or of other reports
    *("address", "sentence_zh", "sentence_en", "compared_cells"),
    *("reply", "reply_date", "reply_link"),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_file_has_its_view_with_the_same_columns_in_the_same_order(url: str, name):
    with build(url, ()).connect() as connection:
        columns = list(connection.execute(text(f"SELECT * FROM {name}")).keys())
    of_file = [c.name for c in TABLES[name].columns if c.name not in MADE_BY_THE_PROGRAM]
    assert columns == of_file + (["verdict"] if name == "findings" else [])
    assert set(VIEWS) == set(TABLES)


def said(value: object) -> object:
    """Return a value as SQLite and PostgreSQL both write it."""
    if isinstance(value, datetime):
        return value.strftime(MOMENT_FORMAT)
    return "\n".join(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("name", TABLES)
def test_views_hold_what_the_files_hold(url: str, name):
    first = make_report("洛阳市人民政府", 2022, {"received.total": 9})
    mended = make_report("洛阳市人民政府", 2022, balanced(9))
    others = [one for one in country() if one.report.office.name != "淮安市人民政府"]
    engine = build(url, (*others, read(first, 20), read(mended, 21)))
    table, origin = TABLES[name], Origin("", is_synthetic=False)
    of_view = {row["id"]: row for row in rows(engine, f"SELECT * FROM {name}")}
    found = list(table.rows(engine, Query()))
    assert found
    for row in found:
        view = of_view[column_of(table, "id").value(row, origin)]
        for column in table.columns:
            is_of_zero = column.name in ("place", "raw") and view["place"] is None
            if column.name not in MADE_BY_THE_PROGRAM and not is_of_zero:
                assert view[column.name] == said(column.value(row, origin)), column.name
    if name != "findings":  # whose view has the questions too
        assert len(of_view) == len(found)


def column_of(table: AnyTable, name: str) -> Column[object]:
    return next(column for column in table.columns if column.name == name)


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
