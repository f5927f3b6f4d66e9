"""A filled form as a Word file: the six sections with their text, the tables, and the findings."""

import io
from collections.abc import Iterable
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt
from docx.table import Table, _Cell, _Row

from gipcore.checks.outcome import Severity
from gipcore.export.filled_form import FilledForm
from gipcore.export.form_layout import Box, FormTable
from gipcore.form.report import Number

FILLS = {Severity.ERROR: "F8C9C4", Severity.WARNING: "FFF0B8", Severity.NOTICE: "FFF9DF"}
SERIF, SANS = "宋体", "黑体"
BODY, SMALL, HEADING, TITLE = Pt(12), Pt(9), Pt(14), Pt(18)
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = Cm(29.7), Cm(21), Cm(1.8)
INDENT = Pt(24)
LIST_WIDTHS = (1, 1, 9, 5)
AUTHOR, INITIALS = "核对", "核"
TABLES = {2: 0, 3: 1, 4: 2}  # sections with a table


def docx_form(form: FilledForm) -> bytes:
    """Return the filled form as the bytes of a Word file."""
    document = docx.Document()
    _prepare(document, form.title)
    _heading(document, form.title, 1)
    if form.subtitle:
        document.add_paragraph(form.subtitle).alignment = WD_ALIGN_PARAGRAPH.CENTER
    _paragraphs(document, form.paragraphs(0))
    for section in form.report.edition.sections:
        _heading(document, form.heading(section.number), 2)
        _paragraphs(document, form.paragraphs(section.number))
        if section.number in TABLES:
            _table(document, form, form.tables[TABLES[section.number]])
    _findings(document, form)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _prepare(document: Document, title: str) -> None:
    """Set page and typefaces: A4 on its side, so that table 4 has room."""
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = PAGE_WIDTH, PAGE_HEIGHT
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    for name, font, size in (
        ("Normal", SERIF, BODY),
        ("Heading 1", SANS, TITLE),
        ("Heading 2", SANS, HEADING),
    ):
        style = document.styles[name]
        style.font.name, style.font.size = font, size
        style.font.color.rgb = None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:eastAsia"):
            fonts.set(qn(kind), font)
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(kind), None)
    document.core_properties.title = title[:255]
    document.core_properties.author = ""


def _heading(document: Document, words: str, level: int) -> None:
    paragraph = document.add_heading(words, level)
    if level == 1:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _paragraphs(document: Document, texts: Iterable[str]) -> None:
    for text in texts:
        document.add_paragraph(text).paragraph_format.first_line_indent = INDENT


def _new_table(document: Document, rows: int, widths: tuple[int, ...]) -> Table:
    table: Table = document.add_table(rows, len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    share = (PAGE_WIDTH - 2 * MARGIN) / sum(widths)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(int(width * share))
    return table


def _table(document: Document, form: FilledForm, layout: FormTable) -> None:
    table = _new_table(document, len(layout.rows), layout.widths)
    for number, row in enumerate(table.rows):
        _keep(row, is_heading=number < layout.heading_rows)
    grid = [row.cells for row in table.rows]
    for placed in layout.placed():
        row, column, box = placed.row, placed.column, placed.box
        cell = grid[row][column]
        if box.rows > 1 or box.columns > 1:
            cell = cell.merge(grid[row + box.rows - 1][column + box.columns - 1])
        _fill(document, form, cell, box)


def _fill(document: Document, form: FilledForm, cell: _Cell, box: Box) -> None:
    words = box.words if box.cell is None else _written(form.content(box.cell))
    is_label = box.cell is None and not box.is_heading and box.rows == 1
    _write(cell, words, is_centred=not is_label)
    mark = None if box.cell is None else form.marks.get(box.cell)
    if mark is None:
        return
    _shade(cell, FILLS[mark.severity])
    runs = cell.paragraphs[0].runs or [cell.paragraphs[0].add_run("")]
    runs[0].font.bold = True
    document.add_comment(runs, mark.comment, AUTHOR, INITIALS)


def _written(content: Number | str) -> str:
    return content if isinstance(content, str) else str(content)


def _write(cell: _Cell, words: str, *, is_centred: bool) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    if words:
        paragraph.add_run(words).font.size = SMALL
    paragraph.paragraph_format.space_after = Pt(0)
    if is_centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _shade(cell: _Cell, fill: str) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", fill)):
        shading.set(qn(name), value)
    # The schema wants the shading before the vertical alignment, which stands last.
    properties: Any = cell._tc.get_or_add_tcPr()
    properties.find(qn("w:vAlign")).addprevious(shading)


def _keep(row: _Row, *, is_heading: bool) -> None:
    """Keep a row on one page; repeat a heading where its table goes on."""
    kinds = ["w:cantSplit", *(["w:tblHeader"] if is_heading else [])]
    properties: Any = row._tr.get_or_add_trPr()
    properties.extend(OxmlElement(kind) for kind in kinds)


def _findings(document: Document, form: FilledForm) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    title = document.add_paragraph().add_run(form.list_title)
    title.font.size, title.font.bold = HEADING, True
    for note in form.list_notes:
        document.add_paragraph(note)
    if not form.groups:
        return
    table = _new_table(document, len(form.list_rows), LIST_WIDTHS)
    for number, (row, words) in enumerate(zip(table.rows, form.list_rows, strict=True)):
        _keep(row, is_heading=number == 0)
        for cell, text in zip(row.cells, words, strict=True):
            _write(cell, text, is_centred=False)
