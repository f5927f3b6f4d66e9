"""Printed tables whose zeros are left blank: what is read is right, or it is flagged."""

from dataclasses import replace

import pytest

from gipcore.documents import pdf
from gipcore.form.report import SourceFile, State
from gipcore.parsing.parse import parse_document
from tests.documents.factory import Cell, Form, Table, html_page, make_form

RULED = "table{border-collapse:collapse;width:100%} td{border:1px solid #000;padding:2px}"
UNRULED = "table{border-collapse:collapse;width:100%} td{padding:3px;text-align:center}"


def blanked(form: Form) -> Form:
    """Return the form with every cell that holds 0 left empty."""

    def cell(one: Cell) -> Cell:
        return replace(one, text="") if one.text == "0" else one

    parts = (
        Table(tuple(tuple(map(cell, row)) for row in part.rows))
        if isinstance(part, Table)
        else part
        for part in form.parts
    )
    figures = {name: number or None for name, number in form.figures.items()}
    return Form(tuple(parts), figures)


@pytest.mark.parametrize("style", [RULED, UNRULED], ids=["ruled", "unruled"])
@pytest.mark.parametrize("seed", [3, 8])
def test_blank_cells_of_a_printed_table_move_no_figure(print_to_pdf, style, seed) -> None:
    form = blanked(make_form(seed))
    data = print_to_pdf(html_page(form, style=style))
    document = pdf.read(data, "report.pdf")
    report = parse_document(document, SourceFile("report.pdf", "0" * 64, "pdf", len(data)))
    flagged = {cell for repair in report.repairs for cell in repair.cells}
    read = {name: value for name, value in report.cells.items() if value.state is State.NUMBER}
    wrong = {name for name, value in read.items() if value.number != form.figures[name]}
    assert wrong <= flagged
    assert len(read) > sum(number is not None for number in form.figures.values()) // 2
    if style == RULED:
        assert {name: value.number for name, value in report.cells.items()} == form.figures
