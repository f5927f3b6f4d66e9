"""Excel files: merged cells, numbers as printed, formulas never computed, and hostile ones."""

import io

import pytest
from hypothesis import given, settings
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from gipcore.documents import xlsx
from gipcore.documents.model import Paragraph
from gipcore.documents.number_formats import printed
from gipcore.errors import UnreadableDocumentError
from gipcore.form.model import EditionId
from tests.documents import factory
from tests.documents.factory import (
    Form,
    Table,
    expected_prose,
    grids,
    make_form,
    prose,
    random_tables,
    relations,
    texts,
    zipped,
)

SHEET_NAMESPACES = (
    f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{factory.OFFICE}"'
)


def read(data: bytes) -> xlsx.Document:
    return xlsx.read(data, "report.xlsx")


def saved(workbook: Workbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def sheet_file(content: str, *, strings: str = "", prolog: str = "") -> bytes:
    """Return a workbook around the XML of one sheet."""
    return zipped(
        {
            "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
            "xl/workbook.xml": (
                f"<workbook {SHEET_NAMESPACES}><sheets>"
                '<sheet name="表" r:id="r1"/></sheets></workbook>'
            ),
            "xl/_rels/workbook.xml.rels": relations(
                worksheet="sheet.xml", sharedStrings="strings.xml"
            ),
            "xl/strings.xml": f"<sst {SHEET_NAMESPACES}>{strings}</sst>",
            "xl/sheet.xml": f"{prolog}<worksheet {SHEET_NAMESPACES}>{content}</worksheet>",
        }
    )


def sheet_with(*rows: list) -> Workbook:
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    return workbook


@pytest.mark.parametrize("edition", list(EditionId))
def test_workbook_is_read_whole(edition):
    form = make_form(21, edition)
    data = factory.xlsx(form)
    assert xlsx.recognizes(data, "x") > 0.9
    document = read(data)
    assert [texts(grid) for grid in grids(document)] == [table.truth() for table in form.tables]
    assert prose(document) == expected_prose(form)
    assert document.names == ("年度报告",)


@settings(max_examples=60, deadline=None)
@given(random_tables(has_blanks=False))
def test_any_merged_cells_are_covered(table: Table):
    found = grids(read(factory.xlsx(Form(("前", table, "后")))))
    assert [texts(grid) for grid in found] == [table.truth()]


PRINTED = [
    ("7730.28", "#,##0.00", "7,730.28"),
    ("7730.275", "#,##0.00", "7,730.28"),
    ("0", "#,##0.00", "0.00"),
    ("59237.244900000005", "General", "59237.2449"),
    ("59237.2449", "0.00_ ", "59237.24"),
    ("117", "General", "117"),
    ("117.0", "General", "117"),
    ("1.17E2", "General", "117"),
    ("1234567", "#,##0", "1,234,567"),
    ("5", "000", "005"),
    ("0.5", "0%", "50%"),
    ("0.985", "0.0%", "98.5%"),
    ("-4", "General", "-4"),
    ("-4", "0;减0", "减4"),
    ("-4", "0_);[Red]\\(0\\)", "(4)"),
    ("-0.001", "0.00", "0.00"),
    ("4", '+0;-0;"无"', "+4"),
    ("0", '+0;-0;"无"', "无"),
    ("0", "0;-0;;@", ""),
    ("12", '0"件"', "12件"),
    ("12", "0\\件", "12件"),
    ("1.5", "0.0##", "1.5"),
    ("1.25", "#.#", "1.3"),
    ("0", "#", ""),
    ("251000", "0,", "251"),
    ("12.5", "[$¥-804]#,##0.00", "¥12.50"),
    ("12.5", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "12.50"),
    ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
    ("3", "G/通用格式", "3"),
    ("3", "@", "3"),
    ("3.25", "# ?/?", "3.25"),
    ("1200", "0.00E+00", "1200"),
    ("45313", 'yyyy"年"m"月"d"日"', "2024年1月22日"),
    ("45313", "yyyy/mm/dd", "2024/01/22"),
    ("45313.5", "[$-804]yyyy-m-d h:mm", "2024-1-22 12:00"),
    ("abc", "0.00", "abc"),
    ("NaN", "0.00", "NaN"),
    ("1E400", "0.00", "1E400"),
    ("1", "0" * 300, "1"),
]


@pytest.mark.parametrize(("raw", "code", "expected"), PRINTED)
def test_number_is_read_as_printed(raw, code, expected):
    assert printed(raw, code) == expected


def test_number_format_of_a_cell_is_applied():
    workbook = sheet_with(["收费", 7730.28], ["其他", 0])
    workbook.active["B1"].number_format = "#,##0.00"
    (grid,) = grids(read(saved(workbook)))
    assert texts(grid) == [["收费", "7,730.28"], ["其他", "0"]]


def test_formula_gives_its_saved_value_and_is_never_computed():
    data = sheet_file(
        "<sheetData><row><c><v>1</v></c><c><f>1+1</f><v>2</v></c><c><f>SUM(A1:B1)</f></c>"
        '<c t="str"><f>A1</f><v>文</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>'
    )
    (grid,) = grids(read(data))
    assert texts(grid) == [["1", "2", "=SUM(A1:B1)", "文", "#DIV/0!"]]


def test_what_is_hidden_is_left_out():
    workbook = sheet_with(["规章", "隐", 1, 2], ["藏", "", 3, 4], ["其他", "隐", 5, 6])
    workbook.active.column_dimensions["B"].hidden = True
    workbook.active.row_dimensions[2].hidden = True
    other = workbook.create_sheet("草稿")
    other.append(["甲", "乙"])
    other.sheet_state = "hidden"
    document = read(saved(workbook))
    assert [texts(grid) for grid in grids(document)] == [[["规章", "1", "2"], ["其他", "5", "6"]]]
    assert document.names == ("Sheet",)


def test_zeros_that_the_sheet_does_not_show_are_blank():
    workbook = sheet_with(["规章", 0, 1], ["其他", 2, 0])
    workbook.active.sheet_view.showZeros = False
    (grid,) = grids(read(saved(workbook)))
    assert texts(grid) == [["规章", "", "1"], ["其他", "2", ""]]


def test_tables_are_parted_by_empty_rows_and_lone_texts():
    workbook = sheet_with(
        ["年度报告"],
        ["一、总体情况"],
        ["甲\n乙"],
        ["规章", 1],
        [],
        ["许可", 2],
        ["三、申请"],
        ["新收", 3],
    )
    found = [
        block.text if isinstance(block, Paragraph) else texts(block)
        for block in read(saved(workbook)).blocks
    ]
    first = ["年度报告", "一、总体情况", "甲", "乙", [["规章", "1"]]]
    assert found == [*first, [["许可", "2"]], "三、申请", [["新收", "3"]]]


def test_several_sheets_are_read_in_order():
    workbook = sheet_with(["甲", 1])
    workbook.create_sheet("第二").append(["乙", 2])
    document = read(saved(workbook))
    assert [texts(grid) for grid in grids(document)] == [[["甲", "1"]], [["乙", "2"]]]
    assert document.names == ("Sheet", "第二")


def test_raised_mark_of_a_note_is_no_digit():
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["项目", "数量"])
    mark = TextBlock(InlineFont(vertAlign="superscript"), "1")
    sheet.append(["新收", CellRichText("12", mark)])
    (grid,) = grids(read(saved(workbook)))
    assert grid.rows[1].cells[1].text == "12¹"


