"""Writing reports: what a document changes, and everything that is counted of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select, update

from gipcore.checks.outcome import Outcome
from gipcore.checks.run import run_checks
from gipcore.checks.subject import KnownOffice
from gipcore.form.report import OfficeName, Report, SourceFile
from gipcore.store import models, records
from gipcore.store.across import compare_all, compare_touched, touch
from gipcore.store.body import digest
from gipcore.store.history import Version
from gipcore.store.models import FIRST_YEAR, LATEST_YEAR
from gipcore.store.offices import (
    PlacedOffice,
    UnplacedReportError,
    count_reports_of,
    find_office,
    match_of,
    office_by_number,
    place_office,
)
from gipcore.store.prepare import LONGEST_TEXT
from gipcore.store.records import LONGEST_FILE_NAME, Checked, Reading, Subject
from gipcore.store.replies import mark_replied
from gipcore.store.revisions import StoredRevision, part_of, says_the_same
from gipcore.store.rollups import add_all_reports, add_report, stratum_of
from gipcore.store.texts import words_digest
from gipcore.store.types import plain

UNSETTLED = int(digest("some reports are not compared yet"), 16)
MODULUS = 1 << 256  # the content hash is a sum: a report is added or taken out without the others


class Saved(StrEnum):
    """What saving a report did."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A document of the archive that gave no report, why, and the office and year if given."""

    sha256: str
    file_name: str
    code: str
    reason: str
    read_at: datetime | None = None
    office: str | None = None
    year: int | None = None


