"""One report in every format, read the whole way: each cell as the one truth has it."""

from pathlib import Path

import pytest

from gipcore.documents.model import Document
from gipcore.documents.reader import read_document
from gipcore.form.report import SourceFile
from gipcore.parsing.parse import parse_document
from tests.documents import factory
from tests.documents.conftest import FORMS
from tests.documents.factory import Form, html_page, site_page, word_html

MADE = {
    "page.html": lambda form: html_page(form).encode(),
    "site.html": lambda form: site_page(form).encode(),
    "word.html": lambda form: word_html(form).encode("gb18030"),
    "report.docx": factory.docx,
    "report.xlsx": factory.xlsx,
}
CONVERTED = (".pdf", ".doc", ".odt", ".rtf", "-sheet.xls", "-sheet.ods")


def every_cell_is_right(document: Document, form: Form) -> None:
    report = parse_document(document, SourceFile("report", "0" * 64, document.format, 1))
    found = {name: value.number for name, value in report.cells.items()}
    assert {name: found.get(name) for name in form.figures} == form.figures
    assert not report.unread
    assert (report.office.name, report.year) == ("青石县水务局", 2023)
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("name", MADE)
def test_made_here(name: str, form: Form):
    every_cell_is_right(read_document(MADE[name](form), name), form)


@pytest.mark.parametrize("ending", CONVERTED)
def test_made_by_libreoffice(ending: str, form_name: str, converted: Path):
    file = converted / f"{form_name}{ending}"
    every_cell_is_right(read_document(file.read_bytes(), file.name), FORMS[form_name])


def test_printed_by_chromium(form: Form, print_to_pdf):
    data = print_to_pdf(html_page(form), format="A4", margin={"top": "2cm", "bottom": "2cm"})
    every_cell_is_right(read_document(data, "printed.pdf"), form)


def test_printed_by_chromium_without_rules(form: Form, print_to_pdf):
    style = "table{width:100%} td{padding:4px;text-align:center}"
    data = print_to_pdf(html_page(form, style=style), format="A4")
    every_cell_is_right(read_document(data, "printed.pdf"), form)
