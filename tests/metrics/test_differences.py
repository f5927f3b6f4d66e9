"""Two reports of one office cell by cell: what is compared, and what differs."""

from dataclasses import replace

from gipcore.form.report import State, Value
from gipcore.metrics.differences import by_line, cells_beside, lines_apart
from tests.factories import balanced, make_report, with_subtotal


def changed(before, now):
    return {
        beside.cell.name: (beside.difference, beside.is_changed)
        for beside in cells_beside(before, now)
        if beside.is_changed
    }


def test_changed_figures_have_their_difference():
    found = changed(make_report(year=2023, figures=balanced(117)), make_report(figures=balanced(9)))
    lines = ("received", "granted", "disposed")
    assert found == {
        f"{line}.{column}": (-108, True) for line in lines for column in ("natural_person", "total")
    }


def test_decimals_differ_by_what_is_printed():
    name = "proactive.fees.amount_wan_yuan"
    found = changed(make_report(figures={name: 0.1}), make_report(figures={name: 0.3}))
    assert found == {name: (0.2, True)}


def test_blank_is_not_zero_and_has_no_difference():
    found = changed(make_report(), make_report(figures={"received.total": None}))
    assert found == {"received.total": (None, True)}


def test_cell_missing_in_one_document_is_a_change_without_difference():
    found = changed(make_report(), make_report(without=("received.total",)))
    assert found == {"received.total": (None, True)}


def test_printed_form_of_a_figure_is_no_change():
    before = make_report()
    cells = {**before.cells, "received.total": Value(0, State.NUMBER, "０", "elsewhere")}
    assert changed(before, replace(before, cells=cells)) == {}


def test_lines_of_one_edition_only_are_named_and_not_compared():
    before, now = make_report(year=2020), make_report(year=2021)
    compared = {beside.cell.name for beside in cells_beside(before, now)}
    apart = [line.id for line in lines_apart(before, now)]
    assert "received.total" in compared
    assert "other_handling.other.total" not in compared
    assert "proactive.procurement" in apart
    assert "other_handling.other" in apart
    assert "received" not in apart
    assert len(apart) == len(set(apart))


def test_subtotal_that_one_report_adds_is_named_and_not_compared():
    before = make_report(year=2023)
    now = with_subtotal(make_report(year=2024), 3)
    assert [line.id for line in lines_apart(before, now)] == ["denied"]
    assert changed(before, now) == {}
    assert "denied.total" in changed(with_subtotal(before, 0), now)


def test_cells_come_in_the_order_of_the_form_line_by_line():
    report = make_report()
    found = cells_beside(report, report)
    assert len(found) == len(report.edition.required_cells())
    lines = [cells[0].cell.line.id for cells in by_line(found)]
    assert lines == list(dict.fromkeys(cell.line.id for cell in report.edition.required_cells()))
    assert lines.index("received") < lines.index("granted") < lines.index("reconsideration")
