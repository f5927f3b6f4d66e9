"""The text of a PDF outside of ruled tables: lines, whole paragraphs, tables without rules."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from gipcore.documents.model import Block, Grid, GridCell, GridRow, Paragraph, Spot
from gipcore.documents.pdf_page import Page, Word
from gipcore.documents.spans import COVERED

ONE_LINE = 0.3  # of the size: baselines nearer than this are one line
BESIDE_FIGURE = 0.45  # of the size: half a line is more
BLANK = 0.2  # of the size: from here on a gap is a blank
SEGMENT_GAP = 0.9  # of the size: from here on a gap parts two columns
TIGHT = 1.7  # of the size: lines of one text are not further apart
NEAR_HEAD = 4.0  # of the size: how far the head of a table may stand above its rows
MARGIN = 0.1  # of the page: where headers, footers and page numbers stand
FULL = 1.8  # of the size: a line that ends nearer to the margin was wrapped
INDENT = 1.0  # of the size: a line that begins further in begins a paragraph
EAST_ASIAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f‘’“”—…]")
FIGURE = re.compile(r"([\d.,，]+\s*(件|万元|元)?|[/／\\—－-]|[减+＋－-]\s*[\d.,]+)$")
ENUMERATOR = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]")
PAGE_NUMBER = re.compile(
    r"(?P<dashed>[-—–―－─·•\s]+\d{1,3}[-—–―－─·•\s]+)$|(?P<bare>\d{1,3})$"
    r"|第?\s*\d{1,3}\s*[页/／]\s*([/／,，]?\s*共?\s*\d{1,3}\s*页?)?$"
)


@dataclass(slots=True)
class Line:
    """Words on one baseline."""

    words: list[Word]
    page: int
    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def segments(self) -> list[tuple[str, float, float]]:
        """Return the texts that wide gaps part, with their left and right ends."""
        groups: list[list[Word]] = []
        for word in self.words:
            if groups and not self._is_parted(groups[-1][-1], word):
                groups[-1].append(word)
            else:
                groups.append([word])
        return [(line_text(group), group[0].left, group[-1].right) for group in groups]

    def _is_parted(self, before: Word, word: Word) -> bool:
        """Tell whether two words stand in different columns: two figures do by any gap."""
        gap = word.left - before.right
        are_figures = _is_figure(before.text) and _is_figure(word.text)
        return gap > (BLANK if are_figures else SEGMENT_GAP) * self.size


def lines_of(words: Sequence[Word]) -> list[list[Word]]:
    """Return words as lines from top to bottom, each from left to right.

    Figures are set in another font than their label and may stand a little higher, so the words
    around them are taken to their line first.
    """
    lines = _clustered([word for word in words if _is_figure(word.text)])
    bases = [line[0].base for line in lines]
    rest = []
    for word in words:
        if _is_figure(word.text):
            continue
        place = bisect_left(bases, word.base)
        near = range(max(0, place - 1), min(len(bases), place + 1))
        nearest = min(near, key=lambda i: abs(bases[i] - word.base), default=None)
        if nearest is not None and abs(bases[nearest] - word.base) < BESIDE_FIGURE * word.size:
            lines[nearest].append(word)
        else:
            rest.append(word)
    lines += _clustered(rest)
    for line in lines:
        line.sort(key=lambda word: word.left)
    return sorted(lines, key=lambda line: median(word.base for word in line))


def _clustered(words: Sequence[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.base):
        if lines and word.base - lines[-1][0].base < ONE_LINE * max(word.size, lines[-1][0].size):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def line_text(line: Sequence[Word]) -> str:
    """Return the text of a line; a gap between two Chinese characters is no blank."""
    text = line[0].text
    for before, word in pairwise(line):
        gap = word.left - before.right
        is_blank = gap > BLANK * max(word.size, before.size) and not (
            _is_wide(before.text[-1]) and _is_wide(word.text[0])
        )
        text += (" " if is_blank else "") + word.text
    return text


def _is_wide(character: str) -> bool:
    return EAST_ASIAN.match(character) is not None


def page_lines(page: Page, words: Sequence[Word]) -> list[Line]:
    """Return some words of a page as lines."""
    return [
        Line(
            line,
            page.number,
            line_text(line),
            line[0].left,
            max(word.right for word in line),
            median(word.base for word in line),
            max(word.size for word in line),
        )
        for line in lines_of(words)
    ]


def without_margins(
    pages: Sequence[Page], lines: Sequence[list[Line]]
) -> tuple[list[list[Line]], list[str]]:
    """Return the lines of each page without page numbers and running heads, and these heads."""
    heads = Counter(
        key
        for page, own in zip(pages, lines, strict=True)
        for key in {_head(line) for line in own if _is_in_margin(page, line)}
    )
    running = {head for head, count in heads.items() if count > 1}
    dropped: dict[str, str] = {}
    kept: list[list[Line]] = []
    for page, own in zip(pages, lines, strict=True):
        kept.append([])
        for line in own:
            if _is_page_number(page, line, own):
                continue
            if _is_in_margin(page, line) and _head(line) in running:
                dropped.setdefault(_head(line), line.text)
            else:
                kept[-1].append(line)
    return kept, list(dropped.values())


def _head(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _is_in_margin(page: Page, line: Line) -> bool:
    return line.base < MARGIN * page.height or line.base > (1 - MARGIN) * page.height


def _is_page_number(page: Page, line: Line, own: Sequence[Line]) -> bool:
    found = PAGE_NUMBER.match(line.text)
    if found is None or not (line is own[0] or line is own[-1]) or len(line.segments) > 1:
        return False
    if not _is_in_margin(page, line):
        return False
    # A bare number may be a figure: it must stand below all, and count like the pages.
    bare = found.group("bare")
    return bare is None or (line is own[-1] and abs(int(bare) - page.number) <= 20)


def text_blocks(lines: Sequence[Line], measure: "Measure") -> Iterator[Block]:
    """Yield the paragraphs and the tables without rules that some following lines make."""
    waiting: list[Line] = []
    for region, is_table in _regions(lines):
        if is_table:
            yield from _paragraphs(waiting, measure)
            waiting = []
            yield _unruled_grid(region)
        else:
            waiting += region
    yield from _paragraphs(waiting, measure)


@dataclass(frozen=True, slots=True)
class Measure:
    """The margins of the text and the usual distance of its lines, over all pages."""

    left: float
    right: float
    pitch: float


def measure(lines: Sequence[Line]) -> Measure:
    """Return the measure of a document's text."""
    if not lines:
        return Measure(0.0, 0.0, 0.0)
    long = sorted(line.right for line in lines)
    lefts = Counter(round(line.left / 4) for line in lines if len(line.text) > 8)
    # Paragraphs begin indented, so of two frequent beginnings the outer one is the margin.
    frequent = [place for place, count in lefts.items() if count >= max(lefts.values()) * 0.3]
    left = min(frequent) * 4 if frequent else min(line.left for line in lines)
    gaps = [
        below.base - above.base
        for above, below in pairwise(lines)
        if above.page == below.page and below.base > above.base
    ]
    right = long[min(len(long) - 1, int(len(long) * 0.97))]
    return Measure(left, right, median(gaps) if gaps else 0.0)


