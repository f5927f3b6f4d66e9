"""Reading a query parted by region, level or year: reports, findings, and who has not published."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from sqlalchemy import Connection, Engine, and_, case, distinct, func, select
from sqlalchemy.orm import InstrumentedAttribute

from gipcore.checks.catalogue import all_checks
from gipcore.checks.outcome import Severity, Verdict
from gipcore.register.rows import OFFICE_LEVELS, region_prefix
from gipcore.store.database import reading
from gipcore.store.filters import (
    Condition,
    finding_filter,
    finding_report_filter,
    frame_filter,
    frame_of,
    in_year,
    office_filter,
    strata_filter,
    stratum_filter,
    stratum_region,
)
from gipcore.store.models import Finding, Office, Region, Report, Stratum, StratumCheck
from gipcore.store.prepare import CHECK_NUMBERS
from gipcore.store.query import Query
from gipcore.store.rollups import COUNTRY, NO_REGION, count_sums
from gipcore.store.rows import BreakdownRow
from gipcore.store.types import AnyRow, AnySelect, plain

By = Literal["region", "level", "year"]
UNKNOWN = NO_REGION
COUNTS = ("reports", "with_errors", "unbalanced", "errors", "warnings", "notices")
NAMES = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTICE: "notices"}
SEVERITIES = {check.code: check.severity for check in all_checks()}
FULL_CODE = 6
Counts = dict[str, Counter[str]]  # by key, then by what is counted


def breakdown(engine: Engine, query: Query, by: By) -> tuple[BreakdownRow, ...]:
    """Return a query parted by region, level or year: the parts that have offices or reports.

    Regions are the children of the query's, or the provinces; what belongs to no child stands under
    the region itself, or under "-". Findings are those of the query, but what chooses among
    findings does not choose among offices and reports. The offices of a year are all there are.
    """
    frame = frame_of(query)
    with reading(engine) as connection:
        regions = _regions(connection, query) if by == "region" else {}
        parting = _Parting(by, query, regions)
        reports = _reports(connection, frame, parting)
        findings = _findings(connection, query, parting, reports)
        offices = _offices(connection, frame, parting, reports)
    return tuple(
        BreakdownRow(
            key=key,
            name=regions[key].name if key in regions else "" if key == UNKNOWN else key,
            name_en=regions[key].name_en if key in regions else None,
            offices=offices[key]["offices"],
            reports=reports[key]["reports"],
            unbalanced=reports[key]["unbalanced"],
            with_errors=reports[key]["with_errors"],
            errors=findings[key]["errors"],
            warnings=findings[key]["warnings"],
            notices=findings[key]["notices"],
            not_published=offices[key]["offices"] - offices[key]["published"],
        )
        for key in parting.in_order({*reports, *offices})
    )


@dataclass(frozen=True)
class _Parting:
    """How a query is parted: by which columns, and what their values count for.

    `regions` are the children of the query's region, and that region itself.
    """

    by: By
    query: Query
    regions: Mapping[str, AnyRow]

    @property
    def of_report(self) -> InstrumentedAttribute[Any]:
        """Return the column of reports."""
        columns = {"region": Report.region_code, "level": Report.level, "year": Report.year}
        return columns[self.by]

    @property
    def of_office(self) -> InstrumentedAttribute[Any]:
        """Return the column of offices, which have no year."""
        return Office.region_code if self.by == "region" else Office.level

    @property
    def of_stratum(self) -> InstrumentedAttribute[Any]:
        """Return the column of strata."""
        columns = {"region": Stratum.region, "level": Stratum.level, "year": Stratum.year}
        return columns[self.by]

    def strata(self, frame: Query) -> Condition | None:
        """Return which strata answer a query; None when reports must be read."""
        region = stratum_region(frame)
        if region is None or self.by != "region":
            return None if region is None else stratum_filter(frame, region)
        return strata_filter(frame, Stratum.region != COUNTRY) if region == COUNTRY else None

    def key(self, value: str | int | None) -> str:
        """Return the part that a column's value counts for."""
        if self.by == "region":
            return self._region(str(value or UNKNOWN))
        return str(value or UNKNOWN)

    @cached_property
    def _by_prefix(self) -> Mapping[str, str]:
        """Return the regions by what the codes within them begin with."""
        return {region_prefix(code): code for code in self.regions}

    def _region(self, code: str) -> str:
        lengths = sorted({len(prefix) for prefix in self._by_prefix}, reverse=True)
        found = (self._by_prefix.get(code[:length]) for length in lengths)
        return next((region for region in found if region), UNKNOWN)

    def in_order(self, keys: Iterable[str]) -> list[str]:
        """Return parts as they are listed, the unknown one last."""
        if self.by == "level":
            return sorted(keys, key=(*OFFICE_LEVELS, UNKNOWN).index)
        return sorted(keys, key=lambda key: (key == UNKNOWN, key))


