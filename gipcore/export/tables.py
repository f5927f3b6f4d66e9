"""The tables that can be had as files; their columns stand here and nowhere else."""

from typing import Any, TypeVar
from urllib.parse import urlencode

from gipcore.checks.catalogue import check, sentence
from gipcore.checks.roll_forward import RollForward
from gipcore.errors import WrongUseError
from gipcore.export.cells import CELLS_TABLE
from gipcore.export.changes import CHANGES
from gipcore.export.columns import (
    IS_SYNTHETIC,
    AnyTable,
    Column,
    Kind,
    Origin,
    Table,
    attribute,
)
from gipcore.export.counts import BY_CHECK, BY_LEVEL, BY_REGION, BY_YEAR
from gipcore.export.paging import by_id
from gipcore.export.shares import QUARTILES, SHARES
from gipcore.export.sums import (
    COVERAGE,
    DISTRIBUTION,
    OUTCOMES,
    REVIEWED_OFFICES,
    REVIEWS,
    TOTALS,
)
from gipcore.form.editions import CELLS
from gipcore.store import reading
from gipcore.store.headline import HEADLINE, HeadlineColumn
from gipcore.store.read_cells import BETWEEN
from gipcore.store.rows import FindingRow, GoneFindingRow, OfficeRow, ReportRow
from gipcore.words import Language, Text

Row = TypeVar("Row")

BLANK = "[x]"  # the state of a figure that is blank, unreadable or absent

LEVEL = attribute("level", Kind.TEXT, "层级", "Level of the office")
FUNCTION = attribute("function", Kind.TEXT, "职能", "Function of the office")
REGION_CODE = attribute("region_code", Kind.TEXT, "行政区划代码", "Region code")
REGION_NAME = attribute("region_name", Kind.TEXT, "行政区划", "Region with those it lies in")
YEAR = attribute("year", Kind.INTEGER, "报告年度", "Year that the report is on")
FORM = attribute("form", Kind.TEXT, "表格版本", "Edition of the form")
OFFICE_ID = attribute("office_id", Kind.TEXT, "机关编号", "Office id")
OFFICE_NAME = attribute("office_name", Kind.TEXT, "机关名称", "Office")
OFFICE_NAME_EN = attribute("office_name_en", Kind.TEXT, "机关英文名称", "Office, in English")


def page_address(origin: Origin, page: str, **parameters: str) -> str:
    """Return the address of a page of the site."""
    return f"{origin.site}/{page}?{urlencode(parameters)}"


OFFICE_COLUMNS: tuple[Column[OfficeRow], ...] = (
    attribute("id", Kind.TEXT, "机关编号", "Office id"),
    attribute("name", Kind.TEXT, "名称", "Name"),
    attribute("name_en", Kind.TEXT, "英文名称", "Name, in English"),
    attribute("aliases", Kind.LIST, "别名", "Other names"),
    LEVEL,
    FUNCTION,
    REGION_CODE,
    REGION_NAME,
    attribute("first_year", Kind.INTEGER, "首个报告年度", "First year with a report"),
    attribute("last_year", Kind.INTEGER, "最近报告年度", "Last year with a report"),
    attribute("reports", Kind.INTEGER, "报告数", "Reports"),
    attribute("findings_open", Kind.INTEGER, "未通过的校验数", "Failed checks in its reports"),
    attribute("is_registered", Kind.BOOLEAN, "是否在机关名录中", "Whether the register has it"),
    Column(
        "address",
        Kind.TEXT,
        Text("页面地址", "Address of the page"),
        lambda row, origin: page_address(origin, "office", office=row.id),
    ),
    IS_SYNTHETIC,
)


def _figure(column: HeadlineColumn) -> tuple[Column[ReportRow], Column[ReportRow]]:
    """Return the column of a headline figure and the column of its state."""
    label, name = CELLS[column.cell].label, column.name
    return (
        Column(name, Kind.NUMBER, label, lambda row, _: row.headline[name]),
        Column(
            f"{name}_state",
            Kind.TEXT,
            Text(f"{label.zh}（状态）", f"{label.en} (state)"),
            lambda row, _: BLANK if row.headline[name] is None else None,
        ),
    )


