"""C201: rules (规章) in force are reported by organs that can make them (立法法)."""

from collections.abc import Iterator

from gipcore.checks.equation import add_up
from gipcore.checks.kinds import FROM_CELLS, Check, Condition
from gipcore.checks.outcome import Outcome, Reason, Severity, Verdict
from gipcore.checks.subject import KnownOffice, Subject
from gipcore.form.proactive import GOVERNMENT_RULES, IN_FORCE
from gipcore.words import LEGISLATION_LAW, Source, Text

RULES_IN_FORCE = f"{GOVERNMENT_RULES.id}.{IN_FORCE.id}"
# A government's general office publishes for it; its other departments make no rules.
GOVERNMENTS = frozenset({"government", "general_office"})
MAKER_LEVELS = frozenset({"province", "city"})
ONLY_DEPARTMENTS = frozenset({"ministry"})
BELOW = frozenset({"county", "township"})


def can_make_rules(office: KnownOffice) -> bool | None:
    """Tell whether an organ can make rules; None when its kind is not known."""
    if office.level in ONLY_DEPARTMENTS:
        return True
    if office.level in BELOW:
        return False
    if office.level not in MAKER_LEVELS or office.function is None:
        return None
    return office.function in GOVERNMENTS


def _rules_by_their_makers(check: Check, subject: Subject) -> Iterator[Outcome]:
    """Give one outcome; right is 0 where none can be in force, else what is printed."""
    can = can_make_rules(subject.office)
    if can is None:
        yield check.not_applicable(Reason.OFFICE_NOT_KNOWN)
        return
    cells = (RULES_IN_FORCE,)
    printed, obstacle = add_up(cells, subject)
    if printed is None:
        verdict = Verdict.NOT_APPLICABLE
    else:
        verdict = Verdict.PASSED if can or printed == 0 else Verdict.FAILED
    yield Outcome(
        check.code,
        verdict,
        check.severity,
        cells,
        left=printed,
        right=None if printed is None else printed if can else 0,
        reason=obstacle,
    )


RULES_BY_THEIR_MAKERS = Condition(
    code="C201",
    name="proactive.rules_by_their_makers",
    title=Text(
        "只有能制定规章的机关才有现行有效的规章",
        "Only organs that can make rules report rules in force",
    ),
    explanation=Text(
        "规章由国务院部门，省、自治区、直辖市和设区的市、自治州的人民政府制定。"
        "县、乡镇、街道和地方政府的部门不能制定规章；它们填的“现行有效”若不是0，"
        "多半是把规范性文件填到了规章一行。",
        "Rules are made by the departments of the State Council and by the governments of "
        "provinces and of cities with districts. Counties, townships, subdistricts and the "
        "departments of local governments cannot make any; where theirs “in force” is not 0, "
        "normative documents were perhaps put on the line of rules.",
    ),
    formula=Text(
        "不能制定规章的机关：规章 现行有效件数＝0",
        "organs that cannot make rules: government rules in force = 0",
    ),
    severity=Severity.NOTICE,
    source=Source(LEGISLATION_LAW, "第九十一条、第九十三条"),
    reasons=(*FROM_CELLS, Reason.OFFICE_NOT_KNOWN),
    find=_rules_by_their_makers,
    when_passed=Text(
        "规章现行有效{left}件，与机关的权限相符。",
        "Rules in force: {left}, which this kind of organ can have.",
    ),
    when_failed=Text(
        "{cells}填了{left}，但这一级、这一类机关不能制定规章。",
        "{cells}: {left}, but an organ of this level and function cannot make rules.",
    ),
)
