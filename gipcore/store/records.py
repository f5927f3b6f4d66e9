"""The rows of one report, written and removed together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from gipcore.checks.outcome import Outcome, Severity
from gipcore.form.report import Report, SourceFile
from gipcore.store import models, prepare
from gipcore.store.body import compress, decode_report, decompress, encode_outcomes, encode_report
from gipcore.store.finding_rows import finding_rows, gone_rows
from gipcore.store.headline import cases, headline
from gipcore.store.history import Version, trace
from gipcore.store.models import Base, report_number
from gipcore.store.offices import PlacedOffice
from gipcore.store.revisions import (
    StoredRevision,
    changed_cell_rows,
    document_digest,
    part_of,
    revision_digest,
    text_digest,
)
from gipcore.store.surroundings import tables_digest
from gipcore.store.texts import decode_passages, encode_passages, words_digest
from gipcore.store.types import plain

TABLES: tuple[type[Base], ...] = (
    models.Report,
    models.Cell,
    models.Claim,
    models.Finding,
    models.GoneFinding,
    models.Revision,
    models.RevisionText,
    models.RevisionCell,
    models.Document,
)
LONGEST_TITLE = 300
LONGEST_FILE_NAME = 200

# Made once: a statement costs more to put together than to run.
INSERTS = {table: insert(table) for table in TABLES}
REVISIONS = (
    select(
        models.Revision.report,
        models.Revision.revision,
        models.Revision.read_at,
        models.Revision.digest,
        models.Revision.body,
        models.Revision.outcomes,
    )
    .where(models.Revision.report.in_(bindparam("numbers", expanding=True)))
    .order_by(models.Revision.report, models.Revision.revision)
)
OWN_DOCUMENT = select(models.Document.revision).where(
    models.Document.report == bindparam("number"),
    models.Document.sha256 == bindparam("hash"),
    models.Document.part == bindparam("of_file"),
)
ANY_DOCUMENT = (
    select(models.Document.revision).where(models.Document.sha256 == bindparam("hash")).limit(1)
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as read from a document, and when; None: the time is not known.

    `is_assigned`: a person said which office or year it is of, so the document is of no other.
    """

    report: Report
    read_at: datetime | None = None
    is_assigned: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """The office and year that a report is of."""

    office: PlacedOffice
    year: int

    @property
    def number(self) -> int:
        """Return the report's number."""
        return report_number(self.office.number, self.year)

    @property
    def id(self) -> str:
        """Return the report's public id."""
        return f"{self.office.id}-{self.year}"

    def later(self, years: int) -> "Subject":
        """Return the subject of the same office in another year."""
        return Subject(self.office, self.year + years)


@dataclass(frozen=True, slots=True)
class Checked:
    """A revision ready to be written."""

    revision: int
    reading: Reading
    outcomes: Sequence[Outcome]

    @property
    def read_at(self) -> datetime | None:
        """Return when it was read."""
        return self.reading.read_at

    @property
    def report(self) -> Report:
        """Return the report it is of."""
        return self.reading.report


def revisions_around(
    connection: Connection, subject: Subject
) -> Mapping[int, list[StoredRevision]]:
    """Return the revisions of a report, and of the year before and after, in order, by year."""
    years = (subject.year - 1, subject.year, subject.year + 1)
    numbers = {report_number(subject.office.number, year): year for year in years}
    found: dict[int, list[StoredRevision]] = defaultdict(list)
    for row in connection.execute(REVISIONS, {"numbers": list(numbers)}):
        found[numbers[row[0]]].append(StoredRevision(*row[1:]))
    return found


def has_document(connection: Connection, subject: Subject, source: SourceFile) -> bool:
    """Tell whether a document, or that part of it, is known as one of the report's."""
    found = connection.execute(
        OWN_DOCUMENT,
        {"number": subject.number, "hash": source.sha256, "of_file": part_of(source.file)},
    )
    return found.one_or_none() is not None


def is_known(connection: Connection, sha256: str) -> bool:
    """Tell whether a document is known as one of any report's."""
    return connection.execute(ANY_DOCUMENT, {"hash": sha256}).one_or_none() is not None


def add_current(
    connection: Connection, subject: Subject, versions: Sequence[Version], stratum: int
) -> None:
    """Write the rows that stand for the newest of a report's revisions in lists and sums."""
    newest = versions[-1]
    number, report, outcomes = subject.number, newest.report, newest.outcomes
    failures = prepare.failures(outcomes)
    figures = headline(report)
    row = {
        **kind(subject, report),
        "number": number,
        "office": subject.office.number,
        "stratum": stratum,
        "revision": newest.revision,
        "is_balanced": prepare.is_balanced(outcomes),
        "errors": failures[Severity.ERROR],
        "warnings": failures[Severity.WARNING],
        "notices": failures[Severity.NOTICE],
        **prepare.verdict_bits(outcomes),
        "tables_digest": tables_digest(report, subject.office.id),
        "cases": prepare.stored_number(cases(figures)),
        "read_at": newest.read_at,
        "title": None if report.title is None else plain(report.title, LONGEST_TITLE),
        **{name: prepare.stored_number(n) for name, n in figures.items()},
    }
    _insert(connection, models.Report, [row])
    _insert(connection, models.Cell, prepare.cell_rows(number, report))
    _insert(connection, models.Claim, prepare.claim_rows(number, report))
    history = trace(versions)
    _insert(connection, models.Finding, finding_rows(number, newest, history))
    _insert(connection, models.GoneFinding, gone_rows(number, history))


def stratum_key(subject: Subject, version: Version) -> dict[str, Any]:
    """Return what a report is counted by."""
    balance = prepare.balance_of(prepare.is_balanced(version.outcomes))
    return {**kind(subject, version.report), "balance": balance}


