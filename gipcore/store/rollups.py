"""The strata: sums over whole provinces and the country, kept so that pages need not add up.

A report adds its part when it is written and takes it back before it changes; a database that is
built from the ground adds everything up once, at the end. Both ways give the same sums.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    case,
    false,
    func,
    insert,
    select,
    update,
)

from gipcore.checks.outcome import Verdict
from gipcore.register.rows import region_prefix
from gipcore.store.headline import HEADLINE_NAMES
from gipcore.store.models import (
    Cell,
    Finding,
    Report,
    StoredState,
    Stratum,
    StratumCell,
    StratumCheck,
)
from gipcore.store.prepare import CHECK_NUMBERS
from gipcore.store.types import AnyRow, AnySelect
from gipcore.store.upsert import insert_or

COUNTRY = ""
NO_REGION = "-"
PROVINCE_LENGTH = 2
SUMS = (
    "reports",
    "with_errors",
    "unbalanced",
    "errors",
    "warnings",
    "notices",
    *HEADLINE_NAMES,
    *(f"{name}_reports" for name in HEADLINE_NAMES),
)
CHECK_COUNTS = ("passed", "failed", "not_applicable", "findings", "questions")
CELL_SUMS = ("total", "numbers", "others")

REPORT = Report.__table__.c
STRATUM = Stratum.__table__.c
ADD_TO_STRATUM = (
    update(Stratum)
    .where(Stratum.number == bindparam("stratum"))
    .values({name: STRATUM[name] + bindparam(f"more_{name}") for name in SUMS})
)
Sums = dict[tuple[int, ...], Counter[str]]  # key -> name -> sum


def stratum_of(connection: Connection, key: Mapping[str, object]) -> int:
    """Return the number of the stratum that a report counts in, made with its parent if needed.

    `key` has the report's region_code, year, level, function, form and balance.
    """
    region_code = key["region_code"]
    region = region_prefix(str(region_code))[:PROVINCE_LENGTH] if region_code else NO_REGION
    return _stratum(connection, key, region, _stratum(connection, key, COUNTRY, None))


def _stratum(
    connection: Connection, key: Mapping[str, object], region: str, parent: int | None
) -> int:
    values = {
        "region": region,
        "year": key["year"],
        "level": key["level"] or "",
        "function": key["function"] or "",
        "form": key["form"],
        "balance": key["balance"],
    }
    found = connection.scalar(
        select(Stratum.number).where(*(STRATUM[name] == value for name, value in values.items()))
    )
    if found is not None:
        return found
    number = 1 + (connection.scalar(select(func.max(Stratum.number))) or 0)
    zeros: dict[str, float] = dict.fromkeys(SUMS, 0)
    connection.execute(insert(Stratum).values(number=number, parent=parent, **values, **zeros))
    return number


def add_report(connection: Connection, number: int, *, sign: int) -> None:
    """Add a stored report to its strata, or with sign -1 take it out again."""
    only = Report.number == number
    _add_headlines(connection, sign, only)
    _add_checks(connection, sign, only)
    sums: Sums = defaultdict(Counter)
    for row in connection.execute(_cells().where(only)).mappings():
        for stratum in (row["stratum"], row["parent"]):
            for name in CELL_SUMS:
                sums[stratum, row["cell"]][name] += sign * row[name]
    _add(connection, StratumCell, ("stratum", "cell"), CELL_SUMS, sums)


def add_all_reports(connection: Connection) -> None:
    """Add every stored report to its strata, which are empty yet."""
    _add_headlines(connection, 1)
    _add_checks(connection, 1)
    names = ["stratum", "cell", *CELL_SUMS]
    own = _cells().subquery()
    connection.execute(
        insert(StratumCell).from_select(names, select(*(own.c[name] for name in names)))
    )
    parents = (
        select(
            Stratum.parent,
            StratumCell.cell,
            func.sum(StratumCell.total),
            func.sum(StratumCell.numbers),
            func.sum(StratumCell.others),
        )
        .join(StratumCell, Stratum.number == StratumCell.stratum)
        .where(Stratum.parent.is_not(None))
        .group_by(Stratum.parent, StratumCell.cell)
    )
    connection.execute(insert(StratumCell).from_select(names, parents))


def headline_sums() -> AnySelect:
    """Return the select that adds up reports: one column for each name of SUMS."""
    values = [REPORT[name] for name in HEADLINE_NAMES]
    return select(
        *count_sums(),
        *(func.coalesce(func.sum(value), 0).label(value.name) for value in values),
        *(func.count(value).label(f"{value.name}_reports") for value in values),
    )


def count_sums() -> tuple[ColumnElement[Any], ...]:
    """Return the columns that count reports and their findings: the first names of SUMS."""
    found = (Report.errors, Report.warnings, Report.notices)
    return (
        func.count().label("reports"),
        func.count(case((Report.errors > 0, 1))).label("with_errors"),
        func.count(case((Report.is_balanced == false(), 1))).label("unbalanced"),
        *(func.coalesce(func.sum(count), 0).label(count.key) for count in found),
    )


def cell_sums() -> tuple[ColumnElement[Any], ...]:
    """Return the columns that add up stored cells: one for each name of CELL_SUMS."""
    is_number = Cell.state == StoredState.NUMBER
    return (
        func.coalesce(func.sum(case((is_number, Cell.value))), 0.0).label("total"),
        func.count(case((is_number, Cell.value))).label("numbers"),
        func.count(case((is_number & Cell.value.is_not(None), None), else_=1)).label("others"),
    )


def verdict_sums() -> AnySelect:
    """Return the select of how many reports have the same verdicts, for `count_verdicts`."""
    bits = (Report.checks_passed, Report.checks_failed, Report.checks_not_applicable)
    return select(*bits, func.count().label("reports")).group_by(*bits)


def count_verdicts(rows: Iterable[AnyRow], key: tuple[int, ...], sums: Sums) -> None:
    """Part the bits of `verdict_sums` into counts by check; the check's number ends the key."""
    for row in rows:
        for name in ("passed", "failed", "not_applicable"):
            bits = getattr(row, f"checks_{name}")
            for check in CHECK_NUMBERS.values():
                if bits >> check & 1:
                    sums[(*key, check)][name] += row.reports


