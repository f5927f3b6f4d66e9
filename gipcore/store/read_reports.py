"""Reading reports: lists of rows, and one report in full."""

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from sqlalchemy import Connection, Engine, func, select

from gipcore.checks.outcome import Severity
from gipcore.errors import WrongUseError
from gipcore.form.report import Passage, State
from gipcore.store import prepare
from gipcore.store.body import NAMES, decompress
from gipcore.store.database import reading
from gipcore.store.filters import report_filter, stratum_filter, stratum_region
from gipcore.store.headline import HEADLINE_NAMES, headline
from gipcore.store.models import (
    Document,
    Office,
    Region,
    Report,
    Revision,
    RevisionCell,
    RevisionText,
    StoredState,
    Stratum,
    report_number,
)
from gipcore.store.query import Query
from gipcore.store.revisions import StoredRevision
from gipcore.store.rows import CellChange, ReportRow, StoredReport
from gipcore.store.surroundings import ACROSS_CODES, outcomes_beside_others
from gipcore.store.texts import decode_passages
from gipcore.store.types import AnyRow, AnySelect, plain

BATCH = 1000  # rows of a stream held at a time
YEAR_DIGITS = 4
LONGEST_ID = 100
REPORT_COLUMNS = (
    Report.office,
    Report.year,
    Office.id.label("office_id"),
    Office.name.label("office_name"),
    Office.name_en.label("office_name_en"),
    Report.level,
    Report.function,
    Report.region_code,
    Region.full_name.label("region_name"),
    Report.form,
    Report.title,
    Report.revision,
    Document.file_name,
    Document.format,
    Document.sha256,
    Report.is_balanced,
    Report.errors,
    Report.warnings,
    Report.notices,
    Report.read_at,
    *(Report.__table__.c[name] for name in HEADLINE_NAMES),
)


def reports(
    engine: Engine,
    query: Query,
    *,
    limit: int | None = None,
    offset: int = 0,
    after: str | None = None,
) -> tuple[ReportRow, ...]:
    """Return reports: the newest year first, then in the order of the register.

    `after` is the id of the last report of the page before. Raises WrongUseError when there is no
    such report.
    """
    with reading(engine) as connection:
        wanted = rows_of_reports(query).limit(limit).offset(offset)
        if after is not None:
            wanted = wanted.where(Report.number > number_of(connection, after))
        return tuple(map(report_row, connection.execute(wanted)))


def iterate_reports(engine: Engine, query: Query) -> Iterator[ReportRow]:
    """Yield every report of a query in the order of lists, in constant memory."""
    with reading(engine) as connection:
        streamed = connection.execution_options(yield_per=BATCH)
        for row in streamed.execute(rows_of_reports(query)):
            yield report_row(row)


def count_reports(engine: Engine, query: Query) -> int:
    """Return how many reports a query finds."""
    region = stratum_region(query)
    if region is None:
        wanted = select(func.count()).select_from(Report).where(report_filter(query))
    else:
        wanted = select(func.sum(Stratum.reports)).where(stratum_filter(query, region))
    with reading(engine) as connection:
        return connection.scalar(wanted) or 0


def report(engine: Engine, report_id: str, revision: int | None = None) -> StoredReport | None:
    """Return a report in full, its newest revision or an older one; None when there is none.

    Its `passages` are left out: `passages` reads them.
    """
    with reading(engine) as connection:
        number = _find_number(connection, report_id)
        row = connection.execute(_rows().where(Report.number == number)).one_or_none()
        if number is None or row is None:
            return None
        table = Revision
        numbers = connection.scalars(
            select(table.revision).where(table.report == number).order_by(table.revision)
        ).all()
        wanted = row.revision if revision is None else revision
        if wanted not in numbers:
            return None
        stored = StoredRevision(
            *connection.execute(
                select(
                    table.revision, table.read_at, table.digest, table.body, table.outcomes
                ).where(table.report == number, table.revision == wanted)
            ).one()
        )
        outcomes = stored.outcomes
        if wanted == row.revision:  # an older one is not compared with others
            beside = outcomes_beside_others(connection, number, stored.report)
            outcomes = (*(o for o in outcomes if o.code not in ACROSS_CODES), *beside)
    current = report_row(row)
    shown = current if wanted == current.revision else _older_row(current, stored)
    return StoredReport(shown, stored.report, outcomes, tuple(numbers))


