"""A document to a report: its parts found, its tables read, its text's claims gathered."""

from dataclasses import replace

from gipcore.documents.model import Document, Grid
from gipcore.errors import NoReportError
from gipcore.form.editions import edition_in_force
from gipcore.form.model import EditionId
from gipcore.form.report import OfficeName, Report, SourceFile, State
from gipcore.parsing.claims import find_claims
from gipcore.parsing.parts import split_reports
from gipcore.parsing.passages import passages
from gipcore.parsing.proactive_table import edition_of_columns, read_proactive
from gipcore.parsing.reading import Reading
from gipcore.parsing.requests_table import read_requests
from gipcore.parsing.reviews_table import read_reviews
from gipcore.parsing.sections import headings, pieces
from gipcore.parsing.tables import rows_by_table
from gipcore.parsing.titles import find_title, reports_in, signing_office
from gipcore.parsing.years import years_named


def parse_document(document: Document, source: SourceFile) -> Report:
    """Read a document as an annual report.

    Raises NoReportError when no figure of the form was found, or several reports were.
    """
    found = tuple(pieces(document.blocks))
    several = reports_in(found)
    if len(several) > 1:
        raise NoReportError(
            f"{source.file}: holds {len(several)} reports ({'; '.join(several[:3])} …); "
            "save each in a file of its own",
            code="several_reports",
        )
    title = find_title(document, found)
    texts = [piece.block.text for piece in found if not isinstance(piece.block, Grid)]
    years = years_named(title.year, texts)
    year = title.year or years.get("period") or years.get("text")
    rows = rows_by_table(found)
    edition = edition_of_columns(rows[2]) or _edition_by_year(year)
    reading = Reading()
    read_proactive(rows[2], edition, reading)
    read_requests(rows[3], reading)
    read_reviews(rows[4], reading)
    if all(value.state is State.BLANK for value in reading.values.values()):
        code = "no_report" if title.text is None else "no_figures"
        raise NoReportError(_no_figures(source.file, title.text is not None), code=code)
    office = title.office or signing_office(found)
    return Report(
        source=source,
        office=OfficeName(office),
        year=year,
        form=edition,
        title=title.text,
        cells=reading.values,
        claims=find_claims(found, office, year, edition),
        unread=tuple(reading.unread),
        repairs=tuple(reading.repairs),
        sections=headings(found),
        years_named=years,
        passages=passages(found),
    )


def parse_documents(document: Document, source: SourceFile) -> tuple[Report, ...]:
    """Read each report of a document; with more than one, their files are named `name#1` and on.

    Raises NoReportError like `parse_document`, for the first part that gives no report.
    """
    return tuple(parse_document(part, own) for part, own in parts_of(document, source))


def parts_of(document: Document, source: SourceFile) -> tuple[tuple[Document, SourceFile], ...]:
    """Return the reports of a document that can be told apart, each with the name of its source."""
    parts = split_reports(document)
    if len(parts) == 1:
        return ((document, source),)
    return tuple(
        (part, replace(source, file=f"{source.file}#{number}"))
        for number, part in enumerate(parts, start=1)
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
