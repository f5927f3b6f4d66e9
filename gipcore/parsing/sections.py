"""The six sections of a report, found by what their headings say rather than by their numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gipcore.documents.model import Block, Grid, GridRow, Paragraph
from gipcore.form.report import SectionHeading
from gipcore.parsing.normalize import normalize, numbered

HEADINGS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (2, re.compile(r"^主动公开(政府信息)?(的?情况)$")),
    (
        3,
        re.compile(
            r"^收到和?处理政府信息公开申请(的?情况)?$"
            r"|^(政府信息)?依?申请(公开)?(收到和处理|办理)情况$"
        ),
    ),
    (
        4,
        re.compile(
            r"^(因?政府信息公开(工作)?(被?申请|引发|提起)?的?)?(被?申请)?行政复议"
            r"[、,和及]?(被?提起)?(行政)?诉讼(的?情况)?$"
        ),
    ),
    (
        5,
        re.compile(
            r"^(政府信息公开工作)?(目前)?(存在的?)?主要问题[及和与以]?及?(下一步)?改进(情况|措施)?$"
        ),
    ),
    (
        6,
        re.compile(r"^其他(需要|需)?(报告|说明)的?(事项|情况)$|^(需要|需)(报告|说明)的其他事项$"),
    ),
    (1, re.compile(r"^(总体|基本|概述|整体)(工作)?(情况|概况)?$")),
)
LONGEST_HEADING = 40
TITLE_WORDS = re.compile(r"信息公开.{0,12}报告$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block with the section it stands in (0 before the first) and its paragraph number.

    A grid whose rows hold headings or text is cut there; `first_row` counts in the whole grid.
    """

    block: Block
    section: int
    paragraph: int
    grid: int | None = None
    first_row: int = 1

    @property
    def text(self) -> str | None:
        """Return the words of a heading or paragraph; None for a grid."""
        return None if isinstance(self.block, Grid) else self.block.text

    @property
    def block_line(self) -> int | None:
        """Return the line of the file, where the format has lines."""
        return self.block.spot.line

    @property
    def page(self) -> int | None:
        """Return the page, where the format has pages."""
        return self.block.spot.page

    @property
    def place(self) -> str:
        """Name the place of a paragraph."""
        if self.section == 0:
            return f"before section 1, paragraph {self.paragraph}"
        return f"section {self.section}, paragraph {self.paragraph}"


def section_named(text: str) -> int | None:
    """Return the section that a line is the heading of, if it is one."""
    if len(text) > LONGEST_HEADING * 2:
        return None
    normal = normalize(text)
    if len(normal) > LONGEST_HEADING:
        return None
    number = numbered(normal)
    core = number.core.rstrip("。:;,.")
    for section, pattern in HEADINGS:
        if pattern.match(core):
            return section
    return None


def pieces(blocks: Sequence[Block]) -> Iterator[Piece]:
    """Yield every block with its section; a heading itself is paragraph 0 of what it opens.

    A section is opened once and in order: a look-alike heading inside a later section is text.
    """
    section, paragraph = 0, 0
    for part, grid, first_row in _parts(blocks):
        if isinstance(part, Grid):
            yield Piece(part, section, paragraph, grid, first_row)
            continue
        named = section_named(part.text)
        if named is not None and named > section:
            section, paragraph = named, 0
        else:
            paragraph += 1
        yield Piece(part, section, paragraph)


def _parts(blocks: Sequence[Block]) -> Iterator[tuple[Block, int | None, int]]:
    """Yield blocks, grids cut at the rows that are headings or sentences rather than table rows."""
    grids = 0
    for block in blocks:
        if not isinstance(block, Grid):
            yield block, None, 1
            continue
        kept: list[GridRow] = []
        for number, row in enumerate(block.rows, start=1):
            text = _text_of(row)
            if text is None:
                kept.append(row)
                continue
            if kept:
                yield Grid(tuple(kept), block.has_spans, block.spot), grids, number - len(kept)
                kept = []
            for line in text.splitlines():
                if line.strip():
                    yield Paragraph(line.strip(), row.spot), None, 1
        if kept:
            first = len(block.rows) - len(kept) + 1
            yield Grid(tuple(kept), block.has_spans, block.spot), grids, first
        grids += 1


def _text_of(row: GridRow) -> str | None:
    """Return the words of a row that is one heading, title or sentence; None for a table's row."""
    texts = {cell.text.strip() for cell in row.cells if cell.text.strip()}
    if len(texts) != 1:
        return None
    text = texts.pop()
    if "勾稽" in text:
        return None
    is_sentence = len(text) > LONGEST_HEADING and "。" in text
    is_heading = any(section_named(line) is not None for line in text.splitlines())
    return text if is_sentence or is_heading or TITLE_WORDS.search(normalize(text)) else None


def headings(found: Sequence[Piece]) -> tuple[SectionHeading, ...]:
    """Return the headings of the sections as printed."""
    return tuple(
        SectionHeading(piece.section, piece.block.text, f"section {piece.section}")
        for piece in found
        if piece.section and piece.paragraph == 0 and not isinstance(piece.block, Grid)
    )
