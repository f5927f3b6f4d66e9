"""Reading what is new: the reports last read or revised, and every report's address in blocks."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select

from gipcore.store.database import reading
from gipcore.store.filters import report_filter
from gipcore.store.models import Office, Report, report_number
from gipcore.store.query import EVERYTHING, Query
from gipcore.store.read_reports import report_row, rows_of_reports
from gipcore.store.rows import ReportRow
from gipcore.store.types import AnySelect

OFFICES_OF_BLOCK = 50_000  # so many addresses a file of a sitemap may have


@dataclass(frozen=True, slots=True)
class Block:
    """Some reports of a year, for a file that lists their addresses."""

    year: int
    number: int


@dataclass(frozen=True, slots=True)
class Address:
    """A report's id and when it was last read."""

    report_id: str
    read_at: datetime | None


def recent_reports(engine: Engine, query: Query, *, limit: int) -> tuple[ReportRow, ...]:
    """Return the reports whose newest revision was read last, the latest first.

    A report of which no time is known is not among them.
    """
    order = (Report.read_at.desc(), Report.number)
    latest = (  # from an index alone: a row is looked up only when it is among the latest
        select(Report.number)
        .where(report_filter(query), Report.read_at.is_not(None))
        .order_by(*order)
        .limit(limit)
    )
    with reading(engine) as connection:
        numbers = connection.scalars(latest).all()
        rows = rows_of_reports(EVERYTHING).where(Report.number.in_(numbers))
        return tuple(map(report_row, connection.execute(rows.order_by(None).order_by(*order))))


def blocks(engine: Engine) -> tuple[Block, ...]:
    """Return the blocks that have reports, the newest year first."""
    with reading(engine) as connection:
        last = connection.scalar(select(func.max(Office.number))) or 0
        years = connection.scalars(select(Report.year).distinct().order_by(Report.year.desc()))
        found = [
            Block(year, number) for year in years for number in range(last // OFFICES_OF_BLOCK + 1)
        ]
        return tuple(block for block in found if connection.scalar(_within(block).limit(1)))


def addresses(engine: Engine, block: Block) -> tuple[Address, ...]:
    """Return the reports of a block."""
    with reading(engine) as connection:
        rows = connection.execute(_within(block))
        return tuple(Address(f"{row.id}-{row.year}", row.read_at) for row in rows)


def office_blocks(engine: Engine) -> tuple[int, ...]:
    """Return the numbers of the blocks of offices in which one has a report."""
    with reading(engine) as connection:
        last = connection.scalar(select(func.max(Office.number))) or 0
        numbers = range(last // OFFICES_OF_BLOCK + 1)
        return tuple(n for n in numbers if connection.scalar(_with_reports(n).limit(1)))


def offices_with_reports(engine: Engine, block: int) -> tuple[str, ...]:
    """Return the ids of the offices of a block that have a report."""
    with reading(engine) as connection:
        return tuple(connection.scalars(_with_reports(block)))


def _with_reports(block: int) -> AnySelect:
    first = block * OFFICES_OF_BLOCK
    return (
        select(Office.id)
        .where(Office.number.between(first, first + OFFICES_OF_BLOCK - 1), Office.reports > 0)
        .order_by(Office.number)
    )


def _within(block: Block) -> AnySelect:
    first = block.number * OFFICES_OF_BLOCK
    numbers = (
        report_number(first, block.year),
        report_number(first + OFFICES_OF_BLOCK - 1, block.year),
    )
    return (
        select(Office.id, Report.year, Report.read_at)
        .join(Office, Office.number == Report.office)
        .where(Report.number.between(*numbers))
        .order_by(Report.number)
    )
