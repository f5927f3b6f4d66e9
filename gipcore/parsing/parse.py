"""A document to a report: its parts found, its tables read, its text's claims gathered."""

from collections.abc import Iterable, Sequence

from gipcore.documents.model import Document, Grid
from gipcore.errors import NoReportError
from gipcore.form.editions import edition_in_force
from gipcore.form.model import EditionId
from gipcore.form.report import OfficeName, Report, SourceFile
from gipcore.parsing.claims import find_claims
from gipcore.parsing.labels import proactive_line, requests_line
from gipcore.parsing.proactive_table import columns_named, edition_of_columns, read_proactive
from gipcore.parsing.reading import Reading
from gipcore.parsing.requests_table import is_header, read_requests
from gipcore.parsing.reviews_table import blocks_named, read_reviews, results_named
from gipcore.parsing.rows import Row, rows_of
from gipcore.parsing.sections import Piece, headings, pieces
from gipcore.parsing.titles import find_title, signing_office, years_named

RESULTS_OF_A_HEADER = 2


def parse_document(document: Document, source: SourceFile) -> Report:
    """Read a document as an annual report.

    Raises NoReportError when neither a title nor a single figure of the form was found.
    """
    found = tuple(pieces(document.blocks))
    title = find_title(document, found)
    texts = [piece.block.text for piece in found if not isinstance(piece.block, Grid)]
    years = years_named(title, texts)
    year = title.year or years.get("period") or years.get("text")
    rows = _rows_by_table(found)
    edition = edition_of_columns(rows[2]) or _edition_by_year(year)
    reading = Reading()
    read_proactive(rows[2], edition, reading)
    read_requests(rows[3], reading)
    read_reviews(rows[4], reading)
    if not reading.values:
        raise NoReportError(_no_figures(source.file, title.text is not None))
    office = title.office or signing_office(found)
    return Report(
        source=source,
        office=OfficeName(office),
        year=year,
        form=edition,
        title=title.text,
        cells=reading.values,
        claims=find_claims(found, office),
        unread=tuple(reading.unread),
        repairs=tuple(reading.repairs),
        sections=headings(found),
        years_named=years,
    )


def _edition_by_year(year: int | None) -> EditionId:
    return EditionId.Y2021 if year is None else edition_in_force(year).id


def _no_figures(file: str, has_title: bool) -> str:
    if has_title:
        return (
            f"{file}: a report's title, but no figures found: its tables are missing, empty or "
            "pictures; get the document with its tables as text"
        )
    return (
        f"{file}: no annual report found: neither its title nor any of its three tables; "
        "check that this is the right document"
    )


def _rows_by_table(found: Sequence[Piece]) -> dict[int, list[Row]]:
    """Deal every grid's rows to the table of the form that they belong to, row by row."""
    dealt: dict[int, list[Row]] = {2: [], 3: [], 4: []}
    grids = [(piece, piece.block) for piece in found if isinstance(piece.block, Grid)]
    for index, (piece, grid) in enumerate(grids):
        table = piece.section if piece.section in dealt else 0
        for row in rows_of(grid, index):
            table = _table_of(row, table)
            if table:
                dealt[table].append(row)
    return dealt


def _table_of(row: Row, current: int) -> int:
    """Return the table that a row belongs to; rows that do not say stay where they are."""
    if results_named(row) >= RESULTS_OF_A_HEADER or (
        current != 3 and blocks_named(row) and not row.has_number
    ):
        return 4
    if columns_named(row):
        return 2
    if is_header(row) or _begins_requests(row.texts):
        return 3
    if current in (0, 4) and row.labels and proactive_line(row.texts[-1]) is not None:
        return 2 if current == 0 and row.has_number else current
    return current


def _begins_requests(texts: Iterable[str]) -> bool:
    line, _ = requests_line(texts, None)
    return line is not None and not line.is_approximate and line.line in ("received",)
