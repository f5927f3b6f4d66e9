"""What there is to put right in a draft, in plain words with places."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import category

from gipcore.checks.catalogue import ARITHMETIC_CODES, check, sentence, severity_text
from gipcore.checks.outcome import Outcome, Reason, Severity, Verdict
from gipcore.checks.related import related
from gipcore.checks.rests import rests_on, rests_text
from gipcore.checks.wording import REPAIRS, cell_name, listed, place_text
from gipcore.form.report import Repair, Report
from gipcore.words import Language, Text

AT_CELL = re.compile(r"(table \d), row (\d+), column (\d+)")
ONE_ROW = Text("{table}第{rows}行第{columns}列", "{table}, row {rows}, columns {columns}")
ONE_COLUMN = Text("{table}第{columns}列第{rows}行", "{table}, column {columns}, rows {rows}")
MOST_PLACES = 6
MOST_SHARED = 3  # cells worth naming as common to several findings
IN_COMMON = Text(
    "这{findings}处都用到{cells}，可以先看这里。",
    " All {findings} rest on {cells}: look there first.",
)
COMMA, SEMICOLON, STOP = Text("、", ", "), Text("；", "; "), Text("。", ".")

ADVICE = {
    Severity.ERROR: Text(
        "表格自己的数字对不上，或者表格不全，公布前应当改好。算术不能判断哪一格错了：请把涉及的"
        "每一格与底稿对一遍。",
        "The figures of the tables contradict each other, or the tables are not complete: put this "
        "right before publishing. Arithmetic cannot tell which cell is wrong: compare each of the "
        "cells named with your records.",
    ),
    Severity.WARNING: Text(
        "可能是错，也可能另有缘由。请看一看，有缘由的最好在正文里写明。",
        "This may be wrong or may have its reason. Please look; where there is a reason, the text "
        "had better say so.",
    ),
    Severity.NOTICE: Text(
        "不影响数字，但读的人或程序可能看错。",
        "The figures stand, but a person or a program may misread them.",
    ),
}
HEADINGS = {
    Severity.ERROR: Text("要改的", "To put right"),
    Severity.WARNING: Text("请看一看", "Please look"),
    Severity.NOTICE: Text("提示", "Notices"),
}

BALANCES = Text(
    "表格自身的数字关系全部成立",
    "every relation between the figures of the tables holds",
)
OPEN_ONLY = Text(
    "能核对的数字关系都成立，但有{open}处因为空白、缺行或读不出而无法核对",
    "the relations that can be checked hold, but blank, absent or unreadable cells leave {open} "
    "unchecked",
)
UNBALANCED = Text("有{errors}处要改", "{errors} to put right")
OTHER_YEAR = Text(
    "作对照的是{previous}年的报告，不是{wanted}年的，所以没有与它对照（来件是{year}年的）。",
    "The report to compare with is on {previous}, not on {wanted}: the draft on {year} was not "
    "compared with it.",
)
OTHER_OFFICE = Text(
    "作对照的报告写的机关是“{previous}”，来件写的是“{office}”；如果不是同一机关，请不要看与上年"
    "的对照。",
    "The report to compare with names the office “{previous}”, the draft “{office}”; if these are "
    "not one office, leave the comparison with last year aside.",
)
TO_LOOK_AT = Text("另有{warnings}处请看一看", "{warnings} more to look at")
NOTICES = Text("提示{notices}条", "notices: {notices}")
NO_OTHERS = Text("没有发现别的问题", "nothing else was found")


@dataclass(frozen=True, slots=True)
class CellAt:
    """A cell of a finding: its words, its printed text and its place; None when it is absent."""

    name: str
    words: str
    raw: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """One finding of a draft: what was found, where, and what belongs to it.

    `where` are all its places in the document in few words; `related` the codes of other findings
    on the same cells; `rests` says on which repairs of the reader it rests, empty when on none.
    """

    outcome: Outcome
    title: str
    sentence: str
    where: str
    cells: tuple[CellAt, ...]
    related: tuple[str, ...]
    rests: str

    @property
    def code(self) -> str:
        """Return the code of the check."""
        return self.outcome.code


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one severity, with what to do about them."""

    severity: Severity
    heading: str
    advice: str
    items: tuple[Item, ...]


def repair_list(
    report: Report, outcomes: Sequence[Outcome], language: Language
) -> tuple[Group, ...]:
    """Return what to look at by severity, the gravest first; a severity without findings is not."""
    failed = [outcome for outcome in outcomes if outcome.verdict is Verdict.FAILED]
    groups = []
    for severity in Severity:
        found = [outcome for outcome in failed if outcome.severity is severity]
        if found:
            items = tuple(_item(report, outcome, failed, language) for outcome in found)
            advice = ADVICE[severity].within(language) + _in_common(report, found, language)
            groups.append(Group(severity, HEADINGS[severity].within(language), advice, items))
    return tuple(groups)


