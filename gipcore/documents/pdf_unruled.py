"""Tables of a PDF that no lines rule: rows by their figures, columns by where these stand."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby, pairwise
from math import inf

from gipcore.documents.model import Block, Grid, GridCell, GridRow, Spot
from gipcore.documents.pdf_page import Word
from gipcore.documents.pdf_text import (
    BLANK,
    ENUMERATOR,
    Line,
    Measure,
    is_figure,
    line_text,
    paragraphs,
)

TIGHT = 1.7  # of the size: lines of one text are not further apart
NEAR_HEAD = 4.0  # of the size: how far the head of a table may stand above its rows
MAX_BETWEEN = 4  # lines of a label or a head between two rows
NARROWEST_LABEL = 15.0  # points: bounds of columns nearer than this are one
LONGEST_LABEL = 30
HEADING = re.compile(r"[一二三四五六七八九十]{1,3}[、.．].{9,}$")

Band = tuple[float, float]


class Kind(StrEnum):
    """What a line can be by its figures and gaps alone."""

    ROWS = "rows"  # several figures: a row without doubt
    ROW = "row"  # a text and a figure
    FIGURE = "figure"  # one figure alone
    HEAD = "head"  # several texts
    TEXT = "text"


WITH_FIGURES = (Kind.ROWS, Kind.ROW, Kind.FIGURE)


def text_blocks(lines: Sequence[Line], measure: Measure) -> Iterator[Block]:
    """Yield the paragraphs and the tables without rules that some following lines make."""
    waiting: list[Line] = []
    kinds = [_kind(line) for line in lines]
    index = 0
    while index < len(lines):
        end = _table_end(lines, kinds, index)
        if end > index:
            yield from paragraphs(waiting, measure)
            waiting = []
            yield _grid(lines[index:end], kinds[index:end])
            index = end
        else:
            waiting.append(lines[index])
            index += 1
    yield from paragraphs(waiting, measure)


def _kind(line: Line) -> Kind:
    segments = line.segments
    figures = sum(is_figure(text) for text, _, _ in segments)
    if figures >= 3 or (figures == 2 and len(segments) == 3):
        return Kind.ROWS
    if figures and len(segments) > 1 and not is_figure(segments[0][0]):
        return Kind.ROW
    if figures and figures == len(segments) and line.text[:1].isdigit():
        return Kind.FIGURE
    return Kind.HEAD if len(segments) > 1 else Kind.TEXT


def _table_end(lines: Sequence[Line], kinds: Sequence[Kind], start: int) -> int:
    """Return where a table that begins with a line ends; its start when it is none."""
    if kinds[start] is Kind.FIGURE:
        return start
    if kinds[start] is Kind.TEXT and not _leads(lines, kinds, start):
        return start
    last = start
    for index in range(start + 1, len(lines)):
        if not _belongs(lines, kinds, index):
            break
        if kinds[index] in WITH_FIGURES:
            last = index
        elif index - last > MAX_BETWEEN:
            break
    while last + 1 < len(lines) and _trails(lines, kinds, last + 1):
        last += 1
    own = kinds[start : last + 1]
    rows, heads = own.count(Kind.ROW), own.count(Kind.HEAD)
    return last + 1 if Kind.ROWS in own or (rows and rows + heads >= 2) else start


def _belongs(lines: Sequence[Line], kinds: Sequence[Kind], index: int) -> bool:
    """Tell whether a line can go on with the table that the line before it is part of."""
    above, line = lines[index - 1], lines[index]
    if kinds[index] is not Kind.TEXT:
        is_near = line.base - above.base <= NEAR_HEAD * line.size
        return above.page != line.page or is_near
    below = lines[index + 1] if index + 1 < len(lines) else None
    is_tied = _is_tight(above, line) or (below is not None and _is_tight(line, below))
    return is_tied and not _is_prose(line)


def _leads(lines: Sequence[Line], kinds: Sequence[Kind], index: int) -> bool:
    """Tell whether mere text is the upper part of a label whose figures stand below it."""
    if index + 1 >= len(lines) or kinds[index + 1] is not Kind.ROWS:
        return False
    has_label = not is_figure(lines[index + 1].segments[0][0])
    return not has_label and _is_tight(lines[index], lines[index + 1])


def _trails(lines: Sequence[Line], kinds: Sequence[Kind], index: int) -> bool:
    """Tell whether mere text is the lower part of the label of the row above."""
    is_text = kinds[index] is Kind.TEXT and not _is_prose(lines[index])
    return is_text and _is_tight(lines[index - 1], lines[index])


def _is_tight(above: Line, below: Line) -> bool:
    return above.page == below.page and below.base - above.base <= TIGHT * below.size


def _is_prose(line: Line) -> bool:
    """Tell whether a line is a sentence or a heading of the text, not a label."""
    is_long = len(line.text) > LONGEST_LABEL or HEADING.match(line.text) is not None
    return is_long or line.text[-1] in "。；！？"


def _grid(lines: Sequence[Line], kinds: Sequence[Kind]) -> Grid:
    """Return lines as a grid: labels by their columns, then figures by theirs.

    Lines of mere text left of the figures are parts of labels; what stands over the figures is a
    row of the head.
    """
    rows = [index for index, kind in enumerate(kinds) if kind in WITH_FIGURES]
    columns = _bands(
        (word.left, word.right)
        for index in rows
        for word in lines[index].words
        if is_figure(word.text)
    )
    edge = columns[0][0]
    labels = [[word for word in line.words if _middle(word) < edge] for line in lines]
    bounds = _label_bounds(labels)
    cells: dict[int, list[list[Word]]] = {}
    for index, line in enumerate(lines):
        if index in rows or len(labels[index]) < len(line.words):
            cells[index] = [[] for _ in range(len(bounds) + 1 + len(columns))]
            for word in line.words:
                column = (
                    bisect_right(bounds, _middle(word))
                    if _middle(word) < edge
                    else len(bounds) + 1 + _nearest(word, columns)
                )
                cells[index][column].append(word)
    for index, own in enumerate(labels):
        if index in cells:
            continue
        for column, words in groupby(own, key=lambda word: bisect_right(bounds, _middle(word))):
            part = list(words)
            cells[_row_of(index, part, lines, rows)][column] += part
    grid_rows = tuple(
        GridRow(tuple(GridCell(_text(cell)) for cell in row), Spot(page=lines[index].page))
        for index, row in cells.items()
    )
    return Grid(grid_rows, has_spans=False, spot=grid_rows[0].spot)


def _middle(word: Word) -> float:
    return (word.left + word.right) / 2


def _text(words: Sequence[Word]) -> str:
    """Return the text of a cell: its lines from top to bottom, a blank between two figures."""
    bases = sorted({round(word.base) for word in words})
    texts = [
        line_text(sorted(own, key=lambda word: word.left))
        for own in ([word for word in words if round(word.base) == base] for base in bases)
    ]
    return (" " if all(map(is_figure, texts)) else "").join(texts)


def _bands(spans: Iterator[Band]) -> list[Band]:
    """Return the columns that some spans make: those that overlap are one."""
    bands: list[Band] = []
    for left, right in sorted(spans):
        if bands and left < bands[-1][1]:
            bands[-1] = (bands[-1][0], max(bands[-1][1], right))
        else:
            bands.append((left, right))
    return bands


def _label_bounds(labels: Sequence[Sequence[Word]]) -> list[float]:
    """Return where columns of labels meet: before a number of its own that others stand beside."""
    bounds: list[float] = []
    for words in labels:
        for before, word in pairwise(words):
            is_apart = word.left - before.right > BLANK * word.size
            if is_apart and ENUMERATOR.match(word.text):
                bounds.append((before.right + word.left) / 2)
    found: list[float] = []
    for bound in sorted(bounds):
        if not found or bound - found[-1] > NARROWEST_LABEL:
            found.append(bound)
    return found


def _nearest(word: Word, bands: Sequence[Band]) -> int:
    """Return the column of figures that a word stands in, or the nearest to its middle."""
    middle = _middle(word)
    for index, (left, right) in enumerate(bands):
        if left <= middle <= right:
            return index
    return min(range(len(bands)), key=lambda i: abs((bands[i][0] + bands[i][1]) / 2 - middle))


def _row_of(index: int, words: Sequence[Word], lines: Sequence[Line], rows: Sequence[int]) -> int:
    """Return the row whose label some words of a line of mere text belong to.

    A number of its own begins a label, whose figures stand below; else the nearest row is right.
    """
    above = max((row for row in rows if row < index), default=None)
    below = min((row for row in rows if row > index), default=None)
    if above is None or below is None:
        return rows[0] if above is None else above
    is_nearer = _distance(lines[index], lines[below]) < _distance(lines[above], lines[index])
    return below if is_nearer or ENUMERATOR.match(words[0].text) else above


def _distance(above: Line, below: Line) -> float:
    return below.base - above.base if above.page == below.page else inf
