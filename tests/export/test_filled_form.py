"""A filled form is the report again: our own reader gets it back, and LibreOffice opens it."""

import io
from dataclasses import replace
from random import Random

import docx
import openpyxl
import pypdfium2
import pytest

from gipcore.checks.run import run_checks
from gipcore.documents.reader import read_document
from gipcore.export.filled_form import file_name, filled_form
from gipcore.export.form_docx import docx_form
from gipcore.export.form_xlsx import xlsx_form
from gipcore.form.model import EditionId
from gipcore.form.report import OfficeName, SourceFile, State, Value
from gipcore.parsing.parse import parse_document
from gipcore.words import Language
from tests.documents.tools import convert
from tests.pages.database import published
from tests.parsing.layouts import OFFICE, Layout, balanced_figures, write

TEXT = "本年度新收政府信息公开申请134件。\n\n全年办结12件，均按期答复。"
WRITERS = {"xlsx": xlsx_form, "docx": docx_form}
NASTY = ('=HYPERLINK("http://evil")', "+1", "-1+2", "@SUM(A1)", "a\0b\x1b[31m", "\ud800半")


def parsed(data, name):
    document = read_document(data, name)
    return parse_document(document, SourceFile(name, "0" * 64, document.format, len(data)))


def draft(edition, seed=7, *, six_is_one_row=False, **changed):
    figures = balanced_figures(Random(seed), edition, six_is_one_row) | changed
    layout = Layout(six_is_one_row=six_is_one_row)
    year = 2020 if edition is EditionId.Y2019 else 2024
    text = write(figures, layout, edition=edition, year=year, text=TEXT)
    return parsed(text.encode(), "draft.txt")


def filled(report, suffix, language=Language.ZH):
    return WRITERS[suffix](filled_form(report, run_checks(report), language))


def figures_of(report):
    """What a form can hold: an absent cell and a blank one look the same."""
    values = {name: (value.number, value.state) for name, value in report.cells.items()}
    return {name: value for name, value in values.items() if value[1] is not State.BLANK}


DRAFTS = {
    "2019": lambda: draft(EditionId.Y2019),
    "2021": lambda: draft(EditionId.Y2021),
    "one_row": lambda: draft(EditionId.Y2021, six_is_one_row=True),
    "blank": lambda: draft(EditionId.Y2021, **{"granted.business": None, "received.total": None}),
    "wrong": lambda: draft(EditionId.Y2021, **{"received.total": 99999, "denied.reissue": 0}),
}


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("name", DRAFTS)
def test_form_is_read_back_to_the_same_cells(name, suffix):
    report = DRAFTS[name]()
    assert len(figures_of(report)) > 150
    again = parsed(filled(report, suffix), f"form.{suffix}")
    assert figures_of(again) == figures_of(report)
    assert again.form is report.form
    assert (again.year, again.office.name, again.title) == (report.year, OFFICE, report.title)
    assert again.unread == ()
    assert {found.code for found in again.repairs} <= {found.code for found in report.repairs}


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("number", range(len(published())))
def test_real_report_is_read_back_to_the_same_figures(number, suffix):
    report = published()[number]
    again = parsed(filled(report, suffix), f"form.{suffix}")
    assert figures_of(again) == figures_of(report)
    assert again.year == report.year


def test_word_form_keeps_the_text_under_its_headings():
    report = draft(EditionId.Y2021)
    again = parsed(filled(report, "docx"), "form.docx")
    assert [found.number for found in again.sections] == [1, 2, 3, 4, 5, 6]
    assert [claim.value for claim in again.claims] == [claim.value for claim in report.claims]
    texts = [passage.text for passage in again.passages]
    assert texts.count("全年办结12件，均按期答复。") == 1
    assert sum("总体情况" in text for text in texts) == 1