def _paragraphs(lines: Sequence[Line], measure: Measure) -> Iterator[Paragraph]:
    text, last, start = "", None, Spot()
    for line in lines:
        if last is not None and _goes_on(last, line, measure):
            text += _between(text, line.text) + line.text
        else:
            if text:
                yield Paragraph(text, start)
            text, start = line.text, Spot(page=line.page)
        last = line
    if text:
        yield Paragraph(text, start)


def _between(text: str, following: str) -> str:
    return "" if _is_wide(text[-1]) or _is_wide(following[0]) else " "


def _goes_on(above: Line, below: Line, measure: Measure) -> bool:
    """Tell whether a line was only wrapped: it is full, and the next is not indented."""
    size = max(above.size, below.size)
    if measure.right - above.right > FULL * size or abs(above.size - below.size) > 0.3 * size:
        return False
    if below.left - measure.left > INDENT * size:
        return False
    is_same_page = above.page == below.page
    return not is_same_page or below.base - above.base <= 1.3 * max(measure.pitch, size)


def _is_figure(text: str) -> bool:
    return FIGURE.match(text) is not None


def _regions(lines: Sequence[Line]) -> Iterator[tuple[list[Line], bool]]:
    """Yield the lines in groups, each with whether it is a table without rules."""
    kinds = [_kind(line) for line in lines]
    index = 0
    while index < len(lines):
        end = _table_end(lines, kinds, index)
        own = kinds[index:end]
        rows, heads = own.count("row"), own.count("head")
        if "strong" in own or (rows and rows + heads >= 2):
            yield list(lines[index:end]), True
            index = end
        else:
            yield [lines[index]], False
            index += 1


