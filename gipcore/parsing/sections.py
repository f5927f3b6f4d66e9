"""The six sections of a report, found by what their headings say rather than by their numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gipcore.documents.model import Block, Grid, GridRow, Heading, Paragraph
from gipcore.form.report import SectionHeading
from gipcore.parsing.headings import (
    LONGEST_HEADING,
    LONGEST_RUN_IN,
    openings,
    run_in,
    section_named,
)
from gipcore.parsing.normalize import normalize

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


def pieces(blocks: Sequence[Block]) -> Iterator[Piece]:
    """Yield every block with its section; a heading itself is paragraph 0 of what it opens."""
    section, paragraph = 0, 0
    parts = list(_parts(blocks))
    opened = openings([None if isinstance(part, Grid) else part.text for part, _, _ in parts])
    for index, (part, grid, first_row) in enumerate(parts):
        if isinstance(part, Grid):
            yield Piece(part, section, paragraph, grid, first_row)
            continue
        is_caption = grid is not None and opened.get(index) == section
        if index in opened and not is_caption:
            section, paragraph = opened[index], 0
        else:
            paragraph += 1
        yield Piece(part, section, paragraph, grid)


def _parts(blocks: Sequence[Block]) -> Iterator[tuple[Block, int | None, int]]:
    """Yield blocks, grids cut at the rows that are headings or sentences rather than table rows."""
    grids = 0
    for block in blocks:
        if not isinstance(block, Grid):
            yield from ((part, None, 1) for part in _heading_and_text(block))
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
                    yield Paragraph(line.strip(), row.spot), grids, 1
        if kept:
            first = len(block.rows) - len(kept) + 1
            yield Grid(tuple(kept), block.has_spans, block.spot), grids, first
        grids += 1


def _heading_and_text(block: Heading | Paragraph) -> Iterator[Block]:
    """Yield a heading apart from the text that follows it in its line."""
    end = run_in(block.text) if len(block.text) <= LONGEST_RUN_IN else None
    if end is None:
        yield block
        return
    yield replace(block, text=block.text[:end].strip())
    yield Paragraph(block.text[end:].lstrip("。：:；;，,. 　"), block.spot)


def _text_of(row: GridRow) -> str | None:
    """Return the words of a row that is one heading, title or sentence; None for a table's row."""
    text = ""
    for cell in row.cells:
        other = cell.text.strip()
        if other and text and other != text:
            return None
        text = text or other
    if not text or "勾稽" in text:
        return None
    is_sentence = len(text) > LONGEST_HEADING and "。" in text
    is_heading = any(section_named(line) is not None for line in text.splitlines())
    return text if is_sentence or is_heading or TITLE_WORDS.search(normalize(text)) else None


def headings(found: Sequence[Piece]) -> tuple[SectionHeading, ...]:
    """Return the headings of the sections as printed; those of a second copy of all are left out.

    Pages hold the report twice, for large screens and for small ones.
    """
    opened = [piece for piece in found if piece.section and piece.paragraph == 0 and piece.text]
    half = len(opened) // 2
    sections = [piece.section for piece in opened]
    if half > 1 and sections[:half] == sections[half:]:
        opened = opened[:half]
    return tuple(
        SectionHeading(piece.section, piece.text or "", f"section {piece.section}")
        for piece in opened
    )
