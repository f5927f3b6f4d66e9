"""The checks across offices (C903–C905): one pass at the end of a build, the rest after an ingest.

What they give is no part of a revision: it follows from all reports together. It stands in the
reports' rows and findings like that of any other check. A report that is written or removed is
noted as touched; when the ingest is done, only what the touched reports bear on is compared anew:
those with the same figures, offices alike in that year and the next, the region's government. An
ingest that was broken off leaves its notes to the next one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from gipcore.checks.outcome import Verdict
from gipcore.store.body import decode_report, decompress
from gipcore.store.finding_rows import finding_columns
from gipcore.store.models import (
    LATEST_YEAR,
    MOST_OFFICES,
    Finding,
    Report,
    Revision,
    Stratum,
    Touched,
)
from gipcore.store.offices import count_reports_of
from gipcore.store.prepare import CHECK_NUMBERS, Row
from gipcore.store.replies import mark_replied
from gipcore.store.rollups import Sums, add_check_counts, add_notices
from gipcore.store.surroundings import (
    ACROSS_CODES,
    HIGHEST_DIGEST,
    Compared,
    compare_areas,
    compare_changes,
    compare_tables,
)
from gipcore.store.upsert import insert_or

PARTS = 64  # of all digests, each held in memory at a time
BATCH = 1000
COLUMN_OF_VERDICT = {
    Verdict.PASSED: Report.checks_passed,
    Verdict.FAILED: Report.checks_failed,
    Verdict.NOT_APPLICABLE: Report.checks_not_applicable,
}
FINDING = Finding.__table__
KEYS = (Touched.region_code, Touched.level, Touched.function, Touched.tables_digest)


def touch(connection: Connection, number: int) -> bool:
    """Note that a report is about to change or was added; tell whether it is the first noted."""
    is_first = not connection.scalar(select(exists().select_from(Touched)))
    names = [key.key for key in KEYS]
    known = connection.execute(
        select(*(getattr(Report, name) for name in names)).where(Report.number == number)
    ).one_or_none()
    values = dict.fromkeys(names) if known is None else dict(known._mapping)
    connection.execute(
        insert_or(connection, Touched).values(report=number, **values).on_conflict_do_nothing()
    )
    return is_first


def compare_all(connection: Connection) -> None:
    """Compare every report with the others; the sums and counts are left to the caller."""
    step = -(-HIGHEST_DIGEST // PARTS)
    for part in range(PARTS):
        found = compare_tables(connection, part * step, (part + 1) * step - 1)
        _write(connection, found, is_bulk=True)
    for year in connection.scalars(select(Report.year).distinct().order_by(Report.year)).all():
        _write(connection, compare_changes(connection, year), is_bulk=True)
        _write(connection, compare_areas(connection, year), is_bulk=True)


def compare_touched(connection: Connection) -> bool:
    """Compare anew what the touched reports bear on; tell whether there were any."""
    rows = connection.execute(select(Touched.report, *KEYS)).all()
    now = select(Report.number, *(getattr(Report, key.key) for key in KEYS)).join(
        Touched, Touched.report == Report.number
    )
    digests: set[int] = set()
    kinds: set[tuple[int, str, str]] = set()
    areas: set[tuple[int, str, str]] = set()
    for number, region, level, function, tables in (*rows, *connection.execute(now)):
        year = LATEST_YEAR - number // MOST_OFFICES
        digests |= set() if tables is None else {tables}
        if level is not None and function is not None:
            kinds |= {(year, level, function), (year + 1, level, function)}
        if region is not None and level is not None:
            areas.add((year, region, level))
    for tables in sorted(digests):
        _write(connection, compare_tables(connection, tables, tables))
    for year, level, function in sorted(kinds):
        _write(connection, compare_changes(connection, year, level, function))
    for year, region, level in sorted(areas):
        _write(connection, compare_areas(connection, year, region, level))
    connection.execute(delete(Touched))
    return bool(rows)


def _write(connection: Connection, found: Iterable[Compared], *, is_bulk: bool = False) -> None:
    """Write what comparing gave, so much at a time; in bulk without what is counted of it."""
    for batch in _batches(found):
        changed = [one for one in batch if one.verdict is not one.before]
        _set_verdicts(connection, changed)
        failing = [one for one in batch if Verdict.FAILED in (one.verdict, one.before)]
        more = _replace_findings(connection, failing)
        if not is_bulk and (changed or more):
            _count(connection, changed, more)


def _batches(found: Iterable[Compared]) -> Iterator[list[Compared]]:
    everything = iter(found)
    while batch := list(islice(everything, BATCH)):
        yield batch


def _set_verdicts(connection: Connection, changed: Sequence[Compared]) -> None:
    numbers = defaultdict(list)
    for one in changed:
        numbers[one.code, one.before, one.verdict].append(one.number)
    for (code, before, verdict), found in numbers.items():
        bit = 1 << CHECK_NUMBERS[code]
        old, new = COLUMN_OF_VERDICT[before], COLUMN_OF_VERDICT[verdict]
        connection.execute(
            update(Report).where(Report.number.in_(found)).values({old: old - bit, new: new + bit})
        )


def _replace_findings(
    connection: Connection, found: Sequence[Compared]
) -> dict[tuple[int, str], int]:
    """Write the findings of reports anew where they differ; return how many more there are.

    The findings of these checks come last in a report, in the order of their codes.
    """
    if not found:
        return {}
    numbers = [one.number for one in found]
    known = defaultdict(list)
    for row in connection.execute(
        select(FINDING)
        .where(Finding.report.in_(numbers), Finding.code.in_(ACROSS_CODES))
        .order_by(Finding.report, Finding.position)
    ).mappings():
        known[row["report"]].append(dict(row))
    bodies = _bodies(connection, [one.number for one in found if one.failures])
    rows: list[Row] = []
    stale: list[int] = []
    more = {}
    for one in found:
        old = known[one.number]
        own = [_finding(one, at, bodies[one.number]) for at in range(len(one.failures))]
        was = [row for row in old if row["code"] == one.code]
        if [_said(row) for row in was] == [_said(row) for row in own]:
            continue
        stale.append(one.number)
        more[one.number, one.code] = len(own) - len(was)
        kept = [row for row in old if row["code"] != one.code]
        rows += sorted((*kept, *own), key=lambda row: (row["code"], row["ordinal"]))
    if not stale:
        return {}
    connection.execute(
        delete(Finding).where(Finding.report.in_(stale), Finding.code.in_(ACROSS_CODES))
    )
    _insert(connection, stale, rows)
    _add_notices(connection, more)
    return more


def _bodies(connection: Connection, numbers: Sequence[int]) -> dict[int, bytes]:
    rows = connection.execute(
        select(Report.number, Revision.body)
        .join(Revision, (Revision.report == Report.number) & (Revision.revision == Report.revision))
        .where(Report.number.in_(numbers))
    )
    return {row.number: row.body for row in rows}


def _finding(one: Compared, at: int, body: bytes) -> Row:
    return {
        "report": one.number,
        "ordinal": at + 1,
        "first_seen": None,  # it depends on other reports: no revision has it
        **finding_columns(one.failures[at], decode_report(decompress(body))),
    }


def _said(row: Row) -> Row:
    return {name: row[name] for name in row if name not in ("position", "is_replied")}


def _insert(connection: Connection, numbers: Sequence[int], rows: Sequence[Row]) -> None:
    """Insert findings behind those that their reports have."""
    first = dict.fromkeys(numbers, 0)
    counted = (
        select(Finding.report, func.count())
        .where(Finding.report.in_(numbers))
        .group_by(Finding.report)
    )
    for report, findings in connection.execute(counted):
        first[report] = findings
    placed = []
    for row in rows:
        placed.append({**row, "position": first[row["report"]]})
        first[row["report"]] += 1
    if placed:
        connection.execute(insert(Finding), placed)


def _add_notices(connection: Connection, more: dict[tuple[int, str], int]) -> None:
    numbers = defaultdict(list)
    for (number, _), findings in more.items():
        numbers[findings].append(number)
    for findings, found in numbers.items():
        connection.execute(
            update(Report).where(Report.number.in_(found)).values(notices=Report.notices + findings)
        )


def _count(
    connection: Connection, changed: Sequence[Compared], more: dict[tuple[int, str], int]
) -> None:
    """Bring the sums of the strata and of the offices up to date."""
    numbers = {one.number for one in changed} | {number for number, _ in more}
    strata = {
        row.number: (row.stratum, row.parent)
        for row in connection.execute(
            select(Report.number, Report.stratum, Stratum.parent)
            .join(Stratum, Stratum.number == Report.stratum)
            .where(Report.number.in_(numbers))
        )
    }
    sums: Sums = defaultdict(Counter)
    notices: Counter[int] = Counter()
    for one in changed:
        for stratum in strata[one.number]:
            sums[stratum, CHECK_NUMBERS[one.code]][one.before.value] -= 1
            sums[stratum, CHECK_NUMBERS[one.code]][one.verdict.value] += 1
    for (number, code), findings in more.items():
        for stratum in strata[number]:
            sums[stratum, CHECK_NUMBERS[code]]["findings"] += findings
            notices[stratum] += findings
    add_check_counts(connection, sums)
    add_notices(connection, notices)
    if more:
        mark_replied(connection)
    for office in {number % MOST_OFFICES for number, _ in more}:
        count_reports_of(connection, office)