def _cells() -> AnySelect:
    return (
        select(Report.stratum, Stratum.parent, Cell.cell, *cell_sums())
        .join(Report, Report.number == Cell.report)
        .join(Stratum, Stratum.number == Report.stratum)
        .group_by(Report.stratum, Stratum.parent, Cell.cell)
    )


def _within(statement: AnySelect, only: ColumnElement[bool] | None) -> AnySelect:
    grouped = (
        statement.add_columns(Report.stratum, Stratum.parent)
        .join(Stratum, Stratum.number == Report.stratum)
        .group_by(Report.stratum, Stratum.parent)
    )
    return grouped if only is None else grouped.where(only)


def _add_headlines(
    connection: Connection, sign: int, only: ColumnElement[bool] | None = None
) -> None:
    sums: Sums = defaultdict(Counter)
    for row in connection.execute(_within(headline_sums(), only)).mappings():
        for stratum in (row["stratum"], row["parent"]):
            for name in SUMS:
                sums[stratum,][name] += sign * row[name]
    rows = [
        {"stratum": stratum, **{f"more_{name}": found[name] for name in SUMS}}
        for (stratum,), found in sorted(sums.items())
    ]
    if rows:
        connection.execute(ADD_TO_STRATUM, rows)


def _add_checks(connection: Connection, sign: int, only: ColumnElement[bool] | None = None) -> None:
    sums: Sums = defaultdict(Counter)
    for row in connection.execute(_within(verdict_sums(), only)):
        for stratum in (row.stratum, row.parent):
            count_verdicts((row,), (stratum,), sums)
    listed = select(Finding.code, Finding.verdict, func.count().label("findings")).join_from(
        Finding, Report, Report.number == Finding.report
    )
    for row in connection.execute(_within(listed, only).group_by(Finding.code, Finding.verdict)):
        name = "findings" if row.verdict is Verdict.FAILED else "questions"
        for stratum in (row.stratum, row.parent):
            sums[stratum, CHECK_NUMBERS[row.code]][name] += row.findings
    if sign < 0:
        sums = {key: Counter({n: -c for n, c in found.items()}) for key, found in sums.items()}
    _add(connection, StratumCheck, ("stratum", "check_number"), CHECK_COUNTS, sums)


def add_check_counts(connection: Connection, sums: Sums) -> None:
    """Add to how many reports came to which verdict, by stratum and number of the check."""
    _add(connection, StratumCheck, ("stratum", "check_number"), CHECK_COUNTS, sums)


def add_notices(connection: Connection, notices: Mapping[int, int]) -> None:
    """Add to how many notices the reports of strata have."""
    for stratum, more in sorted(notices.items()):
        connection.execute(
            update(Stratum).where(Stratum.number == stratum).values(notices=Stratum.notices + more)
        )


def _add(
    connection: Connection,
    model: type[StratumCell] | type[StratumCheck],
    keys: tuple[str, ...],
    names: tuple[str, ...],
    sums: Sums,
) -> None:
    """Add sums to the rows of their keys, made if needed."""
    rows = [
        {**dict(zip(keys, key, strict=True)), **{name: found[name] for name in names}}
        for key, found in sorted(sums.items())
    ]
    if not rows:
        return
    columns = model.__table__.c
    statement = insert_or(connection, model)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=keys,
            set_={name: columns[name] + statement.excluded[name] for name in names},
        ),
        rows,
    )
