"""Tables that were pasted into a document as lines with tabs or pipes."""

from collections.abc import Iterable
from itertools import groupby

from gipcore.documents import text
from gipcore.documents.model import Block, Paragraph

SEPARATORS = ("\t", "|")


def with_grids(blocks: Iterable[Block], file_name: str) -> list[Block]:
    """Return the blocks with each run of separated lines read as plain text reads it.

    One such line alone is a line of text: a signature with its date, an entry of a contents list.
    """
    runs = (list(run) for _, run in groupby(blocks, key=_is_separated))
    return [block for run in runs for block in _regrouped(run, file_name)]


def _is_separated(block: Block) -> bool:
    return isinstance(block, Paragraph) and any(mark in block.text for mark in SEPARATORS)


def _regrouped(run: list[Block], file_name: str) -> Iterable[Block]:
    lines = [block for block in run if isinstance(block, Paragraph) and _is_separated(block)]
    if not lines:
        return run
    if len(lines) == 1:
        return [Paragraph(lines[0].text.strip(), lines[0].spot)]
    return text.read("\n".join(line.text for line in lines).encode(), file_name).blocks
