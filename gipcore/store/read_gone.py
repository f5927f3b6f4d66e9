"""Reading the findings that older revisions of reports had and the newest have not."""

import re
from collections.abc import Iterator

from sqlalchemy import Connection, Engine, false, func, select

from gipcore.store.database import reading
from gipcore.store.filters import (
    Condition,
    finding_report_filter,
    gone_finding_filter,
    office_ids,
)
from gipcore.store.models import GoneFinding, Office, Region, Report
from gipcore.store.query import Query
from gipcore.store.read_findings import (
    BATCH,
    OFFICE_COLUMNS,
    behind,
    columns_of,
    listed_values,
    replies_to_rows,
)
from gipcore.store.replies import RepliesByReport, replies_to
from gipcore.store.rows import GoneFindingRow
from gipcore.store.types import AnyRow, AnySelect

_ID = re.compile(r"(.+)-r([0-9]{1,4})")


def gone_findings(
    engine: Engine,
    query: Query,
    *,
    limit: int | None = None,
    offset: int = 0,
    after: str | None = None,
) -> tuple[GoneFindingRow, ...]:
    """Return failures that a revision took away, in the order of findings.

    The query chooses reports as they are now, findings as they were. `after` is the id of the last
    row of the page before. Raises WrongUseError when there is none such.
    """
    wanted = _wanted(query).limit(limit).offset(offset)
    with reading(engine) as connection:
        if after is not None:
            wanted = wanted.where(_behind(connection, after))
        rows = connection.execute(wanted).all()
        said = replies_to_rows(connection, rows)
    return tuple(_gone_row(row, said) for row in rows)


def iterate_gone_findings(engine: Engine, query: Query) -> Iterator[GoneFindingRow]:
    """Yield every such finding in the order of lists, in constant memory."""
    offices = None if query.office is None else office_ids(query.office)
    with reading(engine) as connection:
        said = replies_to(connection, offices)
        streamed = connection.execution_options(yield_per=BATCH)
        for row in streamed.execute(_wanted(query)):
            yield _gone_row(row, said)


def count_gone_findings(engine: Engine, query: Query) -> int:
    """Return how many findings of a query are gone."""
    wanted = (
        select(func.count())
        .select_from(GoneFinding)
        .join(Report, Report.number == GoneFinding.report)
        .where(gone_finding_filter(query), finding_report_filter(query))
    )
    with reading(engine) as connection:
        return connection.scalar(wanted) or 0


def _behind(connection: Connection, after: str) -> Condition:
    parts = _ID.fullmatch(after)
    if parts is None:
        return behind(connection, GoneFinding, after, false())
    return behind(connection, GoneFinding, parts[1], GoneFinding.seen_revision == int(parts[2]))


def _wanted(query: Query) -> AnySelect:
    table = GoneFinding
    return (
        select(
            *columns_of(table),
            table.form,
            table.seen_revision,
            table.gone_revision,
            table.gone_since,
            table.verdict_now,
            *OFFICE_COLUMNS,
        )
        .select_from(table)
        .join(Report, Report.number == table.report)
        .outerjoin(Office, Office.number == Report.office)
        .outerjoin(Region, Region.code == Report.region_code)
        .where(gone_finding_filter(query), finding_report_filter(query))
        .order_by(table.severity, table.report, table.position)
    )


def _gone_row(row: AnyRow, said: RepliesByReport) -> GoneFindingRow:
    values = listed_values(row, said)
    values["id"] += f"-r{row.seen_revision}"
    return GoneFindingRow(
        **values,
        seen_revision=row.seen_revision,
        gone_revision=row.gone_revision,
        gone_since=row.gone_since,
        verdict_now=row.verdict_now,
    )