REPORT_COLUMNS: tuple[Column[ReportRow], ...] = (
    attribute("id", Kind.TEXT, "报告编号", "Report id"),
    OFFICE_ID,
    OFFICE_NAME,
    OFFICE_NAME_EN,
    LEVEL,
    FUNCTION,
    REGION_CODE,
    REGION_NAME,
    YEAR,
    FORM,
    attribute("title", Kind.TEXT, "标题", "Title as printed"),
    attribute("revision", Kind.INTEGER, "第几次读取的版本", "Revision"),
    attribute("is_balanced", Kind.BOOLEAN, "表内勾稽是否平衡", "Whether its tables balance"),
    attribute("errors", Kind.INTEGER, "错误数", "Findings: errors"),
    attribute("warnings", Kind.INTEGER, "警告数", "Findings: warnings"),
    attribute("notices", Kind.INTEGER, "提示数", "Findings: notices"),
    *(column for declared in HEADLINE for column in _figure(declared)),
    attribute("source_file", Kind.TEXT, "来源文件", "Document it was read from"),
    attribute("source_format", Kind.TEXT, "来源格式", "Format of the document"),
    attribute("source_sha256", Kind.TEXT, "来源文件校验值", "SHA-256 of the document"),
    attribute("read_at", Kind.TIME, "读取时间", "When it was read"),
    Column(
        "address",
        Kind.TEXT,
        Text("页面地址", "Address of the page"),
        lambda row, origin: page_address(origin, "report", report=row.id),
    ),
    IS_SYNTHETIC,
)


def _compared_cells(row: FindingRow) -> tuple[str, ...]:
    """Return the cells of last year's report that a finding rests on, each after its report."""
    declared = check(row.code)
    if not isinstance(declared, RollForward):
        return ()
    report_id = f"{row.office_id}-{row.year - 1}"
    return tuple(
        f"{report_id}{BETWEEN}{declared.roll_of(cell).previous}" for cell in row.left_cells
    )


FINDING_COLUMNS: tuple[Column[FindingRow], ...] = (
    attribute("id", Kind.TEXT, "问题编号", "Finding id"),
    Column("check", Kind.TEXT, Text("校验项", "Check"), lambda row, _: row.code),
    attribute("severity", Kind.TEXT, "严重程度", "Severity"),
    attribute("report_id", Kind.TEXT, "报告编号", "Report id"),
    OFFICE_ID,
    OFFICE_NAME,
    OFFICE_NAME_EN,
    REGION_CODE,
    REGION_NAME,
    LEVEL,
    YEAR,
    FORM,
    attribute("left_cells", Kind.LIST, "左边的格", "Cells of the left side"),
    attribute("left", Kind.NUMBER, "左边的值", "Left side"),
    attribute("right_cells", Kind.LIST, "右边的格", "Cells of the right side"),
    Column(
        "compared_cells",
        Kind.LIST,
        Text("上一年报告中参与核对的格", "Cells of last year's report that were compared"),
        lambda row, _: _compared_cells(row),
    ),
    attribute("right", Kind.NUMBER, "右边的值", "Right side"),
    attribute("difference", Kind.NUMBER, "差（左减右）", "Difference, left minus right"),
    attribute("reason", Kind.TEXT, "原因", "Reason"),
    attribute("places", Kind.LIST, "在文件中的位置", "Places in the document"),
    attribute("detail", Kind.TEXT, "细节（按格的次序）", "Detail, in the order of the cells"),
    attribute("figures", Kind.LIST, "正文所说各格的数", "Figures of cells that a text speaks of"),
    attribute("rests_on_repair", Kind.BOOLEAN, "是否依赖修复", "Whether it rests on a repair"),
    attribute("first_seen", Kind.TIME, "首次发现时间", "When it was first seen"),
    Column(
        "reply",
        Kind.LIST,
        Text("机关答复", "What the office says of it"),
        lambda row, _: tuple(reply.text for reply in row.replies),
    ),
    Column(
        "reply_date",
        Kind.LIST,
        Text("答复日期", "Day of the reply"),
        lambda row, _: tuple(reply.date.isoformat() for reply in row.replies),
    ),
    Column(
        "reply_link",
        Kind.LIST,
        Text("答复出处", "Where the reply stands"),
        lambda row, _: tuple(reply.link or "" for reply in row.replies),
    ),
    Column(
        "sentence_zh",
        Kind.TEXT,
        Text("说明（中文）", "In words, Chinese"),
        lambda row, _: sentence(row.outcome, Language.ZH),
    ),
    Column(
        "sentence_en",
        Kind.TEXT,
        Text("说明（英文）", "In words, English"),
        lambda row, _: sentence(row.outcome, Language.EN),
    ),
    Column(
        "address",
        Kind.TEXT,
        Text("页面地址", "Address of the page, with the cells marked"),
        lambda row, origin: page_address(origin, "report", report=row.report_id, check=row.code),
    ),
    IS_SYNTHETIC,
)