def _kind(line: Line) -> str:
    """Say what a line can be: a strong row (several figures), a row, a head, or mere text."""
    segments = line.segments
    figures = sum(_is_figure(text) for text, _, _ in segments)
    if figures >= 3 or (figures == 2 and len(segments) == 3):
        return "strong"
    if figures and len(segments) > 1 and not _is_figure(segments[0][0]):
        return "row"
    if figures and figures == len(segments) and line.text[:1].isdigit():
        return "figure"
    return "head" if len(segments) > 1 else "text"


def _table_end(lines: Sequence[Line], kinds: Sequence[str], start: int) -> int:
    """Return where a table that begins with a line ends; its start when it is none."""
    if kinds[start] == "figure" or (kinds[start] == "text" and not _leads(lines, kinds, start)):
        return start
    last = start
    for index in range(start + 1, len(lines)):
        above, line = lines[index - 1], lines[index]
        is_next = above.page == line.page
        distance = line.base - above.base if is_next else 0.0
        if kinds[index] == "text":
            is_tied = is_next and distance <= TIGHT * line.size
            if not is_tied or _is_sentence(line):
                break
        elif is_next and distance > NEAR_HEAD * line.size:
            break
        if kinds[index] in ("row", "strong", "figure"):
            last = index
        elif index - last > 4:
            break
    while last + 1 < len(lines) and _trails(lines, kinds, last + 1):
        last += 1
    is_row = any(kind in ("row", "strong") for kind in kinds[start : last + 1])
    return last + 1 if is_row else start


def _leads(lines: Sequence[Line], kinds: Sequence[str], index: int) -> bool:
    """Tell whether mere text is the upper part of a label whose figures stand below it."""
    if index + 1 >= len(lines) or kinds[index + 1] != "strong":
        return False
    below = lines[index + 1]
    has_label = not _is_figure(below.segments[0][0])
    return not has_label and _is_tight(lines[index], below)


def _trails(lines: Sequence[Line], kinds: Sequence[str], index: int) -> bool:
    """Tell whether mere text is the lower part of the label of the row above."""
    return (
        kinds[index] == "text"
        and _is_tight(lines[index - 1], lines[index])
        and not _is_sentence(lines[index])
    )


def _is_tight(above: Line, below: Line) -> bool:
    return above.page == below.page and below.base - above.base <= TIGHT * below.size


def _is_sentence(line: Line) -> bool:
    return line.text[-1] in "。；！？" or len(line.text) > 30


