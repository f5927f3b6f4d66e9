"""Writes reports as plain text in the layouts met in the wild, from figures that are the truth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from gipcore.form import proactive, requests, reviews
from gipcore.form.model import EditionId, Line

Figures = Mapping[str, int | float | None]

OFFICE = "青禾县柳塘镇人民政府"
BLANK = "\0"  # a blank figure, apart from the empty positions of merged labels
APPLICANTS = tuple(column.id for column in requests.COLUMNS)
NOTE = "（含上年1件）"
REMARK = "含街道"
LONGEST_UNWRAPPED = 10
OPENING = "本报告依照条例编写，所列数据截至年末。"


class Gaps(StrEnum):
    """What becomes of merged cells when a table is copied as text."""

    KEPT = "kept"  # every position of the grid stays, merged ones empty
    COLLAPSED = "collapsed"  # positions merged across columns vanish, others stay
    VANISHED = "vanished"  # all empty label positions vanish: labels at the left edge


class Lines(StrEnum):
    """How the rows of a table become lines of text."""

    TABS = "tabs"
    SPACES = "spaces"  # a row a line, its cells apart by blanks
    CELLS = "cells"  # a cell a line
    CELLS_APART = "cells_apart"  # a cell a line, a blank line between
    CELLS_PIPE = "cells_pipe"  # a cell a line, each with a pipe at its end
    CELLS_PIPE_LINE = "cells_pipe_line"  # a cell a line, a line with a pipe after each


@dataclass(frozen=True)
class Layout:
    """One way of writing a report as text."""

    gaps: Gaps = Gaps.KEPT
    lines: Lines = Lines.TABS
    is_markdown: bool = False
    has_hash_headings: bool = False
    has_spaces_in_labels: bool = False
    is_full_width: bool = False
    numbering: str = "1."
    six_is_one_row: bool = False
    pads_rows: bool = False
    shifted_lines: frozenset[str] = frozenset()
    applicants: tuple[str, ...] = APPLICANTS  # the columns of table 3, in the order printed
    noted_lines: frozenset[str] = frozenset()  # lines of tables 2 and 3 with a note in a cell
    remarked_lines: frozenset[str] = frozenset()  # lines of table 3 with words behind the figures
    wraps_labels: bool = False  # long labels of pasted lines go on below their figures


def requests_lines(edition: EditionId, six_is_one_row: bool) -> list[Line]:
    """Return the lines that a report prints in table 3, in order."""
    is_one = six_is_one_row or edition is EditionId.Y2019
    skipped = requests.OTHER_HANDLING if is_one else (requests.OTHER_HANDLING_AS_ONE,)
    return [
        line for line in requests.LINES if line not in skipped and line not in requests.SUBTOTALS
    ]


def balanced_figures(random: Random, edition: EditionId, six_is_one_row: bool = False) -> dict:
    """Draw figures of a report whose every relation holds."""
    figures: dict[str, int | float | None] = {}
    for block in proactive.BLOCKS[edition]:
        for line in block.lines:
            for column in block.columns:
                figures[f"{line.id}.{column.id}"] = random.choice((0, 0, 3, 17, 2480))
    if edition is EditionId.Y2021:
        figures["proactive.fees.amount_wan_yuan"] = random.choice((0, 12, 59237.2449, 7730.28))
    applicants = [column.id for column in requests.APPLICANTS]
    lines = [line.id for line in requests_lines(edition, six_is_one_row)]
    leaves = [
        line
        for line in lines
        if line not in ("received", "brought_forward", "disposed", "carried_forward")
    ]
    for applicant in applicants:
        for leaf in leaves:
            figures[f"{leaf}.{applicant}"] = random.choice((0, 0, 0, 0, 1, 2, 15, 130))
        disposed = sum(figures[f"{leaf}.{applicant}"] for leaf in leaves)
        carried = random.choice((0, 0, 4))
        brought = random.randint(0, min(5, disposed + carried))
        figures[f"disposed.{applicant}"] = disposed
        figures[f"carried_forward.{applicant}"] = carried
        figures[f"brought_forward.{applicant}"] = brought
        figures[f"received.{applicant}"] = disposed + carried - brought
    for line in lines:
        figures[f"{line}.total"] = sum(figures[f"{line}.{applicant}"] for applicant in applicants)
    for block in reviews.LINES:
        results = {column.id: random.choice((0, 0, 1, 7)) for column in reviews.RESULTS}
        figures |= {f"{block.id}.{result}": count for result, count in results.items()}
        figures[f"{block.id}.total"] = sum(results.values())
    return figures


def write(
    figures: Figures, layout: Layout, *, edition: EditionId, year: int, text: str = OPENING
) -> str:
    """Write a whole report as text."""
    mark = "## " if layout.has_hash_headings else ""
    parts = [
        f"{OFFICE}{year}年政府信息公开工作年度报告",
        f"{mark}一、总体情况",
        text,
        f"{mark}二、主动公开政府信息情况",
        _table(_proactive_rows(figures, edition, layout), layout),
        f"{mark}三、收到和处理政府信息公开申请情况",
        _table(_requests_rows(figures, edition, layout), layout),
        f"{mark}四、政府信息公开行政复议、行政诉讼情况",
        _table(_reviews_rows(figures), layout),
        f"{mark}五、存在的主要问题及改进情况",
        "公开的渠道还不够多，明年增加。",
        f"{mark}六、其他需要报告的事项",
        "无。",
    ]
    return "\n\n".join(parts) + "\n"


def _number(value: float | None) -> str:
    return BLANK if value is None else str(value)


def _numbers(figures: Figures, line: str, columns: Iterable[str], layout: Layout) -> list[str]:
    numbers = [_number(figures[f"{line}.{column}"]) for column in columns]
    if line in layout.noted_lines and numbers[0] != BLANK:
        numbers[0] += NOTE
    return numbers


def _label(text: str, layout: Layout) -> str:
    if layout.numbering != "1." and text[:1].isdigit():
        text = text.replace(".", layout.numbering.strip("1"), 1)
    if layout.has_spaces_in_labels:
        text = " ".join((text[:2], text[2:]))
    return text


def _table(rows: list[list[str]], layout: Layout) -> str:
    if layout.is_full_width:
        wide = str.maketrans("0123456789", "０１２３４５６７８９")
        rows = [[cell.translate(wide) if cell.isdigit() else cell for cell in row] for row in rows]
    if layout.lines is not Lines.TABS:
        return _lines(rows, layout)
    rows = [["" if cell == BLANK else cell for cell in row] for row in rows]
    width = max(len(row) for row in rows)
    if layout.pads_rows or layout.is_markdown:
        rows = [row + [""] * (width - len(row)) for row in rows]
    if not layout.is_markdown:
        return "\n".join("\t".join(row) for row in rows)
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _lines(rows: list[list[str]], layout: Layout) -> str:
    lines = layout.lines
    rows = [[cell for cell in row if cell] for row in rows]
    if lines is Lines.SPACES:
        rows = [part for row in rows for part in (_wrapped(row) if layout.wraps_labels else [row])]
        return "\n".join("  ".join(cell for cell in row if cell != BLANK) for row in rows)
    ends = {Lines.CELLS_APART: "\n", Lines.CELLS_PIPE: " |", Lines.CELLS_PIPE_LINE: "\n|"}
    end = ends.get(lines, "")
    return "\n".join(cell.replace(BLANK, "") + end for row in rows for cell in row)


def _wrapped(row: list[str]) -> list[list[str]]:
    """Return a row in two lines, the end of its long label below its figures."""
    figures = [index for index, cell in enumerate(row) if cell[:1].isdigit() and len(cell) < 8]
    last = figures[0] - 1 if figures else -1
    if last < 0 or len(row[last]) <= LONGEST_UNWRAPPED:
        return [row]
    label = row[last]
    return [
        [*row[:last], label[:LONGEST_UNWRAPPED], *row[figures[0] :]],
        [label[LONGEST_UNWRAPPED:]],
    ]


def _proactive_rows(figures: Figures, edition: EditionId, layout: Layout) -> list[list[str]]:
    rows = []
    for block in proactive.BLOCKS[edition]:
        rows.append([block.article_item])
        rows.append(["信息内容", *(column.label.zh for column in block.columns)])
        rows += [
            [
                line.printed,
                *_numbers(figures, line.id, [column.id for column in block.columns], layout),
            ]
            for line in block.lines
        ]
    width = max(len(row) for row in rows)
    return [row + [""] * (width - len(row)) for row in rows]


def _requests_rows(figures: Figures, edition: EditionId, layout: Layout) -> list[list[str]]:
    words = {column.id: column.label.zh for column in requests.COLUMNS}
    organizations = [words[column] for column in layout.applicants[1:-1]]
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    rows = [
        [note, "", "", "申请人情况", *[""] * 6],
        ["", "", "", "自然人", "法人或其他组织", *[""] * 4, "总计"],
        ["", "", "", "", *organizations, ""],
    ]
    if layout.gaps is not Gaps.KEPT:
        rows = [[cell for cell in row if cell] or [""] for row in rows]
    seen_groups: set[str] = set()
    is_first = True
    for line in requests_lines(edition, layout.six_is_one_row):
        values = _numbers(figures, line.id, layout.applicants, layout)
        if line.id in layout.remarked_lines:
            values.append(REMARK)
        labels = _positions(line, seen_groups)
        if labels[0] == "三":
            labels = ["三、本年度办理结果" if is_first else "", *labels[1:]]
            is_first = False
        labels = [_label(text, layout) if text else text for text in labels]
        if layout.gaps is Gaps.VANISHED or line.id in layout.shifted_lines:
            labels = [text for text in labels if text]
        elif layout.gaps is Gaps.COLLAPSED:
            while labels[-1] == "":
                labels.pop()
        rows.append([*labels, *values])
    return rows


def _positions(line: Line, seen_groups: set[str]) -> list[str]:
    """Return the three label positions of a line: item, group, leaf ("三" stands for item 3)."""
    if line.id in ("received", "brought_forward", "carried_forward"):
        return [line.printed, "", ""]
    if line.group is None:
        return ["三", line.printed, ""]
    is_first = line.group not in seen_groups
    seen_groups.add(line.group)
    return ["三", requests.GROUPS[line.group].zh if is_first else "", line.printed]


def _reviews_rows(figures: Figures) -> list[list[str]]:
    results = [column.label.zh for column in reviews.COLUMNS]
    return [
        ["行政复议", "", "", "", "", "行政诉讼", *[""] * 9],
        [*results, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4],
        [*[""] * 5, *results, *results],
        [
            _number(figures[f"{block.id}.{column.id}"])
            for block in reviews.LINES
            for column in reviews.COLUMNS
        ],
    ]
