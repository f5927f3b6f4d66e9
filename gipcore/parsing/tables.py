"""Deals the rows of a document to the tables of the form: row by row, by what they say."""

from collections.abc import Iterator, Sequence

from gipcore.documents.model import Grid
from gipcore.parsing.entries import is_header
from gipcore.parsing.labels import proactive_line, requests_line
from gipcore.parsing.loose import is_loose, loose_rows
from gipcore.parsing.proactive_table import columns_named
from gipcore.parsing.reviews_table import blocks_named, results_named
from gipcore.parsing.rows import Row, rows_of
from gipcore.parsing.sections import Piece

TABLE_SECTIONS = (2, 3, 4)
TEXT_SECTIONS = (1, 5, 6)
RESULTS_OF_A_HEADER = 2
LOOSE_GRID = 1000  # loose runs are numbered apart from the grids of the document


def rows_by_table(found: Sequence[Piece]) -> dict[int, list[Row]]:
    """Return the rows of tables 2, 3 and 4, from grids and from lines that were tables once."""
    dealt: dict[int, list[tuple[int, Row]]] = {table: [] for table in TABLE_SECTIONS}
    for section, rows in _runs(found):
        table = section if section in dealt else 0
        for row in rows:
            table = _table_of(row, table)
            if table:
                dealt[table].append((section, row))
    return {table: _own_rows(rows) for table, rows in dealt.items()}


def _own_rows(rows: Sequence[tuple[int, Row]]) -> list[Row]:
    """Leave out what stands in sections of text, such as last year's table, beside the form's."""
    at_home = sum(len(row.values) for section, row in rows if section not in TEXT_SECTIONS)
    away = sum(len(row.values) for section, row in rows if section in TEXT_SECTIONS)
    is_whole = at_home >= away
    return [row for section, row in rows if not (is_whole and section in TEXT_SECTIONS)]


def _runs(found: Sequence[Piece]) -> Iterator[tuple[int, list[Row]]]:
    """Yield, in order, the rows of each grid and of each run of loose lines, with its section."""
    run: list[Piece] = []
    index = LOOSE_GRID
    for piece in (*found, None):
        is_next = piece is not None and piece.paragraph > 0 and is_loose(piece)
        if is_next and piece is not None and (not run or run[-1].section == piece.section):
            run.append(piece)
            continue
        if run:
            index += 1
            yield run[0].section, list(loose_rows(run, index))
            run = []
        if piece is None:
            return
        if is_next:
            run = [piece]
        elif isinstance(piece.block, Grid) and piece.grid is not None:
            yield piece.section, list(rows_of(piece.block, piece.grid, piece.first_row))


def _table_of(row: Row, current: int) -> int:
    """Return the table that a row belongs to; rows that do not say stay where they are."""
    if results_named(row) >= RESULTS_OF_A_HEADER or (
        current != 3 and blocks_named(row) and not row.has_number
    ):
        return 4
    if columns_named(row):
        return 2
    if is_header(row) or _begins_requests(row):
        return 3
    if current == 0 and row.has_number and row.labels:
        return 2 if proactive_line(row.texts[-1]) is not None else 0
    return current


def _begins_requests(row: Row) -> bool:
    """Recognize the first line of table 3, under whatever heading it stands."""
    line, _ = requests_line(row.texts, None)
    return line is not None and not line.is_approximate and line.line == "received"
