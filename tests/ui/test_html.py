"""HTML of our own: whatever comes from documents or visitors stays text."""

import pytest
from lxml.html import fromstring
from markupsafe import Markup

from gipcore.ui.html import (
    Cell,
    Column,
    Row,
    element,
    facts,
    join,
    link,
    mark_chinese,
    paragraph,
    plainly,
    show,
    table,
)

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    ":material/warning: :red[x] $\\frac{1}{2}$ **b** [a](javascript:alert(1))",
    "</style><style>body{display:none}",
    "&lt;b&gt;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_escaped_wherever_it_stands(text):
    made = [
        element("p", text),
        element("abbr", "x", title=text),
        link(text, text),
        paragraph(text),
        facts([(text, text)]),
        join([text, text], by=text),
        table(text, [Column(text), Column("n", is_number=True)], [[text, text], Row([text, text])]),
        table("c", [Column("a"), Column("b", is_number=True)], [["x", Cell(text, 3)]]),
    ]
    for html in made:
        assert isinstance(html, Markup)
        assert "<script" not in html
        assert "<img" not in html
        assert "<svg" not in html
        assert "</style" not in html
        assert "onmouseover='" not in html
        assert html.unescape().count(text) >= 1


def test_only_markup_can_be_drawn():
    with pytest.raises(TypeError, match="must be Markup"):
        show("<b>plain text</b>")


def test_attribute_without_value_is_left_out():
    assert element("td", "x", colspan=None, css="a") == '<td class="a">x</td>'


def test_table_is_labelled_and_has_headings():
    html = table("Rows", [Column("Name"), Column("Count", is_number=True)], [["a", "1"]])
    assert "<caption><span>Rows</span></caption>" in html
    assert '<th scope="col">Name</th>' in html
    assert '<th scope="row">a</th>' in html
    assert 'role="group"' in html
    assert 'aria-label="Rows"' in html
    assert 'tabindex="0"' in html


def test_listed_table_stays_a_table_and_names_its_cells():
    """Browsers forget the table when its rows are listed; a plain column needs no name there."""
    columns = [Column("Name"), Column("Region", is_plain=True), Column('"n"', is_number=True)]
    found = fromstring(table("Rows", columns, [["a", "b", "1"]], is_list=True))
    roles = [each.get("role") for each in found.find("table").iter() if each.get("role")]
    heads = ["columnheader"] * 3
    assert (
        roles == ["table", "rowgroup", "row", *heads, "rowgroup", "row", "rowheader"] + ["cell"] * 2
    )
    assert [cell.get("data-title") for cell in found.iter("td")] == [None, '"n"']


def test_row_with_too_few_cells_is_refused():
    with pytest.raises(ValueError, match="argument"):
        table("c", [Column("a"), Column("b")], [["only one"]])


def test_chinese_words_in_an_english_view_are_marked_and_nothing_else_is():
    html = Markup('<p title="机关">Office 西工区（一）, 2024</p><svg><text>年</text></svg>')
    assert mark_chinese(html) == (
        '<p title="机关">Office <span lang="zh-CN">西工区（一）</span>, 2024</p>'
        "<svg><text>年</text></svg>"
    )
    assert mark_chinese(Markup("<p>&lt;b&gt; &amp; 12</p>")) == "<p>&lt;b&gt; &amp; 12</p>"


def test_name_in_a_label_is_no_markup():
    assert plainly("a*b* :red[c] $d$") == r"a\*b\* \:red\[c\] \$d\$"
    assert plainly("洛阳市人民政府") == "洛阳市人民政府"
