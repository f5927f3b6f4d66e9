"""Reading findings: failed checks and questions, and how many reports each check concerns."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from gipcore.checks.catalogue import all_checks
from gipcore.checks.kinds import Check
from gipcore.checks.outcome import Outcome, Reason, Verdict
from gipcore.errors import WrongUseError
from gipcore.store import prepare
from gipcore.store.database import reading
from gipcore.store.filters import (
    Condition,
    ListedTable,
    finding_filter,
    finding_report_filter,
    office_ids,
    stratum_filter,
    stratum_region,
)
from gipcore.store.models import Finding, Office, Region, Report, Stratum, StratumCheck
from gipcore.store.prepare import CHECK_NUMBERS
from gipcore.store.query import Query
from gipcore.store.read_reports import LONGEST_ID, number_of
from gipcore.store.replies import RepliesByReport, replies_to
from gipcore.store.rollups import CHECK_COUNTS, count_verdicts, verdict_sums
from gipcore.store.rows import CheckCount, FindingRow, Reply
from gipcore.store.types import AnyRow, AnySelect, plain

BATCH = 1000  # rows of a stream held at a time
_ID = re.compile(r"(.+)-([A-Z][0-9]{3})-([0-9]{1,4})")
OFFICE_COLUMNS = (
    Office.id.label("office_id"),
    Office.name.label("office_name"),
    Office.name_en.label("office_name_en"),
    Report.level,
    Report.region_code,
    Region.full_name.label("region_name"),
    Report.year,
)


def findings(
    engine: Engine,
    query: Query,
    *,
    limit: int | None = None,
    offset: int = 0,
    after: str | None = None,
    verdict: str = Verdict.FAILED,
) -> tuple[FindingRow, ...]:
    """Return findings: errors first, then the newest year, then in the order of the register.

    `verdict` not_applicable gives the questions: claims whose words narrow their scope. `after` is
    the id of the last finding of the page before. Raises WrongUseError when there is none such.
    """
    wanted = _finding_rows(query, Verdict(verdict)).limit(limit).offset(offset)
    with reading(engine) as connection:
        if after is not None:
            of_verdict = Finding.verdict == Verdict(verdict)
            wanted = wanted.where(behind(connection, Finding, after, of_verdict))
        rows = connection.execute(wanted).all()
        said = replies_to_rows(connection, rows)
    return tuple(FindingRow(**listed_values(row, said)) for row in rows)


def iterate_findings(
    engine: Engine, query: Query, *, verdict: str = Verdict.FAILED
) -> Iterator[FindingRow]:
    """Yield every finding of a query in the order of lists, in constant memory."""
    offices = None if query.office is None else office_ids(query.office)
    with reading(engine) as connection:
        said = replies_to(connection, offices)
        streamed = connection.execution_options(yield_per=BATCH)
        for row in streamed.execute(_finding_rows(query, Verdict(verdict))):
            yield FindingRow(**listed_values(row, said))


def count_findings(engine: Engine, query: Query, *, verdict: str = Verdict.FAILED) -> int:
    """Return how many findings a query finds."""
    with reading(engine) as connection:
        if query.replied is not None or stratum_region(_of_reports(query)) is None:
            return connection.scalar(_direct_count(query, Verdict(verdict))) or 0
        counts = _counts(connection, query)
    name = "findings" if Verdict(verdict) is Verdict.FAILED else "questions"
    return sum(counts[CHECK_NUMBERS[check.code]][name] for check in _checks(query))


def finding_counts(engine: Engine, query: Query) -> tuple[CheckCount, ...]:
    """Return for each check how many reports passed, failed, or could not be decided.

    `check` and `severity` choose among the checks, not among the reports; `replied` is left aside.
    """
    with reading(engine) as connection:
        counts = _counts(connection, query)
    return tuple(
        CheckCount(
            code=check.code,
            severity=check.severity,
            passed=counts[number]["passed"],
            failed=counts[number]["failed"],
            not_applicable=counts[number]["not_applicable"],
        )
        for check in _checks(query)
        for number in (CHECK_NUMBERS[check.code],)
    )


def replies(engine: Engine, office_id: str, year: int | None = None) -> tuple[Reply, ...]:
    """Return what an office says of its reports, the earliest first; of one year or all."""
    with reading(engine) as connection:
        found = replies_to(connection, (office_id,))
    chosen = (said for (_, of_year), said in found.items() if year in (None, of_year))
    every = (reply for of_report in chosen for reply in of_report)
    return tuple(sorted(every, key=lambda reply: reply.date))


def _checks(query: Query) -> list[Check]:
    return [
        check
        for check in all_checks()
        if query.check in (None, check.code) and query.severity in (None, check.severity.value)
    ]


def _of_reports(query: Query) -> Query:
    """Return the part of a query that chooses among reports."""
    return replace(query, check=None, severity=None, replied=None)


def _counts(connection: Connection, query: Query) -> dict[int, Counter[str]]:
    """Return counts by the check's number; findings are counted only where strata answer."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    region = stratum_region(_of_reports(query))
    if region is None:
        sums: dict[tuple[int, ...], Counter[str]] = defaultdict(Counter)
        rows = connection.execute(verdict_sums().where(finding_report_filter(query)))
        count_verdicts(rows, (), sums)
        for (check,), found in sums.items():
            counts[check] = found
        return counts
    parts = select(
        StratumCheck.check_number,
        *(func.sum(StratumCheck.__table__.c[name]).label(name) for name in CHECK_COUNTS),
    )
    rows = connection.execute(
        parts.join(Stratum, Stratum.number == StratumCheck.stratum)
        .where(stratum_filter(query, region))
        .group_by(StratumCheck.check_number)
    )
    for row in rows:
        counts[row.check_number] = Counter({name: row._mapping[name] for name in CHECK_COUNTS})
    return counts


