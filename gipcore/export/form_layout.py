"""The three tables as the form lays them out: boxes with words or the name of a cell, and spans.

The notices are 国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号. The words are Chinese
in every language of the site: they are the form's own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gipcore.form import proactive, requests, reviews
from gipcore.form.editions import CELLS
from gipcore.form.model import Column, Line, Presence, Unit
from gipcore.form.report import Report

RELATION = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
SUBTOTAL = "小计"
UNITS = {Unit.WAN_YUAN: "（单位：万元）"}
LABELS = 3  # columns of labels in table 3


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a table: words of the form, or the cell whose figure stands there."""

    words: str = ""
    cell: str | None = None
    rows: int = 1
    columns: int = 1
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A box and where it begins, from 0."""

    row: int
    column: int
    box: Box


@dataclass(frozen=True, slots=True)
class FormTable:
    """One table: each box stands in the row it begins in; `widths` are shares of the width.

    The first `heading_rows` rows are repeated where a table goes on on another page.
    """

    number: int
    rows: tuple[tuple[Box, ...], ...]
    widths: tuple[int, ...]
    heading_rows: int = 0

    def placed(self) -> Iterator[Placed]:
        """Yield every box with its place, in reading order."""
        taken: set[tuple[int, int]] = set()
        for row, boxes in enumerate(self.rows):
            column = 0
            for box in boxes:
                while (row, column) in taken:
                    column += 1
                yield Placed(row, column, box)
                taken |= {
                    (row + down, column + right)
                    for down in range(box.rows)
                    for right in range(box.columns)
                }


def form_tables(report: Report) -> tuple[FormTable, ...]:
    """Return the tables of the report's edition, with the lines that the report adds to them."""
    return (_proactive(report), _requests(report), _reviews())


def _proactive(report: Report) -> FormTable:
    blocks = proactive.BLOCKS[report.form]
    width = 1 + max(len(block.columns) for block in blocks)
    rows: list[tuple[Box, ...]] = []
    for block in blocks:
        last = width - len(block.columns)  # the last column takes the rest of the width
        spans = [*[1] * (len(block.columns) - 1), last]
        rows.append((Box(block.article_item, columns=width, is_heading=True),))
        heads = (
            Box(_with_unit(block.lines[0], column), columns=span, is_heading=True)
            for column, span in zip(block.columns, spans, strict=True)
        )
        rows.append((Box("信息内容", is_heading=True), *heads))
        for line in block.lines:
            figures = (
                Box(cell=f"{line.id}.{column.id}", columns=span)
                for column, span in zip(block.columns, spans, strict=True)
            )
            rows.append((Box(line.printed), *figures))
    return FormTable(2, tuple(rows), (3,) * width)


def _with_unit(line: Line, column: Column) -> str:
    return column.label.zh + UNITS.get(CELLS[f"{line.id}.{column.id}"].unit, "")


def _requests(report: Report) -> FormTable:
    organizations = requests.ORGANIZATIONS
    heads = (
        (
            Box(RELATION, rows=3, columns=LABELS, is_heading=True),
            Box("申请人情况", columns=len(requests.COLUMNS), is_heading=True),
        ),
        (
            Box(requests.NATURAL_PERSON.label.zh, rows=2, is_heading=True),
            Box("法人或其他组织", columns=len(organizations), is_heading=True),
            Box(requests.TOTAL.label.zh, rows=2, is_heading=True),
        ),
        tuple(Box(column.label.zh, is_heading=True) for column in organizations),
    )
    outcomes = _outcomes(report)
    first, *others = outcomes
    rows = (
        *heads,
        *(_request(line) for line in (requests.RECEIVED, requests.BROUGHT_FORWARD)),
        (Box("三、本年度办理结果", rows=len(outcomes)), *first),
        *others,
        _request(requests.CARRIED_FORWARD),
    )
    widths = (3, 4, 9, *[3] * len(requests.COLUMNS))
    return FormTable(3, rows, widths, heading_rows=len(heads))


def _request(line: Line) -> tuple[Box, ...]:
    return (Box(line.printed, columns=LABELS), *_figures(line))


def _outcomes(report: Report) -> list[tuple[Box, ...]]:
    """Return the rows of the third item, without its own box at their left."""
    rows = [
        (Box(line.printed, columns=2), *_figures(line))
        for line in (requests.GRANTED, requests.PARTIALLY_GRANTED)
    ]
    for group, words in requests.GROUPS.items():
        leaves, as_one = _lines_of(report, group)
        if not leaves:
            rows.append((Box(words.zh, columns=2), *_figures(as_one)))
            continue
        labels = [(line, line.printed) for line in leaves]
        if _has(report, as_one):
            labels.append((as_one, SUBTOTAL))
        for position, (line, label) in enumerate(labels):
            left = (Box(words.zh, rows=len(labels)),) if position == 0 else ()
            rows.append((*left, Box(label), *_figures(line)))
    rows.append((Box(requests.DISPOSED.printed, columns=2), *_figures(requests.DISPOSED)))
    return rows


def _lines_of(report: Report, group: str) -> tuple[tuple[Line, ...], Line]:
    """Return the leaves of a group, none where one row stands for them, and that row."""
    edition = report.edition
    lines = edition.tables[1].lines
    as_one = next(line for line in requests.LINES if line.id == group)
    leaves = tuple(line for line in lines if line.group == group)
    is_alone = edition.presence(as_one) is Presence.REQUIRED or (
        edition.presence(as_one) is Presence.ALTERNATIVE
        and _has(report, as_one)
        and not any(_has(report, leaf) for leaf in leaves)
    )
    return (() if is_alone else leaves), as_one


def _has(report: Report, line: Line) -> bool:
    return any(f"{line.id}.{column.id}" in report.cells for column in requests.COLUMNS)


def _figures(line: Line) -> Sequence[Box]:
    return [Box(cell=f"{line.id}.{column.id}") for column in requests.COLUMNS]


def _reviews() -> FormTable:
    width = len(reviews.COLUMNS)
    routes = (reviews.LITIGATION_DIRECT, reviews.LITIGATION_AFTER_RECONSIDERATION)
    results = [column.label.zh for column in reviews.COLUMNS]
    rows = (
        (
            Box(reviews.RECONSIDERATION.printed, columns=width, is_heading=True),
            Box("行政诉讼", columns=width * len(routes), is_heading=True),
        ),
        (
            *(Box(result, rows=2, is_heading=True) for result in results),
            *(Box(route.printed, columns=width, is_heading=True) for route in routes),
        ),
        tuple(Box(result, is_heading=True) for _ in routes for result in results),
        tuple(
            Box(cell=f"{line.id}.{column.id}")
            for line in reviews.LINES
            for column in reviews.COLUMNS
        ),
    )
    return FormTable(4, rows, (1,) * (width * len(reviews.LINES)), heading_rows=3)
