"""Reading cells: every figure of every report by its public name, printed zeros too."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from sqlalchemy import Connection, Engine, func, select

from gipcore.errors import WrongUseError
from gipcore.form.editions import EDITIONS
from gipcore.form.model import EditionId
from gipcore.form.report import Number
from gipcore.store.body import NAMES, NUMBERS
from gipcore.store.database import reading
from gipcore.store.filters import report_filter, stratum_filter, stratum_region
from gipcore.store.models import Cell, Office, Report, StoredState, Stratum, StratumCell
from gipcore.store.prepare import PLAIN_ZERO, given_number, required_names
from gipcore.store.query import Query
from gipcore.store.read_reports import count_reports, number_of
from gipcore.store.types import AnyRow

REPORTS_AT_A_TIME = 100
REPORTS_OF_ONE_CELL = 1000  # at a time
BETWEEN = "~"  # a report's id and a cell's name, in a place to go on from


@dataclass(frozen=True, slots=True)
class CellRow:
    """One cell of the newest revision of a report.

    `state` is a printed cell's, or `absent` for a line of the edition that the document lacks.
    `place` is None for a plain printed 0: it stands in the full report.
    """

    report_id: str
    office_id: str
    office_name: str
    office_name_en: str | None
    region_code: str | None
    level: str | None
    function: str | None
    year: int
    form: str
    cell: str
    value: Number | None
    state: StoredState
    raw: str
    place: str | None

    @property
    def id(self) -> str:
        """Return what names the row."""
        return f"{self.report_id}{BETWEEN}{self.cell}"


def iterate_cells(engine: Engine, query: Query) -> Iterator[CellRow]:
    """Yield the cells of every report of a query, in the orders of lists and of the form."""
    with reading(engine) as connection:
        yield from _cells(connection, query, 0)


def cells(
    engine: Engine, query: Query, *, limit: int, after: str | None = None
) -> tuple[CellRow, ...]:
    """Return so many cells; `after` is the id of the last one of the page before.

    Raises WrongUseError when there is no such cell.
    """
    with reading(engine) as connection:
        if after is None:
            return tuple(islice(_cells(connection, query, 0), limit))
        report_id, _, name = after.partition(BETWEEN)
        if name not in NUMBERS:
            raise WrongUseError(f"“{after}” is no cell to go on after; take the one a page gave")
        first = number_of(connection, report_id)
        found = (
            row
            for row in _cells(connection, query, first)
            if row.report_id != report_id
            or _position(row.form, row.cell) > _position(row.form, name)
        )
        return tuple(islice(found, limit))


def count_cells(engine: Engine, query: Query) -> int:
    """Return how many cells a query finds: those its editions require, and others printed."""
    wanted = _wanted(query)
    found = 0
    for form in EDITIONS:
        required = len(required_names(form) & wanted)
        if query.form in (None, form.value) and required:
            found += required * count_reports(engine, replace(query, form=form.value))
    return found + _count_others(engine, query, wanted)


def _count_others(engine: Engine, query: Query, wanted: frozenset[str]) -> int:
    """Count the cells that are printed though their edition does not require them."""
    found = 0
    region = stratum_region(query)
    for form in EDITIONS:
        others = [NUMBERS[name] for name in _names_of(form) & wanted - required_names(form)]
        if query.form not in (None, form.value) or not others:
            continue
        narrowed = replace(query, form=form.value)
        if region is None:
            counted = (
                select(func.count())
                .select_from(Cell)
                .join(Report, Report.number == Cell.report)
                .where(report_filter(narrowed), Cell.cell.in_(others))
            )
        else:
            columns = StratumCell.__table__.c
            counted = (
                select(func.sum(columns.numbers + columns.others))
                .join(Stratum, Stratum.number == StratumCell.stratum)
                .where(stratum_filter(narrowed, region), StratumCell.cell.in_(others))
            )
        with reading(engine) as connection:
            found += int(connection.scalar(counted) or 0)
    return found


def _names_of(form: EditionId) -> frozenset[str]:
    return frozenset(cell.name for cell in EDITIONS[form].cells)


@cache
def _positions(form: str) -> Mapping[str, int]:
    return {cell.name: place for place, cell in enumerate(EDITIONS[EditionId(form)].cells)}


def _position(form: str, name: str) -> int:
    """Return where a cell stands on a form; before all if that form does not have it."""
    return _positions(form).get(name, -1)


def _wanted(query: Query) -> frozenset[str]:
    return frozenset(NAMES) if query.cell is None else frozenset({query.cell})


def _cells(connection: Connection, query: Query, first: int) -> Iterator[CellRow]:
    """Yield the cells of all reports from a number on, some reports at a time."""
    size = REPORTS_AT_A_TIME if query.cell is None else REPORTS_OF_ONE_CELL
    wanted = _wanted(query)
    rows = (
        select(
            Report.number,
            Report.year,
            Report.form,
            Report.region_code,
            Report.level,
            Report.function,
            Office.id.label("office_id"),
            Office.name.label("office_name"),
            Office.name_en.label("office_name_en"),
        )
        .outerjoin(Office, Office.number == Report.office)
        .where(report_filter(query))
        .order_by(Report.number)
        .limit(size)
    )
    while reports := connection.execute(rows.where(Report.number >= first)).all():
        stored = _stored(connection, [report.number for report in reports], query.cell)
        for report in reports:
            yield from _of_report(report, stored[report.number], wanted)
        if len(reports) < size:
            return
        first = reports[-1].number + 1


def _stored(
    connection: Connection, numbers: Sequence[int], name: str | None
) -> Mapping[int, dict[int, AnyRow]]:
    wanted = select(Cell).with_only_columns(
        Cell.report, Cell.cell, Cell.value, Cell.state, Cell.raw, Cell.place
    )
    wanted = wanted.where(Cell.report.in_(numbers))
    if name is not None:
        wanted = wanted.where(Cell.cell == NUMBERS[name])
    found: dict[int, dict[int, AnyRow]] = defaultdict(dict)
    for row in connection.execute(wanted):
        found[row.report][row.cell] = row
    return found


def _of_report(
    report: AnyRow, stored: Mapping[int, AnyRow], wanted: frozenset[str]
) -> Iterator[CellRow]:
    form = EditionId(report.form)
    required = required_names(form)
    report_id = f"{report.office_id}-{report.year}"
    for name in (cell.name for cell in EDITIONS[form].cells if cell.name in wanted):
        row = stored.get(NUMBERS[name])
        if row is None and name not in required:
            continue
        yield CellRow(
            report_id,
            report.office_id,
            report.office_name,
            report.office_name_en,
            report.region_code,
            report.level,
            report.function,
            report.year,
            report.form,
            name,
            0 if row is None else given_number(row.value),
            StoredState.NUMBER if row is None else row.state,
            PLAIN_ZERO if row is None else row.raw,
            None if row is None else row.place,
        )
