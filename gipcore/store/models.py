"""The tables.

What repeats for each of a million reports is small: a report is known by a number that is also the
order of lists (newest year first, then the register's order of offices), a cell by its place on the
form. The public names stand in the views of `gipcore/store/views.py`.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Double,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from gipcore.checks.outcome import Severity, Verdict
from gipcore.form.report import State
from gipcore.store.headline import HEADLINE_NAMES
from gipcore.store.types import Code, Coded, Digest, Lines, Moment

SCHEMA_VERSION = 5

# A report's number counts years back from LATEST_YEAR, then offices in their order.
FIRST_YEAR = 2000
LATEST_YEAR = 2100
MOST_OFFICES = 1 << 22


class StoredState(StrEnum):
    """The states of a stored cell: those of a printed cell, and a line the document lacks."""

    NUMBER = State.NUMBER.value
    BLANK = State.BLANK.value
    UNREADABLE = State.UNREADABLE.value
    NOT_APPLICABLE = State.NOT_APPLICABLE.value
    CONFLICT = State.CONFLICT.value
    ABSENT = "absent"


class StoredBalance(StrEnum):
    """Whether the tables of a report balance; undecided: no failure, but not all could be held."""

    BALANCED = "balanced"
    UNBALANCED = "unbalanced"
    UNDECIDED = "undecided"


def report_number(office: int, year: int) -> int:
    """Return the number of an office's report on a year."""
    return (LATEST_YEAR - year) * MOST_OFFICES + office


def report_numbers_of(year: int) -> tuple[int, int]:
    """Return the first and the last number that reports on a year can have."""
    return report_number(0, year), report_number(MOST_OFFICES - 1, year)


class Base(DeclarativeBase):
    """All tables of the store."""


class Meta(Base):
    """What the database says of itself; one row.

    `fingerprint` names the cells and checks of the program that made it.
    """

    __tablename__ = "meta"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    schema_version: Mapped[int] = mapped_column(Integer)
    fingerprint: Mapped[str] = mapped_column(Digest)
    content_hash: Mapped[str] = mapped_column(Digest)
    built_at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    is_synthetic: Mapped[bool]


class Region(Base):
    """A region of the register; `full_name` has its parents' names in front."""

    __tablename__ = "region"

    code: Mapped[str] = mapped_column(Code, primary_key=True)
    parent_code: Mapped[str | None] = mapped_column(Code)
    level: Mapped[str] = mapped_column(Code)
    name: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    full_name: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index("region_by_parent", "parent_code", "code"),)


class Office(Base):
    """An office, of the register or named by a document, with counts of its current reports.

    Numbers follow the order of the register; offices that documents name come after it.
    `search_text` has its names in one spelling, a line each, `sounds` how they sound: a line of
    pinyin (XiGongQu) and a line of first letters (XGQ) for each.
    """

    __tablename__ = "office"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(Code, unique=True)
    region_code: Mapped[str | None] = mapped_column(Code)
    level: Mapped[str | None] = mapped_column(Code)
    function: Mapped[str | None] = mapped_column(Code)
    is_registered: Mapped[bool]
    reports: Mapped[int] = mapped_column(Integer)
    first_year: Mapped[int | None] = mapped_column(SmallInteger)
    last_year: Mapped[int | None] = mapped_column(SmallInteger)
    findings: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    aliases: Mapped[tuple[str, ...]] = mapped_column(Lines)
    search_text: Mapped[str] = mapped_column(Text)
    sounds: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index("office_by_region", "region_code", "number"),)


class OfficeName(Base):
    """A name or alias in one spelling, to find its office by."""

    __tablename__ = "office_name"

    name: Mapped[str] = mapped_column(Code, primary_key=True)
    office: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)

    __table_args__ = ({"sqlite_with_rowid": False},)


class SearchGram(Base):
    """Two syllables of an office's names, to find it by though one character is wrong."""

    __tablename__ = "search_gram"

    gram: Mapped[str] = mapped_column(Code, primary_key=True)
    office: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)

    __table_args__ = ({"sqlite_with_rowid": False},)


class Document(Base):
    """A document that gives a revision of a report; several may give the same one.

    `part` tells the reports of one file apart, from 1. `is_source`: the first that gave it.
    """

    __tablename__ = "document"

    report: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(Digest, primary_key=True)
    part: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(SmallInteger)
    is_source: Mapped[bool]
    bytes: Mapped[int] = mapped_column(BigInteger)
    format: Mapped[str] = mapped_column(Code)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    file_name: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index("document_by_sha256", "sha256"), {"sqlite_with_rowid": False})


