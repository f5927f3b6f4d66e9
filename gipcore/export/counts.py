"""Reports and findings counted by check, region, level and year."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Engine

from gipcore.checks.catalogue import check
from gipcore.export.columns import Column, Kind, Table, attribute, read_of
from gipcore.export.computed import computed
from gipcore.form.editions import CELLS
from gipcore.form.report import Number
from gipcore.store import reading
from gipcore.store.headline import HEADLINE, HeadlineColumn
from gipcore.store.query import Query
from gipcore.store.read_breakdown import UNKNOWN
from gipcore.store.rows import BreakdownRow, CheckCount
from gipcore.words import Text

By = Literal["region", "level", "year"]

BY_CHECK: Table[CheckCount] = computed(
    "counts_by_check",
    Text("各项校验的结果", "Reports by check"),
    (
        read_of("check", Kind.TEXT, "校验项", "Check", lambda row: row.code),
        read_of(
            "title",
            Kind.TEXT,
            "校验项的名称",
            "What it holds, in Chinese",
            lambda row: check(row.code).title.zh,
        ),
        read_of(
            "title_en",
            Kind.TEXT,
            "校验项的英文名称",
            "What it holds, in English",
            lambda row: check(row.code).title.en,
        ),
        attribute("severity", Kind.TEXT, "严重程度", "Severity"),
        attribute("failed", Kind.INTEGER, "未通过的报告数", "Reports that fail it"),
        attribute("passed", Kind.INTEGER, "通过的报告数", "Reports that pass it"),
        attribute(
            "not_applicable",
            Kind.INTEGER,
            "未判定（缺数或不适用）的报告数",
            "Reports it was not decided for (figures missing or not applicable)",
        ),
    ),
    reading.finding_counts,
)

COUNTS: tuple[Column[BreakdownRow], ...] = (
    attribute("offices", Kind.INTEGER, "机关数", "Offices"),
    attribute("not_published", Kind.INTEGER, "没有报告的机关数", "Offices without a report"),
    attribute("reports", Kind.INTEGER, "报告数", "Reports"),
    attribute(
        "unbalanced", Kind.INTEGER, "表内不平衡的报告数", "Reports whose tables do not balance"
    ),
    attribute(
        "with_errors",
        Kind.INTEGER,
        "有错误级问题的报告数",
        "Reports with findings at error level",
    ),
    attribute("errors", Kind.INTEGER, "错误数", "Findings: errors"),
    attribute("warnings", Kind.INTEGER, "警告数", "Findings: warnings"),
    attribute("notices", Kind.INTEGER, "提示数", "Findings: notices"),
)


def _known(row: BreakdownRow) -> str | None:
    """Return what a row is of; None for what is of no known region or level."""
    return None if row.key == UNKNOWN else row.key


def _parted(by: By) -> Callable[[Engine, Query], tuple[BreakdownRow, ...]]:
    return lambda engine, query: reading.breakdown(engine, query, by)


BY_REGION: Table[BreakdownRow] = computed(
    "counts_by_region",
    Text("各地区的报告和问题", "Reports and findings by region"),
    (
        read_of(
            "region_code",
            Kind.TEXT,
            "行政区划代码，不详时为空",
            "Region code; empty if unknown",
            _known,
        ),
        attribute("name", Kind.TEXT, "行政区划", "Region"),
        attribute("name_en", Kind.TEXT, "行政区划的英文名称", "Region, in English"),
        *COUNTS,
    ),
    _parted("region"),
)
BY_LEVEL: Table[BreakdownRow] = computed(
    "counts_by_level",
    Text("各层级的报告和问题", "Reports and findings by level"),
    (
        read_of(
            "level",
            Kind.TEXT,
            "层级，不详时为空",
            "Level of the office; empty if unknown",
            _known,
        ),
        *COUNTS,
    ),
    _parted("level"),
)


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year: its counts, and the headline figures added up."""

    year: int
    counts: BreakdownRow
    headline: Mapping[str, Number | None]


def _years(engine: Engine, query: Query) -> Iterator[YearRow]:
    totals = {total.year: total for total in reading.yearly_totals(engine, query)}
    for row in reading.breakdown(engine, query, "year"):
        year = int(row.key)
        yield YearRow(year, row, totals[year].headline if year in totals else {})


def _counted(column: Column[BreakdownRow]) -> Column[YearRow]:
    return Column(
        column.name,
        column.kind,
        column.label,
        lambda row, origin: column.value(row.counts, origin),
    )


def _summed(column: HeadlineColumn) -> Column[YearRow]:
    label, name = CELLS[column.cell].label, column.name

    def read(row: YearRow) -> Number | None:
        return row.headline.get(name)

    return read_of(name, Kind.NUMBER, f"{label.zh}（合计）", f"{label.en} (sum)", read)


BY_YEAR: Table[YearRow] = computed(
    "counts_by_year",
    Text("各年度的报告、问题和合计", "Reports, findings and sums by year"),
    (
        attribute("year", Kind.INTEGER, "报告年度", "Year that the reports are on"),
        *(_counted(column) for column in COUNTS),
        *(_summed(column) for column in HEADLINE),
    ),
    _years,
)
