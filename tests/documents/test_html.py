"""Web pages as offices publish them: encodings, spans, layout, chrome, and hostile ones."""

import pytest
from hypothesis import given, settings

from gipcore.documents import html
from gipcore.documents.limits import LIMITS
from gipcore.documents.model import Grid, Heading, Paragraph
from gipcore.errors import UnreadableDocumentError
from gipcore.form.model import EditionId
from tests.documents.factory import (
    REPORT_NAME,
    Table,
    expected_prose,
    grids,
    html_page,
    html_table,
    make_form,
    prose,
    random_tables,
    site_page,
    texts,
    word_html,
)


def read(page: str | bytes) -> html.Document:
    return html.read(page if isinstance(page, bytes) else page.encode(), "page.html")


def only_grid(page: str) -> list[list[str | None]]:
    (grid,) = grids(read(page))
    return texts(grid)


@pytest.mark.parametrize("edition", list(EditionId))
def test_plain_page_is_read_whole(edition):
    form = make_form(3, edition)
    document = read(html_page(form))
    assert [texts(grid) for grid in grids(document)] == [table.truth() for table in form.tables]
    assert prose(document) == expected_prose(form)
    assert document.names == (REPORT_NAME,)


def test_word_page_declared_gb2312_and_written_gb18030_is_read_whole():
    form = make_form(4)
    document = read(word_html(form).encode("gb18030"))
    assert [texts(grid) for grid in grids(document)] == [table.truth() for table in form.tables]
    assert prose(document) == expected_prose(form)
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    assert [heading.level for heading in headings] == [1, *[2] * 6]


def test_report_within_layout_tables_and_chrome_is_read_in_order():
    form = make_form(5)
    document = read(site_page(form))
    assert [texts(grid) for grid in grids(document)][-3:] == [t.truth() for t in form.tables]
    found = prose(document)
    start = found.index(expected_prose(form)[0])
    expected = expected_prose(form)
    assert found[start : start + len(expected)] == expected
    assert not any("123" in text or "share()" in text for text in found)
    assert document.names[0] == REPORT_NAME


ENCODINGS = {
    "gb18030 declared gb2312": ("gb2312", "gb18030", ""),
    "gb18030 not declared": ("", "gb18030", ""),
    "gb18030 declared utf-8": ("utf-8", "gb18030", ""),
    "gb18030 declared latin": ("iso-8859-1", "gb18030", ""),
    "utf-8 declared gbk": ("gbk", "utf-8", ""),
    "utf-8 with mark": ("gbk", "utf-8-sig", ""),
    "utf-8 not declared": ("", "utf-8", ""),
    "utf-16 with mark": ("utf-16", "utf-16", ""),
    "utf-16 without mark": ("", "utf-16-le", ""),
    "utf-16 big endian without mark": ("", "utf-16-be", ""),
    "unknown declared": ("x-user-defined", "gb18030", ""),
}


@pytest.mark.parametrize(("declared", "encoding", "_"), ENCODINGS.values(), ids=ENCODINGS.keys())
def test_page_is_decoded_whatever_it_declares(declared, encoding, _):
    rare = "㳘河街道"  # outside gb2312 and gbk's common part
    page = f'<html><head><meta charset="{declared}"><title>{rare}</title></head><body><p>{rare}年报'
    data = page.encode(encoding)
    assert html.recognizes(data, "x") > 0.5
    assert prose(read(data)) == [f"{rare}年报"]


def test_traditional_page_in_big5_is_decoded():
    data = '<meta charset="big5"><p>政府資訊公開工作年度報告，機關與數據'.encode("big5")
    assert prose(read(data)) == ["政府資訊公開工作年度報告，機關與數據"]


def test_few_broken_bytes_do_not_change_the_encoding():
    data = "<meta charset=gb2312><p>政府信息公开工作年度报告本年新收申请".encode("gb18030")
    assert "工作年度报告" in prose(read(data + b"\x81 <p>" + data))[0]


