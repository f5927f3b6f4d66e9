"""Reading what changed since a state of the data: reports, their cells, their findings.

What was read after the moment is left out, and the reports of the following year are checked as
they were then: with that the hash that was cited comes out again, unless something else changed
too (the registers, replies, the program), or the state is none that ever was.
Findings by comparison with other offices are not told: they may change with any report.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from sqlalchemy import Connection, Engine, func, or_, select

from gipcore.checks.outcome import Outcome, Verdict
from gipcore.checks.run import run_checks
from gipcore.checks.subject import KnownOffice
from gipcore.form.report import Report as FormReport
from gipcore.store.body import decompress, encode_outcomes
from gipcore.store.database import reading
from gipcore.store.filters import Condition
from gipcore.store.history import Relation, by_relation
from gipcore.store.models import (
    MOST_OFFICES,
    Document,
    Meta,
    Office,
    Report,
    Revision,
    RevisionText,
)
from gipcore.store.query import EVERYTHING, Query
from gipcore.store.read_reports import report_row, rows_of_reports
from gipcore.store.revisions import (
    StoredRevision,
    changed_cells,
    document_digest,
    revision_digest,
)
from gipcore.store.rows import CellChange, ReportRow
from gipcore.store.snapshots import Snapshot
from gipcore.store.surroundings import ACROSS_CODES
from gipcore.store.types import AnyRow

AT_A_TIME = 100  # reports
MOST_PROVED = 5000  # reports beyond which it is not tried
MODULUS = 1 << 256


class Change(StrEnum):
    """What changed."""

    REPORT_NEW = "report_new"
    REPORT_REVISED = "report_revised"
    CELL = "cell_changed"
    FINDING_NEW = "finding_new"
    FINDING_GONE = "finding_gone"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of a report; `revision_then` is None for one that was not there.

    `key` tells changes of one kind apart within a report.
    """

    change: Change
    report: ReportRow
    revision_then: int | None
    key: str = ""
    cell: CellChange | None = None
    finding: Outcome | None = None

    @property
    def id(self) -> str:
        """Return what names the row."""
        return "~".join(filter(None, (self.report.id, self.change.value, self.key)))


@dataclass(frozen=True, slots=True)
class Past:
    """What can be said of a state that was cited.

    `is_proved`: the hash cited comes out of what is kept; None where that was not tried.
    """

    is_current: bool
    is_proved: bool | None
    reports_new: int
    reports_revised: int


@dataclass(frozen=True)
class _Pair:
    """A report that may have changed: its revisions, and those of the report of the year before."""

    row: ReportRow
    office: KnownOffice
    revisions: Sequence[StoredRevision]
    earlier: Sequence[StoredRevision]
    moment: datetime

    @property
    def now(self) -> StoredRevision:
        """Return the newest revision."""
        return self.revisions[-1]

    @cached_property
    def then(self) -> StoredRevision | None:
        """Return the revision that was the newest at the moment; None when there was none."""
        return _newest_then(self.revisions, self.moment)

    def outcomes_then(self, revision: StoredRevision) -> tuple[Outcome, ...]:
        """Return what the checks of a revision came to beside the report of the year before."""
        before = _newest_then(self.earlier, self.moment)
        newest = self.earlier[-1] if self.earlier else None
        if before is newest:
            return revision.outcomes
        previous = None if before is None else before.report
        return run_checks(replace(revision.report, passages=()), previous, self.office)


def changes(engine: Engine, query: Query, snapshot: Snapshot) -> Iterator[ChangeRow]:
    """Yield what changed in the reports of a query, in the order of lists, in constant memory."""
    with reading(engine) as connection:
        if _hash(connection).startswith(snapshot.hash):
            return
        for pair in _affected(connection, query, snapshot.moment):
            yield from _changes_of(pair)


def past(engine: Engine, snapshot: Snapshot) -> Past:
    """Return what can be said of a state as a whole."""
    with reading(engine) as connection:
        content = _hash(connection)
        if content.startswith(snapshot.hash):
            return Past(is_current=True, is_proved=True, reports_new=0, reports_revised=0)
        moment = snapshot.moment
        read_since = select(func.count()).select_from(Report).where(Report.read_at > moment)
        touched = connection.scalar(read_since) or 0
        kept = select(Revision.report).where(_is_kept(moment)).distinct()
        revised = connection.scalar(read_since.where(Report.number.in_(kept))) or 0
        is_proved = None
        if touched <= MOST_PROVED:
            found = _content_then(connection, int(content, 16), moment)
            is_proved = f"{found:064x}".startswith(snapshot.hash)
    return Past(False, is_proved, touched - revised, revised)


def _hash(connection: Connection) -> str:
    found: str = connection.execute(select(Meta.content_hash)).scalar_one()
    return found


def _is_kept(moment: datetime) -> Condition:
    """Return what a revision must be that was there; one of no known time was."""
    return or_(Revision.read_at.is_(None), Revision.read_at <= moment)


