"""What reading the store gives: frozen rows, without any database behind them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gipcore.checks.outcome import Outcome, Reason, Severity, Verdict
from gipcore.form.report import Number, Report, State


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """What a database says of itself.

    `content_hash` names the content, whatever the clock; `read_at` is when the latest document was
    read (None when no document has a time).
    """

    schema_version: int
    content_hash: str
    built_at: datetime | None
    read_at: datetime | None
    offices: int
    reports: int
    is_synthetic: bool


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region with the offices and current reports in it and below it.

    `full_name` names its parents too (河南省洛阳市西工区).
    """

    code: str
    name: str
    parent_code: str | None
    level: str
    offices: int
    reports: int
    name_en: str | None = None
    full_name: str = ""


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office with what the database holds of it.

    `region_name` is the full path (河南省洛阳市西工区), None outside the register of regions.
    `findings_open` counts the failed checks of its current reports. An office that is not in the
    register (`is_registered` False) was named by a document; level and function are inferred.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    level: str | None
    function: str | None
    region_code: str | None
    region_name: str | None
    first_year: int | None
    last_year: int | None
    reports: int
    findings_open: int
    name_en: str | None = None
    is_registered: bool = True


@dataclass(frozen=True, slots=True)
class ReportRow:
    """The newest revision of an office's report on a year.

    `is_balanced` None: no arithmetic failure, but some relation could not be decided.
    `headline`: figures by column name (HEADLINE), None when blank or absent.
    """

    id: str
    office_id: str
    office_name: str
    level: str | None
    function: str | None
    region_code: str | None
    region_name: str | None
    year: int
    form: str
    title: str | None
    revision: int
    source_file: str
    source_format: str
    source_sha256: str
    is_balanced: bool | None
    errors: int
    warnings: int
    notices: int
    read_at: datetime | None
    headline: Mapping[str, Number | None]
    office_name_en: str | None = None


@dataclass(frozen=True, slots=True)
class PeerRow:
    """What comparing needs of a report: whose it is, its errors, its headline figures."""

    office_id: str
    office_name: str
    office_name_en: str | None
    errors: int
    headline: Mapping[str, Number | None]


@dataclass(frozen=True, slots=True)
class StoredReport:
    """One revision of a report in full; `revisions` are the numbers of all there are."""

    row: ReportRow
    report: Report
    outcomes: tuple[Outcome, ...]
    revisions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that differs between a revision and the one before; None: the cell is absent."""

    revision: int
    cell: str
    old_value: Number | None
    old_state: State | None
    old_raw: str | None
    new_value: Number | None
    new_state: State | None
    new_raw: str | None


@dataclass(frozen=True, slots=True)
class Reply:
    """What an office says of a finding of its report, word for word, and who passed it on.

    `cells` are cells of the finding it speaks of; none: every finding of that check.
    """

    office_id: str
    year: int
    code: str
    text: str
    date: date
    link: str | None
    author: str
    cells: tuple[str, ...] = ()

    def answers(self, code: str, cells: Iterable[str]) -> bool:
        """Tell whether this speaks of the report's finding of that check on those cells."""
        return code == self.code and set(self.cells) <= set(cells)


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A failed check, or a question, of a current report.

    `rests_on_repair`: a cell of it was read by mending the document. `figures` are the printed
    figures of `cells` where `detail` does not write them: behind the words of a text. `first_seen`
    is when the first revision that has this finding was read, None when that is not known.
    """

    id: str
    report_id: str
    office_id: str
    office_name: str
    level: str | None
    region_code: str | None
    region_name: str | None
    year: int
    form: str
    code: str
    severity: Severity
    verdict: Verdict
    cells: tuple[str, ...]
    left_cells: tuple[str, ...]
    right_cells: tuple[str, ...]
    left: Number | None
    right: Number | None
    difference: Number | None
    reason: Reason | None
    places: tuple[str, ...]
    detail: str
    rests_on_repair: bool
    office_name_en: str | None = None
    figures: tuple[str, ...] = ()
    first_seen: datetime | None = None
    replies: tuple[Reply, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Return the outcome behind the row, for the sentence that says it."""
        return Outcome(
            code=self.code,
            verdict=self.verdict,
            severity=self.severity,
            left_cells=self.left_cells,
            right_cells=self.right_cells,
            left=self.left,
            right=self.right,
            reason=self.reason,
            places=self.places,
            detail=self.detail,
        )


@dataclass(frozen=True, slots=True)
class GoneFindingRow(FindingRow):
    """A failed check that an older revision of a report had and the newest has not.

    `seen_revision` is the last that had it: figures, edition and places are of that one.
    `gone_revision` is the one after it, read at `gone_since`. `verdict_now` is what the same check
    of the same cells comes to in the newest: only `passed` says that it was mended; None: the check
    no longer looks at these cells.
    """

    seen_revision: int = 0
    gone_revision: int = 0
    gone_since: datetime | None = None
    verdict_now: Verdict | None = None


@dataclass(frozen=True, slots=True)
class CheckCount:
    """How many reports passed, failed, or could not be decided by a check.

    A report failed with one failure, and passed when it has a pass and no failure.
    """

    code: str
    severity: Severity
    passed: int
    failed: int
    not_applicable: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the register a query covers.

    `not_parsed` counts documents that are kept but could not be read as a report.
    """

    offices: int
    offices_with_report: int
    offices_without_report: int
    reports: int
    not_parsed: int
    with_errors: int
    unbalanced: int


@dataclass(frozen=True, slots=True)
class Balance:
    """How many reports balance, do not, and could not be decided."""

    balanced: int
    unbalanced: int
    undecided: int

    @property
    def reports(self) -> int:
        """Return how many reports there are."""
        return self.balanced + self.unbalanced + self.undecided


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A document that is kept but gave no report: the code and words of why, and when.

    Office and year are those it was given with, None when it was given without.
    """

    sha256: str
    file_name: str
    code: str
    reason: str
    year: int | None
    read_at: datetime | None
    office_id: str | None = None
    office_name: str | None = None
    office_name_en: str | None = None


@dataclass(frozen=True, slots=True)
class CellSum:
    """A cell added up: `total` None when no report has a number in it.

    `reports` are those whose edition has the cell, `reports_with_number` those added.
    """

    total: Number | None
    reports_with_number: int
    reports: int


@dataclass(frozen=True, slots=True)
class YearTotal:
    """The headline figures of a year added up, each over the reports that have it."""

    year: int
    reports: int
    headline: Mapping[str, Number | None]


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """One region, level or year of a query.

    `key` is a region's code, a level or a year, "-" where it is not known (then without a name);
    levels and years are named by their key. `reports`, `unbalanced` and `with_errors` count
    reports, `errors`, `warnings` and `notices` the findings in them, `not_published` the offices
    that have no report.
    """

    key: str
    name: str
    name_en: str | None
    offices: int
    reports: int
    unbalanced: int
    with_errors: int
    errors: int
    warnings: int
    notices: int
    not_published: int


@dataclass(frozen=True, slots=True)
class ChainYear:
    """One year of an office: what its report took over and what it handed on (totals of table 3).

    `verdict` is that of C901 against the year before, over every column; `difference` is brought
    forward less what the year before handed on, of the totals. Without a report all are None.
    """

    year: int
    report_id: str | None = None
    form: str | None = None
    brought_forward: Number | None = None
    carried_forward: Number | None = None
    verdict: Verdict | None = None
    difference: Number | None = None
