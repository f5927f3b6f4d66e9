"""The text of a PDF outside of ruled tables: lines, margins, whole paragraphs."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from gipcore.documents.model import Paragraph, Spot
from gipcore.documents.pdf_page import Page, Word

ONE_LINE = 0.3  # of the size: baselines nearer than this are one line
BESIDE_FIGURE = 0.45  # of the size: half a line is more
TOUCH = 0.1  # of the size: nearer words are one
BLANK = 0.2  # of the size: from here on a gap is a blank
SEGMENT_GAP = 0.9  # of the size: from here on a gap parts two columns
MARGIN = 0.1  # of the page: where headers, footers and page numbers stand
PLAY = 0.6  # of the size: margins are not exact
USUAL_PITCH, WIDEST_PITCH = 1.5, 2.2  # of the size: the distance of lines
INDENT = 1.0  # of the size: a line that begins further in begins a paragraph
EAST_ASIAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f‘’“”—…]")
FIGURE = re.compile(r"([\d.,，]+\s*(件|万元|元)?[①-⑳⁰¹²³⁴-⁹*]*|[/／\\—－-]|[减+＋－-]\s*[\d.,]+)$")
ENUMERATOR = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]")
# A word or number, or one character, with the marks that may not begin a line.
UNPARTED = re.compile(r"(?:[A-Za-z0-9.,%]+|[（《“‘〔]?.)[，。、；：？！）》”’〕…%]*")
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
        are_figures = is_figure(before.text) and is_figure(word.text)
        return gap > (BLANK if are_figures else SEGMENT_GAP) * self.size


def lines_of(words: Sequence[Word]) -> list[list[Word]]:
    """Return words as lines from top to bottom, each from left to right.

    Figures are set in another font than their label and may stand a little higher, so the words
    around them are taken to their line first.
    """
    lines = _clustered([word for word in words if is_figure(word.text)])
    bases = [line[0].base for line in lines]
    rest = []
    for word in words:
        if is_figure(word.text):
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


def is_figure(text: str) -> bool:
    """Tell whether a text is a figure or a mark in place of one."""
    return FIGURE.match(text) is not None


def _is_wide(character: str) -> bool:
    return EAST_ASIAN.match(character) is not None


def page_lines(page: Page, words: Sequence[Word]) -> list[Line]:
    """Return some words of a page as lines; what touches there is one word."""
    lines = [_touching(line) for line in lines_of(words)]
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
        for line in lines
    ]


def _touching(line: Sequence[Word]) -> list[Word]:
    """Return a line with words put together that a program drew in pieces."""
    joined: list[Word] = []
    for word in line:
        if joined and abs(word.left - joined[-1].right) < TOUCH * word.size:
            before = joined[-1]
            size = max(before.size, word.size)
            joined[-1] = Word(before.text + word.text, before.left, word.right, before.base, size)
        else:
            joined.append(word)
    return joined


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


@dataclass(frozen=True, slots=True)
class Measure:
    """The margins of the text, and the usual distance of its lines as a multiple of their size."""

    left: float
    right: float
    pitch: float


def measure(lines: Sequence[Line]) -> Measure:
    """Return the measure of a document's text."""
    if not lines:
        return Measure(0.0, 0.0, 0.0)
    long = sorted(line.right for line in lines)
    right = long[min(len(long) - 1, int(len(long) * 0.97))]
    lefts = Counter(round(line.left / 4) for line in lines if len(line.text) > 8)
    # Paragraphs begin indented, so of two frequent beginnings the outer one is the margin.
    frequent = [place for place, count in lefts.items() if count >= max(lefts.values()) * 0.3]
    left = min(frequent) * 4 if frequent else min(line.left for line in lines)
    pitches = [
        (below.base - above.base) / max(above.size, below.size)
        for above, below in pairwise(lines)
        if above.page == below.page and right - above.right < 2 * above.size
    ]
    pitch = min(median(pitches), WIDEST_PITCH) if pitches else USUAL_PITCH
    return Measure(left, right, pitch)


def paragraphs(lines: Sequence[Line], measure: Measure) -> Iterator[Paragraph]:
    """Yield paragraphs, the lines that were only wrapped put together, also over pages."""
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
    """Tell whether a line was only wrapped: what begins the next one had no place on it."""
    size = max(above.size, below.size)
    if measure.right - above.right > _beginning_width(below) + PLAY * size:
        return False
    if abs(above.size - below.size) > 0.15 * size or below.left - measure.left > INDENT * size:
        return False
    if above.text[-1] in "。；：！？" and ENUMERATOR.match(below.text):
        return False
    is_same_page = above.page == below.page
    return not is_same_page or below.base - above.base <= 1.25 * measure.pitch * size


def _beginning_width(line: Line) -> float:
    """Return the width of what cannot be parted at the beginning of a line."""
    beginning = UNPARTED.match(line.text)
    characters = beginning.group() if beginning else line.text[:1]
    return sum(1.0 if _is_wide(c) else 0.6 for c in characters) * line.size
