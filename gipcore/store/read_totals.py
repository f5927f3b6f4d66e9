"""Reading sums over many reports: coverage, sums of cells, totals by year."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from sqlalchemy import Connection, Engine, RowMapping, distinct, func, select

from gipcore.form.editions import EDITIONS
from gipcore.form.model import EditionId
from gipcore.store.body import NUMBERS
from gipcore.store.database import reading
from gipcore.store.filters import (
    Condition,
    frame_filter,
    frame_of,
    office_filter,
    rejected_filter,
    report_filter,
    stratum_filter,
    stratum_region,
)
from gipcore.store.headline import HEADLINE_NAMES
from gipcore.store.models import (
    Cell,
    Office,
    RejectedDocument,
    Report,
    StoredBalance,
    Stratum,
    StratumCell,
)
from gipcore.store.prepare import balance_of, given_number, required_names
from gipcore.store.query import Query
from gipcore.store.rollups import CELL_SUMS, SUMS, cell_sums, count_sums, headline_sums
from gipcore.store.rows import Balance, CellSum, Coverage, YearTotal
from gipcore.store.types import AnySelect

NAMES_BY_FORM = {
    edition.id.value: frozenset(cell.name for cell in edition.cells)
    for edition in EDITIONS.values()
}
COUNTS = ("reports", "with_errors", "unbalanced")
CellKey = tuple[str, int]  # edition and cell number
NOTHING_STORED: Counter[str] = Counter()


def coverage(engine: Engine, query: Query) -> Coverage:
    """Return how much of the register a query covers.

    Offices, year and edition make the frame; what chooses among findings is left aside.
    """
    frame = frame_of(query)
    with reading(engine) as connection:
        offices = _count(connection, Office, office_filter(frame))
        sums = _counts(connection, frame)
        reports = sums["reports"]
        with_report = _offices_with_report(connection, frame, reports)
        return Coverage(
            offices=offices,
            offices_with_report=with_report,
            offices_without_report=offices - with_report,
            reports=reports,
            not_parsed=_count(connection, RejectedDocument, rejected_filter(frame)),
            with_errors=sums["with_errors"],
            unbalanced=sums["unbalanced"],
        )


def balance(engine: Engine, query: Query) -> Balance:
    """Return how many reports of a query balance, whatever the query says of balance."""
    query = replace(query, balanced=None, unbalanced=None)
    region = stratum_region(query)
    wanted: AnySelect
    if region is None:
        wanted = select(Report.is_balanced, func.count()).where(report_filter(query))
        wanted = wanted.group_by(Report.is_balanced)
    else:
        wanted = select(Stratum.balance, func.sum(Stratum.reports))
        wanted = wanted.where(stratum_filter(query, region)).group_by(Stratum.balance)
    with reading(engine) as connection:
        rows = connection.execute(wanted).all()
    counts = {key if region is not None else balance_of(key): int(count) for key, count in rows}
    return Balance(**{each.value: counts.get(each, 0) for each in StoredBalance})


def sums(engine: Engine, query: Query) -> Mapping[str, CellSum]:
    """Return the sum of every cell over the reports of a query, by the cell's name."""
    with reading(engine) as connection:
        reports = _reports_by_form(connection, query)
        stored = _stored_cells(connection, query)
    return _added(reports, stored, NUMBERS)


def yearly_sums(
    engine: Engine, query: Query, names: Iterable[str]
) -> Mapping[int, Mapping[str, CellSum]]:
    """Return the sums of some cells over the reports of each year, the earliest year first."""
    numbers = {name: NUMBERS[name] for name in names}
    with reading(engine) as connection:
        reports = _reports_by_year(connection, query)
        stored = _yearly_cells(connection, query, tuple(numbers.values()))
    return MappingProxyType(
        {year: _added(reports[year], stored[year], numbers) for year in sorted(reports)}
    )


def _added(
    reports: Mapping[str, int], stored: Mapping[CellKey, Counter[str]], numbers: Mapping[str, int]
) -> Mapping[str, CellSum]:
    """Return the sums of cells out of what is stored of them, by edition."""
    found = {}
    for name, number in numbers.items():
        total, with_number, having = 0.0, 0, 0
        for form, count in reports.items():
            if name not in NAMES_BY_FORM[form]:
                continue
            part = stored.get((form, number), NOTHING_STORED)
            having += count
            total += part["total"]
            is_required = name in required_names(EditionId(form))
            with_number += int(count - part["others"] if is_required else part["numbers"])
        found[name] = CellSum(given_number(total) if with_number else None, with_number, having)
    return MappingProxyType(found)


def yearly_totals(engine: Engine, query: Query) -> tuple[YearTotal, ...]:
    """Return the sums of the headline figures by year, the earliest first."""
    region = stratum_region(query)
    if region is None:
        wanted = headline_sums().add_columns(Report.year).where(report_filter(query))
        wanted = wanted.group_by(Report.year).order_by(Report.year)
    else:
        wanted = _stratum_sums(query, region).add_columns(Stratum.year)
        wanted = wanted.group_by(Stratum.year).order_by(Stratum.year)
    with reading(engine) as connection:
        rows = connection.execute(wanted).mappings().all()
    return tuple(
        YearTotal(
            year=row["year"],
            reports=row["reports"],
            headline=MappingProxyType(
                {
                    name: given_number(row[name]) if row[f"{name}_reports"] else None
                    for name in HEADLINE_NAMES
                }
            ),
        )
        for row in rows
    )