class RejectedDocument(Base):
    """A document of the archive that could not be read as a report; `office` if it was given."""

    __tablename__ = "rejected_document"

    sha256: Mapped[str] = mapped_column(Digest, primary_key=True)
    file_name: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Code)
    reason: Mapped[str] = mapped_column(Text)
    office: Mapped[int | None] = mapped_column(Integer)
    year: Mapped[int | None] = mapped_column(SmallInteger)
    read_at: Mapped[datetime | None] = mapped_column(Moment)


class Report(Base):
    """The newest revision of a report: what lists, filters and sums need, in one wide row.

    `checks_*` have the bit of each check's number set where the report has that verdict.
    `tables_digest` is the same for reports with the same figures; NULL when these are too few.
    `cases` are those of reconsideration and litigation; NULL when the report prints none.
    """

    __tablename__ = "report"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    office: Mapped[int] = mapped_column(Integer)
    year: Mapped[int] = mapped_column(SmallInteger)
    region_code: Mapped[str | None] = mapped_column(Code)
    level: Mapped[str | None] = mapped_column(Code)
    function: Mapped[str | None] = mapped_column(Code)
    form: Mapped[str] = mapped_column(Code)
    stratum: Mapped[int] = mapped_column(Integer)
    revision: Mapped[int] = mapped_column(SmallInteger)
    is_balanced: Mapped[bool | None]
    errors: Mapped[int] = mapped_column(Integer)
    warnings: Mapped[int] = mapped_column(Integer)
    notices: Mapped[int] = mapped_column(Integer)
    checks_passed: Mapped[int] = mapped_column(BigInteger)
    checks_failed: Mapped[int] = mapped_column(BigInteger)
    checks_not_applicable: Mapped[int] = mapped_column(BigInteger)
    tables_digest: Mapped[int | None] = mapped_column(BigInteger)
    cases: Mapped[float | None] = mapped_column(Double)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    title: Mapped[str | None] = mapped_column(Text)


for _name in HEADLINE_NAMES:
    Report.__table__.append_column(Column(_name, Double))  # type: ignore[attr-defined]
_report = Report.__table__.c
Index("report_by_office", _report.office, _report.number)
Index("report_by_tables", _report.tables_digest, _report.number)
Index("report_by_region", _report.region_code, _report.number)
Index("report_by_level", _report.level, _report.function, _report.number)
Index(
    "report_unbalanced",
    _report.number,
    _report.region_code,
    _report.level,
    sqlite_where=_report.is_balanced == false(),
    postgresql_where=_report.is_balanced == false(),
)
Index(  # all that a list of the offices with cases is ordered by
    "report_with_cases",
    _report.number,
    _report.office,
    _report.region_code,
    _report.level,
    _report.function,
    _report.form,
    _report.is_balanced,
    _report.cases,
    sqlite_where=_report.cases.is_not(None),
    postgresql_where=_report.cases.is_not(None),
)
Index(  # all that a breakdown counts
    "report_counts",
    _report.region_code,
    _report.year,
    _report.level,
    _report.function,
    _report.form,
    _report.is_balanced,
    _report.errors,
    _report.warnings,
    _report.notices,
)
Index(  # all that finding the latest readings looks at
    "report_by_reading",
    _report.read_at.desc(),
    _report.number,
    _report.region_code,
    _report.level,
    _report.function,
    _report.revision,
    sqlite_where=_report.read_at.is_not(None),
    postgresql_where=_report.read_at.is_not(None),
)
Index(
    "report_with_errors",
    _report.number,
    _report.region_code,
    _report.level,
    sqlite_where=_report.errors > 0,
    postgresql_where=_report.errors > 0,
)


class Revision(Base):
    """A revision: the report with every raw text and place, and all its outcomes.

    The passages of its text are kept apart, in `revision_text`.
    """

    __tablename__ = "revision"

    report: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    digest: Mapped[str] = mapped_column(Digest)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    outcomes: Mapped[bytes] = mapped_column(LargeBinary)


class RevisionText(Base):
    """The text of a revision, if its document is kept with its text.

    `words_digest` names its words, wherever the lines break.
    """

    __tablename__ = "revision_text"

    report: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(Digest)
    words_digest: Mapped[str] = mapped_column(Digest)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class RevisionCell(Base):
    """A cell that a revision changed."""

    __tablename__ = "revision_cell"

    report: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    cell: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    old_value: Mapped[float | None] = mapped_column(Double)
    old_state: Mapped[StoredState] = mapped_column(Coded(StoredState))
    old_raw: Mapped[str | None] = mapped_column(Text)
    new_value: Mapped[float | None] = mapped_column(Double)
    new_state: Mapped[StoredState] = mapped_column(Coded(StoredState))
    new_raw: Mapped[str | None] = mapped_column(Text)

    __table_args__ = ({"sqlite_with_rowid": False},)