@settings(max_examples=150, deadline=None)
@given(random_tables())
def test_any_spans_are_expanded(table: Table):
    page = "<p>前</p>" + html_table(table) + "<p>后</p>"
    cells = sum(len(row) for row in table.rows)
    found = grids(read(page))
    if cells > 1:
        assert [texts(grid) for grid in found] == [table.truth()]
    else:
        assert not found  # one cell is layout


CELLS = {
    "paragraph, span and o:p": ("<td><p><span>1<o:p></o:p></span></p></td>", "1"),
    "split label": ("<td><span>行政</span><span>许可</span></td>", "行政许可"),
    "lines by br": ("<td>结果<br>维持</td>", "结果\n维持"),
    "two paragraphs": ("<td><p>结果</p><p>纠正</p></td>", "结果\n纠正"),
    "no-break space": ("<td>&nbsp;</td>", ""),
    "wide space": ("<td>　1　</td>", "1"),
    "comment": ("<td>1<!-- 2 -->3</td>", "13"),
    "script": ("<td>1<script>2</script></td>", "1"),
    "hidden part": ("<td>1<span style='DISPLAY: none'>2</span></td>", "1"),
    "line of the source": ("<td>规范性\n  文件</td>", "规范性文件"),
    "line of the source after a letter": ("<td>A\nB</td>", "A B"),
    "soft hyphen and zero width": ("<td>规\u200b章\xad</td>", "规章"),
    "field of a form": ("<td><input value=5>6</td>", "5\n6"),
    "other fields": ("<td><input type=hidden value=5><input type=checkbox value=7>6</td>", "6"),
    "field of several lines": ("<td><textarea>8</textarea></td>", "8"),
    "struck out": (
        "<td><del>5</del>6<span style='text-decoration:line-through'>7</span></td>",
        "6",
    ),
    "mark of a note": ("<td>12<sup><a href='#n'>1</a></sup></td>", "12¹"),
    "mark raised by style": ("<td>12<span style='vertical-align:super'>3</span></td>", "12³"),
    "inner table": ("<td>甲<table><tr><td>乙</td></tr></table></td>", "甲\n乙"),
    "unclosed": ("<td><b>7", "7"),
    "entity": ("<td>&#48;&amp;&lt;</td>", "0&<"),
}


@pytest.mark.parametrize(("cell", "expected"), CELLS.values(), ids=CELLS.keys())
def test_cell_holds_what_is_to_be_seen(cell, expected):
    page = f"<table><tr><td>项目<td>数量<tr><td>申请</td>{cell}</table>"
    (grid,) = grids(read(page))
    assert grid.rows[1].cells[1].text == expected


TABLES = {
    "sections of a table": (
        "<thead><tr><th>甲<th>乙</thead><tbody><tr><td>1<td>2</tbody>",
        [["甲", "乙"], ["1", "2"]],
    ),
    "rows without tr": ("<td>甲<td>乙<tr><td>1<td>2", [["甲", "乙"], ["1", "2"]]),
    "a form among the rows": ("<form><tr><td>甲<td>1</tr></form>", [["甲", "1"]]),
    "hidden row": ("<tr><td>甲<td>1<tr style='display:none'><td>0<td>0", [["甲", "1"]]),
    "row that lost a cell": (
        "<tr><td>甲<td>1<td>2<tr><td>乙<td>3",
        [["甲", "1", "2"], ["乙", "3", None]],
    ),
    "rowspan zero": (
        "<tr><td rowspan=0>甲<td>1<tr><td>2<tr><td>3",
        [["甲", "1"], [None, "2"], [None, "3"]],
    ),
    "rowspan beyond the table": ("<tr><td rowspan=22>甲<td>1<tr><td>2", [["甲", "1"], [None, "2"]]),
    "huge colspan": ("<tr><td colspan=100000000>甲<tr><td>1<td>2", [["甲", None], ["1", "2"]]),
    "spans that are no numbers": (
        "<tr><td colspan=x rowspan=-3>甲<td colspan='2px'>乙<tr><td>1<td>2<td>3",
        [["甲", "乙", None], ["1", "2", "3"]],
    ),
    "spans that overlap": (
        "<tr><td>1<td rowspan=2>2<tr><td colspan=2>3<tr><td>4<td>5",
        [["1", "2"], ["3", None], ["4", "5"]],
    ),
    "empty row": ("<tr><td>甲<td>1<tr></tr><tr><td>乙<td>2", [["甲", "1"], ["乙", "2"]]),
}


