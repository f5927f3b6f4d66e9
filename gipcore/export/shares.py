"""Every share of every report with its interval, and how the shares of many are distributed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Engine

from gipcore.export.columns import IS_SYNTHETIC, Column, Kind, Page, Table, attribute, read_of
from gipcore.export.computed import computed, share_columns
from gipcore.export.filters import UNKNOWN_PLACE, BadParameterError
from gipcore.metrics.flow import FLOW
from gipcore.metrics.funnel import pooled
from gipcore.metrics.indicators import INDICATORS, Indicator, measure
from gipcore.metrics.peers import Quartiles, quartiles_by_name, shares_of
from gipcore.metrics.share import Share
from gipcore.store import reading
from gipcore.store.query import Query
from gipcore.store.read_cells import BETWEEN
from gipcore.store.rows import ReportRow
from gipcore.words import Text

BY_NAME = {indicator.name: indicator for indicator in INDICATORS}
INDICATOR, NAMES = "indicator", tuple(BY_NAME)


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A share of one report."""

    report: ReportRow
    indicator: Indicator

    @property
    def id(self) -> str:
        """Return what names the row."""
        return f"{self.report.id}{BETWEEN}{self.indicator.name}"

    @property
    def share(self) -> Share:
        """Return the share with its denominator and interval."""
        return measure(self.indicator, self.report.headline)


def _shares(indicators: Sequence[Indicator]) -> Table[ShareRow]:
    """Return the table of some shares, in the order of reports."""

    def of_reports(reports: Iterator[ReportRow] | Sequence[ReportRow]) -> Iterator[ShareRow]:
        return (ShareRow(report, each) for report in reports for each in indicators)

    def rows(engine: Engine, query: Query) -> Iterator[ShareRow]:
        return of_reports(reading.iterate_reports(engine, query))

    def page(engine: Engine, query: Query, limit: int, after: str | None) -> Page[ShareRow]:
        report_id, _, name = (after or "").partition(BETWEEN)
        wanted = limit // len(indicators) + 2
        if after is None:
            found = list(of_reports(reading.reports(engine, query, limit=wanted)))
        else:
            names = [each.name for each in indicators]
            stored = reading.report(engine, report_id)
            if name not in names or stored is None:
                raise BadParameterError(
                    "after", "after takes the value that the page before gave", code=UNKNOWN_PLACE
                )
            begun = [ShareRow(stored.row, each) for each in indicators[names.index(name) + 1 :]]
            following = reading.reports(engine, query, limit=wanted, after=report_id)
            found = [*begun, *of_reports(following)]
        shown = tuple(found[:limit])
        return Page(shown, shown[-1].id if len(found) > limit else None)

    def count(engine: Engine, query: Query) -> int:
        return reading.count_reports(engine, query) * len(indicators)

    def narrow(wanted: Mapping[str, str]) -> Table[ShareRow]:
        return _shares((BY_NAME[wanted[INDICATOR]],))

    return Table(
        "shares",
        Text("占比与区间", "Shares and intervals"),
        (
            attribute("id", Kind.TEXT, "行的编号", "Id of the row: report and share"),
            read_of("report_id", Kind.TEXT, "报告编号", "Report id", lambda row: row.report.id),
            read_of(
                "office_id", Kind.TEXT, "机关编号", "Office id", lambda row: row.report.office_id
            ),
            read_of(
                "office_name", Kind.TEXT, "机关名称", "Office", lambda row: row.report.office_name
            ),
            read_of(
                "office_name_en",
                Kind.TEXT,
                "机关英文名称",
                "Office, in English",
                lambda row: row.report.office_name_en,
            ),
            read_of(
                "year",
                Kind.INTEGER,
                "报告年度",
                "Year that the report is on",
                lambda row: row.report.year,
            ),
            read_of(
                "form", Kind.TEXT, "表格版本", "Edition of the form", lambda row: row.report.form
            ),
            read_of(
                "errors",
                Kind.INTEGER,
                "报告的错误数",
                "Errors of the report",
                lambda row: row.report.errors,
            ),
            read_of(INDICATOR, Kind.TEXT, "占比的代码", "Share", lambda row: row.indicator.name),
            read_of(
                "title",
                Kind.TEXT,
                "占比的名称",
                "Name of the share, in Chinese",
                lambda row: row.indicator.title.zh,
            ),
            read_of(
                "title_en",
                Kind.TEXT,
                "占比的英文名称",
                "Name of the share, in English",
                lambda row: row.indicator.title.en,
            ),
            read_of("count", Kind.NUMBER, "件数（分子）", "Numerator", lambda row: row.share.count),
            *share_columns(lambda row: row.share, "占比的分母", "Denominator"),
            IS_SYNTHETIC,
        ),
        rows,
        page,
        count,
        keys={INDICATOR: NAMES},
        narrow=narrow,
    )


SHARES = _shares(INDICATORS)


@dataclass(frozen=True, slots=True)
class QuartilesRow:
    """The quartiles of a share, or of a figure of the flow, over reports."""

    indicator: str
    quartiles: Quartiles | None
    reports: int
    together: float | None


def _quartiles(engine: Engine, query: Query) -> Iterator[QuartilesRow]:
    """Yield what a report's shares are placed among, as on the pages: some offices apart."""
    apart = (query.without or "").split(",")
    rows = reading.peer_figures(engine, replace(query, without=None))
    peers = [row for row in rows if row.office_id not in apart]
    for name, found in quartiles_by_name(peers).items():
        together = None
        if found is not None and name in BY_NAME:
            together = pooled(share for _, share in shares_of(BY_NAME[name], peers))
        yield QuartilesRow(name, found, len(peers), together)


def _bound(name: str, zh: str, en: str) -> Column[QuartilesRow]:
    def read(row: QuartilesRow) -> float | None:
        found: float | None = getattr(row.quartiles, name, None)
        return found

    return read_of(name, Kind.NUMBER, zh, en, read)


QUARTILES: Table[QuartilesRow] = computed(
    "quartiles",
    Text("同类报告的四分位数", "Quartiles among reports"),
    (
        attribute(INDICATOR, Kind.TEXT, "占比或数字的代码", "Share, or figure of the flow"),
        _bound("lower", "下四分位数", "Lower quartile"),
        _bound("median", "中位数", "Median"),
        _bound("upper", "上四分位数", "Upper quartile"),
        read_of(
            "reports_with_figure",
            Kind.INTEGER,
            "有这一数字的报告数",
            "Reports that have it",
            lambda row: None if row.quartiles is None else row.quartiles.of,
        ),
        attribute("together", Kind.NUMBER, "合在一起的占比", "Share of all of them together"),
        attribute("reports", Kind.INTEGER, "报告数", "Reports"),
    ),
    _quartiles,
    {INDICATOR: (*NAMES, *FLOW)},
)
