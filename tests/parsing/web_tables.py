"""Writes a report as a web page with real spans, in the variants that offices' pages have."""

from dataclasses import dataclass
from html import escape

from gipcore.form import proactive, requests, reviews
from gipcore.form.model import EditionId
from tests.parsing.layouts import OFFICE, Figures, requests_lines

EDITION = EditionId.Y2021
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


@dataclass(frozen=True)
class PageLayout:
    """One way of writing the page."""

    is_total_in_first_row: bool = True
    has_broken_words: bool = False
    has_word_markup: bool = False
    reviews: str = "wide"  # wide, split into three tables, or upright
    is_one_table: bool = False


def _cell(text: str, layout: PageLayout, *, rows: int = 1, columns: int = 1) -> str:
    inner = escape(text) or "&nbsp;"
    if layout.has_broken_words and len(text) == 4 and not text.isdigit():
        inner = f"{inner[:2]}<br/>{inner[2:]}"
    if layout.has_word_markup:
        inner = f'<p class="MsoNormal"><span lang="EN-US">{inner}<o:p></o:p></span></p>'
    return f'<td rowspan="{rows}" colspan="{columns}">{inner}</td>'


def _row(cells: list[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def _number(value: float | None) -> str:
    return "" if value is None else str(value)


def _proactive(figures: Figures, layout: PageLayout) -> list[str]:
    rows = []
    for block in proactive.BLOCKS[EDITION]:
        width = 3 if len(block.columns) == 1 else 1
        rows.append(_row([_cell(block.article_item, layout, columns=4)]))
        names = [_cell(column.label.zh, layout, columns=width) for column in block.columns]
        rows.append(_row([_cell("信息内容", layout), *names]))
        for line in block.lines:
            values = [
                _cell(_number(figures[f"{line.id}.{column.id}"]), layout, columns=width)
                for column in block.columns
            ]
            rows.append(_row([_cell(line.printed, layout), *values]))
    return rows


def _requests(figures: Figures, layout: PageLayout) -> list[str]:
    total = "总计"
    first = [
        _cell(NOTE, layout, rows=3, columns=3),
        _cell("申请人情况", layout, columns=6 if layout.is_total_in_first_row else 7),
    ]
    second = [_cell("自然人", layout, rows=2), _cell("法人或其他组织", layout, columns=5)]
    if layout.is_total_in_first_row:
        first.append(_cell(total, layout, rows=3))
    else:
        second.append(_cell(total, layout, rows=2))
    third = [_cell(column.label.zh, layout) for column in requests.ORGANIZATIONS]
    rows = [_row(first), _row(second), _row(third)]
    opened: set[str] = set()
    for line in requests_lines(EDITION, False):
        values = [
            _cell(_number(figures[f"{line.id}.{column.id}"]), layout) for column in requests.COLUMNS
        ]
        rows.append(_row([*_labels(line, opened, layout), *values]))
    return rows


def _labels(line, opened: set[str], layout: PageLayout) -> list[str]:
    if line.id in ("received", "brought_forward", "carried_forward"):
        return [_cell(line.printed, layout, columns=3)]
    labels = []
    if "三" not in opened:
        opened.add("三")
        labels.append(_cell("三、本年度办理结果", layout, rows=len(requests.LEAVES) + 1))
    if line.group is None:
        return [*labels, _cell(line.printed, layout, columns=2)]
    if line.group not in opened:
        opened.add(line.group)
        rows = len(requests.LEAVES_BY_GROUP[line.group])
        labels.append(_cell(requests.GROUPS[line.group].zh, layout, rows=rows))
    return [*labels, _cell(line.printed, layout)]


def _reviews(figures: Figures, layout: PageLayout) -> list[list[str]]:
    """Return the tables of section 4, each as its rows."""
    results = [_cell(column.label.zh, layout) for column in reviews.COLUMNS]
    values = {
        block.id: [
            _cell(_number(figures[f"{block.id}.{column.id}"]), layout) for column in reviews.COLUMNS
        ]
        for block in reviews.LINES
    }
    if layout.reviews == "split":
        return [
            [
                _row([_cell(block.label.zh, layout, columns=5)]),
                _row(results),
                _row(values[block.id]),
            ]
            for block in reviews.LINES
        ]
    if layout.reviews == "upright":
        rows = [_row([_cell(block.printed, layout), *values[block.id]]) for block in reviews.LINES]
        return [[_row([_cell("", layout), *results]), *rows]]
    names = [_cell(column.label.zh, layout, rows=2) for column in reviews.COLUMNS]
    courts = [_cell(block.printed, layout, columns=5) for block in reviews.LINES[1:]]
    return [
        [
            _row([_cell("行政复议", layout, columns=5), _cell("行政诉讼", layout, columns=10)]),
            _row([*names, *courts]),
            _row([*results, *results]),
            _row([cell for block in reviews.LINES for cell in values[block.id]]),
        ]
    ]


def page(figures: Figures, layout: PageLayout, *, year: int, encoding: str = "utf-8") -> bytes:
    """Return the page's bytes; the declared encoding is gb2312 whatever the real one is."""
    sections = [
        ("二、主动公开政府信息情况", [_proactive(figures, layout)]),
        ("三、收到和处理政府信息公开申请情况", [_requests(figures, layout)]),
        ("四、政府信息公开行政复议、行政诉讼情况", _reviews(figures, layout)),
    ]
    if layout.is_one_table:
        rows = "".join(
            _row([_cell(title, PageLayout(), columns=15)])
            + "".join(row for table in tables for row in table)
            for title, tables in sections
        )
        body = f"<table>{rows}</table>"
    else:
        body = "".join(
            f"<p>{title}</p>" + "".join(f"<table>{''.join(rows)}</table>" for rows in tables)
            for title, tables in sections
        )
    return (
        f'<html><head><meta charset="gb2312"><title>{OFFICE}</title></head><body>'
        "<div>首页 &gt; 政府信息公开 &gt; 年报</div>"
        f"<h1>{OFFICE}{year}年政府信息公开工作年度报告</h1><p>一、总体情况</p>"
        f"<p>全年没有收到举报。</p>{body}<p>五、存在的主要问题及改进情况</p><p>更新不够及时。</p>"
        "<p>六、其他需要报告的事项</p><p>无。</p><script>var n = 5;</script></body></html>"
    ).encode(encoding)
