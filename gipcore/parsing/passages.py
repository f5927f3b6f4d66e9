"""The text of a report as printed, for those who read it or compare it with another year's."""

from collections.abc import Sequence

from gipcore.documents.model import Grid
from gipcore.form.report import Passage
from gipcore.parsing.loose import is_loose
from gipcore.parsing.sections import Piece

SECTIONS_OF_TABLES = (2, 3, 4)


def passages(found: Sequence[Piece]) -> tuple[Passage, ...]:
    """Return headings and paragraphs, without tables and lines that were tables once."""
    return tuple(
        Passage(piece.section, piece.block.text.strip(), piece.place)
        for piece in found
        if not isinstance(piece.block, Grid) and piece.block.text.strip() and not _is_cell(piece)
    )


def _is_cell(piece: Piece) -> bool:
    return piece.section in SECTIONS_OF_TABLES and piece.paragraph > 0 and is_loose(piece)
