"""The words of findings: reasons, severities, repairs, numbers, places and short cell names."""

import re
from collections.abc import Iterable
from functools import cache

from gipcore.checks.outcome import Reason, Severity
from gipcore.form.editions import CELLS
from gipcore.form.report import Number, RepairCode
from gipcore.words import Language, Text

REASONS = {
    Reason.BLANK_CELL: Text("有格子空白，空白不当作0", "a cell is blank, and blank is not 0"),
    Reason.UNREADABLE_CELL: Text(
        "有格子读不出一个确定的数", "a cell holds no figure that can be read for certain"
    ),
    Reason.LINE_NOT_IN_EDITION: Text(
        "所用版本的表格没有这一行", "the edition used does not have the line"
    ),
    Reason.LINE_ABSENT: Text(
        "报告没有印出要核对的行或格", "the report does not print the line or cell to be checked"
    ),
    Reason.NO_PREVIOUS_REPORT: Text(
        "没有上一年的报告可比", "there is no report of the year before to compare with"
    ),
    Reason.NO_CLAIM: Text(
        "正文没有写出可以核对的数", "the text states no figure that could be compared"
    ),
    Reason.ONE_YEAR_NAMED: Text(
        "标题、统计期限和正文里，写出年份的不到两处",
        "of title, period and text fewer than two name a year",
    ),
    Reason.NARROWER_SCOPE: Text(
        "正文这句话说的范围可能比表格小",
        "the words of the text may cover less than the table does",
    ),
    Reason.TABLE_NOT_READ: Text(
        "这张表没有找到或没有读出", "the table was not found or could not be read"
    ),
    Reason.NO_YEAR: Text(
        "文件里没有写明是哪一年的报告", "the document does not say which year it is on"
    ),
    Reason.NO_EDITION_IN_FORCE: Text(
        "那一年还没有规定这种表格", "no edition of the form was in force for that year"
    ),
    Reason.NO_HEADINGS: Text(
        "没有读到任何一部分的标题（可能只留下了数）",
        "no heading of a section was read (perhaps only the figures were kept)",
    ),
    Reason.OFFICE_NOT_KNOWN: Text(
        "不知道这个机关的级别和类别", "the level and function of the office are not known"
    ),
    Reason.NO_OFFICE: Text("文件里没有写明是哪个机关的报告", "the document names no office"),
    Reason.NO_REGION: Text(
        "它不属于某个地区（如国务院部门），或者没有与登记册核对",
        "it belongs to no region (a central organ), or the register was not asked",
    ),
    Reason.NO_OTHER_REPORTS: Text(
        "没有其他报告可比，或者可比的太少",
        "there are no other reports to compare with, or too few",
    ),
    Reason.TOO_FEW_FIGURES: Text(
        "不是0的数太少，相同也可能是巧合",
        "too few figures are not 0: to be the same may be chance",
    ),
    Reason.NOT_A_WHOLE_AREA: Text(
        "这份报告不是一级政府的，不代表整个地区",
        "the report is not a government's and does not speak for a whole area",
    ),
}

SEVERITIES = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.NOTICE: Text("提示", "notice"),
}

REPAIRS = {
    RepairCode.ROW_SHIFTED: Text(
        "这一行与同类的行错开了格子，已按行的名称读出",
        "this row is shifted against the others of its kind; it was read by its label",
    ),
    RepairCode.CELL_MISSING: Text(
        "这一行少了格子，分不清是哪一格的数没有读",
        "this row has too few cells; figures that may be of several cells were not read",
    ),
    RepairCode.EXTRA_CELL: Text(
        "这一行多了格子，读的是各项之和等于总计的那些",
        "this row has too many cells; those that add up to the total were read",
    ),
    RepairCode.LABEL_APPROXIMATE: Text(
        "行的名称与表格的不完全相同，按最接近的一行读",
        "the label is not quite the form's; it was read as the nearest line",
    ),
    RepairCode.PLACED_BY_ORDER: Text(
        "这一行没有名称，只按次序认作缺少的那一行",
        "this row has no label; only its order makes it the line that was missing",
    ),
    RepairCode.NOTE_REMOVED: Text(
        "数字旁边有注，读的是不带注的数",
        "a note stands beside the figure; the figure was read without it",
    ),
}

