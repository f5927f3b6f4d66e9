"""What many reports add up to, with addresses of its own: cells, outcomes, reviews, coverage."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Engine

from gipcore.export.columns import Column, Kind, Table, attribute, read_of
from gipcore.export.computed import computed, share_columns
from gipcore.export.paging import POSITION, by_position
from gipcore.form import requests, reviews
from gipcore.form.editions import CELLS
from gipcore.form.report import Number
from gipcore.metrics.outcomes import (
    COLUMNS,
    GROUPS,
    LEAVES_BY_GROUP,
    OutcomeLine,
    by_applicant,
    outcomes,
)
from gipcore.metrics.reviews import Cases, all_routes, by_route, litigation
from gipcore.metrics.share import Share
from gipcore.metrics.spread import granted
from gipcore.store import reading
from gipcore.store.headline import REVIEW_NAMES
from gipcore.store.query import Query
from gipcore.store.read_reviews import ReviewedOffice
from gipcore.store.rows import Balance, CellSum, Coverage
from gipcore.words import Text

DISPOSED, LITIGATION = requests.DISPOSED.id, "litigation"
APPLICANT_WORDS = {column.id: column.label for column in requests.COLUMNS}
REPORTS = attribute("reports", Kind.INTEGER, "加总的报告数", "Reports that are added up")


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A cell added up, of how many reports, and how many the filters of findings leave out."""

    cell: str
    added: CellSum
    reports: int
    left_out: int


def _totals(engine: Engine, query: Query) -> Iterator[TotalRow]:
    reports = reading.count_reports(engine, query)
    left_out = reading.coverage(engine, query).reports - reports
    for name, added in reading.sums(engine, replace(query, cell=None)).items():
        if added.reports and query.cell in (None, name):
            yield TotalRow(name, added, reports, left_out)


