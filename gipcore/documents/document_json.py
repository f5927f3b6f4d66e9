"""A document as plain JSON values and back: how the worker hands it over, with no code in it."""

from typing import Any

from gipcore.documents.model import (
    Block,
    Document,
    Grid,
    GridCell,
    GridRow,
    Heading,
    Paragraph,
    Spot,
)

Plain = list[Any]
COVERED = GridCell("", is_covered=True)


def document_to_plain(document: Document) -> Plain:
    """Return a document as lists, texts and numbers."""
    return [document.format, list(document.names), [_block(block) for block in document.blocks]]


def document_from_plain(plain: Plain) -> Document:
    """Return the document that `document_to_plain` was given."""
    format, names, blocks = plain
    return Document(format, tuple(_read_block(block) for block in blocks), tuple(names))


def _block(block: Block) -> Plain:
    if isinstance(block, Grid):
        rows = [[_spot(row.spot), [_cell(cell) for cell in row.cells]] for row in block.rows]
        return ["grid", _spot(block.spot), rows, block.has_spans]
    if isinstance(block, Heading):
        return ["heading", _spot(block.spot), block.text, block.level]
    return ["paragraph", _spot(block.spot), block.text]


def _spot(spot: Spot) -> Plain:
    return [spot.line, spot.page]


def _cell(cell: GridCell) -> str | Plain | None:
    """Return an open cell as its text; a covered one as None, or as a list with its text."""
    if not cell.is_covered:
        return cell.text
    return [cell.text] if cell.text else None


def _read_block(plain: Plain) -> Block:
    kind, spot, content, *rest = plain
    if kind == "heading":
        return Heading(rest[0], content, Spot(*spot))
    if kind == "paragraph":
        return Paragraph(content, Spot(*spot))
    rows = tuple(GridRow(tuple(map(_read_cell, cells)), Spot(*place)) for place, cells in content)
    return Grid(rows, rest[0], Spot(*spot))


def _read_cell(plain: str | Plain | None) -> GridCell:
    if isinstance(plain, str):
        return GridCell(plain)
    return GridCell(plain[0], is_covered=True) if plain else COVERED