def kind(subject: Subject, report: Report) -> dict[str, Any]:
    """Return what kind of report it is, by the columns of its row."""
    return {
        "year": subject.year,
        "region_code": subject.office.region_code,
        "level": subject.office.level,
        "function": subject.office.function,
        "form": report.form.value,
    }


def remove_current(connection: Connection, subject: Subject) -> None:
    """Remove the rows that stand for the newest revision."""
    connection.execute(delete(models.Report).where(models.Report.number == subject.number))
    for table in (models.Cell, models.Claim, models.Finding, models.GoneFinding):
        connection.execute(delete(table).where(table.report == subject.number))


def add_revision(connection: Connection, subject: Subject, checked: Checked) -> int:
    """Write a revision in full; return what it adds to the content hash."""
    body, outcomes = encode_report(checked.reading.report), encode_outcomes(checked.outcomes)
    digest = revision_digest(subject.id, checked.revision, body, outcomes)
    row = {
        "report": subject.number,
        "revision": checked.revision,
        "read_at": checked.reading.read_at,
        "digest": digest,
        "body": compress(body),
        "outcomes": compress(outcomes),
    }
    _insert(connection, models.Revision, [row])
    return int(digest, 16) + _add_text(connection, subject, checked)


def _add_text(connection: Connection, subject: Subject, checked: Checked) -> int:
    passages = checked.report.passages
    if not passages:
        return 0
    body = encode_passages(passages)
    digest = text_digest(subject.id, checked.revision, body)
    row = {
        "report": subject.number,
        "revision": checked.revision,
        "digest": digest,
        "words_digest": words_digest(passages),
        "body": compress(body),
    }
    _insert(connection, models.RevisionText, [row])
    return int(digest, 16)


def words_of(connection: Connection, subject: Subject, revision: int) -> str | None:
    """Return what names the words of a revision's text; None when its text is not kept."""
    table = models.RevisionText
    return connection.scalar(
        select(table.words_digest).where(table.report == subject.number, table.revision == revision)
    )


def replace_outcomes(
    connection: Connection, subject: Subject, found: StoredRevision, outcomes: Sequence[Outcome]
) -> tuple[StoredRevision, int]:
    """Write a revision's outcomes anew; return it so, and what that adds to the content hash."""
    packed = encode_outcomes(outcomes)
    digest = revision_digest(subject.id, found.revision, decompress(found.body), packed)
    replaced = replace(found, digest=digest, packed_outcomes=compress(packed))
    connection.execute(
        update(models.Revision)
        .where(models.Revision.report == subject.number, models.Revision.revision == found.revision)
        .values(digest=replaced.digest, outcomes=replaced.packed_outcomes)
    )
    return replaced, int(digest, 16) - int(found.digest, 16)


def add_changes(connection: Connection, subject: Subject, checked: Checked, old: Report) -> None:
    """List the cells that a revision changed."""
    rows = changed_cell_rows(subject.number, checked.revision, old, checked.reading.report)
    _insert(connection, models.RevisionCell, rows)


def add_document(
    connection: Connection, subject: Subject, revision: int, reading: Reading, *, is_source: bool
) -> int:
    """Note a document that gives a revision; return what it adds to the content hash."""
    source = reading.report.source
    part = part_of(source.file)
    row = {
        "report": subject.number,
        "sha256": source.sha256,
        "part": part,
        "revision": revision,
        "is_source": is_source,
        "bytes": source.bytes,
        "format": plain(source.format, LONGEST_FILE_NAME),
        "read_at": reading.read_at,
        "file_name": plain(source.file, LONGEST_FILE_NAME),
    }
    _insert(connection, models.Document, [row])
    return int(document_digest(subject.id, revision, source.sha256, part), 16)


def history(connection: Connection, subject: Subject) -> list[Reading]:
    """Return what was read for a report, in order, a reading a document.

    A document that only repeated a revision gets that revision's report with its own file.
    """
    table = models.Document
    rows = connection.execute(
        select(
            table.sha256,
            table.file_name,
            table.format,
            table.bytes,
            table.read_at,
            models.Revision.body,
            models.RevisionText.body,
        )
        .join(
            models.Revision,
            (models.Revision.report == table.report) & (models.Revision.revision == table.revision),
        )
        .outerjoin(
            models.RevisionText,
            (models.RevisionText.report == table.report)
            & (models.RevisionText.revision == table.revision),
        )
        .where(table.report == subject.number)
        .order_by(table.revision, table.is_source.desc(), table.read_at, table.sha256, table.part)
    )
    readings = []
    for sha256, file, format_, size, read_at, body, text in rows:
        report = decode_report(decompress(body))
        passages = () if text is None else decode_passages(decompress(text))
        source = SourceFile(file, sha256, format_, size)
        readings.append(Reading(replace(report, source=source, passages=passages), read_at))
    return readings


def remove_report(connection: Connection, subject: Subject) -> int:
    """Remove everything of a report; return what that adds to the content hash."""
    number = subject.number
    remove_current(connection, subject)
    content = 0
    for kept in (models.Revision, models.RevisionText):
        digests = connection.scalars(select(kept.digest).where(kept.report == number))
        content -= sum(int(digest, 16) for digest in digests)
    documents = connection.execute(
        select(models.Document.revision, models.Document.sha256, models.Document.part).where(
            models.Document.report == number
        )
    )
    content -= sum(int(document_digest(subject.id, *row), 16) for row in documents)
    for table in (models.Revision, models.RevisionText, models.RevisionCell, models.Document):
        connection.execute(delete(table).where(table.report == number))
    return content


def _insert(connection: Connection, table: type[Base], rows: list[prepare.Row]) -> None:
    if rows:
        connection.execute(INSERTS[table], rows)