def _regions(connection: Connection, query: Query) -> Mapping[str, AnyRow]:
    columns = select(Region.code, Region.name, Region.name_en).order_by(Region.code)
    prefix = plain(region_prefix(query.region or ""))
    own = (prefix, prefix.ljust(FULL_CODE, "0"))
    wanted = (
        columns.where(Region.code.in_(own) | Region.parent_code.in_(own))
        if prefix
        else columns.where(Region.parent_code.is_(None))
    )
    return {row.code: row for row in connection.execute(wanted)}


def _reports(connection: Connection, frame: Query, parting: _Parting) -> Counts:
    strata = parting.strata(frame)
    wanted: AnySelect
    if strata is None:
        wanted = select(parting.of_report.label("part"), *count_sums()).where(_in_frame(frame))
        wanted = wanted.group_by(parting.of_report)
    else:
        columns = Stratum.__table__.c
        sums = (func.sum(columns[name]).label(name) for name in COUNTS)
        wanted = select(parting.of_stratum.label("part"), *sums).where(strata)
        wanted = wanted.group_by(parting.of_stratum)
    found: Counts = defaultdict(Counter)
    for row in connection.execute(wanted).mappings():
        found[parting.key(row["part"])].update({name: int(row[name]) for name in COUNTS})
    return found


def _in_frame(frame: Query) -> Condition:
    """Return what a report must be, all of it in the index `report_counts`."""
    return and_(frame_filter(replace(frame, year=None)), *in_year(Report.year, frame))


def _findings(
    connection: Connection, query: Query, parting: _Parting, reports: Counts
) -> Mapping[str, Counter[str]]:
    """Return the findings of a query by part and severity."""
    only_checks = replace(query, check=None, severity=None)
    strata = parting.strata(only_checks)
    found: Counts = defaultdict(Counter)
    if query.check is None and only_checks == frame_of(query):
        names = [name for kind, name in NAMES.items() if query.severity in (None, kind.value)]
        for key, counts in reports.items():
            found[key].update({name: counts[name] for name in names})
    elif query.check is None and strata is not None and query.replied is None:
        names = [name for kind, name in NAMES.items() if query.severity in (None, kind.value)]
        columns = Stratum.__table__.c
        wanted = select(parting.of_stratum, *(func.sum(columns[name]) for name in names))
        for part, *sums in connection.execute(wanted.where(strata).group_by(parting.of_stratum)):
            found[parting.key(part)].update(dict(zip(names, map(int, sums), strict=True)))
    elif query.check is not None and strata is not None:
        severity = SEVERITIES.get(query.check)
        if severity is None or query.severity not in (None, severity.value):
            return found
        wanted = (
            select(parting.of_stratum, func.sum(StratumCheck.findings))
            .join(StratumCheck, StratumCheck.stratum == Stratum.number)
            .where(strata, StratumCheck.check_number == CHECK_NUMBERS[query.check])
            .group_by(parting.of_stratum)
        )
        for part, count in connection.execute(wanted):
            found[parting.key(part)][NAMES[severity]] += int(count)
    else:
        listed = (
            select(parting.of_report, Finding.severity, func.count())
            .select_from(Finding)
            .join(Report, Report.number == Finding.report)
            .where(finding_filter(query, Verdict.FAILED), finding_report_filter(query))
            .group_by(parting.of_report, Finding.severity)
        )
        for part, severity, count in connection.execute(listed):
            found[parting.key(part)][NAMES[severity]] += count
    return found


def _offices(
    connection: Connection, frame: Query, parting: _Parting, reports: Counts
) -> Mapping[str, Counter[str]]:
    """Return the offices by part, and how many of them have published."""
    condition = office_filter(frame)
    with_report = func.count(case((Office.reports > 0, 1)))
    found: Counts = defaultdict(Counter)
    if parting.by == "year":
        count = connection.scalar(select(func.count()).select_from(Office).where(condition)) or 0
        for key in reports:
            found[key]["offices"] = count
    else:
        wanted = select(parting.of_office, func.count(), with_report).where(condition)
        for part, count, published in connection.execute(wanted.group_by(parting.of_office)):
            found[parting.key(part)].update({"offices": count, "published": published})
    if parting.by == "year" or frame.year is not None:  # an office has one report a year
        for key, counts in found.items():
            counts["published"] = reports[key]["reports"] if key in reports else 0
    elif frame.form is not None:
        counted = select(parting.of_report, func.count(distinct(Report.office)))
        for counts in found.values():
            counts["published"] = 0
        for part, count in connection.execute(
            counted.where(_in_frame(frame)).group_by(parting.of_report)
        ):
            found[parting.key(part)]["published"] += count
    return found