GONE_FINDING_COLUMNS: tuple[Column[Any], ...] = (
    *FINDING_COLUMNS[:-2],
    attribute("seen_revision", Kind.INTEGER, "最后有它的版本", "Last revision that had it"),
    attribute("gone_revision", Kind.INTEGER, "不再有它的版本", "First revision without it"),
    attribute("gone_since", Kind.TIME, "消失时间", "When it was gone"),
    attribute("verdict_now", Kind.TEXT, "同一核对现在的结论", "Verdict of the same check now"),
    Column(
        "address",
        Kind.TEXT,
        Text("页面地址", "Address of the page that shows what took it away"),
        lambda row, origin: page_address(
            origin,
            "revisions",
            report=row.report_id,
            revision=str(row.gone_revision),
            before=str(row.seen_revision),
        ),
    ),
    IS_SYNTHETIC,
)

OFFICES: Table[OfficeRow] = Table(
    "offices",
    Text("机关", "Offices"),
    OFFICE_COLUMNS,
    reading.iterate_offices,
    by_id(reading.offices),
    reading.count_offices,
)
REPORTS: Table[ReportRow] = Table(
    "reports",
    Text("报告", "Reports"),
    REPORT_COLUMNS,
    reading.iterate_reports,
    by_id(reading.reports),
    reading.count_reports,
)
FINDINGS: Table[FindingRow] = Table(
    "findings",
    Text("发现的问题", "Findings"),
    FINDING_COLUMNS,
    reading.iterate_findings,
    by_id(reading.findings),
    reading.count_findings,
)
GONE_FINDINGS: Table[GoneFindingRow] = Table(
    "gone_findings",
    Text("已经消失的问题", "Findings that are gone"),
    GONE_FINDING_COLUMNS,
    reading.iterate_gone_findings,
    by_id(reading.gone_findings),
    reading.count_gone_findings,
)
OFFICES_WITHOUT_REPORT: Table[OfficeRow] = Table(
    "offices_without_report",
    Text("没有报告的机关", "Offices without a report"),
    OFFICE_COLUMNS,
    reading.iterate_offices_without_report,
    by_id(reading.offices_without_report),
    reading.count_offices_without_report,
)
TABLES: dict[str, AnyTable] = {
    table.name: table
    for table in (OFFICES, REPORTS, CELLS_TABLE, FINDINGS, GONE_FINDINGS, OFFICES_WITHOUT_REPORT)
}
SUMMARIES: dict[str, AnyTable] = {
    table.name: table
    for table in (
        *(TOTALS, OUTCOMES, REVIEWS, REVIEWED_OFFICES, SHARES, QUARTILES, DISTRIBUTION),
        *(COVERAGE, BY_YEAR, BY_REGION, BY_LEVEL, BY_CHECK, CHANGES),
    )
}
EVERY_TABLE = TABLES | SUMMARIES
FILES = ("csv", "xlsx", "parquet")


def served_as(table: AnyTable) -> tuple[str, ...]:
    """Return the formats of files that the website has of a table: sums are few rows, as CSV."""
    return FILES if table.name in TABLES else FILES[:1]


def table(name: str) -> AnyTable:
    """Return a table by its name; raises WrongUseError for a name no table has."""
    try:
        return EVERY_TABLE[name]
    except KeyError:
        raise WrongUseError(
            f"no table is named “{name}”; there are: {', '.join(EVERY_TABLE)}"
        ) from None