def _in_common(report: Report, found: Sequence[Outcome], language: Language) -> str:
    """Name the few cells that several findings all rest on: where to look first."""
    shared = set.intersection(*(set(outcome.cells) for outcome in found))
    names = [name for name in found[0].cells if name in shared]
    if len(found) < 2 or not 1 <= len(names) <= MOST_SHARED:
        return ""
    cells = [_cell_at(report, name, language) for name in names]
    said = [f"{cell.words} ({cell.place})" if cell.place else cell.words for cell in cells]
    wording = IN_COMMON.within(language)
    return wording.format(findings=len(found), cells=COMMA.within(language).join(said))


def _item(report: Report, outcome: Outcome, failed: Sequence[Outcome], language: Language) -> Item:
    cells = tuple(_cell_at(report, name, language) for name in outcome.cells)
    found = (report.cells.get(name) for name in outcome.cells)
    places = outcome.places or tuple(value.place for value in found if value is not None)
    others = dict.fromkeys(other.code for other in related(outcome, failed))
    return Item(
        outcome=outcome,
        title=check(outcome.code).title.within(language),
        sentence=sentence(outcome, language),
        where=where_text(places, language),
        cells=cells,
        related=tuple(code for code in others if code != outcome.code),
        rests=rests_text(rests_on(outcome, report), language),
    )


def where_text(places: Sequence[str], language: Language) -> str:
    """Say places in few words: cells of one row or one column name it once."""
    each = tuple(dict.fromkeys(places))
    found = [AT_CELL.fullmatch(place) for place in each]
    cells = [match.groups() for match in found if match is not None]
    if len(each) > 1 and len(cells) == len(each) and len({table for table, _, _ in cells}) == 1:
        table = place_text(cells[0][0], language)
        rows = sorted({int(row) for _, row, _ in cells})
        columns = sorted({int(column) for _, _, column in cells})
        comma = COMMA.within(language)
        wording = ONE_ROW if len(rows) == 1 else ONE_COLUMN if len(columns) == 1 else None
        if wording is not None:
            return wording.within(language).format(
                table=table, rows=comma.join(map(str, rows)), columns=comma.join(map(str, columns))
            )
    return listed([place_text(place, language) for place in each], language, MOST_PLACES)


def _cell_at(report: Report, name: str, language: Language) -> CellAt:
    value = report.cells.get(name)
    return CellAt(
        name=name,
        words=cell_name(name, language),
        raw=None if value is None else value.raw,
        place=None if value is None else place_text(value.place, language),
    )


def codes_by_cell(outcomes: Sequence[Outcome]) -> dict[str, tuple[str, ...]]:
    """Return the codes of the failed checks by the cells that they rest on."""
    found: dict[str, tuple[str, ...]] = {}
    for outcome in outcomes:
        if outcome.verdict is Verdict.FAILED:
            for name in outcome.cells:
                found[name] = tuple(dict.fromkeys((*found.get(name, ()), outcome.code)))
    return found


def verdict_sentence(outcomes: Sequence[Outcome], language: Language) -> str:
    """Say in one sentence whether a draft balances and how much there is to look at."""
    failed = Counter(o.severity for o in outcomes if o.verdict is Verdict.FAILED)
    errors, warnings = failed[Severity.ERROR], failed[Severity.WARNING]
    notices = failed[Severity.NOTICE]
    is_open = sum(_is_open(outcome) for outcome in outcomes)
    said = UNBALANCED if errors else OPEN_ONLY if is_open else BALANCES
    others = [text for text, n in ((TO_LOOK_AT, warnings), (NOTICES, notices)) if n] or [NO_OTHERS]
    pieces = [
        text.within(language).format(
            errors=errors, open=is_open, warnings=warnings, notices=notices
        )
        for text in (said, *others)
    ]
    words = SEMICOLON.within(language).join(pieces) + STOP.within(language)
    return words[:1].upper() + words[1:]


def _is_open(outcome: Outcome) -> bool:
    """Tell whether an equation of the tables could not be held against anything.

    One without cells had nothing to check, unless its table is missing.
    """
    is_undecided = outcome.verdict is Verdict.NOT_APPLICABLE and outcome.code in ARITHMETIC_CODES
    return is_undecided and bool(outcome.cells or outcome.reason is Reason.TABLE_NOT_READ)