def _direct_count(query: Query, verdict: Verdict) -> AnySelect:
    return (
        select(func.count())
        .select_from(Finding)
        .join(Report, Report.number == Finding.report)
        .where(finding_filter(query, verdict), finding_report_filter(query))
    )


def _finding_rows(query: Query, verdict: Verdict) -> AnySelect:
    return (
        select(*columns_of(Finding), Report.form, *OFFICE_COLUMNS)
        .select_from(Finding)
        .join(Report, Report.number == Finding.report)
        .outerjoin(Office, Office.number == Report.office)
        .outerjoin(Region, Region.code == Report.region_code)
        .where(finding_filter(query, verdict), finding_report_filter(query))
        .order_by(Finding.severity, Finding.report, Finding.position)
    )


def behind(connection: Connection, table: ListedTable, after: str, *among: Condition) -> Condition:
    """Return what comes after a finding in the order of lists; `among` it is looked for.

    Raises WrongUseError when no finding has this id.
    """
    parts = _ID.fullmatch(after)
    place = None
    if parts is not None:
        report = number_of(connection, parts[1])
        is_it = (table.report == report, table.code == parts[2], table.ordinal == int(parts[3]))
        found = select(table.severity, table.report, table.position).where(*is_it, *among)
        place = connection.execute(found).one_or_none()
    if place is None:
        named = plain(after, LONGEST_ID)
        raise WrongUseError(f"no finding has the id “{named}”, or no longer; begin anew")
    in_order = tuple_(table.severity, table.report, table.position)
    return in_order > tuple(place)


def columns_of(table: ListedTable) -> tuple[InstrumentedAttribute[Any], ...]:
    """Return the columns that current findings and those that are gone have in common."""
    return (
        table.code,
        table.ordinal,
        table.severity,
        table.verdict,
        table.rests_on_repair,
        table.is_replied,
        table.first_seen,
        table.left_value,
        table.right_value,
        table.reason,
        table.left_cells,
        table.right_cells,
        table.places,
        table.figures,
        table.detail,
    )


def replies_to_rows(connection: Connection, rows: Sequence[AnyRow]) -> RepliesByReport:
    """Return the replies to findings that are marked as replied to."""
    offices = {row.office_id for row in rows if row.is_replied}
    return replies_to(connection, offices) if offices else {}


def listed_values(row: AnyRow, said: RepliesByReport) -> dict[str, Any]:
    """Return the fields of a FindingRow from `columns_of`, an edition and OFFICE_COLUMNS."""
    report_id = f"{row.office_id}-{row.year}"
    outcome = Outcome(
        row.code,
        row.verdict,
        row.severity,
        row.left_cells,
        row.right_cells,
        prepare.given_number(row.left_value),
        prepare.given_number(row.right_value),
        None if row.reason is None else Reason(row.reason),
        row.places,
        row.detail,
    )
    replies = said.get((row.office_id, row.year), ()) if row.is_replied else ()
    return {
        "id": f"{report_id}-{row.code}-{row.ordinal}",
        "report_id": report_id,
        "office_id": row.office_id,
        "office_name": row.office_name,
        "level": row.level,
        "region_code": row.region_code,
        "region_name": row.region_name,
        "year": row.year,
        "form": row.form,
        "code": outcome.code,
        "severity": outcome.severity,
        "verdict": outcome.verdict,
        "cells": outcome.cells,
        "left_cells": outcome.left_cells,
        "right_cells": outcome.right_cells,
        "left": outcome.left,
        "right": outcome.right,
        "difference": outcome.difference,
        "reason": outcome.reason,
        "places": outcome.places,
        "detail": outcome.detail,
        "rests_on_repair": row.rests_on_repair,
        "office_name_en": row.office_name_en,
        "figures": row.figures,
        "first_seen": row.first_seen,
        "replies": tuple(r for r in replies if r.answers(outcome.code, outcome.cells)),
    }
