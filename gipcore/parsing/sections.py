"""The six sections of a report, found by what their headings say rather than by their numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gipcore.documents.model import Block, Grid, Heading, Paragraph
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


@dataclass(frozen=True, slots=True)
class Piece:
    """A block with the section it stands in (0 before the first) and its paragraph number."""

    block: Block
    section: int
    paragraph: int

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
    for block in blocks:
        if isinstance(block, Grid):
            yield Piece(block, section, paragraph)
            continue
        named = section_named(block.text)
        if named is not None and named > section:
            section, paragraph = named, 0
            yield Piece(block, section, 0)
            continue
        paragraph += 1
        yield Piece(block, section, paragraph)


def headings(found: Sequence[Piece]) -> tuple[SectionHeading, ...]:
    """Return the headings of the sections as printed."""
    return tuple(
        SectionHeading(piece.section, piece.block.text, f"section {piece.section}")
        for piece in found
        if piece.section and piece.paragraph == 0 and isinstance(piece.block, Heading | Paragraph)
    )
