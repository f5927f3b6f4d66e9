"""Reading documents into the database, and building the database from all that is kept."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from gipcore.checks.subject import UNKNOWN_OFFICE, KnownOffice
from gipcore.documents.archive import members_within
from gipcore.documents.limits import LIMITS, too_large
from gipcore.documents.worker import read_document_bounded
from gipcore.errors import GipError, InvalidDataError, NoReportError, UnreadableDocumentError
from gipcore.form.report import OfficeName, Report, SourceFile
from gipcore.parsing.parse import parse_document, parts_of
from gipcore.register.matching import own_finder
from gipcore.register.names import normalize_name
from gipcore.register.rows import load_register
from gipcore.store.archive import Archive, ArchivedDocument, open_archive, sha256_of
from gipcore.store.building import has_database, new_database, open_for_writing
from gipcore.store.database import reading
from gipcore.store.normalized import REPORTS, is_normalized, normalized_files, read_normalized
from gipcore.store.offices import UnplacedReportError, find_office, match_of
from gipcore.store.records import Reading, is_known
from gipcore.store.reply_files import REPLIES, load_replies
from gipcore.store.writing import Rejected, Saved, Writer

Progress = Callable[[int, int, str], None]  # files done, files in all, the file just done
SECONDS, CONVERTING_SECONDS = LIMITS.seconds, LIMITS.seconds + LIMITS.conversion_seconds
READING_SECONDS: float | None = None  # what the worker allows a document of its kind
CONTRADICTION = "contradiction"
NO_REPORT = NoReportError.code
# What is no document is not kept; anything else may be read by a later version of the program.
NOT_KEPT = frozenset(
    {
        *("empty_file", "unknown_format", "too_large", "unreadable_file"),
        CONTRADICTION,
    }
)

EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file that gave no report, and why."""

    file: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of some files."""

    new: int
    revised: int
    unchanged: int
    rejected: tuple[Rejection, ...]


def read_reports(
    given: Path | bytes, file_name: str | None = None
) -> Iterator[tuple[str, Report | GipError]]:
    """Read a file, or each document of an archive; what cannot be read stands with its error."""
    file = file_name or (given.name if isinstance(given, Path) else "document")
    try:
        whole = _bytes_of(given) if isinstance(given, Path) else given
        for name, data in members_within(whole, file):
            if isinstance(data, GipError):
                yield name, data
                continue
            yield from _reports_of(data, name)
    except GipError as error:
        yield file, error


def _reports_of(data: bytes, name: str) -> Iterator[tuple[str, Report | GipError]]:
    """Read each report of one document; several are named `name#1` and on."""
    try:
        if is_normalized(data):
            yield name, read_report(data, name)
            return
        document = read_document_bounded(data, name, seconds=READING_SECONDS)
    except GipError as error:
        yield name, error
        return
    for part, source in parts_of(document, _source_file(data, name, document.format)):
        try:
            yield source.file, name_office(parse_document(part, source))
        except GipError as error:
            yield source.file, error


def read_report(given: Path | bytes, file_name: str | None = None) -> Report:
    """Read a document, or a normalized report, given as a file or as its bytes.

    A document is read in a process of its own, with bounds on time and memory. Raises
    UnreadableDocumentError, NoReportError or InvalidDataError.
    """
    if isinstance(given, Path):
        name, data = file_name or given.name, _bytes_of(given)
    else:
        name, data = file_name or "document", given
    if is_normalized(data):
        return name_office(read_normalized(data, name).report)
    document = read_document_bounded(data, name, seconds=READING_SECONDS)
    return name_office(parse_document(document, _source_file(data, name, document.format)))


def _source_file(data: bytes, name: str, format: str) -> SourceFile:
    return SourceFile(name, sha256_of(data), format, len(data))


def name_office(report: Report) -> Report:
    """Return a report with what the register knows of its office; the printed name stays.

    Where the name may mean several regions, the text of the report may tell which, or what a
    normalized report says of its region.
    """
    named = report.office
    known = own_finder().office(named.id) if named.id else None
    if known is not None and known.region_code is not None:
        office = replace(named, region_code=known.region_code, suggestion=None)
        return replace(report, office=office)
    if named.name is None:
        return replace(report, office=OfficeName(None, named.id))
    match = match_of(named)
    if match.region_code is None:
        context = "\n".join((report.title or "", *(passage.text for passage in report.passages)))
        match = own_finder().match(named.name, context)
    office = OfficeName(
        name=named.name,
        id=named.id if match.office is None else match.office.id,
        region_code=match.region_code,
        suggestion=match.suggestion,
    )
    return replace(report, office=office)


def known_office(report: Report) -> KnownOffice:
    """Return what the register, or the name alone, tells of a report's office."""
    if report.office.name is None:
        return UNKNOWN_OFFICE
    match = match_of(report.office)
    return KnownOffice(match.level, match.function)


