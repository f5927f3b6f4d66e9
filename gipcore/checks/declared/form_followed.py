"""C105, C109: the report has the form's six sections, and is on the edition in force."""

import re
from collections.abc import Iterator

from gipcore.checks.kinds import Check, Condition
from gipcore.checks.outcome import Outcome, Reason, Severity, Verdict
from gipcore.checks.subject import Subject
from gipcore.form.editions import EDITIONS, SECTIONS, edition_in_force
from gipcore.form.model import EditionId
from gipcore.form.proactive import TITLE as PROACTIVE
from gipcore.words import NOTICE_2021, Source, Text

ABSENT, REPEATED, OUT_OF_ORDER, MISNUMBERED = "absent", "repeated", "out_of_order", "misnumbered"
# 三、 （三） 3. 第三部分 as they stand before the words of a heading
NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", start=1)}
PRINTED_NUMBER = re.compile(
    r"\s*[（(第]?\s*(?P<number>[一二三四五六七八九十]|\d{1,2})\s*"
    r"(?:部分|[）)、．.，,：:]|\s)"
)


def printed_number(title: str) -> int | None:
    """Return the number that a heading prints; None when it prints none."""
    found = PRINTED_NUMBER.match(title)
    if found is None:
        return None
    number = found["number"]
    return NUMERALS.get(number) or int(number)


def _sections_in_order(check: Check, subject: Subject) -> Iterator[Outcome]:
    """Give one outcome a fault, whose detail is its word and the heading; or one when all is well.

    Headings without a number are in order if their words are: numbering is often lost on the way.
    """
    headings = subject.report.sections
    if not headings:
        yield check.not_applicable(Reason.NO_HEADINGS)
        return
    faults = list(_faults(subject))
    for number, fault, title in faults:
        yield Outcome(
            check.code,
            Verdict.FAILED,
            check.severity,
            places=(f"section {number}",),
            detail=f"{fault}: {title}",
        )
    if not faults:
        yield Outcome(check.code, Verdict.PASSED, check.severity)


def _faults(subject: Subject) -> Iterator[tuple[int, str, str]]:
    """Yield section, fault and heading as printed."""
    seen: list[int] = []
    for heading in subject.report.sections:
        number, printed = heading.number, printed_number(heading.title)
        if number in seen:
            yield number, REPEATED, heading.title
        elif seen and number < max(seen):
            yield number, OUT_OF_ORDER, heading.title
        elif printed is not None and printed != number:
            yield number, MISNUMBERED, heading.title
        seen.append(number)
    for section in SECTIONS:
        if section.number not in seen:
            yield section.number, ABSENT, section.title.zh


def _edition_in_force(check: Check, subject: Subject) -> Iterator[Outcome]:
    """Give one outcome; its detail is the edition used and the year."""
    year, used = subject.report.year, subject.report.form
    if year is None:
        yield check.not_applicable(Reason.NO_YEAR)
    elif year < EDITIONS[EditionId.Y2019].first_year:
        yield check.not_applicable(Reason.NO_EDITION_IN_FORCE)
    elif PROACTIVE_TABLE not in subject.tables:
        yield check.not_applicable(Reason.TABLE_NOT_READ)
    else:
        is_in_force = edition_in_force(year).id is used
        yield Outcome(
            check.code,
            Verdict.PASSED if is_in_force else Verdict.FAILED,
            check.severity,
            detail=f"{used.value}: {year}",
        )


# The editions differ in table 2 for certain; of the others either may be printed.
PROACTIVE_TABLE = next(
    table.number for table in EDITIONS[EditionId.Y2021].tables if table.title == PROACTIVE
)

SECTIONS_IN_ORDER = Condition(
    code="C105",
    name="form.sections_in_order",
    title=Text("六个部分都在，次序和编号不乱", "The six sections are there, in order"),
    explanation=Text(
        "年度报告有六个部分，各有规定的标题，从一到六依次排列，编号不重复。"
        "标题前没有编号的，只看标题的文字和次序。",
        "The report has six sections, each with its prescribed heading, in order from one to six, "
        "and each number is used once. Where headings have no numbers, only their words and their "
        "order count.",
    ),
    formula=Text("标题依次为一至六", "headings = 1, 2, 3, 4, 5, 6"),
    severity=Severity.NOTICE,
    source=Source(NOTICE_2021, "附件 第一至第六部分"),
    reasons=(Reason.NO_HEADINGS,),
    find=_sections_in_order,
    when_passed=Text(
        "六个部分都在，次序和编号不乱。", "The six sections are there, in order, numbered once."
    ),
    when_failed=Text("{place}“{rest}”：{fault}。", "{place}, “{rest}”: {fault}."),
    faults={
        ABSENT: Text("在它的位置上没有找到这个标题", "this heading was not found where it belongs"),
        REPEATED: Text("这个标题出现了不止一次", "this heading occurs more than once"),
        OUT_OF_ORDER: Text(
            "这个标题排在后面部分的标题之后", "this heading stands after that of a later section"
        ),
        MISNUMBERED: Text(
            "印的编号不是这一部分的编号", "the number printed is not that of the section"
        ),
    },
)

EDITION_IN_FORCE = Condition(
    code="C109",
    name="form.edition_in_force",
    title=Text("用的是当年规定的表格", "The edition is the one in force for that year"),
    explanation=Text(
        "2019、2020年的报告用2019年版的表格，2021年起用2021年版。两版的表二不同，用错了版本，"
        "有些数就无法与别的年度、别的机关比较。",
        "Reports on 2019 and 2020 are on the 2019 edition of the form, from 2021 on on the 2021 "
        "edition. Table 2 differs between them, so some figures of a report on the wrong edition "
        "cannot be compared with other years and offices.",
    ),
    formula=Text("所用版本＝当年规定的版本", "edition used = edition in force for the year"),
    severity=Severity.NOTICE,
    source=Source(NOTICE_2021, "正文及附件"),
    reasons=(Reason.NO_YEAR, Reason.NO_EDITION_IN_FORCE, Reason.TABLE_NOT_READ),
    find=_edition_in_force,
    when_passed=Text("用的是当年规定的表格。", "The edition is the one in force for that year."),
    when_failed=Text("{rest}年的报告{fault}。", "The report on {rest} {fault}."),
    faults={
        EditionId.Y2019.value: Text(
            "用的是2019年版的表格，应当用2021年版",
            "is on the 2019 edition of the form; it should be on the 2021 edition",
        ),
        EditionId.Y2021.value: Text(
            "用的是2021年版的表格，当年规定的是2019年版",
            "is on the 2021 edition of the form; the 2019 edition was in force",
        ),
    },
)
