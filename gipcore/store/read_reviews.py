"""Reading the offices whose decisions were taken to reconsideration or to court."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import Engine, case, distinct, func, literal_column, select

from gipcore.form.report import Number
from gipcore.store.database import reading
from gipcore.store.filters import Condition, report_filter
from gipcore.store.headline import REVIEW_NAMES
from gipcore.store.models import Office, Region, Report
from gipcore.store.prepare import given_number
from gipcore.store.query import Query
from gipcore.store.types import AnyRow, AnySelect

COLUMNS = Report.__table__.c
# The same number, but not the column: SQLite would else read all reports in the order of offices
# to group them, and not only those with cases.
OFFICE = (Report.office + literal_column("0")).label("office")


class Order(StrEnum):
    """How offices with cases are listed."""

    CASES = "cases"  # those with the most first
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class ReviewedOffice:
    """An office with the reports of a query that have a case, from `first_year` to `last_year`.

    `figures` adds up those reports by headline column; None when one of them prints no figure.
    """

    office_id: str
    office_name: str
    office_name_en: str | None
    region_code: str | None
    region_name: str | None
    reports: int
    first_year: int
    last_year: int
    figures: Mapping[str, Number | None]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How many offices and reports of a query have a case."""

    offices: int
    reports: int


def reviewed_offices(
    engine: Engine,
    query: Query,
    *,
    order: Order = Order.CASES,
    limit: int | None = None,
    offset: int = 0,
) -> tuple[ReviewedOffice, ...]:
    """Return the offices of a query with a case; those with equally many as in the register."""
    chosen = _chosen(query, order).limit(limit).offset(offset)
    with reading(engine) as connection:
        offices = connection.scalars(chosen).all()
        rows = connection.execute(_figures(query, offices)).all()
    by_number = {row.number: row for row in rows}
    return tuple(_reviewed_office(by_number[number]) for number in offices)


def count_reviewed(engine: Engine, query: Query) -> Reviewed:
    """Return how many offices and reports of a query have a case."""
    wanted = select(func.count(distinct(Report.office)), func.count())
    with reading(engine) as connection:
        offices, reports = connection.execute(wanted.where(_with_cases(query))).one()
    return Reviewed(offices, reports)


def _with_cases(query: Query) -> Condition:
    return report_filter(replace(query, reviewed=True))


def _chosen(query: Query, order: Order) -> AnySelect:
    most_first = (func.sum(Report.cases).desc(),) if order is Order.CASES else ()
    wanted: AnySelect = select(OFFICE).where(_with_cases(query))
    return wanted.group_by(OFFICE).order_by(*most_first, OFFICE)


def _figures(query: Query, offices: Sequence[int]) -> AnySelect:
    """Return the select of offices with figures, each known only where all reports print it."""
    sums = (
        case((func.count(COLUMNS[name]) == func.count(), func.sum(COLUMNS[name]))).label(name)
        for name in REVIEW_NAMES
    )
    counted = (
        select(
            Report.office,
            func.count().label("reports"),
            func.min(Report.year).label("first_year"),
            func.max(Report.year).label("last_year"),
            *sums,
        )
        .where(_with_cases(query), Report.office.in_(offices))
        .group_by(Report.office)
        .subquery()
    )
    return (
        select(
            Office.number,
            Office.id,
            Office.name,
            Office.name_en,
            Office.region_code,
            Region.full_name,
            counted,
        )
        .join(Office, Office.number == counted.c.office)
        .outerjoin(Region, Region.code == Office.region_code)
    )


def _reviewed_office(row: AnyRow) -> ReviewedOffice:
    return ReviewedOffice(
        office_id=row.id,
        office_name=row.name,
        office_name_en=row.name_en,
        region_code=row.region_code,
        region_name=row.full_name,
        reports=row.reports,
        first_year=row.first_year,
        last_year=row.last_year,
        figures=MappingProxyType({name: given_number(row._mapping[name]) for name in REVIEW_NAMES}),
    )
