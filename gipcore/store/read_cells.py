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
from gipcore.store.body import NAMES, NUMBERS, decode_printed, decompress
from gipcore.store.database import reading
from gipcore.store.filters import report_filter, stratum_filter, stratum_region
from gipcore.store.models import (
    Cell,
    Office,
    Report,
    Revision,
    StoredState,
    Stratum,
    StratumCell,
)
from gipcore.store.prepare import LONGEST_TEXT, given_number, required_names
from gipcore.store.query import Query
from gipcore.store.read_reports import count_reports, number_of
from gipcore.store.types import AnyRow, plain

REPORTS_AT_A_TIME = 100
BODIES_AT_A_TIME = 100
REPORTS_OF_ONE_CELL = 1000  # at a time
BETWEEN = "~"  # a report's id and a cell's name, in a place to go on from


@dataclass(frozen=True, slots=True)
class CellRow:
    """One cell of the newest revision of a report.

    `state` is a printed cell's, or `absent` for a line of the edition that the document lacks.
    `place` is empty for an absent one, which stands nowhere.
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
    place: str

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
        zeros = {r.number: _zeros(r.form, stored[r.number], wanted) for r in reports}
        bodies = _bodies(connection, [number for number, names in zeros.items() if names])
        for report in reports:
            body = next(bodies) if zeros[report.number] else None
            yield from _of_report(report, stored[report.number], body, wanted)
        if len(reports) < size:
            return
        first = reports[-1].number + 1


def _zeros(form: str, stored: Mapping[int, AnyRow], wanted: frozenset[str]) -> frozenset[str]:
    """Return the wanted cells of a report that the table leaves out: its plain printed zeros."""
    required = required_names(EditionId(form)) & wanted
    return frozenset(name for name in required if NUMBERS[name] not in stored)


def _bodies(connection: Connection, numbers: Sequence[int]) -> Iterator[bytes]:
    """Yield the bodies of reports, in the order of their numbers; few are held at a time."""
    wanted = (
        select(Revision.body)
        .join(Report, (Report.number == Revision.report) & (Report.revision == Revision.revision))
        .order_by(Revision.report)
    )
    for first in range(0, len(numbers), BODIES_AT_A_TIME):
        some = numbers[first : first + BODIES_AT_A_TIME]
        yield from connection.scalars(wanted.where(Revision.report.in_(some))).all()


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
    report: AnyRow, stored: Mapping[int, AnyRow], body: bytes | None, wanted: frozenset[str]
) -> Iterator[CellRow]:
    """Yield the cells of a report; what the table leaves out is a 0 printed where `body` says."""
    form = EditionId(report.form)
    required = required_names(form)
    report_id = f"{report.office_id}-{report.year}"
    printed = {} if body is None else decode_printed(decompress(body))
    for name in (cell.name for cell in EDITIONS[form].cells if cell.name in wanted):
        number = NUMBERS[name]
        row = stored.get(number)
        if row is not None:
            value, state, raw, place = given_number(row.value), row.state, row.raw, row.place
        elif name in required:
            value, state = 0, StoredState.NUMBER
            raw, place = (plain(text, LONGEST_TEXT) for text in printed[number])
        else:
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
            value,
            state,
            raw,
            place,
        )
