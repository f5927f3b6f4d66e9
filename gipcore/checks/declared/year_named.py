"""C107: the year is the same in the title, the line on the period, and the text."""

from collections.abc import Iterator

from gipcore.checks.kinds import Check, Condition
from gipcore.checks.outcome import Outcome, Reason, Severity, Verdict
from gipcore.checks.subject import Subject
from gipcore.words import Text

PLACES = ("title", "period", "text")
APART = " / "

# Which places disagree, in order of places; those that agree stand together.
FAULTS = {
    "title / period": Text(
        "标题与统计期限写的年份不同", "the title and the period name different years"
    ),
    "title / text": Text("标题与正文写的年份不同", "the title and the text name different years"),
    "period / text": Text(
        "统计期限与正文写的年份不同", "the period and the text name different years"
    ),
    "title / period, text": Text(
        "标题写的年份，与统计期限、正文写的不同",
        "the title names another year than the period and the text",
    ),
    "title, period / text": Text(
        "标题、统计期限写的年份，与正文写的不同",
        "the title and the period name another year than the text",
    ),
    "title, text / period": Text(
        "标题、正文写的年份，与统计期限写的不同",
        "the title and the text name another year than the period",
    ),
    "title / period / text": Text(
        "标题、统计期限、正文写的年份各不相同",
        "the title, the period and the text each name another year",
    ),
}


def _year_agrees(check: Check, subject: Subject) -> Iterator[Outcome]:
    """Give one outcome: left is the year named first, right the first that differs from it."""
    named = {place: year for place in PLACES if (year := subject.report.years_named.get(place))}
    if len(named) < 2:
        yield check.not_applicable(Reason.ONE_YEAR_NAMED)
        return
    places_of: dict[int, list[str]] = {}
    for place, year in named.items():
        places_of.setdefault(year, []).append(place)
    years = list(places_of)
    has_one = len(years) == 1
    fault = APART.join(", ".join(places) for places in places_of.values())
    yield Outcome(
        check.code,
        Verdict.PASSED if has_one else Verdict.FAILED,
        check.severity,
        left=years[0],
        right=years[0] if has_one else years[1],
        places=tuple(named),
        detail="" if has_one else f"{fault}: {APART.join(map(str, years))}",
    )


YEAR_NAMED = Condition(
    code="C107",
    name="structure.year_named",
    title=Text("标题、统计期限和正文的年份一致", "The year agrees in title, period and text"),
    explanation=Text(
        "年度报告的标题、“统计期限为某年1月1日至12月31日”一句和正文，说的应当是同一年。"
        "正文只要提到标题的年份就算一致；提到上一年、下一年或文件的日期，不算不同。文件没有规定这项核对。",
        "The title, the line on the period (1 January to 31 December) and the text should speak "
        "of one year. A text that mentions the year of the title agrees with it; the year before "
        "or after, and the dates of documents, are no disagreement. No notice prescribes this "
        "comparison.",
    ),
    formula=Text("标题的年份＝统计期限的年份＝正文的年份", "year in title = in period = in text"),
    severity=Severity.WARNING,
    reasons=(Reason.ONE_YEAR_NAMED,),
    find=_year_agrees,
    when_passed=Text("{place}写的是同一年。", "{place} name the same year."),
    when_failed=Text("{fault}：{rest}。", "{fault}: {rest}."),
    faults=FAULTS,
)