def comparable(
    report: Report, previous: Report | None, language: Language
) -> tuple[Report | None, str]:
    """Return the report to compare a draft with, and what to say of it; empty when it fits.

    One of another year is not compared; one of another office is, since offices change names.
    """
    if previous is None:
        return None, ""
    if report.year and previous.year and previous.year != report.year - 1:
        said = OTHER_YEAR.within(language)
        return None, said.format(year=report.year, previous=previous.year, wanted=report.year - 1)
    one, other = report.office.name or "", previous.office.name or ""
    if one and other and "".join(one.split()) != "".join(other.split()):
        return previous, OTHER_OFFICE.within(language).format(office=one, previous=other)
    return previous, ""


# --- a terminal ------------------------------------------------------------------------------

UNKNOWN = Text("不明", "unknown")
HEAD = Text("{file}：{office}，{year}年", "{file}: {office}, {year}")
PLACE = Text("位置：{places}", "Where: {places}")
CELL = Text("{words}：原文「{raw}」，{place}", "{words}: printed “{raw}”, {place}")
CELL_ABSENT = Text("{words}：文件里没有这一格", "{words}: the document has no such cell")
RELATED = Text("同一格还涉及：{codes}", "The same cells also take part in: {codes}")
READING = Text("读取时的修复和没有认出的行", "What was mended in reading, and what was not read")
MENDED = Text("{place}：已修复 {text}", "{place}: mended, {text}")
UNREAD = Text("{place}：没有认出 “{text}”", "{place}: not recognised, “{text}”")
COUNTS = Text(
    "校验：通过{passed}项，不符{failed}项，未判定{undecided}项",
    "Checks: {passed} passed, {failed} failed, {undecided} not decided",
)
CELLS_SHOWN = 8
TEXT_SHOWN = 80


def terminal_text(report: Report, outcomes: Sequence[Outcome], language: Language) -> str:
    """Return the whole repair list of a report as lines; nothing in them steers a terminal."""
    unknown = UNKNOWN.within(language)
    head = HEAD.within(language).format(
        file=report.source.file, office=report.office.name or unknown, year=report.year or unknown
    )
    lines = [head, f"  {verdict_sentence(outcomes, language)}"]
    for group in repair_list(report, outcomes, language):
        severity = severity_text(group.severity).within(language)
        lines += ["", f"  {group.heading} ({len(group.items)})", f"  {group.advice}"]
        for item in group.items:
            lines.append(f"  - {severity} {item.code} {item.sentence}")
            lines += [f"      {line}" for line in _details(item, language)]
    mended = [
        MENDED.within(language).format(
            place=place_text(repair.place, language), text=_repair(repair, language)
        )
        for repair in report.repairs
    ]
    mended += [
        UNREAD.within(language).format(place=place_text(row.place, language), text=_short(row.text))
        for row in report.unread
    ]
    if mended:
        lines += ["", f"  {READING.within(language)}", *(f"  - {line}" for line in mended)]
    verdicts = [outcome.verdict for outcome in outcomes]
    counts = COUNTS.within(language).format(
        passed=verdicts.count(Verdict.PASSED),
        failed=verdicts.count(Verdict.FAILED),
        undecided=verdicts.count(Verdict.NOT_APPLICABLE),
    )
    return "\n".join(_harmless(line) for line in [*lines, "", f"  {counts}"])


def _details(item: Item, language: Language) -> list[str]:
    shown = item.cells[:CELLS_SHOWN]
    lines = [
        CELL_ABSENT.within(language).format(words=cell.words)
        if cell.raw is None
        else CELL.within(language).format(words=cell.words, raw=_short(cell.raw), place=cell.place)
        for cell in shown
    ]
    rest = item.cells[CELLS_SHOWN:]
    if rest:
        words = [cell.words for cell in rest]
        lines.append(listed(words, language))
    if not item.cells and item.where:
        lines.append(PLACE.within(language).format(places=item.where))
    if item.related:
        codes = COMMA.within(language).join(item.related)
        lines.append(RELATED.within(language).format(codes=codes))
    return [*lines, *([item.rests] if item.rests else [])]


def _repair(repair: Repair, language: Language) -> str:
    said = REPAIRS[repair.code].within(language)
    detail = _short(repair.detail)
    return f"{said} ({detail})" if detail else said


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TEXT_SHOWN else f"{line[:TEXT_SHOWN]}…"


def _harmless(line: str) -> str:
    """Replace what a terminal would obey; a document may hold escape sequences."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if category(sign).startswith("C") else sign for sign in line
    )