@pytest.mark.parametrize(("rows", "expected"), TABLES.values(), ids=TABLES.keys())
def test_rows_as_written_in_the_wild(rows, expected):
    assert only_grid(f"<table>{rows}</table>") == expected


def test_lines_and_blocks_become_paragraphs_in_order():
    page = "甲<br>乙<div>丙<b>丁</b></div><h3>戊<br>己</h3>庚<ol start=3><li>辛<li>壬</ol>"
    blocks = read(page).blocks
    assert [block.text for block in blocks] == [
        "甲",
        "乙",
        "丙丁",
        "戊",
        "己",
        "庚",
        "3.辛",
        "4.壬",
    ]
    assert [type(block) for block in blocks[3:6]] == [Heading, Heading, Paragraph]


def test_caption_stands_before_its_table():
    first, second = read("<table><caption>表一</caption><tr><td>甲<td>1</table>").blocks
    assert (first.text, type(second)) == ("表一", Grid)


def test_preformatted_text_keeps_its_tabs():
    document = read("<p>前\n<pre>\n规章\t1\t0\t6\n其他\t2\t0\t7\n</pre>")
    (grid,) = grids(document)
    assert texts(grid) == [["规章", "1", "0", "6"], ["其他", "2", "0", "7"]]
    assert grid.rows[0].spot.line == 3


def test_place_is_the_line_of_the_source():
    (grid,) = grids(read("<p>前</p>\n\n<table>\n<tr><td>甲<td>1\n<tr><td>乙<td>2</table>"))
    assert [row.spot.line for row in grid.rows] == [4, 5]


MOJIBAKE = {
    "utf-8 read as gbk": lambda page: page.encode().decode("gb18030", "replace").encode(),
    "utf-8 read as latin": lambda page: page.encode().decode("latin-1").encode(),
    "gbk read as latin": lambda page: page.encode("gb18030").decode("latin-1").encode(),
    "gbk read as utf-8": lambda page: page.encode("gb18030").decode("utf-8", "replace").encode(),
    "gbk read as big5": lambda page: page.encode("gb18030").decode("big5", "replace").encode(),
}


@pytest.mark.parametrize("damage", MOJIBAKE.values(), ids=MOJIBAKE.keys())
def test_mojibake_is_told(damage):
    text = "".join(expected_prose(make_form(6)))
    with pytest.raises(UnreadableDocumentError) as caught:
        read(b"<html><body><p>" + damage(text))
    assert caught.value.code == "mojibake"
    assert "page.html" in caught.value.message


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<html><body><img src=1.jpg><img src=2.jpg></body></html>", "scan_without_text"),
        ("<html><body><script>1</script></body></html>", "empty_document"),
        ("<div>" * 100_000 + "x", "too_large"),
        ("<table>" + "<tr>" + "<td>1" * 1000 + "</table>", "too_large"),
        ("<table>" + ("<tr>" + "<td>1" * 200) * 1100 + "</table>", "too_large"),
        ("<p>1" * (LIMITS.blocks + 1), "too_large"),
    ],
    ids=["pictures", "script", "depth", "columns", "cells", "paragraphs"],
)
def test_page_without_use_is_refused(page, code):
    with pytest.raises(UnreadableDocumentError) as caught:
        read(page)
    assert caught.value.code == code


def test_entities_and_links_are_not_followed(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密")
    page = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>甲&x;</p>'
        f'<iframe src="{secret.as_uri()}"></iframe><link rel=import href="{secret.as_uri()}">'
    )
    assert not any("秘密" in text for text in prose(read(page)))
