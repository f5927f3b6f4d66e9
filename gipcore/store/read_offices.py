"""Reading years and offices."""

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, exists, func, select

from gipcore.errors import WrongUseError
from gipcore.store.database import reading
from gipcore.store.filters import (
    Condition,
    asks_for_findings,
    asks_for_reports,
    frame_of,
    in_year,
    office_filter,
    report_filter,
)
from gipcore.store.models import (
    FIRST_YEAR,
    LATEST_YEAR,
    MOST_OFFICES,
    Office,
    Region,
    Report,
    Stratum,
)
from gipcore.store.query import Query
from gipcore.store.read_reports import LONGEST_ID, count_reports
from gipcore.store.read_totals import coverage
from gipcore.store.rows import OfficeRow
from gipcore.store.types import AnyRow, AnySelect, plain

OFFICE_COLUMNS = (
    Office.id,
    Office.name,
    Office.aliases,
    Office.level,
    Office.function,
    Office.region_code,
    Region.full_name,
    Office.first_year,
    Office.last_year,
    Office.reports,
    Office.findings,
    Office.name_en,
    Office.is_registered,
)
BATCH = 1000  # rows of a stream held at a time


def years(engine: Engine) -> tuple[int, ...]:
    """Return the years that have reports, newest first."""
    with reading(engine) as connection:
        found = connection.scalars(
            select(Stratum.year)
            .where(Stratum.parent.is_(None), Stratum.reports > 0)
            .distinct()
            .order_by(Stratum.year.desc())
        )
        return tuple(found)


def offices(
    engine: Engine,
    query: Query,
    *,
    limit: int | None = None,
    offset: int = 0,
    after: str | None = None,
) -> tuple[OfficeRow, ...]:
    """Return offices in the order of the register, unregistered ones last.

    A query for a year, an edition or findings takes the offices that have such a report. `after` is
    the id of the last office of the page before. Raises WrongUseError when there is none such.
    """
    with reading(engine) as connection:
        wanted = _behind(connection, _wanted(query), after).limit(limit).offset(offset)
        return tuple(map(_office_row, connection.execute(wanted)))


def iterate_offices(engine: Engine, query: Query) -> Iterator[OfficeRow]:
    """Yield every office of a query in the order of lists, in constant memory."""
    with reading(engine) as connection:
        for row in connection.execution_options(yield_per=BATCH).execute(_wanted(query)):
            yield _office_row(row)


def count_offices(engine: Engine, query: Query) -> int:
    """Return how many offices a query finds."""
    if query.year is not None:
        return count_reports(engine, query)  # an office has one report a year
    wanted = select(func.count()).select_from(Office).where(_office_condition(query))
    with reading(engine) as connection:
        return connection.scalar(wanted) or 0


def offices_without_report(
    engine: Engine,
    query: Query,
    *,
    limit: int | None = None,
    offset: int = 0,
    after: str | None = None,
) -> tuple[OfficeRow, ...]:
    """Return the offices that have no report of the query's year and edition, or none at all.

    What chooses among findings is left aside. `after` is as in `offices`.
    """
    with reading(engine) as connection:
        wanted = _behind(connection, _without_rows(query), after).limit(limit).offset(offset)
        return tuple(map(_office_row, connection.execute(wanted)))


def iterate_offices_without_report(engine: Engine, query: Query) -> Iterator[OfficeRow]:
    """Yield every such office in the order of the register, in constant memory."""
    with reading(engine) as connection:
        for row in connection.execution_options(yield_per=BATCH).execute(_without_rows(query)):
            yield _office_row(row)


def count_offices_without_report(engine: Engine, query: Query) -> int:
    """Return how many offices have no such report."""
    return coverage(engine, query).offices_without_report


def office(engine: Engine, office_id: str) -> OfficeRow | None:
    """Return one office; None when there is none of this id."""
    with reading(engine) as connection:
        row = connection.execute(_office_rows().where(Office.id == plain(office_id))).one_or_none()
    return None if row is None else _office_row(row)


def _behind(connection: Connection, wanted: AnySelect, after: str | None) -> AnySelect:
    """Return what comes after an office in the order of the register; None: all."""
    if after is None:
        return wanted
    place = connection.scalar(select(Office.number).where(Office.id == plain(after)))
    if place is None:
        named = plain(after, LONGEST_ID)
        raise WrongUseError(f"no office has the id “{named}”, or no longer; begin anew")
    return wanted.where(Office.number > place)


def _wanted(query: Query) -> AnySelect:
    return _office_rows().where(_office_condition(query)).order_by(Office.number)


def _office_condition(query: Query) -> Condition:
    if not asks_for_reports(query):
        return office_filter(query)
    if asks_for_findings(query):  # few reports: their offices are gathered once
        chosen = select(Report.office).where(report_filter(query))
        return office_filter(query) & Office.number.in_(chosen)
    own = exists().where(Report.office == Office.number, report_filter(query))
    return office_filter(query) & own


def _without_rows(query: Query) -> AnySelect:
    return _office_rows().where(_without_report(query)).order_by(Office.number)


def _without_report(query: Query) -> Condition:
    frame = frame_of(query)
    if frame.year is None and frame.form is None:
        return office_filter(frame) & (Office.reports == 0)
    own = [Report.office == Office.number, *in_year(Report.year, frame)]
    if frame.year is not None and FIRST_YEAR <= frame.year <= LATEST_YEAR:  # found by its key
        own = [Report.number == (LATEST_YEAR - frame.year) * MOST_OFFICES + Office.number]
    if frame.form is not None:
        own.append(Report.form == plain(frame.form))
    return office_filter(frame) & ~exists().where(*own)


def _office_rows() -> AnySelect:
    return select(*OFFICE_COLUMNS).outerjoin(Region, Region.code == Office.region_code)


def _office_row(row: AnyRow) -> OfficeRow:
    return OfficeRow(*row)