def _count(
    connection: Connection, table: type[Office] | type[RejectedDocument], condition: Condition
) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(condition)) or 0


def _offices_with_report(connection: Connection, frame: Query, reports: int) -> int:
    if frame.year is not None:
        return reports  # an office has one report a year
    if frame.form is None:
        return _count(connection, Office, office_filter(frame) & (Office.reports > 0))
    wanted = select(func.count(distinct(Report.office))).where(frame_filter(frame))
    return connection.scalar(wanted) or 0


def _stratum_sums(query: Query, region: str, names: Iterable[str] = SUMS) -> AnySelect:
    columns = Stratum.__table__.c
    sums = (func.coalesce(func.sum(columns[name]), 0).label(name) for name in names)
    return select(*sums).where(stratum_filter(query, region))


def _counts(connection: Connection, query: Query) -> Mapping[str, int]:
    """Return how many reports a query has, with errors and out of balance."""
    region = stratum_region(query)
    wanted = (
        select(*count_sums()).where(report_filter(query))
        if region is None
        else _stratum_sums(query, region, COUNTS)
    )
    row = connection.execute(wanted).mappings().one()
    return {name: int(row[name]) for name in COUNTS}


def _reports_by_form(connection: Connection, query: Query) -> dict[str, int]:
    region = stratum_region(query)
    if region is None:
        wanted = select(Report.form, func.count()).where(report_filter(query))
        wanted = wanted.group_by(Report.form)
    else:
        wanted = select(Stratum.form, func.sum(Stratum.reports))
        wanted = wanted.where(stratum_filter(query, region)).group_by(Stratum.form)
    return {form: int(count) for form, count in connection.execute(wanted)}


def _reports_by_year(connection: Connection, query: Query) -> dict[int, dict[str, int]]:
    """Return how many reports of each edition a query has in each year."""
    region = stratum_region(query)
    wanted: AnySelect
    if region is None:
        wanted = select(Report.year, Report.form, func.count()).where(report_filter(query))
        wanted = wanted.group_by(Report.year, Report.form)
    else:
        wanted = select(Stratum.year, Stratum.form, func.sum(Stratum.reports))
        wanted = wanted.where(stratum_filter(query, region)).group_by(Stratum.year, Stratum.form)
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for year, form, count in connection.execute(wanted):
        found[year][form] = int(count)
    return found


def _stored_cells(connection: Connection, query: Query) -> dict[CellKey, Counter[str]]:
    """Return what is stored of each cell, added up by edition."""
    region = stratum_region(query)
    wanted: AnySelect
    if region is None:
        wanted = (
            select(Report.form, Cell.cell, *cell_sums())
            .join(Cell, Cell.report == Report.number)
            .where(report_filter(query))
            .group_by(Report.form, Cell.cell)
        )
    else:
        columns = StratumCell.__table__.c
        wanted = (
            select(
                Stratum.form,
                StratumCell.cell,
                *(func.sum(columns[name]).label(name) for name in CELL_SUMS),
            )
            .join(StratumCell, StratumCell.stratum == Stratum.number)
            .where(stratum_filter(query, region))
            .group_by(Stratum.form, StratumCell.cell)
        )
    return {(row["form"], row["cell"]): _counted(row) for row in _rows(connection, wanted)}


def _yearly_cells(
    connection: Connection, query: Query, numbers: Sequence[int]
) -> Mapping[int, Mapping[CellKey, Counter[str]]]:
    """Return what is stored of some cells, added up by year and edition."""
    region = stratum_region(query)
    wanted: AnySelect
    if region is None:
        wanted = (
            select(Report.year, Report.form, Cell.cell, *cell_sums())
            .join(Cell, Cell.report == Report.number)
            .where(report_filter(query), Cell.cell.in_(numbers))
            .group_by(Report.year, Report.form, Cell.cell)
        )
    else:
        columns = StratumCell.__table__.c
        sums = (func.sum(columns[name]).label(name) for name in CELL_SUMS)
        wanted = (
            select(Stratum.year, Stratum.form, StratumCell.cell, *sums)
            .join(StratumCell, StratumCell.stratum == Stratum.number)
            .where(stratum_filter(query, region), StratumCell.cell.in_(numbers))
            .group_by(Stratum.year, Stratum.form, StratumCell.cell)
        )
    found: dict[int, dict[CellKey, Counter[str]]] = defaultdict(dict)
    for row in _rows(connection, wanted):
        found[row["year"]][row["form"], row["cell"]] = _counted(row)
    return found


def _rows(connection: Connection, wanted: AnySelect) -> Iterable[RowMapping]:
    return connection.execute(wanted).mappings()


def _counted(row: RowMapping) -> Counter[str]:
    return Counter({name: row[name] for name in CELL_SUMS})