def ingest_paths(
    paths: Sequence[Path],
    url: str | None = None,
    *,
    jobs: int = 1,
    office: str | None = None,
    year: int | None = None,
    is_correction: bool = False,
    progress: Progress | None = None,
    reports_dir: Path = REPORTS,
    archive_dir: Path | None = None,
    replies_dir: Path = REPLIES,
) -> Summary:
    """Read files and folders into the database, one transaction a report; keep each document.

    `office` (name or id) and `year` stand for what the documents do not say; what they say
    otherwise is a rejection, unless this `is_correction`. A database that is not there
    yet is built first. A file that gives no report is named in the summary, and the rest goes on.
    The offices' replies are read anew.
    With more than one job, reading happens in processes of their own.
    """
    archive = open_archive(archive_dir)
    if not has_database(url):
        build_database(
            url,
            reports_dir=reports_dir,
            archive_dir=archive_dir,
            replies_dir=replies_dir,
            jobs=jobs,
        )
    files = _files_within(paths)
    tally = _Tally(len(files), progress)
    register = load_register()
    replies = load_replies(register, replies_dir)
    with open_for_writing(url, register, replies=replies) as engine:
        sources = _unknown(_from_files(files, office, year, tally), engine, tally)
        for source, result in _read_all(sources, jobs):
            if isinstance(result, Report) and not is_correction:
                with reading(engine) as connection:
                    result = _contradiction(connection, result, source) or result
            if isinstance(result, Rejection) and result.code in NOT_KEPT:
                tally.count(source.file, result)
                continue
            kept = archive.add(source.data, source.name, datetime.now(UTC), office, year)
            with engine.begin() as connection:
                saved = _save(Writer(connection), replace(source, read_at=kept.read_at), result)
            tally.count(source.file, saved)
    return tally.summary()


