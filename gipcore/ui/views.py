"""What a page shows, read once and put together: one report, or the sums over many."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from gipcore.checks.outcome import Outcome, Reason, Severity, Verdict
from gipcore.export.columns import AnyTable
from gipcore.export.tables import TABLES
from gipcore.form.report import Number, Passage, Report
from gipcore.metrics.claims import ClaimBeside, claims_beside
from gipcore.metrics.flow import Flow, flow
from gipcore.metrics.indicators import (
    LITIGATION_CORRECTED,
    RECONSIDERATION_CORRECTED,
    Indicator,
    measure,
)
from gipcore.metrics.outcomes import Outcomes, outcomes
from gipcore.metrics.share import Share
from gipcore.store.query import Query
from gipcore.store.rows import ChainYear, Coverage, FindingRow, OfficeRow, ReportRow, StoredReport
from gipcore.ui import data

OFFERED = 20  # offices or reports offered where the URL names none

Figures = Mapping[str, Number | None]
SEVERITIES = tuple(Severity)  # the gravest first
CORRECTED = (RECONSIDERATION_CORRECTED, LITIGATION_CORRECTED)


@dataclass(frozen=True)
class ReportView:
    """One report with everything that is said about it."""

    stored: StoredReport

    @property
    def row(self) -> ReportRow:
        """Return the headline row."""
        return self.stored.row

    @property
    def report(self) -> Report:
        """Return the report as read."""
        return self.stored.report

    @cached_property
    def failed(self) -> tuple[Outcome, ...]:
        """Return the failed checks, errors first."""
        failed = [o for o in self.stored.outcomes if o.verdict is Verdict.FAILED]
        return tuple(sorted(failed, key=lambda o: (SEVERITIES.index(o.severity), o.code)))

    @property
    def findings(self) -> tuple[FindingRow, ...]:
        """Return the failed checks with their history and what the office says of them."""
        return data.findings_of(self.row.office_id, self.row.year)

    def findings_by(self, code: str) -> tuple[FindingRow, ...]:
        """Return the failures of one check."""
        return tuple(finding for finding in self.findings if finding.code == code)

    def sides_of(self, code: str) -> Mapping[str, str]:
        """Return on which side of a check's relations a cell stands: `left` or `right`."""
        sides: dict[str, str] = {}
        for outcome in self.failed:
            if outcome.code == code and outcome.left_cells and outcome.right_cells:
                sides |= dict.fromkeys(outcome.right_cells, "right")
                sides |= dict.fromkeys(outcome.left_cells, "left")
        return sides

    @cached_property
    def text(self) -> tuple[Passage, ...]:
        """Return the text as printed; empty when only the figures are kept."""
        return data.passages(self.row.id)

    @property
    def questions(self) -> tuple[Outcome, ...]:
        """Return the claims that differ from the table but speak of less than it does."""
        return tuple(o for o in self.stored.outcomes if o.reason is Reason.NARROWER_SCOPE)

    @cached_property
    def failing_cells(self) -> Mapping[str, tuple[str, ...]]:
        """Return the codes of the failed checks by the cells they rest on."""
        codes: dict[str, tuple[str, ...]] = {}
        for outcome in self.failed:
            for name in outcome.cells:
                codes[name] = (*codes.get(name, ()), outcome.code)
        return codes

    def cells_of(self, code: str) -> tuple[str, ...]:
        """Return the cells on which a failed check rests."""
        return tuple(dict.fromkeys(name for o in self.failed if o.code == code for name in o.cells))

    @cached_property
    def figures(self) -> Figures:
        """Return every figure by the name of its cell."""
        return {name: self.report.number(name) for name in self.report.cells}

    @cached_property
    def flow(self) -> Flow | None:
        """Return the flow of the requests; None when a figure of it is unknown."""
        return flow(self.row.headline)

    @cached_property
    def claims(self) -> tuple[ClaimBeside, ...]:
        """Return what the text states beside what the table prints."""
        return claims_beside(self.report)

    @cached_property
    def outcomes(self) -> Outcomes:
        """Return the outcomes of the requests."""
        return outcomes(self.figures)

    @cached_property
    def corrected(self) -> tuple[tuple[Indicator, Share], ...]:
        """Return the shares of corrected reviews."""
        return tuple((indicator, measure(indicator, self.row.headline)) for indicator in CORRECTED)


def report_view(report_id: str) -> ReportView | None:
    """Return one report; None when there is none with this id."""
    stored = data.report(report_id)
    return None if stored is None else ReportView(stored)


def offered_offices() -> tuple[OfficeRow, ...]:
    """Return some offices to choose from."""
    return data.offices(Query(), OFFERED)


def offered_reports() -> tuple[ReportRow, ...]:
    """Return some reports to choose from, the newest first."""
    return data.reports(Query(), limit=OFFERED)


def of_office(office: OfficeRow) -> Query:
    """Return the query for all of one office."""
    return Query(office=office.id)


def reports_of(office: OfficeRow) -> tuple[ReportRow, ...]:
    """Return the reports of an office, the newest first."""
    return data.reports(of_office(office))


def coverage_of(office: OfficeRow) -> Coverage:
    """Return the coverage of one office."""
    return data.coverage(of_office(office))


def chain_of(office: OfficeRow) -> tuple[ChainYear, ...]:
    """Return the chain of an office's years; empty when there is nothing to link."""
    years = data.chain(office.id)
    return years if len(years) > 1 else ()


@dataclass(frozen=True)
class SumView:
    """The sums over the reports of a query, and how many reports the query leaves out."""

    query: Query

    @cached_property
    def coverage(self) -> Coverage:
        """Return what the sums cover."""
        return data.coverage(self.query)

    @cached_property
    def reports(self) -> int:
        """Return how many reports are added up."""
        return data.count_reports(self.query)

    @property
    def left_out(self) -> int:
        """Return how many reports are left out by what the query says of their balance."""
        return self.coverage.reports - self.reports

    @cached_property
    def figures(self) -> Figures:
        """Return the sums by the name of the cell."""
        return {name: cell.total for name, cell in data.sums(self.query).items()}

    @cached_property
    def outcomes(self) -> Outcomes:
        """Return the outcomes of the requests."""
        return outcomes(self.figures, of_many=True)


def files() -> Mapping[str, AnyTable]:
    """Return the tables that can be had as files."""
    return TABLES