class Writer:
    """Writes within the transaction of a connection; the caller commits.

    `is_bulk`: what is counted over many reports is left to `finish`.
    """

    def __init__(self, connection: Connection, *, is_bulk: bool = False) -> None:
        self._connection = connection
        self._is_bulk = is_bulk
        self._content = 0
        self._read_at: datetime | None = None
        self._strata: dict[tuple[object, ...], int] = {}
        self._offices: dict[OfficeName, PlacedOffice] = {}
        self._has_rejected = not is_bulk

    def add_content(self, amount: int) -> None:
        """Add to the content hash what was written beside the reports."""
        self._content += amount
        self._settle()

    def save(self, reading: Reading) -> Saved:
        """Save a report with its outcomes.

        A document that is known, or that says just what the newest revision says, makes no
        revision. Raises UnplacedReportError when the office or the year is not known.
        """
        year = _year_of(reading.report)
        subject = Subject(self._place(reading.report.office), year)
        if reading.is_assigned:
            self._withdraw(reading.report.source, subject)
        saved = self._save(subject, reading)
        self._forget_rejection(reading.report.source.sha256)
        self._settle()
        return saved

    def reject(self, rejected: Rejected) -> None:
        """Note a document that gave no report, in place of what was noted of it before."""
        self._forget_rejection(rejected.sha256)
        self._has_rejected = True
        office = find_office(self._connection, rejected.office) if rejected.office else None
        self._connection.execute(
            insert(models.RejectedDocument).values(
                sha256=rejected.sha256,
                file_name=plain(rejected.file_name, LONGEST_FILE_NAME),
                code=rejected.code,
                reason=plain(rejected.reason, LONGEST_TEXT),
                office=None if office is None else office.number,
                year=rejected.year,
                read_at=rejected.read_at,
            )
        )
        self._note_time(rejected.read_at)
        self._settle()

    def finish(self) -> None:
        """Make up what bulk writing left: sums, counts of the offices, the content hash."""
        compare_all(self._connection)
        self._is_bulk = False
        mark_replied(self._connection)
        add_all_reports(self._connection)
        count_reports_of(self._connection)
        self._settle()

    def compare(self) -> None:
        """Compare with each other the reports that were touched since this was last done."""
        if compare_touched(self._connection):
            self._content -= UNSETTLED
        self._settle()

    def _touch(self, number: int) -> None:
        """Note a report for `compare`; until then the content hash is another one."""
        if not self._is_bulk and touch(self._connection, number):
            self._content += UNSETTLED

    def _save(self, subject: Subject, reading: Reading) -> Saved:
        reading = replace(reading, report=_placed(reading.report, subject))
        report = reading.report
        if records.has_document(self._connection, subject, report.source):
            return Saved.UNCHANGED
        self._note_time(reading.read_at)
        around = records.revisions_around(self._connection, subject)
        older, before = around[subject.year], _newest(around[subject.year - 1])
        newest = older[-1] if older else None
        if newest is not None and self._says_the_same(subject, newest, report):
            self._content += records.add_document(
                self._connection, subject, newest.revision, reading, is_source=False
            )
            return Saved.UNCHANGED
        revision = 1 if newest is None else newest.revision + 1
        checked = Checked(revision, reading, _outcomes(subject, report, before))
        if newest is not None:
            self._remove_current(subject)
            records.add_changes(self._connection, subject, checked, newest.report)
        self._content += records.add_document(
            self._connection, subject, revision, reading, is_source=True
        )
        self._content += records.add_revision(self._connection, subject, checked)
        self._add_current(subject, [*older, checked])
        self._check_following(subject, around[subject.year + 1], report)
        return Saved.NEW if newest is None else Saved.REVISED

    def _says_the_same(self, subject: Subject, newest: StoredRevision, report: Report) -> bool:
        """Tell whether a reading repeats the newest revision.

        Words count only between documents of one format: a page has other words around a report
        than a Word file, and a report that is kept without its text says nothing of them.
        """
        if not says_the_same(newest.report, report):
            return False
        if newest.report.source.format != report.source.format or not report.passages:
            return True
        known = records.words_of(self._connection, subject, newest.revision)
        return known in (None, words_digest(report.passages))

    def _place(self, named: OfficeName) -> PlacedOffice:
        known = self._offices.get(named)
        office = known or place_office(self._connection, named)
        if self._is_bulk:  # else a transaction may yet be rolled back
            self._offices[named] = office
        return office

    def _add_current(self, subject: Subject, versions: Sequence[Version]) -> None:
        key = records.stratum_key(subject, versions[-1])
        known = tuple(key.values())
        stratum = self._strata.get(known) or stratum_of(self._connection, key)
        if self._is_bulk:
            self._strata[known] = stratum
        self._touch(subject.number)
        records.add_current(self._connection, subject, versions, stratum)
        if not self._is_bulk:
            mark_replied(self._connection, subject.office.id, subject.year)
            add_report(self._connection, subject.number, sign=1)
            count_reports_of(self._connection, subject.office.number)

    def _remove_current(self, subject: Subject) -> None:
        self._touch(subject.number)
        if not self._is_bulk:
            add_report(self._connection, subject.number, sign=-1)
        records.remove_current(self._connection, subject)

    def _check_following(
        self, subject: Subject, found: Sequence[StoredRevision], report: Report | None
    ) -> None:
        """Check every revision of next year's report anew: its year before has changed."""
        following = subject.later(1)
        outcomes = [_outcomes(following, one.report, report) for one in found]
        if outcomes == [one.outcomes for one in found]:
            return
        versions = []
        for one, now in zip(found, outcomes, strict=True):
            version, content = records.replace_outcomes(self._connection, following, one, now)
            self._content += content
            versions.append(version)
        self._remove_current(following)
        self._add_current(following, versions)

    def _withdraw(self, source: SourceFile, subject: Subject) -> None:
        """Take a document out of every report but one; a report that has no other goes.

        The other reports of one file stay.
        """
        part = part_of(source.file)
        others = self._connection.execute(
            select(models.Report.office, models.Report.year)
            .join(models.Document, models.Document.report == models.Report.number)
            .where(
                models.Document.sha256 == source.sha256,
                models.Document.part == part,
                models.Report.number != subject.number,
            )
        ).all()
        for office, year in others:
            other = Subject(office_by_number(self._connection, office), year)
            history = records.history(self._connection, other)
            self._touch(other.number)
            if not self._is_bulk:
                add_report(self._connection, other.number, sign=-1)
            self._content += records.remove_report(self._connection, other)
            for reading in history:
                known = reading.report.source
                if (known.sha256, part_of(known.file)) != (source.sha256, part):
                    self._save(other, reading)
            around = records.revisions_around(self._connection, other)
            self._check_following(other, around[year + 1], _newest(around[year]))
            if not self._is_bulk:
                count_reports_of(self._connection, office)

    def _forget_rejection(self, sha256: str) -> None:
        if not self._has_rejected:
            return
        self._connection.execute(
            delete(models.RejectedDocument).where(models.RejectedDocument.sha256 == sha256)
        )

    def _note_time(self, read_at: datetime | None) -> None:
        if read_at is not None:
            self._read_at = read_at if self._read_at is None else max(self._read_at, read_at)

    def _settle(self) -> None:
        """Bring what the database says of itself up to date."""
        if self._is_bulk:
            return
        meta = self._connection.execute(select(models.Meta.content_hash, models.Meta.read_at)).one()
        times = [time for time in (meta.read_at, self._read_at) if time is not None]
        content = (int(meta.content_hash, 16) + self._content) % MODULUS
        self._connection.execute(
            update(models.Meta).values(
                content_hash=f"{content:064x}", read_at=max(times, default=None)
            )
        )
        self._content = 0


def _year_of(report: Report) -> int:
    year = report.year
    if year is None:
        raise UnplacedReportError(
            "no year was found in the document; give it with --year", code="no_year"
        )
    if not FIRST_YEAR <= year <= LATEST_YEAR:
        raise UnplacedReportError(
            f"{year} can be no year of a report; give the right one with --year", code="no_year"
        )
    return year


def _newest(revisions: Sequence[StoredRevision]) -> Report | None:
    return revisions[-1].report if revisions else None


def _outcomes(subject: Subject, report: Report, previous: Report | None) -> tuple[Outcome, ...]:
    """Run the checks on what every revision keeps: they look at figures and claims, not at text."""
    office = KnownOffice(subject.office.level, subject.office.function)
    return run_checks(replace(report, passages=()), previous, office)


def _placed(report: Report, subject: Subject) -> Report:
    """Return the report with what the register knows of its office."""
    office = subject.office
    printed = report.office.name
    suggestion = report.office.suggestion
    if suggestion is None and office.region_code is None and printed is not None:
        suggestion = match_of(report.office).suggestion
    name = OfficeName(
        name=office.name if printed in (None, office.id) else printed,
        id=office.id if office.is_registered else None,
        region_code=office.region_code,
        suggestion=suggestion,
    )
    return replace(report, office=name, year=subject.year)