def build_database(
    url: str | None = None,
    *,
    reports_dir: Path = REPORTS,
    archive_dir: Path | None = None,
    replies_dir: Path = REPLIES,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Summary:
    """Make the database anew from reports, archive and replies, and put it in place.

    Where a document stands in both, the normalized report counts: it is the reviewed one. Of
    several documents for an office and year the one read later is the later revision; a normalized
    report that does not say when it was read is the earliest. A document that gives no report is
    named in the summary. Raises InvalidDataError for a broken normalized report, register or reply.
    """
    archive = open_archive(archive_dir)
    reviewed = [_normalized_source(file) for file in normalized_files(reports_dir)]
    hashes = {source.sha256 for source in reviewed}
    archived = [found for found in archive.documents() if found.sha256 not in hashes]
    tally = _Tally(len(reviewed) + len(archived), progress)
    register = load_register()
    replies = load_replies(register, replies_dir)
    with new_database(url, register, replies=replies) as writer:
        for source, result in _read_all(_by_time(reviewed, archived, archive, tally), jobs):
            tally.count(source.file, _save(writer, source, result))
    return tally.summary()


@dataclass(frozen=True, slots=True)
class _Source:
    """The bytes of a document and what is known of it besides."""

    file: str
    name: str
    data: bytes
    sha256: str
    office: str | None = None
    year: int | None = None
    read_at: datetime | None = None


class _Tally:
    """Counts what becomes of files."""

    def __init__(self, files: int, progress: Progress | None) -> None:
        self._files = files
        self._progress = progress
        self._done = 0
        self._counts = dict.fromkeys(Saved, 0)
        self._rejected: list[Rejection] = []

    def expect(self, files: int) -> None:
        """Expect so many files more than was known before."""
        self._files += files

    def count(self, file: str, result: Saved | Rejection) -> None:
        """Count a file that is done."""
        if isinstance(result, Rejection):
            self._rejected.append(result)
        else:
            self._counts[result] += 1
        self._done += 1
        self._files = max(self._files, self._done)  # a file may hold several reports
        if self._progress is not None:
            self._progress(self._done, self._files, file)

    def summary(self) -> Summary:
        """Return the counts."""
        return Summary(
            new=self._counts[Saved.NEW],
            revised=self._counts[Saved.REVISED],
            unchanged=self._counts[Saved.UNCHANGED],
            rejected=tuple(self._rejected),
        )


def _save(writer: Writer, source: _Source, result: Report | Rejection) -> Saved | Rejection:
    """Write what was read of a document: its report, or why there is none."""
    if isinstance(result, Report):
        try:
            return writer.save(
                Reading(
                    _as_given(result, source),
                    source.read_at,
                    is_assigned=bool(source.office or source.year),
                )
            )
        except UnplacedReportError as error:
            result = Rejection(source.file, error.code, error.message)
    if result.code == NO_REPORT:
        return result  # another document: no office's report is missing because of it
    writer.reject(
        Rejected(
            sha256=source.sha256,
            file_name=source.name,
            code=result.code,
            reason=result.reason,
            read_at=source.read_at,
            office=source.office,
            year=source.year,
        )
    )
    return result


def _contradiction(connection: Connection, report: Report, source: _Source) -> Rejection | None:
    """Return why the office or year given for a document cannot be what the document names."""
    said: list[str] = []
    if source.year and report.year and source.year != report.year:
        said.append(f"the document is on {report.year}, not on {source.year}")
    if source.office and report.office.name and not _is_same(connection, report, source.office):
        said.append(f"the document names the office “{report.office.name}”, not “{source.office}”")
    if not said:
        return None
    reason = "; ".join(said)
    advice = "leave --office and --year out, or correct the document with --correct"
    return Rejection(source.file, CONTRADICTION, f"{reason}; {advice}")


def _is_same(connection: Connection, report: Report, given: str) -> bool:
    """Tell whether two names may be one office's: in the register, or one longer than the other."""
    printed = report.office.name or ""
    one, other = find_office(connection, given), find_office(connection, printed)
    if one is not None and other is not None:
        return one.id == other.id
    short, long = sorted((normalize_name(given), normalize_name(printed)), key=len)
    return (one is not None and given == one.id) or long.endswith(short)


def _as_given(report: Report, source: _Source) -> Report:
    """Return a report with the office and year that a person gave for it."""
    if source.office:
        report = replace(report, office=OfficeName(source.office))
    return replace(report, year=source.year) if source.year else report


def _files_within(paths: Iterable[Path]) -> list[Path]:
    """Return the files, and those within folders, in order of their names; hidden ones are not."""
    files = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            found = (Path(folder, name) for name in sorted(names) if not name.startswith("."))
            files += [file for file in found if file.is_file()]
    return files


def _from_files(
    files: Iterable[Path], office: str | None, year: int | None, tally: _Tally
) -> Iterator[_Source]:
    for file in files:
        try:
            data = _bytes_of(file)
        except UnreadableDocumentError as error:
            tally.count(str(file), _rejection(str(file), error))
            continue
        try:
            for position, (name, member) in enumerate(members_within(data, file.name)):
                tally.expect(1 if position else 0)
                path = str(file.parent / name)
                if isinstance(member, GipError):
                    tally.count(path, _rejection(path, member))
                    continue
                yield _Source(path, Path(name).name, member, sha256_of(member), office, year)
        except UnreadableDocumentError as error:
            if error.code in NOT_KEPT:
                tally.count(str(file), _rejection(str(file), error))
                continue
            # Damaged as a whole: it is read, refused and kept like any one document.
            yield _Source(str(file), file.name, data, sha256_of(data), office, year)


def _unknown(sources: Iterable[_Source], engine: Engine, tally: _Tally) -> Iterator[_Source]:
    """Pass on what must be read: what is known, and is not given another office, is unchanged."""
    for source in sources:
        is_assigned = bool(source.office or source.year)
        with reading(engine) as connection:
            if not is_assigned and is_known(connection, source.sha256):
                tally.count(source.file, Saved.UNCHANGED)
                continue
        yield source


def _normalized_source(file: Path) -> _Source:
    data = _bytes_of(file)
    found = read_normalized(data, file.name)
    return _Source(str(file), file.name, data, found.report.source.sha256, read_at=found.read_at)


def _by_time(
    reviewed: Iterable[_Source],
    archived: Iterable[ArchivedDocument],
    archive: Archive,
    tally: _Tally,
) -> Iterator[_Source]:
    """Yield all that a database is built from, in the order in which it was read."""
    everything: list[_Source | ArchivedDocument] = [*reviewed, *archived]
    everything.sort(key=lambda found: (found.read_at or EARLIEST, found.sha256))
    for found in everything:
        if isinstance(found, _Source):
            yield found
            continue
        try:
            data = archive.read(found)
        except InvalidDataError as error:
            tally.count(found.file_name, _rejection(found.file_name, error))
            continue
        yield _Source(
            file=found.file_name,
            name=found.file_name,
            data=data,
            sha256=found.sha256,
            office=found.office,
            year=found.year,
            read_at=found.read_at,
        )


def _read_all(
    sources: Iterable[_Source], jobs: int
) -> Iterator[tuple[_Source, Report | Rejection]]:
    """Read documents, `jobs` at a time, and yield what came of each in their order."""
    at_work: deque[tuple[_Source, Future[list[Report | Rejection]]]] = deque()
    with ThreadPoolExecutor(jobs) as pool:
        for source in sources:
            at_work.append((source, pool.submit(_read, source)))
            if len(at_work) > jobs:
                first, results = at_work.popleft()
                yield from ((first, result) for result in results.result())
        while at_work:
            first, results = at_work.popleft()
            yield from ((first, result) for result in results.result())


def _read(source: _Source) -> list[Report | Rejection]:
    """Read one document of a batch; whatever goes wrong with it is a rejection.

    Of several reports in it those that cannot be read come last: they are what is noted of it.
    """
    try:
        found = [
            _rejection(source.file + name.removeprefix(source.name), result)
            if isinstance(result, GipError)
            else result
            for name, result in _reports_of(source.data, source.name)
        ]
    except Exception as fault:  # noqa: BLE001 - one document of a batch must not stop the others
        reason = f"the program failed on it ({type(fault).__name__}: {fault}); please report this"
        return [Rejection(source.file, "program_fault", reason)]
    return sorted(found, key=lambda result: isinstance(result, Rejection))


def _rejection(file: str, error: GipError) -> Rejection:
    for prefix in (f"{file}: ", f"{Path(file).name}: "):
        reason = error.message.removeprefix(prefix)
        if reason != error.message:
            return Rejection(file, error.code, reason)
    return Rejection(file, error.code, error.message)


def _bytes_of(file: Path) -> bytes:
    try:
        if file.stat().st_size > LIMITS.file_bytes:
            raise too_large(str(file), f"the file is larger than {LIMITS.file_bytes} bytes")
        return file.read_bytes()
    except OSError as fault:
        raise UnreadableDocumentError(
            f"{file}: {fault.strerror}; give a file that can be read", code="unreadable_file"
        ) from fault