def test_cells_with_findings_are_shaded_and_told():
    report = draft(EditionId.Y2021, **{"received.total": 99999})
    book = openpyxl.load_workbook(io.BytesIO(filled(report, "xlsx")))
    marked = {
        cell.value: cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }
    assert "C301" in marked[99999].comment.text
    assert "C303" in marked[99999].comment.text
    assert marked[99999].fill.fgColor.rgb == "FFF8C9C4"
    listed = [[cell.value for cell in row] for row in book["核对结果"].iter_rows()]
    assert [row[1] for row in listed if row[0] == "错误"] == ["C301", "C303"]
    word = docx.Document(io.BytesIO(filled(report, "docx", Language.EN)))
    assert {comment.text.split()[0] for comment in word.comments} == {"C301", "C303"}
    assert [row.cells[1].text for row in word.tables[3].rows][1:] == ["C301", "C303", "C801"]


def test_clean_draft_has_no_marks_and_says_so():
    report = replace(draft(EditionId.Y2021), claims=())
    book = openpyxl.load_workbook(io.BytesIO(filled(report, "xlsx", Language.EN)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not any(cell.comment for cell in cells)
    assert "Nothing was found." in [cell.value for cell in cells]


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("nasty", NASTY)
def test_text_of_a_document_is_kept_and_does_nothing(nasty, suffix):
    report = draft(EditionId.Y2021)
    cells = {
        **report.cells,
        "received.business": Value(None, State.UNREADABLE, nasty, nasty),
        "granted.total": Value(None, State.CONFLICT, f"1 {nasty}", "table 3"),
        "disposed.total": Value(10**14, State.CONFLICT, nasty, "table 3"),
    }
    office = OfficeName(nasty)
    data = filled(replace(report, cells=cells, title=nasty, office=office), suffix)
    if suffix == "docx":
        texts = {
            cell.text
            for table in docx.Document(io.BytesIO(data)).tables
            for row in table.rows
            for cell in row.cells
        }
    else:
        book = openpyxl.load_workbook(io.BytesIO(data))
        found = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
        assert not any(cell.data_type == "f" or cell.hyperlink for cell in found)
        kept = [cell for cell in found if str(cell.value).startswith(nasty[0])]
        assert all(cell.quotePrefix for cell in kept if nasty[0] in "=+-@")
        texts = {cell.value for cell in found}
    assert nasty.isprintable() is (nasty in texts)


def test_longest_texts_are_bounded():
    report = draft(EditionId.Y2021)
    long = "长" * 100_000
    cells = {**report.cells, "received.business": Value(None, State.UNREADABLE, long, long)}
    passages = tuple(replace(report.passages[0], text=long, section=1) for _ in range(300))
    for suffix in WRITERS:
        again = filled(replace(report, cells=cells, passages=passages, title=long), suffix)
        assert len(again) < 500_000


def test_file_is_named_by_office_and_year():
    report = draft(EditionId.Y2021)
    assert file_name(report, "xlsx") == f"{OFFICE}-2024.xlsx"
    odd = replace(report, office=OfficeName('../a"b\r\n/c'), year=None)
    assert file_name(odd, "docx") == "abc.docx"
    assert file_name(replace(odd, office=OfficeName(None)), "json") == "report.json"


def test_a_real_office_program_opens_both(tmp_path):
    report = draft(EditionId.Y2021, **{"received.total": 99999})
    files = []
    for suffix in WRITERS:
        files.append(tmp_path / f"form-{suffix}.{suffix}")
        files[-1].write_bytes(filled(report, suffix))
    convert(tmp_path / "profile", "pdf", files, tmp_path)
    for suffix in WRITERS:
        pages = pypdfium2.PdfDocument(tmp_path / f"form-{suffix}.pdf")
        text = "".join(page.get_textpage().get_text_bounded() for page in pages)
        bare = "".join(text.split())
        for wanted in (OFFICE, "行政规范性文件", "99999", "复议后起诉", "这一页是核对结果", "C301"):
            assert wanted in bare
        pages.close()
