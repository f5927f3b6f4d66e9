"""C901, C902: a report goes on from where the one of the year before ended."""

from gipcore.checks.kinds import FROM_CELLS
from gipcore.checks.outcome import Reason, Severity
from gipcore.checks.roll_forward import Roll, RollForward
from gipcore.form.proactive import (
    GOVERNMENT_RULES,
    IN_FORCE,
    ISSUED,
    NORMATIVE_DOCUMENTS,
    REPEALED,
)
from gipcore.form.requests import BROUGHT_FORWARD, CARRIED_FORWARD, COLUMNS
from gipcore.words import Text

BROUGHT_FROM_LAST_YEAR = RollForward(
    code="C901",
    name="years.brought_equals_carried",
    title=Text(
        "上年结转等于上一年报告的结转下年度",
        "Brought forward equals what last year carried forward",
    ),
    explanation=Text(
        "上一年没有办完、结转下年度的申请，就是今年的上年结转，所以每一列都应当相等。"
        "文件没有规定这项核对；上一年的数后来更正过、机关合并或者拆分，都可能使它们不同。",
        "The requests that last year's report carried forward are those that this year's brings "
        "forward, so each column should be equal. No notice prescribes this comparison; figures "
        "of last year corrected since, or offices merged or divided, can make them differ.",
    ),
    formula=Text(
        "每一列：二、上年结转＝上一年报告的 四、结转下年度继续办理",
        "each column: brought forward = carried forward in the report of the year before",
    ),
    severity=Severity.WARNING,
    rolls=tuple(
        Roll(f"{BROUGHT_FORWARD.id}.{column.id}", f"{CARRIED_FORWARD.id}.{column.id}")
        for column in COLUMNS
    ),
)

IN_FORCE_SINCE_LAST_YEAR = RollForward(
    code="C902",
    name="years.in_force_follows",
    title=Text(
        "现行有效件数接得上上一年的",
        "Documents in force follow from last year's",
    ),
    explanation=Text(
        "规章和行政规范性文件：上一年现行有效的，加上本年制发的，减去本年废止的，应当等于今年现行有效的。"
        "文件没有规定这项核对；修改算作制发、到期失效没有算作废止，都可能使它们不同。"
        "2019年版的表格没有这几格，不能核对。",
        "Rules and normative documents: those in force last year, plus those issued this year, "
        "less those repealed, should be those in force this year. No notice prescribes this "
        "comparison; amendments counted as issued, or lapses not counted as repealed, can make "
        "them differ. The 2019 edition does not have these cells, so there it cannot be made.",
    ),
    formula=Text(
        "现行有效件数＝上一年报告的现行有效件数＋本年制发件数－本年废止件数",
        "in force = in force in the report of the year before + issued − repealed",
    ),
    severity=Severity.WARNING,
    reasons=(*FROM_CELLS, Reason.NO_PREVIOUS_REPORT),
    rolls=tuple(
        Roll(
            f"{line.id}.{IN_FORCE.id}",
            f"{line.id}.{IN_FORCE.id}",
            added=(f"{line.id}.{ISSUED.id}",),
            taken=(f"{line.id}.{REPEALED.id}",),
        )
        for line in (GOVERNMENT_RULES, NORMATIVE_DOCUMENTS)
    ),
)