def passages(engine: Engine, report_id: str, revision: int | None = None) -> tuple[Passage, ...]:
    """Return the text of a report's newest revision, or of an older one; () when it is not kept."""
    table = RevisionText
    with reading(engine) as connection:
        number = _find_number(connection, report_id)
        wanted = (
            select(Report.revision).where(Report.number == number).scalar_subquery()
            if revision is None
            else revision
        )
        body = connection.scalar(
            select(table.body).where(table.report == number, table.revision == wanted)
        )
    return () if body is None else decode_passages(decompress(body))


def report_changes(engine: Engine, report_id: str) -> tuple[CellChange, ...]:
    """Return the cells that each revision of a report changed, in order."""
    wanted = select(RevisionCell).order_by(RevisionCell.revision, RevisionCell.cell)
    with reading(engine) as connection:
        number = _find_number(connection, report_id)
        rows = connection.execute(wanted.where(RevisionCell.report == number)).all()
    return tuple(
        CellChange(
            revision=row.revision,
            cell=NAMES[row.cell],
            old_value=prepare.given_number(row.old_value),
            old_state=_printed_state(row.old_state),
            old_raw=row.old_raw,
            new_value=prepare.given_number(row.new_value),
            new_state=_printed_state(row.new_state),
            new_raw=row.new_raw,
        )
        for row in rows
    )


def rows_of_reports(query: Query) -> AnySelect:
    """Return the select of the rows of a query, in the order of lists."""
    return _rows().where(report_filter(query)).order_by(Report.number)


def _rows() -> AnySelect:
    """Return the select of rows; joined from the outside, so that the order of numbers is kept."""
    return (
        select(*REPORT_COLUMNS)
        .outerjoin(Office, Office.number == Report.office)
        .outerjoin(Region, Region.code == Report.region_code)
        .outerjoin(
            Document,
            (Document.report == Report.number)
            & (Document.revision == Report.revision)
            & Document.is_source,
        )
    )


def report_row(row: AnyRow) -> ReportRow:
    """Return a row of that select as what lists hold."""
    values = row._mapping
    return ReportRow(
        id=f"{row.office_id}-{row.year}",
        office_id=row.office_id,
        office_name=row.office_name,
        level=row.level,
        function=row.function,
        region_code=row.region_code,
        region_name=row.region_name,
        year=row.year,
        form=row.form,
        title=row.title,
        revision=row.revision,
        source_file=row.file_name,
        source_format=row.format,
        source_sha256=row.sha256,
        is_balanced=row.is_balanced,
        errors=row.errors,
        warnings=row.warnings,
        notices=row.notices,
        read_at=row.read_at,
        headline=MappingProxyType(
            {name: prepare.given_number(values[name]) for name in HEADLINE_NAMES}
        ),
        office_name_en=row.office_name_en,
    )


def _older_row(current: ReportRow, stored: StoredRevision) -> ReportRow:
    """Return the row that a report had in an older revision."""
    report, outcomes = stored.report, stored.outcomes
    failures = prepare.failures(outcomes)
    return replace(
        current,
        form=report.form.value,
        title=report.title,
        revision=stored.revision,
        source_file=report.source.file,
        source_format=report.source.format,
        source_sha256=report.source.sha256,
        is_balanced=prepare.is_balanced(outcomes),
        errors=failures[Severity.ERROR],
        warnings=failures[Severity.WARNING],
        notices=failures[Severity.NOTICE],
        read_at=stored.read_at,
        headline=headline(report),
    )


def _printed_state(state: StoredState) -> State | None:
    return None if state is StoredState.ABSENT else State(state.value)


def _find_number(connection: Connection, report_id: str) -> int | None:
    """Return the number that a report of this id has; None when there can be none."""
    office_id, _, year = report_id.rpartition("-")
    if not (year.isascii() and year.isdigit() and len(year) == YEAR_DIGITS):
        return None
    office = connection.scalar(select(Office.number).where(Office.id == plain(office_id)))
    return None if office is None else report_number(office, int(year))


def number_of(connection: Connection, report_id: str) -> int:
    """Return the number that a report of this id has; raises WrongUseError for none."""
    number = _find_number(connection, report_id)
    if number is None:
        raise WrongUseError(
            f"no report has the id “{plain(report_id, LONGEST_ID)}”; take the last id of a page"
        )
    return number