class FormCell(Base):
    """A cell of the form; `presence_*` is NULL where an edition does not have it."""

    __tablename__ = "form_cell"

    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Code, unique=True)
    table_number: Mapped[int] = mapped_column(SmallInteger)
    line: Mapped[str] = mapped_column(Code)
    line_group: Mapped[str | None] = mapped_column(Code)
    column_name: Mapped[str] = mapped_column(Code)
    line_zh: Mapped[str] = mapped_column(Text)
    column_zh: Mapped[str] = mapped_column(Text)
    line_en: Mapped[str] = mapped_column(Text)
    column_en: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Code)
    presence_2019: Mapped[str | None] = mapped_column(Code)
    presence_2021: Mapped[str | None] = mapped_column(Code)


class Cell(Base):
    """The cells of the current reports, without plain printed zeros.

    A required cell of the report's edition that has no row here is printed 0; a cell that the
    edition does not require (a printed subtotal) and that has no row is not in the document.
    """

    __tablename__ = "cell"

    report: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    cell: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    value: Mapped[float | None] = mapped_column(Double)
    state: Mapped[StoredState] = mapped_column(Coded(StoredState))
    raw: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)

    __table_args__ = ({"sqlite_with_rowid": False},)


class Claim(Base):
    """A figure that the text of a current report states."""

    __tablename__ = "claim"

    report: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    cells: Mapped[tuple[str, ...]] = mapped_column(Lines)
    value: Mapped[float | None] = mapped_column(Double)
    says: Mapped[str] = mapped_column(Text)
    quote: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    scope: Mapped[str | None] = mapped_column(Text)

    __table_args__ = ({"sqlite_with_rowid": False},)


class DeclaredCheck(Base):
    """A check that was run; its number is its bit in the reports' `checks_*`."""

    __tablename__ = "declared_check"

    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(Code, unique=True)
    severity: Mapped[Severity] = mapped_column(Coded(Severity))
    is_arithmetic: Mapped[bool]
    title_zh: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str] = mapped_column(Text)


class ListedFinding:
    """The columns of a failed check or a question.

    `figures` are the printed figures of its cells where `detail` has other words. `ordinal` counts
    within a report's findings of the same check, from 1. `first_seen` is when the first revision
    that has it was read.
    """

    code: Mapped[str] = mapped_column(Code)
    ordinal: Mapped[int] = mapped_column(SmallInteger)
    severity: Mapped[Severity] = mapped_column(Coded(Severity))
    verdict: Mapped[Verdict] = mapped_column(Coded(Verdict))
    rests_on_repair: Mapped[bool]
    is_replied: Mapped[bool]
    first_seen: Mapped[datetime | None] = mapped_column(Moment)
    left_value: Mapped[float | None] = mapped_column(Double)
    right_value: Mapped[float | None] = mapped_column(Double)
    reason: Mapped[str | None] = mapped_column(Code)
    left_cells: Mapped[tuple[str, ...]] = mapped_column(Lines)
    right_cells: Mapped[tuple[str, ...]] = mapped_column(Lines)
    places: Mapped[tuple[str, ...]] = mapped_column(Lines)
    figures: Mapped[tuple[str, ...]] = mapped_column(Lines)
    detail: Mapped[str] = mapped_column(Text)


class Finding(ListedFinding, Base):
    """A failed check, or a question (not applicable for its narrower scope), of a current report.

    `position` counts within the report.
    """

    __tablename__ = "finding"

    report: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)

    __table_args__ = (
        Index("finding_in_order", "verdict", "severity", "report"),
        Index("finding_by_code", "code", "verdict", "severity", "report"),
        Index(
            "finding_replied",
            "verdict",
            "severity",
            "report",
            sqlite_where=text("is_replied = 1"),
            postgresql_where=text("is_replied"),
        ),
        {"sqlite_with_rowid": False},
    )


