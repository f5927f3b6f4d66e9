"""Several reports in one file: told apart where each has a title and sections of its own."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gipcore.documents.model import Block, Document, Grid
from gipcore.parsing.headings import openings, run_in
from gipcore.parsing.sections import pieces
from gipcore.parsing.titles import find_title, reports_in

LONGEST_HEAD = 8  # blocks: a title stands at most so far above the first section


def split_reports(document: Document) -> tuple[Document, ...]:
    """Return the reports of a document, each as a document; the document itself when it is one.

    Also when they cannot be told apart: that every general section has a title of its own above
    it, with an office and a year that no other has, is what it takes.
    """
    if len(reports_in(tuple(pieces(document.blocks)))) < 2:
        return (document,)
    starts: list[int] = []
    offices: set[tuple[str | None, int | None]] = set()
    opened = openings([_line(block) for block in document.blocks])
    first_sections = [index for index, section in opened.items() if section == 1]
    for before, opening in pairwise((-1, *first_sections)):
        found = _title_above(document, before, opening)
        if found is None:
            return (document,)
        start, office = found
        starts.append(start)
        offices.add(office)
    if len(offices) != len(first_sections):
        return (document,)
    ends = [*starts[1:], len(document.blocks)]
    return tuple(
        # Names outside of the text are the file's, not those of one of its reports.
        replace(document, blocks=document.blocks[start:end], names=())
        for start, end in zip([0, *starts[1:]], ends, strict=True)
    )


def _line(block: Block) -> str | None:
    """Return the line of a block that may be a heading, without the text that follows it there."""
    return None if isinstance(block, Grid) else block.text[: run_in(block.text)]


def _title_above(
    document: Document, before: int, opening: int
) -> tuple[int, tuple[str | None, int | None]] | None:
    """Return where the title right above an opening begins, with its office and year."""
    for start in range(opening - 1, max(before, opening - 1 - LONGEST_HEAD), -1):
        head: Sequence[Block] = document.blocks[start:opening]
        part = replace(document, blocks=tuple(head), names=())
        title = find_title(part, tuple(pieces(part.blocks)))
        if title.office and title.year:
            return start, (title.office, title.year)
    return None
