"""C108: the office and its region are in the register; what is nearest is named, never put in."""

from collections.abc import Iterator

from gipcore.checks.kinds import Check, Condition
from gipcore.checks.outcome import Outcome, Reason, Severity, Verdict
from gipcore.checks.subject import Subject
from gipcore.words import Text

# How a suggestion is written by those who know the register.
WITH_TOWNSHIP, BETWEEN_SEVERAL = "，有", " / "


def _office_in_register(check: Check, subject: Subject) -> Iterator[Outcome]:
    """Give one outcome; the detail of a failed one says what the register has nearest.

    Nobody asked the register where there is neither a region nor a suggestion.
    """
    office = subject.report.office
    if office.suggestion is not None:
        detail = _detail(office.suggestion)
        yield Outcome(check.code, Verdict.FAILED, check.severity, detail=detail)
    elif office.region_code is not None:
        yield Outcome(check.code, Verdict.PASSED, check.severity)
    else:
        yield check.not_applicable(Reason.NO_OFFICE if office.name is None else Reason.NO_REGION)


def _detail(suggestion: str) -> str:
    if not suggestion:
        return "nothing"
    if BETWEEN_SEVERAL in suggestion:
        return f"several: {suggestion}"
    nearest, _, township = suggestion.partition(WITH_TOWNSHIP)
    if not township:
        return f"nearest: nearest={nearest}"
    return f"township: nearest={nearest} township={township}"


OFFICE_IN_REGISTER = Condition(
    code="C108",
    name="form.office_in_register",
    title=Text("机关及所在地区在登记册中", "The office and its region are in the register"),
    explanation=Text(
        "机关名称所写的省、市、县、乡镇街道，应当在登记册里找得到；“路”“街道”“办事处”等字的有无不影响。"
        "找不到时，只说出登记册里最接近的名称，绝不代为填入：可能是报告写错了，"
        "也可能是登记册不全或者区划有了变动。名称可能指几个地区的，不代为选定。",
        "The province, city, county and township that the office's name says should be found in "
        "the register; words such as road, subdistrict and office may be there or not. Where they "
        "are not found, the nearest name in the register is mentioned and never put in: the report "
        "may be wrong, or the register incomplete or older than a change. Where a name may mean "
        "several regions, none is chosen.",
    ),
    formula=Text("机关名称中的地区 ∈ 登记册", "regions in the office's name ∈ register"),
    severity=Severity.NOTICE,
    reasons=(Reason.NO_OFFICE, Reason.NO_REGION),
    find=_office_in_register,
    when_passed=Text("机关所在的地区在登记册中。", "The region of the office is in the register."),
    when_failed=Text(
        "登记册中没有这个机关或它所在的地区：{fault}。",
        "The office or its region is not in the register: {fault}.",
    ),
    faults={
        "nothing": Text("也没有与它相近的名称", "and no name there is near it"),
        "nearest": Text("最接近的是{nearest}", "the nearest there is {nearest}"),
        "township": Text(
            "最接近的是{nearest}，那里有{township}",
            "the nearest there is {nearest}, which has {township}",
        ),
        "several": Text(
            "单凭名称不能确定是哪一个地区，可能是{rest}",
            "the name alone does not tell which region it is; it may be {rest}",
        ),
    },
)
