"""A query as conditions on tables."""

from dataclasses import replace

from sqlalchemy import ColumnElement, Select, and_, false, select, true
from sqlalchemy.orm import InstrumentedAttribute

from gipcore.checks.outcome import Severity, Verdict
from gipcore.register.names import LONGEST_NAME, normalize_name
from gipcore.register.rows import region_prefix
from gipcore.store.models import (
    FIRST_YEAR,
    LATEST_YEAR,
    Finding,
    GoneFinding,
    Office,
    RejectedDocument,
    Report,
    StoredBalance,
    Stratum,
    report_numbers_of,
)
from gipcore.store.query import Query
from gipcore.store.rollups import PROVINCE_LENGTH
from gipcore.store.types import plain

Condition = ColumnElement[bool]
Column = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]
ListedTable = type[Finding] | type[GoneFinding]
HIGHEST = "\U0010ffff"
BY_SEVERITY = {
    Severity.ERROR: Report.errors > 0,
    Severity.WARNING: Report.warnings > 0,
    Severity.NOTICE: Report.notices > 0,
}
NOTHING: Condition = false()


def report_filter(query: Query) -> Condition:
    """Return what a report must be to be in a query."""
    return and_(true(), frame_filter(query), *_finding_conditions(query))


def frame_filter(query: Query) -> Condition:
    """Return the part of a query that does not look at findings: year, form and office."""
    conditions = [
        *_within_region(Report.region_code, query),
        *_equal(Report.level, query.level),
        *_equal(Report.function, query.function),
        *_equal(Report.form, query.form),
    ]
    if query.year is not None:
        numbers = report_numbers_of(query.year)
        is_possible = FIRST_YEAR <= query.year <= LATEST_YEAR
        conditions.append(Report.number.between(*numbers) if is_possible else NOTHING)
    if query.office is not None:
        conditions.append(_is_of_offices(query.office))
    if query.search is not None:
        conditions.append(Report.office.in_(_found_by_name(query.search)))
    return and_(true(), *conditions)


def office_filter(query: Query) -> Condition:
    """Return what an office must be, whatever it has published."""
    conditions = [
        *_within_region(Office.region_code, query),
        *_equal(Office.level, query.level),
        *_equal(Office.function, query.function),
    ]
    if query.office is not None:
        conditions.append(Office.id.in_(office_ids(query.office)))
    if query.search is not None:
        conditions.append(_is_named(query.search))
    return and_(true(), *conditions)


def asks_for_reports(query: Query) -> bool:
    """Tell whether a query asks for something that only reports have."""
    return asks_for_findings(query) or query.year is not None or query.form is not None


def asks_for_findings(query: Query) -> bool:
    """Tell whether a query chooses reports by what was found in them."""
    chosen = (
        *(query.check, query.severity, query.balanced),
        *(query.unbalanced, query.replied, query.errors, query.reviewed),
    )
    return any(value is not None for value in chosen)


def frame_of(query: Query) -> Query:
    """Return the part of a query that does not look at findings: year, form and office."""
    return replace(
        query,
        check=None,
        severity=None,
        balanced=None,
        unbalanced=None,
        replied=None,
        errors=None,
        reviewed=None,
    )


def finding_filter(query: Query, verdict: Verdict) -> Condition:
    """Return what a finding must be to be in a query, its report apart."""
    return and_(Finding.verdict == verdict, *_listed_conditions(Finding, query))


def gone_finding_filter(query: Query) -> Condition:
    """Return what a finding that is gone must be to be in a query, its report apart."""
    return and_(true(), *_listed_conditions(GoneFinding, query))


def finding_report_filter(query: Query) -> Condition:
    """Return what the report of a finding must be."""
    return and_(frame_filter(query), *_balance_conditions(query))


def rejected_filter(query: Query) -> Condition:
    """Return what a document that gave no report must be, as far as it is known."""
    conditions = in_year(RejectedDocument.year, query)
    is_of_offices = (query.region, query.level, query.function, query.office, query.search)
    if any(value is not None for value in is_of_offices):
        chosen = select(Office.number).where(office_filter(query))
        conditions.append(RejectedDocument.office.in_(chosen))
    return and_(true(), *conditions)


def stratum_region(query: Query) -> str | None:
    """Return the region of the strata that answer a query; None when reports must be read."""
    kept_apart = replace(query, balanced=None, unbalanced=None)
    if asks_for_findings(kept_apart) or query.office is not None or query.search is not None:
        return None
    region = region_prefix(query.region or "")
    return region if len(region) in (0, PROVINCE_LENGTH) else None


