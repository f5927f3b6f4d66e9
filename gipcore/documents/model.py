"""The meaning-free form of a document: headings, paragraphs and grids, each with its place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in the file something stands; None where the format has no such notion."""

    line: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that the document itself marks as a heading; level 1 is the highest."""

    level: int
    text: str
    spot: Spot = Spot()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text, or one line of it, as the document separates them."""

    text: str
    spot: Spot = Spot()


@dataclass(frozen=True, slots=True)
class GridCell:
    """One position of a grid.

    `is_covered`: the position belongs to a merged cell whose text stands at its first position.
    """

    text: str
    is_covered: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a grid, all rows of a grid being equally long."""

    cells: tuple[GridCell, ...]
    spot: Spot = Spot()


@dataclass(frozen=True, slots=True)
class Grid:
    """A rectangular table.

    `has_spans`: the format knows merged cells, so an uncovered empty position is a blank cell.
    Where it is False (tabbed text), an empty position may be part of a merged cell.
    """

    rows: tuple[GridRow, ...]
    has_spans: bool
    spot: Spot = Spot()


Block = Heading | Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader returns: the blocks in reading order.

    `names` are titles that stand outside the text (HTML title, file properties, sheet names).
    """

    format: str
    blocks: tuple[Block, ...]
    names: tuple[str, ...] = ()