class GoneFinding(ListedFinding, Base):
    """A failed check that an older revision of a report had and the newest has not.

    It is as in `seen_revision`, the last that had it; `gone_revision` is the next one.
    `verdict_now` is NULL when the newest revision does not check these cells.
    """

    __tablename__ = "gone_finding"

    report: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    form: Mapped[str] = mapped_column(Code)
    seen_revision: Mapped[int] = mapped_column(SmallInteger)
    gone_revision: Mapped[int] = mapped_column(SmallInteger)
    gone_since: Mapped[datetime | None] = mapped_column(Moment)
    verdict_now: Mapped[Verdict | None] = mapped_column(Coded(Verdict))

    __table_args__ = (
        Index("gone_finding_in_order", "severity", "report"),
        {"sqlite_with_rowid": False},
    )


class Reply(Base):
    """What an office says of findings of a report; `cells` empty: of all of that check."""

    __tablename__ = "reply"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    office_id: Mapped[str] = mapped_column(Code)
    year: Mapped[int] = mapped_column(SmallInteger)
    code: Mapped[str] = mapped_column(Code)
    date: Mapped[date] = mapped_column(Date)
    cells: Mapped[tuple[str, ...]] = mapped_column(Lines)
    text: Mapped[str] = mapped_column(Text)
    link: Mapped[str | None] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index("reply_by_office", "office_id", "year"),)


class Stratum(Base):
    """Reports alike in year, level, function, edition and balance, in a province or the country.

    A report counts in its province's stratum and in that one's `parent`, the country's. `region`
    is "" for the country and "-" for offices of no known region; level and function are "" when
    unknown. A headline figure has its sum and, as `<name>_reports`, how many reports it adds.
    """

    __tablename__ = "stratum"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    parent: Mapped[int | None] = mapped_column(Integer)
    region: Mapped[str] = mapped_column(Code)
    year: Mapped[int] = mapped_column(SmallInteger)
    level: Mapped[str] = mapped_column(Code)
    function: Mapped[str] = mapped_column(Code)
    form: Mapped[str] = mapped_column(Code)
    balance: Mapped[StoredBalance] = mapped_column(Coded(StoredBalance))
    reports: Mapped[int] = mapped_column(Integer, default=0)
    with_errors: Mapped[int] = mapped_column(Integer, default=0)
    unbalanced: Mapped[int] = mapped_column(Integer, default=0)
    errors: Mapped[int] = mapped_column(Integer, default=0)
    warnings: Mapped[int] = mapped_column(Integer, default=0)
    notices: Mapped[int] = mapped_column(Integer, default=0)

    __table_args__ = (
        Index("stratum_key", "region", "year", "level", "function", "form", "balance", unique=True),
    )


for _name in HEADLINE_NAMES:
    Stratum.__table__.append_column(Column(_name, Double, default=0))  # type: ignore[attr-defined]
    Stratum.__table__.append_column(  # type: ignore[attr-defined]
        Column(f"{_name}_reports", Integer, default=0)
    )


class StratumCheck(Base):
    """How many reports of a stratum passed, failed or could not be decided by a check."""

    __tablename__ = "stratum_check"

    stratum: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    check_number: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    passed: Mapped[int] = mapped_column(Integer)
    failed: Mapped[int] = mapped_column(Integer)
    not_applicable: Mapped[int] = mapped_column(Integer)
    findings: Mapped[int] = mapped_column(Integer)
    questions: Mapped[int] = mapped_column(Integer)

    __table_args__ = ({"sqlite_with_rowid": False},)


class StratumCell(Base):
    """The stored cells of a stratum added up: the sum, how many have a number, how many not."""

    __tablename__ = "stratum_cell"

    stratum: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    cell: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    total: Mapped[float] = mapped_column(Double)
    numbers: Mapped[int] = mapped_column(Integer)
    others: Mapped[int] = mapped_column(Integer)

    __table_args__ = ({"sqlite_with_rowid": False},)


class PeerGroup(Base):
    """How a figure changed from the year before at offices of one level and function.

    `typical` is the median of the logarithms of the changes, `spread` how far they lie from it.
    """

    __tablename__ = "peer_group"

    level: Mapped[str] = mapped_column(Code, primary_key=True)
    function: Mapped[str] = mapped_column(Code, primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    cell: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    reports: Mapped[int] = mapped_column(Integer)
    typical: Mapped[float] = mapped_column(Double)
    spread: Mapped[float] = mapped_column(Double)

    __table_args__ = ({"sqlite_with_rowid": False},)


class Touched(Base):
    """A report that changed since reports were last compared with each other, as it was before.

    All but its number are NULL for one that was not there.
    """

    __tablename__ = "touched"

    report: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    region_code: Mapped[str | None] = mapped_column(Code)
    level: Mapped[str | None] = mapped_column(Code)
    function: Mapped[str | None] = mapped_column(Code)
    tables_digest: Mapped[int | None] = mapped_column(BigInteger)