def test_rich_text_and_reading_aids():
    workbook = sheet_with(["x", 1])
    workbook.active["A1"] = CellRichText("行政", TextBlock(InlineFont(b=True), "许可"))
    (grid,) = grids(read(saved(workbook)))
    assert texts(grid) == [["行政许可", "1"]]
    aids = "<si><t>规章</t><rPh sb='0' eb='2'><t>guizhang</t></rPh></si>"
    cells = '<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>7</v></c><c><v>1</v></c></row>'
    (grid,) = grids(read(sheet_file(f"{cells}</sheetData>", strings=aids)))
    assert texts(grid) == [["规章", "", "1"]]


FAR = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row></sheetData>'
HUGE_MERGE = (
    '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData>'
    '<mergeCells><mergeCell ref="C1:XFD1048576"/><mergeCell ref="nonsense"/></mergeCells>'
)
MANY = "<sheetData>" + ("<row>" + "<c><v>1</v></c>" * 1000 + "</row>") * 250 + "</sheetData>"
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (sheet_file(FAR), "too_large"),
        (sheet_file(MANY), "too_large"),
        (sheet_file("<sheetData/>", prolog=LAUGHS), "broken_file"),
        (sheet_file("<sheetData>"), "broken_file"),
        (sheet_file("<sheetData/>"), "empty_document"),
        (zipped({"xl/workbook.bin": b"x"}), "broken_file"),
    ],
    ids=["far", "million", "entities", "cut short", "empty", "binary"],
)
def test_hostile_file_is_refused(data, code):
    with pytest.raises(UnreadableDocumentError) as caught:
        read(data)
    assert caught.value.code == code
    assert "report.xlsx" in caught.value.message


def test_merged_area_without_end_costs_nothing():
    (grid,) = grids(read(sheet_file(HUGE_MERGE)))
    assert texts(grid) == [["1", "2"]]


def test_a_million_empty_cells_are_passed_over():
    empty = ("<row>" + '<c s="1"/>' * 100 + "</row>") * 10_000
    cells = f"<sheetData><row><c><v>1</v></c><c><v>2</v></c></row>{empty}</sheetData>"
    (grid,) = grids(read(sheet_file(cells)))
    assert texts(grid) == [["1", "2"]]