def _unruled_grid(lines: Sequence[Line]) -> Grid:
    """Return lines as a grid: figures by the column they stand in, labels before them."""
    kinds = [_kind(line) for line in lines]
    bands = _bands([line for line, kind in zip(lines, kinds, strict=True) if kind != "text"])
    for index, line in enumerate(lines):
        if kinds[index] == "text" and (line.left + line.right) / 2 > bands[0][0]:
            kinds[index] = "head"  # what stands over the figures is no part of a label
    rows = [i for i, kind in enumerate(kinds) if kind in ("row", "strong", "figure")]
    labels: list[list[str]] = []
    figures: list[list[str]] = []
    pages: list[int] = []
    parts: dict[int, list[int]] = {}
    for index, kind in enumerate(kinds):
        if kind == "text":
            parts.setdefault(_row_of(index, lines, rows), []).append(index)
    for index, line in enumerate(lines):
        if kinds[index] == "text":
            continue
        own_labels, own_figures = _placed(line, bands)
        around = sorted([*parts.get(index, []), index])
        wrapped = "".join(lines[i].text if i != index else "".join(own_labels[-1:]) for i in around)
        labels.append([*own_labels[:-1], wrapped] if wrapped else own_labels)
        figures.append(own_figures)
        pages.append(line.page)
    width = max(map(len, labels))
    grid_rows = []
    for own_labels, own_figures, page in zip(labels, figures, pages, strict=True):
        missing = (COVERED,) * (width - len(own_labels))
        texts = (*own_labels, *own_figures)
        cells = missing + tuple(GridCell(text) for text in texts)
        grid_rows.append(GridRow(cells, Spot(page=page)))
    return Grid(tuple(grid_rows), has_spans=False, spot=grid_rows[0].spot)


def _bands(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Return the columns that the figures stand in."""
    spans = sorted(
        (left, right) for line in lines for text, left, right in line.segments if _is_figure(text)
    )
    bands: list[tuple[float, float]] = []
    for left, right in spans:
        if bands and left < bands[-1][1]:
            bands[-1] = (bands[-1][0], max(bands[-1][1], right))
        else:
            bands.append((left, right))
    return bands


def _row_of(index: int, lines: Sequence[Line], rows: Sequence[int]) -> int:
    """Return the row whose label a line of mere text belongs to.

    A row of figures without a label takes the lines around it; a number of its own begins a new
    label; else a label goes on downwards.
    """
    above = max((row for row in rows if row < index), default=None)
    below = min((row for row in rows if row > index), default=None)
    if above is None or below is None:
        return below if above is None and below is not None else (above or 0)
    has_label = {row: not _is_figure(lines[row].segments[0][0]) for row in (above, below)}
    if has_label[above] != has_label[below]:
        return below if has_label[above] else above
    if ENUMERATOR.match(lines[index].text):
        return below
    to_above = lines[index].base - lines[above].base
    to_below = lines[below].base - lines[index].base
    return below if to_below < to_above - 0.5 else above


def _parted_labels(line: Line) -> Iterator[tuple[str, float, float]]:
    """Yield the segments of a row of a table; there a label is parted from the figure after it."""
    for text, left, right in line.segments:
        words = [word for word in line.words if left <= word.left and word.right <= right]
        if len(words) > 1 and _is_figure(words[-1].text) and not _is_figure(text):
            yield line_text(words[:-1]), words[0].left, words[-2].right
            yield words[-1].text, words[-1].left, words[-1].right
        else:
            yield text, left, right


def _placed(line: Line, bands: Sequence[tuple[float, float]]) -> tuple[list[str], list[str]]:
    """Return the labels of a line and, for each column of figures, what stands in it."""
    labels: list[str] = []
    figures = [""] * len(bands)
    for text, left, right in _parted_labels(line):
        middle = (left + right) / 2
        if bands and not _is_figure(text) and middle < bands[0][0]:
            labels.append(text)
            continue
        nearest = min(
            range(len(bands)), key=lambda i: abs((bands[i][0] + bands[i][1]) / 2 - middle)
        )
        figures[nearest] = f"{figures[nearest]} {text}".strip()
    return labels, figures