# Stands beside every finding of two figures that differ.
CANNOT_TELL = Text("算术不能说明哪一个数错了。", "Arithmetic cannot tell which figure is wrong.")

# The words of a ledger; every other line is called by its label, without its numbering.
SHORT_NAMES = {
    "received": Text("新收", "received"),
    "brought_forward": Text("上年结转", "brought forward"),
    "disposed": Text("办理", "disposed of"),
    "carried_forward": Text("结转下年", "carried forward"),
}
NUMBERING = re.compile(r"[（(][一二三四五六七][)）]|\d\.|^[一二三四]、")
MINUS = "\N{MINUS SIGN}"
NUMERALS = "〇一二三四五六"


def number_text(number: Number) -> str:
    """Write a number with thousands separators and a true minus sign."""
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    text = f"{number:,}" if isinstance(number, int) else f"{round(number, 6):,}"
    return text.replace("-", MINUS)


@cache
def line_name(name: str, language: Language) -> str:
    """Return a short name for the line of a cell, fit for the middle of a sentence."""
    line = CELLS[name].line
    if line.id in SHORT_NAMES:
        return SHORT_NAMES[line.id].within(language)
    if language is Language.EN:
        return line.label.en[0].lower() + line.label.en[1:]
    return " ".join(NUMBERING.sub("", line.label.zh).split())


@cache
def column_name(name: str, language: Language) -> str:
    """Return a short name for the column of a cell, fit for the middle of a sentence."""
    label = CELLS[name].column.label.within(language)
    return label[0].lower() + label[1:]


def cell_name(name: str, language: Language) -> str:
    """Return the line and column of a cell, in quotation marks."""
    cell = CELLS[name]
    if language is Language.EN:
        return f"“{cell.line.label.en}, {cell.column.label.en}”"
    return f"“{cell.line.label.zh}”{cell.column.label.zh}"


def listed(
    words: Iterable[str], language: Language, most: int = 5, separator: str | None = None
) -> str:
    """Join words, naming at most some and counting the rest."""
    every = list(dict.fromkeys(words))
    rest = len(every) - most
    shown = every[:most]
    if language is Language.EN:
        return (separator or ", ").join(shown) + (f" and {rest} more" if rest > 0 else "")
    return (separator or "、").join(shown) + (f"等{len(every)}处" if rest > 0 else "")


_ZH_PLACES = (
    (re.compile(r"title"), lambda: "标题"),
    (re.compile(r"period"), lambda: "统计期限"),
    (re.compile(r"text"), lambda: "正文"),
    (re.compile(r"before section (\d)"), lambda n: f"第{_numeral(n)}部分之前"),
    (re.compile(r"section (\d)"), lambda n: f"第{_numeral(n)}部分"),
    (re.compile(r"table (\d) part (\d+)"), lambda n, part: f"表{_numeral(n)}第{part}截"),
    (re.compile(r"table (\d)"), lambda n: f"表{_numeral(n)}"),
    (re.compile(r"row (\d+)"), lambda n: f"第{n}行"),
    (re.compile(r"column (\d+)"), lambda n: f"第{n}列"),
    (re.compile(r"paragraph (\d+)"), lambda n: f"第{n}段"),
    (re.compile(r"page (\d+)"), lambda n: f"（第{n}页）"),
)


def _numeral(digit: str) -> str:
    return NUMERALS[int(digit)] if int(digit) < len(NUMERALS) else digit


def place_text(place: str, language: Language) -> str:
    """Say a place such as `table 3, row 4` in a language; words it does not know stay."""
    if language is Language.EN:
        return place
    return "；".join("".join(map(_zh_piece, part.split(", "))) for part in place.split("; "))


def _zh_piece(piece: str) -> str:
    for pattern, write in _ZH_PLACES:
        if found := pattern.fullmatch(piece):
            return write(*found.groups())
    return piece
