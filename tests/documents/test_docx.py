"""Word files: merged cells, tracked changes, text boxes, lists, and hostile ones."""

import pytest
from hypothesis import given, settings

from gipcore.documents import docx
from gipcore.documents.limits import LIMITS
from gipcore.documents.model import Heading
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
    texts,
    word_cell,
    word_file,
    word_paragraph,
    word_table,
    zipped,
)


def read(data: bytes) -> docx.Document:
    return docx.read(data, "report.docx")


def lines(body: str, **parts: str) -> list[str]:
    return [block.text for block in read(word_file(body, **parts)).blocks]


def only_grid(*rows: str) -> list[list[str | None]]:
    (grid,) = grids(read(word_file(word_table(*rows))))
    return texts(grid)


@pytest.mark.parametrize("edition", list(EditionId))
def test_word_file_is_read_whole(edition):
    form = make_form(11, edition)
    data = factory.docx(form)
    assert docx.recognizes(data, "x") > 0.9
    document = read(data)
    assert [texts(grid) for grid in grids(document)] == [table.truth() for table in form.tables]
    assert prose(document) == expected_prose(form)
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    assert [heading.level for heading in headings] == [1, *[2] * 6]


@settings(max_examples=60, deadline=None)
@given(random_tables())
def test_any_merged_cells_are_covered(table: Table):
    found = grids(read(factory.docx(Form(("前", table, "后")))))
    if sum(len(row) for row in table.rows) > 1:
        assert [texts(grid) for grid in found] == [table.truth()]


PARAGRAPHS = {
    "inserted text is kept": (
        "<w:p><w:ins><w:r><w:t>新收12件</w:t></w:r></w:ins></w:p>",
        ["新收12件"],
    ),
    "deleted text is left out": (
        "<w:p><w:r><w:t>新收</w:t></w:r><w:del><w:r><w:delText>1</w:delText></w:r></w:del>"
        "<w:r><w:t>2件</w:t></w:r></w:p>",
        ["新收2件"],
    ),
    "moved text is read once": (
        "<w:p><w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:moveTo><w:r><w:t>甲</w:t></w:r></w:moveTo></w:p>",
        ["甲"],
    ),
    "hidden text is left out": (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>8</w:t></w:r></w:p>',
        ["8"],
    ),
    "struck-out text is left out": (
        "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>9</w:t></w:r><w:r><w:t>8</w:t></w:r></w:p>",
        ["8"],
    ),
    "a raised mark is no digit": (
        '<w:p><w:r><w:t>12</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        "<w:t>1</w:t></w:r></w:p>",
        ["12¹"],
    ),
    "an empty field's hint is no text": (
        "<w:p><w:r><w:t>甲</w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        "<w:r><w:t>单击此处</w:t></w:r></w:sdtContent></w:sdt></w:p>",
        ["甲"],
    ),
    "a field shows its result": (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText>=1+1</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r></w:p>'
        '<w:p><w:fldSimple w:instr="DDEAUTO cmd"><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>',
        ["2", "3"],
    ),
    "line breaks part lines": (
        "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>",
        ["甲", "乙"],
    ),
    "links and content controls are text": (
        "<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>甲</w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtContent><w:r><w:t>乙</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        "</w:sdtContent></w:sdt>",
        ["甲乙"],
    ),
    "a text box is read once, after its anchor": (
        "<w:p><w:r><w:t>甲</w:t><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>"
        "<w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></wps:txbx></mc:Choice><mc:Fallback>"
        "<w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent><w:t>乙</w:t></w:r></w:p>",
        ["甲乙", "框"],
    ),
}


@pytest.mark.parametrize(("body", "expected"), PARAGRAPHS.values(), ids=PARAGRAPHS.keys())
def test_paragraph_holds_what_is_to_be_seen(body, expected):
    assert lines(body) == expected


TABLES = {
    "vertical merge that begins with its continuation": (
        [word_cell("甲", "<w:vMerge/>") + word_cell("1"), word_cell("乙") + word_cell("2")],
        [["甲", "1"], ["乙", "2"]],
    ),
    "old horizontal merge": (
        [
            word_cell("甲", '<w:hMerge w:val="restart"/>') + word_cell("", "<w:hMerge/>"),
            word_cell("乙") + word_cell("2"),
        ],
        [["甲", None], ["乙", "2"]],
    ),
    "row that begins later": (
        [
            word_cell("甲") + word_cell("1"),
            '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + word_cell("2"),
        ],
        [["甲", "1"], [None, "2"]],
    ),
    "deleted row": (
        [word_cell("甲") + word_cell("1"), "<w:trPr><w:del/></w:trPr>" + word_cell("乙")],
        [["甲", "1"]],
    ),
    "huge span": (
        [word_cell("甲", '<w:gridSpan w:val="99999999"/>'), word_cell("乙") + word_cell("2")],
        [["甲", None], ["乙", "2"]],
    ),
    "two paragraphs in a cell": (
        [word_cell(word_paragraph("结果") + word_paragraph("维持")) + word_cell("1")],
        [["结果维持", "1"]],
    ),
    "a table in a cell of a table of data": (
        [
            word_cell("甲") + word_cell("1") + word_cell("2") + word_cell("3"),
            word_cell("乙") + word_cell("4") + word_cell("5")
            + word_cell(word_table(word_cell("6")) + word_paragraph("")),
        ],
        [["甲", "1", "2", "3"], ["乙", "4", "5", "6"]],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), TABLES.values(), ids=TABLES.keys())