TOTALS: Table[TotalRow] = computed(
    "totals",
    Text("各格合计", "Sums of each cell"),
    (
        attribute("cell", Kind.TEXT, "格的名称", "Name of the cell: line and column"),
        read_of(
            "table",
            Kind.INTEGER,
            "第几张表",
            "Table of the form: 2, 3 or 4",
            lambda row: CELLS[row.cell].table,
        ),
        read_of(
            "label",
            Kind.TEXT,
            "格的含义",
            "What the cell counts, in Chinese as on the form",
            lambda row: CELLS[row.cell].label.zh,
        ),
        read_of(
            "label_en",
            Kind.TEXT,
            "格的含义（英文）",
            "What the cell counts, in English",
            lambda row: CELLS[row.cell].label.en,
        ),
        read_of("unit", Kind.TEXT, "单位", "Unit", lambda row: CELLS[row.cell].unit.value),
        read_of(
            "total",
            Kind.NUMBER,
            "合计；没有一份报告有数时为空",
            "Sum; empty when no report has a figure",
            lambda row: row.added.total,
        ),
        read_of(
            "reports_with_number",
            Kind.INTEGER,
            "其中有数的报告数",
            "Reports with a figure, which are added",
            lambda row: row.added.reports_with_number,
        ),
        read_of(
            "reports_with_cell",
            Kind.INTEGER,
            "表格版本有这一格的报告数",
            "Reports whose edition has the cell",
            lambda row: row.added.reports,
        ),
        REPORTS,
        attribute(
            "left_out",
            Kind.INTEGER,
            "因平衡等条件未计入的报告数",
            "Reports left out by what is asked of balance or findings",
        ),
    ),
    _totals,
)


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One outcome of one kind of applicant."""

    outcome: str
    label: Text
    group: str
    is_group: bool
    applicant: str
    share: Share
    reports: int


def _outcomes(engine: Engine, query: Query) -> Iterator[OutcomeRow]:
    """Yield the groups with their leaves below them, then all that was disposed of.

    Sums overlap between reports, so only the shares of a single report have an interval.
    """
    reports = reading.count_reports(engine, query)
    if not reports:
        return
    figures = {name: cell.total for name, cell in reading.sums(engine, query).items()}
    found = outcomes(figures, of_many=reports > 1)

    def rows(line: OutcomeLine, *, is_group: bool) -> Iterator[OutcomeRow]:
        for applicant in COLUMNS:
            share = _of_sum(line.shares[applicant], reports)
            yield OutcomeRow(line.id, line.label, line.group, is_group, applicant, share, reports)

    for group in found.groups:
        yield from rows(group, is_group=True)
        for leaf in found.leaves_of(group.id):
            if leaf.id != group.id:
                yield from rows(leaf, is_group=False)
    for applicant, share in by_applicant(found):
        label = requests.DISPOSED.label
        yield OutcomeRow(
            DISPOSED, label, DISPOSED, True, applicant, _of_sum(share, reports), reports
        )


def _of_sum(share: Share, reports: int) -> Share:
    """Return a share without its interval where it is of several reports."""
    return share if reports == 1 else replace(share, interval=None)


LEAVES = tuple(
    leaf.id for group, leaves in LEAVES_BY_GROUP.items() for leaf in leaves if leaf.id != group
)
OUTCOMES: Table[OutcomeRow] = computed(
    "outcomes",
    Text("办理结果", "Outcomes of requests"),
    (
        attribute("outcome", Kind.TEXT, "办理结果", "Outcome: a group, a leaf, or all disposed of"),
        read_of(
            "label",
            Kind.TEXT,
            "办理结果的名称",
            "Name of the outcome, in Chinese as on the form",
            lambda row: row.label.zh,
        ),
        read_of(
            "label_en",
            Kind.TEXT,
            "办理结果的英文名称",
            "Name of the outcome, in English",
            lambda row: row.label.en,
        ),
        attribute("group", Kind.TEXT, "所属的组", "Group that it belongs to"),
        attribute("is_group", Kind.BOOLEAN, "是否为组（其下各项之和）", "Whether it is a group"),
        attribute("applicant", Kind.TEXT, "申请人类别", "Kind of applicant, or total"),
        read_of(
            "applicant_label",
            Kind.TEXT,
            "申请人类别的名称",
            "Name of the kind of applicant, in Chinese",
            lambda row: APPLICANT_WORDS[row.applicant].zh,
        ),
        read_of("count", Kind.NUMBER, "件数", "Requests", lambda row: row.share.count),
        *share_columns(
            lambda row: row.share,
            "占比的分母：同列总计；总计一行为全部申请人的总计",
            "What the share is of: the total of the column; for the line of totals, all of them",
        ),
        REPORTS,
    ),
    _outcomes,
    {"outcome": (*GROUPS, *LEAVES, DISPOSED), "applicant": COLUMNS},
)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """The cases of a route."""

    route: str
    cases: Cases
    reports: int


def _reviews(engine: Engine, query: Query) -> Iterator[ReviewRow]:
    """Yield the routes and litigation as a whole; only a single office's shares have intervals."""
    reports = reading.count_reports(engine, query)
    if not reports:
        return
    sums = reading.sums(engine, query)
    names = (f"{line.id}.{column.id}" for line in reviews.LINES for column in reviews.COLUMNS)
    figures = {name.replace(".", "_"): sums[name].total for name in names}
    is_of_one = reading.coverage(engine, query).offices_with_report == 1
    routes = zip(ROUTES, (*by_route(figures), litigation(figures)), strict=True)
    for route, cases in routes:
        share = cases.corrected if is_of_one else replace(cases.corrected, interval=None)
        yield ReviewRow(route, replace(cases, corrected=share), reports)


ROUTES = (*(line.id for line in reviews.LINES), LITIGATION)


def _result(column: str, zh: str, en: str) -> Column[ReviewRow]:
    def read(row: ReviewRow) -> Number | None:
        return row.cases.results[column]

    return read_of(column, Kind.NUMBER, zh, en, read)


REVIEWS: Table[ReviewRow] = computed(
    "reviews",
    Text("行政复议与诉讼", "Reconsideration and litigation"),
    (
        attribute("route", Kind.TEXT, "途径", "Route"),
        read_of(
            "label",
            Kind.TEXT,
            "途径的名称",
            "Name of the route, in Chinese",
            lambda row: row.cases.label.zh,
        ),
        read_of(
            "label_en",
            Kind.TEXT,
            "途径的英文名称",
            "Name of the route, in English",
            lambda row: row.cases.label.en,
        ),
        *(_result(result.id, result.label.zh, result.label.en) for result in reviews.RESULTS),
        read_of("total", Kind.NUMBER, "总计", "Total", lambda row: row.cases.total),
        *share_columns(
            lambda row: row.cases.corrected,
            "已审结（纠正占比的分母）",
            "Concluded cases, what the share of corrected ones is of",
        ),
        REPORTS,
    ),
    _reviews,
    {"route": ROUTES},
)


def _of_office(name: str) -> Column[ReviewedOffice]:
    label = CELLS[_cell_of(name)].label

    def read(row: ReviewedOffice) -> Number | None:
        return row.figures[name]

    return read_of(name, Kind.NUMBER, label.zh, label.en, read)


def _cell_of(name: str) -> str:
    return next(cell for cell in CELLS if cell.replace(".", "_") == name)


