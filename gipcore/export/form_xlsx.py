"""A filled form as an Excel file: a sheet a table, and the list of findings on the last one."""

import io
from math import ceil
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gipcore.checks.outcome import Severity
from gipcore.export.filled_form import FilledForm
from gipcore.export.form_layout import Box, FormTable

SHEETS = {2: "表二 主动公开", 3: "表三 申请办理", 4: "表四 复议诉讼"}
WIDTH: Final = 110.0  # of a whole table, in characters
LIST_WIDTHS = (9, 8, 80, 40)
FILLS = {Severity.ERROR: "#F8C9C4", Severity.WARNING: "#FFF0B8", Severity.NOTICE: "#FFF9DF"}
FONT = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
TITLE, HEADING = 16, 12  # points
COMMENT = {"x_scale": 2.4, "y_scale": 1.6}
LINE_HEIGHT = 15
MOST_LINES = 25  # Excel has no higher rows
# Nothing of a document becomes a formula or a link, neither now nor when a cell is edited.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def xlsx_form(form: FilledForm) -> bytes:
    """Return the filled form as the bytes of an Excel file."""
    target = io.BytesIO()
    with Workbook(target, OPTIONS) as workbook:
        writer = _Writer(workbook, form)
        for table in form.tables:
            writer.table(table)
        writer.findings()
    return target.getvalue()


class _Writer:
    """Writes the sheets of one file and keeps its formats, one for each look."""

    def __init__(self, workbook: Workbook, form: FilledForm) -> None:
        self._workbook = workbook
        self._form = form
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def table(self, table: FormTable) -> None:
        """Write a sheet with one table below its heading, the first below the title too."""
        sheet = self._sheet(SHEETS[table.number])
        sheet.fit_to_pages(1, 1)
        share = WIDTH / sum(table.widths)
        for column, width in enumerate(table.widths):
            sheet.set_column(column, column, width * share)
        last = len(table.widths) - 1
        top = 0
        if table is self._form.tables[0]:
            self._line(sheet, top, last, self._form.title, bold=True, font_size=TITLE)
            top += 1
            if self._form.subtitle:
                self._line(sheet, top, last, self._form.subtitle)
                top += 1
        heading = self._form.heading(table.number)
        self._line(sheet, top, last, heading, bold=True, font_size=HEADING, align="left")
        top += 1
        if table.heading_rows:
            sheet.repeat_rows(top, top + table.heading_rows - 1)
        for number, lines in enumerate(self._lines(table, share)):
            sheet.set_row(top + number, LINE_HEIGHT * lines)
        for placed in table.placed():
            self._box(sheet, top + placed.row, placed.column, placed.box)

    def findings(self) -> None:
        """Write the sheet with the list of findings."""
        sheet = self._sheet(self._form.list_title)
        sheet.fit_to_pages(1, 0)
        for column, width in enumerate(LIST_WIDTHS):
            sheet.set_column(column, column, width)
        last = len(LIST_WIDTHS) - 1
        top = 0
        for note in self._form.list_notes:
            self._line(sheet, top, last, note, align="left")
            sheet.set_row(top, LINE_HEIGHT * _lines_of(note, sum(LIST_WIDTHS)))
            top += 1
        for number, row in enumerate(self._form.list_rows):
            look = self._format(border=1, bold=number == 0, quote_prefix=True)
            each = zip(row, LIST_WIDTHS, strict=True)
            sheet.set_row(top + number, LINE_HEIGHT * max(_lines_of(*box) for box in each))
            for column, words in enumerate(row):
                sheet.write_string(top + number, column, words, look)

    def _lines(self, table: FormTable, share: float) -> list[int]:
        """Return how many lines of words each row takes, by the boxes that stand in it alone."""
        lines = [1] * len(table.rows)
        for placed in table.placed():
            box, end = placed.box, placed.column + placed.box.columns
            width = share * sum(table.widths[placed.column : end])
            words = box.words if box.cell is None else str(self._form.content(box.cell))
            if box.rows == 1:
                lines[placed.row] = max(lines[placed.row], _lines_of(words, width))
        return lines

    def _sheet(self, name: str) -> Worksheet:
        sheet = self._workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.hide_gridlines(2)
        return sheet

    def _line(self, sheet: Worksheet, row: int, last: int, words: str, **look: object) -> None:
        found = self._format(**{"align": "center", "quote_prefix": True, **look})
        sheet.merge_range(row, 0, row, last, "", found)
        sheet.write_string(row, 0, words, found)
        if "font_size" in look:
            sheet.set_row(row, 30)

    def _box(self, sheet: Worksheet, row: int, column: int, box: Box) -> None:
        look = self._look(box)
        if box.rows > 1 or box.columns > 1:
            sheet.merge_range(row, column, row + box.rows - 1, column + box.columns - 1, "", look)
        content = box.words if box.cell is None else self._form.content(box.cell)
        if content == "":
            sheet.write_blank(row, column, None, look)
        elif isinstance(content, str):
            sheet.write_string(row, column, content, look)
        else:
            sheet.write_number(row, column, content, look)
        mark = None if box.cell is None else self._form.marks.get(box.cell)
        if mark is not None:
            sheet.write_comment(row, column, mark.comment, COMMENT)

    def _look(self, box: Box) -> Format:
        mark = None if box.cell is None else self._form.marks.get(box.cell)
        fill = {} if mark is None else {"bg_color": FILLS[mark.severity], "bold": True}
        is_label = box.cell is None and not box.is_heading
        align = "left" if is_label and box.rows == 1 else "center"
        return self._format(border=1, align=align, quote_prefix=box.cell is not None, **fill)

    def _format(self, **look: object) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format({**FONT, **look})
        return self._formats[key]


def _lines_of(words: str, width: float) -> int:
    """Return how many lines words take in a column; a Chinese sign is two letters wide."""
    letters = sum(1 if sign.isascii() else 2 for sign in words)
    return min(MOST_LINES, max(1, ceil(letters / (width - 1))))