def _affected(connection: Connection, query: Query, moment: datetime) -> Iterator[_Pair]:
    """Yield the reports that were read since, and those of the year after them."""
    since = select(Report.number).where(Report.read_at > moment)
    wanted = rows_of_reports(query).add_columns(Report.number.label("number"))
    wanted = wanted.where(or_(Report.number.in_(since), (Report.number + MOST_OFFICES).in_(since)))
    first = 0
    while rows := connection.execute(wanted.where(Report.number >= first).limit(AT_A_TIME)).all():
        numbers = [row.number for row in rows]
        before = [number + MOST_OFFICES for number in numbers]
        stored = _revisions(connection, {*numbers, *before})
        for row in rows:
            office = KnownOffice(row.level, row.function)
            earlier = stored.get(row.number + MOST_OFFICES, ())
            yield _Pair(report_row(row), office, stored[row.number], earlier, moment)
        first = numbers[-1] + 1


def _revisions(connection: Connection, numbers: set[int]) -> Mapping[int, list[StoredRevision]]:
    table = Revision
    wanted = (
        select(
            table.report, table.revision, table.read_at, table.digest, table.body, table.outcomes
        )
        .where(table.report.in_(numbers))
        .order_by(table.report, table.revision)
    )
    found: dict[int, list[StoredRevision]] = {}
    for row in connection.execute(wanted):
        revision = StoredRevision(row.revision, row.read_at, row.digest, row.body, row.outcomes)
        found.setdefault(row.report, []).append(revision)
    return found


def _was_there(revision: StoredRevision, moment: datetime) -> bool:
    return revision.read_at is None or revision.read_at <= moment


def _newest_then(revisions: Sequence[StoredRevision], moment: datetime) -> StoredRevision | None:
    return next((each for each in reversed(revisions) if _was_there(each, moment)), None)


def _changes_of(pair: _Pair) -> Iterator[ChangeRow]:
    row, then = pair.row, pair.then
    revision = None if then is None else then.revision
    if then is None:
        yield ChangeRow(Change.REPORT_NEW, row, None)
    elif then.revision != pair.now.revision:
        yield ChangeRow(Change.REPORT_REVISED, row, revision)
        for cell in _cells(then.report, pair.now):
            yield ChangeRow(Change.CELL, row, revision, cell.cell, cell=cell)
    was = _failures(() if then is None else pair.outcomes_then(then))
    now = _failures(pair.now.outcomes)
    for change, found, others in (
        (Change.FINDING_NEW, now, was),
        (Change.FINDING_GONE, was, now),
    ):
        counted: Counter[str] = Counter()
        for relation, outcome in found.items():
            counted[outcome.code] += 1
            if relation not in others:
                key = f"{outcome.code}-{counted[outcome.code]}"
                yield ChangeRow(change, row, revision, key, finding=outcome)


def _failures(outcomes: Sequence[Outcome]) -> Mapping[Relation, Outcome]:
    return {
        relation: outcome
        for relation, outcome in by_relation(outcomes).items()
        if outcome.verdict is Verdict.FAILED and outcome.code not in ACROSS_CODES
    }


def _cells(old: FormReport, newest: StoredRevision) -> Iterator[CellChange]:
    for name, before, after in changed_cells(old, newest.report):
        yield CellChange(
            newest.revision,
            name,
            before.number if before else None,
            before.state if before else None,
            before.raw if before else None,
            after.number if after else None,
            after.state if after else None,
            after.raw if after else None,
        )


def _content_then(connection: Connection, content: int, moment: datetime) -> int:
    """Return the content hash without what was read since, as a number."""
    for report_id, revision, sha256, part in _documents_since(connection, moment):
        content -= int(document_digest(report_id, revision, sha256, part), 16)
    is_later = Revision.read_at > moment
    of_revision = (RevisionText.report == Revision.report) & (
        RevisionText.revision == Revision.revision
    )
    for later in (
        select(Revision.digest).where(is_later),
        select(RevisionText.digest).join(Revision, of_revision).where(is_later),
    ):
        content -= sum(int(digest, 16) for digest in connection.scalars(later))
    for pair in _affected(connection, EVERYTHING, moment):
        content += _checked_otherwise(pair)
    return content % MODULUS


def _documents_since(connection: Connection, moment: datetime) -> Iterator[AnyRow]:
    wanted = (
        select(Office.id, Report.year, Document.revision, Document.sha256, Document.part)
        .join(Report, Report.number == Document.report)
        .join(Office, Office.number == Report.office)
        .where(Document.read_at > moment)
    )
    for office, year, *others in connection.execute(wanted):
        yield (f"{office}-{year}", *others)  # type: ignore[misc]


def _checked_otherwise(pair: _Pair) -> int:
    """Return what the revisions of a report that were there had as other outcomes then."""
    added = 0
    for revision in pair.revisions:
        if _was_there(revision, pair.moment):
            outcomes = encode_outcomes(pair.outcomes_then(revision))
            body = decompress(revision.body)
            was = revision_digest(pair.row.id, revision.revision, body, outcomes)
            added += int(was, 16) - int(revision.digest, 16)
    return added