REVIEWED_OFFICES: Table[ReviewedOffice] = Table(
    "reviewed_offices",
    Text("有复议或诉讼的机关", "Offices with reconsideration or litigation"),
    (
        attribute("office_id", Kind.TEXT, "机关编号", "Office id"),
        attribute("office_name", Kind.TEXT, "机关名称", "Office"),
        attribute("office_name_en", Kind.TEXT, "机关英文名称", "Office, in English"),
        attribute("region_code", Kind.TEXT, "行政区划代码", "Region code"),
        attribute("region_name", Kind.TEXT, "行政区划", "Region with those it lies in"),
        attribute("reports", Kind.INTEGER, "有案件的报告数", "Reports with a case"),
        attribute("first_year", Kind.INTEGER, "其中最早的年度", "First year of these"),
        attribute("last_year", Kind.INTEGER, "其中最近的年度", "Last year of these"),
        *(_of_office(name) for name in REVIEW_NAMES),
        *share_columns(
            lambda row: all_routes(row.figures).corrected,
            "三条途径中已审结的（纠正占比的分母）",
            "Concluded cases of all routes, what the share of corrected ones is of",
        ),
    ),
    lambda engine, query: iter(reading.reviewed_offices(engine, query)),
    by_position(reading.reviewed_offices),
    lambda engine, query: reading.count_reviewed(engine, query).offices,
    POSITION,
)


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How much of the register a query covers, and what its reports come to."""

    coverage: Coverage
    balance: Balance
    reports: int


def _coverage(engine: Engine, query: Query) -> Iterator[CoverageRow]:
    yield CoverageRow(
        reading.coverage(engine, query),
        reading.balance(engine, query),
        reading.count_reports(engine, query),
    )


def _covered(name: str, zh: str, en: str) -> Column[CoverageRow]:
    def read(row: CoverageRow) -> int:
        found: int = getattr(row.coverage, name)
        return found

    return read_of(name, Kind.INTEGER, zh, en, read)


def _balance(name: str, zh: str, en: str) -> Column[CoverageRow]:
    def read(row: CoverageRow) -> int:
        found: int = getattr(row.balance, name)
        return found

    return read_of(name, Kind.INTEGER, zh, en, read)


COVERAGE: Table[CoverageRow] = computed(
    "coverage",
    Text("覆盖范围", "Coverage"),
    (
        _covered("offices", "机关数", "Offices"),
        _covered("offices_with_report", "其中有报告的", "Of these with a report"),
        _covered("offices_without_report", "其中没有报告的", "Of these without a report"),
        read_of(
            "reports_found",
            Kind.INTEGER,
            "这些机关和年度的报告数",
            "Reports of these offices and years",
            lambda row: row.coverage.reports,
        ),
        _covered("not_parsed", "未能读出的文件数", "Documents that could not be read"),
        _covered("with_errors", "有错误级问题的报告数", "Reports with findings at error level"),
        _balance("balanced", "表内平衡的报告数", "Reports whose tables balance"),
        _balance("unbalanced", "表内不平衡的报告数", "Reports whose tables do not balance"),
        _balance("undecided", "无法判断是否平衡的报告数", "Reports of which that is undecided"),
        attribute("reports", Kind.INTEGER, "符合全部条件的报告数", "Reports that fit all filters"),
        read_of(
            "left_out",
            Kind.INTEGER,
            "因平衡等条件未计入的报告数",
            "Reports left out by what is asked of balance or findings",
            lambda row: row.coverage.reports - row.reports,
        ),
    ),
    _coverage,
)


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """How many reports grant so many per cent of what was asked for, or have no such share."""

    percent: int | None
    reason: str | None
    reports: int


def _spread(engine: Engine, query: Query) -> Iterator[SpreadRow]:
    found = granted(engine, query)
    for percent, reports in found.by_percent.items():
        yield SpreadRow(percent, None, reports)
    for reason in ("with_errors", "too_few", "unknown"):
        yield SpreadRow(None, reason, getattr(found, reason))


DISTRIBUTION: Table[SpreadRow] = computed(
    "distribution",
    Text("予以公开占比的分布", "How the share granted is distributed"),
    (
        attribute(
            "percent", Kind.INTEGER, "予以公开占比（整百分数）", "Share granted, in per cent"
        ),
        attribute(
            "reason",
            Kind.TEXT,
            "没有占比的原因",
            "Why there is no share: with_errors, too_few or unknown",
        ),
        attribute("reports", Kind.INTEGER, "报告数", "Reports"),
    ),
    _spread,
)