def test_rows_as_written_in_the_wild(rows, expected):
    assert only_grid(*rows) == expected


def test_continued_cell_is_not_read_as_a_blank_one():
    rows = (
        word_cell("甲", '<w:vMerge w:val="restart"/>') + word_cell("1"),
        word_cell("x", '<w:vMerge w:val="continue"/>') + word_cell(""),
    )
    assert only_grid(*rows) == [["甲", "1"], [None, ""]]


def test_frame_around_a_report_dissolves():
    inner = word_table(word_cell("甲") + word_cell("1"), word_cell("乙") + word_cell("2"))
    body = word_table(word_cell(word_paragraph("前") + inner + word_paragraph("后")))
    document = read(word_file(body))
    assert prose(document) == ["前", "后"]
    assert [texts(grid) for grid in grids(document)] == [[["甲", "1"], ["乙", "2"]]]


def test_headings_by_style_and_by_outline_level():
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="own"/><w:basedOn w:val="a"/>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="Title"/><w:basedOn w:val="c"/>'
        "</w:style>"
    )
    body = (
        word_paragraph("题", '<w:pStyle w:val="c"/>')
        + word_paragraph("一", '<w:pStyle w:val="b"/>')
        + word_paragraph("二", '<w:outlineLvl w:val="0"/>')
        + word_paragraph("文", '<w:pStyle w:val="a"/><w:outlineLvl w:val="9"/>')
    )
    found = [
        (getattr(block, "level", None), block.text)
        for block in read(word_file(body, styles=styles)).blocks
    ]
    assert found == [(1, "题"), (2, "一"), (1, "二"), (None, "文")]


def test_numbers_of_lists_are_part_of_the_text():
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
        "</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    )
    places = [
        ("总", 0, 1),
        ("甲", 1, 1),
        ("乙", 1, 1),
        ("点", 2, 1),
        ("主", 0, 1),
        ("丙", 1, 1),
        ("丁", 1, 2),
    ]
    body = "".join(
        word_paragraph(
            text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
        )
        for text, level, list_id in places
    )
    expected = ["一、总", "1.甲", "2.乙", "点", "二、主", "1.丙", "7.丁"]
    assert lines(body, numbering=numbering) == expected


def test_table_pasted_with_tabs_is_a_grid():
    rows = ["规章\t1\t0\t6", "其他\t2\t0\t7"]
    body = "".join(word_paragraph(row.replace("\t", "</w:t><w:tab/><w:t>")) for row in rows)
    document = read(word_file(body + word_paragraph("落款</w:t><w:tab/><w:t>2024年")))
    (grid,) = grids(document)
    assert texts(grid)[:2] == [row.split("\t") for row in rows]


def test_headers_footers_and_notes_are_left_out():
    from docx import Document as WordDocument

    document = WordDocument()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "- 1 -"
    document.add_paragraph("正文")
    document.core_properties.title = "年度报告"
    found = read(factory._saved(document))
    assert (prose(found), found.names) == (["正文"], ("年度报告",))


def test_strict_file_is_read():
    data = word_file(word_paragraph("甲"))
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package = docx.Package(data, "x")
    members = {
        name: package.read(name).replace(usual, b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        for name in package.members
    }
    assert prose(read(zipped(members))) == ["甲"]


LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)).replace("&a0;", "&a;")
    + "]>"
)
HOSTILE = {
    "billion laughs": (word_file(word_paragraph("&a11;"), prolog=LAUGHS), "too_large"),
    "entity of a file": (
        word_file(
            word_paragraph("&x;"), prolog='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        ),
        "broken_file",
    ),
    "tables nested deep": (
        word_file("<w:tbl><w:tr><w:tc>" * 300 + "</w:tc></w:tr></w:tbl>" * 300),
        "too_large",
    ),
    "a million cells": (
        word_file(word_table(*[word_cell("1") * 200] * 1100)),
        "too_large",
    ),
    "no text": (word_file("<w:p><w:r><w:drawing/></w:r></w:p>"), "scan_without_text"),
    "nothing": (word_file(""), "empty_document"),
    "no body": (zipped({"word/document.xml": "<x/>"}), "scan_without_text"),
    "no document": (zipped({"word/documents.txt": "x"}), "broken_file"),
    "XML cut short": (zipped({"word/document.xml": "<x><y>"}), "broken_file"),
    "zip cut short": (word_file(word_paragraph("甲"))[:-40], "broken_file"),
}


@pytest.mark.parametrize(("data", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_file_is_refused(data, code):
    with pytest.raises(UnreadableDocumentError) as caught:
        read(data)
    assert caught.value.code == code
    assert "report.docx" in caught.value.message


def test_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = zipped({"word/document.xml": b"<x>" + b" " * (LIMITS.unpacked_bytes + 10)})
    assert len(bomb) < 1_000_000
    with pytest.raises(UnreadableDocumentError) as caught:
        read(bomb)
    assert caught.value.code == "too_large"