def stratum_filter(query: Query, region: str) -> Condition:
    """Return what a stratum of a region must be to be in a query."""
    return strata_filter(query, Stratum.region == region)


def strata_filter(query: Query, regions: Condition) -> Condition:
    """Return what a stratum of some regions must be to be in a query."""
    return and_(
        regions,
        Stratum.reports > 0,
        *_equal(Stratum.level, query.level),
        *_equal(Stratum.function, query.function),
        *_equal(Stratum.form, query.form),
        *in_year(Stratum.year, query),
        *_of_balance(query),
    )


def _of_balance(query: Query) -> list[Condition]:
    conditions = []
    if query.balanced is not None:
        wanted = StoredBalance.BALANCED if query.balanced else StoredBalance.UNBALANCED
        conditions.append(Stratum.balance == wanted)
    if query.unbalanced is not None:
        is_unbalanced = Stratum.balance == StoredBalance.UNBALANCED
        conditions.append(is_unbalanced if query.unbalanced else ~is_unbalanced)
    return conditions


def _finding_conditions(query: Query) -> list[Condition]:
    conditions = _balance_conditions(query)
    if query.severity is not None:
        severity = _severity(query.severity)
        conditions.append(NOTHING if severity is None else BY_SEVERITY[severity])
    if query.check is not None or query.replied is not None:
        failed: Select[int] = select(Finding.report).where(
            Finding.verdict == Verdict.FAILED,
            *_equal(Finding.code, query.check),
            *_replied(Finding, query),
        )
        conditions.append(Report.number.in_(failed))
    return conditions


def _listed_conditions(table: ListedTable, query: Query) -> list[Condition]:
    conditions = [*_equal(table.code, query.check), *_replied(table, query)]
    if query.severity is not None:
        severity = _severity(query.severity)
        conditions.append(NOTHING if severity is None else table.severity == severity)
    return conditions


def _replied(table: ListedTable, query: Query) -> list[Condition]:
    if query.replied is None:
        return []
    return [table.is_replied == (true() if query.replied else false())]


def _balance_conditions(query: Query) -> list[Condition]:
    conditions: list[Condition] = []
    if query.balanced is not None:
        conditions.append(Report.is_balanced == (true() if query.balanced else false()))
    if query.unbalanced is not None:
        fails = Report.is_balanced == false()
        conditions.append(fails if query.unbalanced else Report.is_balanced.is_not(false()))
    if query.errors is not None:
        conditions.append(Report.errors > 0 if query.errors else Report.errors == 0)
    if query.reviewed is not None:
        has_none = Report.cases.is_(None)
        conditions.append(~has_none if query.reviewed else has_none)
    return conditions


def office_ids(codes: str) -> tuple[str, ...]:
    """Return the ids of offices that stand with commas between."""
    return tuple(plain(code) for code in codes.split(","))


def _is_of_offices(codes: str) -> Condition:
    ids = office_ids(codes)
    chosen = select(Office.number).where(Office.id.in_(ids))
    if len(ids) == 1:
        return Report.office == chosen.scalar_subquery()
    return Report.office.in_(chosen)


def _severity(code: str) -> Severity | None:
    return Severity(code) if code in set(Severity) else None


def _equal(column: Column, value: str | None) -> list[Condition]:
    return [] if value is None else [column == plain(value)]


def in_year(
    column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None], query: Query
) -> list[Condition]:
    """Return what the year of a row must be."""
    if query.year is None:
        return []
    is_possible = FIRST_YEAR <= query.year <= LATEST_YEAR
    return [column == query.year if is_possible else NOTHING]


def _within_region(column: Column, query: Query) -> list[Condition]:
    prefix = plain(region_prefix(query.region or ""))
    return [column >= prefix, column < prefix + HIGHEST] if prefix else []


def _found_by_name(part: str) -> Select[int]:
    return select(Office.number).where(_is_named(part))


def _is_named(part: str) -> Condition:
    compared = normalize_name(plain(part))
    if not compared or len(compared) > LONGEST_NAME:
        return NOTHING
    named = Office.search_text.contains(compared, autoescape=True)
    if not (compared.isascii() and compared.isalpha()):
        return named
    return named | Office.sounds.icontains(compared, autoescape=True)
