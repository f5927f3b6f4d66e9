"""C903–C905: a report beside those of other years and other offices."""

from collections.abc import Iterator

from gipcore.checks.across import (
    DAMPING,
    DIGITS_OF_OTHERS,
    FIGURES_OF_OTHERS,
    FIGURES_OF_OWN,
    GOVERNMENT,
    JUMP_CELLS,
    LEAST_DIFFERENCE,
    LEAST_FOLD,
    LEAST_PEERS,
    SPREADS,
    WHOLE_AREA_CELLS,
    figures_of,
    is_telling,
    jump_outcome,
    twins_outcome,
    whole_area_outcome,
)
from gipcore.checks.equation import add_up, strongest
from gipcore.checks.kinds import FROM_CELLS, Check, Condition
from gipcore.checks.outcome import Outcome, Reason, Severity
from gipcore.checks.subject import Subject
from gipcore.words import Text


def _not_a_copy(check: Check, subject: Subject) -> Iterator[Outcome]:
    has_figures = is_telling(figures_of(subject.report))
    yield twins_outcome(check, subject.surroundings.twins, has_figures=has_figures)


def _no_jump(check: Check, subject: Subject) -> Iterator[Outcome]:
    """Give one outcome a figure, or one when there is nothing to compare."""
    if subject.office.level is None or subject.office.function is None:
        yield check.not_applicable(Reason.OFFICE_NOT_KNOWN)
        return
    before = subject.before
    if before is None:
        yield check.not_applicable(Reason.NO_PREVIOUS_REPORT)
        return
    for cell in JUMP_CELLS:
        this, obstacle = add_up((cell,), subject)
        last, unknown = add_up((cell,), before)
        reason = strongest(obstacle, unknown) or Reason.LINE_ABSENT
        peers = subject.surroundings.peers.get(cell)
        yield jump_outcome(check, cell, this, last, peers, reason)


def _whole_area(check: Check, subject: Subject) -> Iterator[Outcome]:
    """Give one outcome a figure, or one for a report that is no government's."""
    if subject.office.level is None or subject.office.function is None:
        yield check.not_applicable(Reason.OFFICE_NOT_KNOWN)
        return
    if subject.office.function != GOVERNMENT:
        yield check.not_applicable(Reason.NOT_A_WHOLE_AREA)
        return
    for cell in WHOLE_AREA_CELLS:
        own, obstacle = add_up((cell,), subject)
        offices = subject.surroundings.own_offices.get(cell)
        yield whole_area_outcome(check, cell, own, offices, obstacle or Reason.LINE_ABSENT)


NOT_A_COPY = Condition(
    code="C903",
    name="others.not_a_copy",
    title=Text(
        "数字不与别的年度、别的机关完全相同",
        "The figures are not those of another year or office",
    ),
    explanation=Text(
        "三张表里不是0的数，如果与同一机关另一年的、或者另一机关的完全相同，可能是误把别的报告当作本年的发布了。"
        f"只比较有内容的表：与本机关的其他年度比，至少要有{FIGURES_OF_OWN}个不能由别的数推出来的数；"
        f"与其他机关比，至少要有{FIGURES_OF_OTHERS}个，合起来至少{DIGITS_OF_OTHERS}位数字。"
        "文件没有规定这项核对；相同也可能有别的原因，例如同一份报告用两个名称发布。",
        "Where all figures of the three tables that are not 0 are just those of another year of "
        "the same office, or of another office, a wrong report may have been published. Only "
        "tables with content are compared: with other years of the office, those with at least "
        f"{FIGURES_OF_OWN} figures that do not follow from others; with other offices, those with "
        f"at least {FIGURES_OF_OTHERS}, of {DIGITS_OF_OTHERS} digits together. No notice "
        "prescribes this comparison; there may be another reason, such as one report published "
        "under two names.",
    ),
    formula=Text("数字完全相同的其他报告数＝0", "other reports with the very same figures = 0"),
    severity=Severity.NOTICE,
    reasons=(Reason.TOO_FEW_FIGURES, Reason.NO_OTHER_REPORTS),
    find=_not_a_copy,
    when_passed=Text(
        "没有别的报告的数字与它完全相同。", "No other report has the very same figures."
    ),
    when_failed=Text(
        "三张表的数字与另外{left}份报告完全相同：{detail}。",
        "The figures of the three tables are the same as in other reports ({left}): {detail}.",
    ),
)

NO_JUMP = Condition(
    code="C904",
    name="others.no_jump",
    title=Text("没有同类机关没有的大起大落", "No jump that its peers do not show"),
    explanation=Text(
        "收到的申请、结转下年的申请、行政复议的件数，与上一年相比变化很大，而同级同类的机关没有这样变，"
        "就把两年的数都列出来。这不是错误：重大工程、征收拆迁、个别申请人大量申请，都会使件数大起大落。"
        f"两年的数各加{DAMPING}再相除，超过{LEAST_FOLD}倍，并且相差至少{LEAST_DIFFERENCE}件；"
        f"取对数后，与同级同类机关的中位数也相差超过{LEAST_FOLD}倍、"
        f"超过{SPREADS}个离散程度（绝对中位差的1.4826倍），才列出；"
        f"同级同类、两年都有数的机关少于{LEAST_PEERS}个，就不比较。文件没有规定这项核对。",
        "Where the requests received, those carried forward or the reconsiderations changed much "
        "since the year before, and those of offices of the same level and function did not, both "
        "years are shown. This is no error: large projects, expropriations or a single applicant "
        f"can make figures jump. {DAMPING} is added to both years before they are divided; it is "
        f"a jump when they differ by more than a factor of {LEAST_FOLD} and at least "
        f"{LEAST_DIFFERENCE} cases, and the logarithm is away from the median of the peers by "
        f"more than a factor of {LEAST_FOLD} and more than {SPREADS} spreads (1.4826 median "
        f"absolute deviations). With fewer than {LEAST_PEERS} peers that have both years nothing "
        "is compared. No notice prescribes this comparison.",
    ),
    formula=Text(
        f"r＝ln((本年＋{DAMPING})÷(上年＋{DAMPING}))：｜r｜≤ln {LEAST_FOLD}，"
        f"或者｜本年−上年｜＜{LEAST_DIFFERENCE}，"
        f"或者｜r−同级同类的中位数｜≤max(ln {LEAST_FOLD}, {SPREADS}×离散程度)",
        f"r = ln((this year + {DAMPING}) / (last year + {DAMPING})): |r| ≤ ln {LEAST_FOLD}, "
        f"or |this year − last year| < {LEAST_DIFFERENCE}, "
        f"or |r − median of peers| ≤ max(ln {LEAST_FOLD}, {SPREADS} × spread)",
    ),
    severity=Severity.NOTICE,
    reasons=(
        *FROM_CELLS,
        Reason.OFFICE_NOT_KNOWN,
        Reason.NO_PREVIOUS_REPORT,
        Reason.NO_OTHER_REPORTS,
    ),
    find=_no_jump,
    when_passed=Text(
        "{cells}本年{left}，上一年{right}，与同级同类的机关相比不算突出。",
        "{cells}: {left} this year, {right} the year before; not unlike its peers.",
    ),
    when_failed=Text(
        "{cells}本年{left}，上一年{right}，约为{own}倍；同级同类的{peers}个机关，中位数约为{typical}倍。"
        "不一定有错。",
        "{cells}: {left} this year, {right} the year before, about {own} times; the median of "
        "{peers} offices of the same level and function is about {typical} times. This need not "
        "be an error.",
    ),
)

WHOLE_AREA = Condition(
    code="C905",
    name="others.whole_area",
    title=Text(
        "一级政府的数不小于本级各部门之和",
        "A government's figures are not smaller than its offices' together",
    ),
    explanation=Text(
        "以一级人民政府名义发布的报告，汇总本级各部门的数，所以收到的申请和行政复议的件数，"
        "不应当小于同一年、同一地区、同一级各部门报告之和。下级政府的报告不算在内；"
        "政府办公厅（室）的报告往往就是政府的报告，也不算在内。"
        "文件没有规定这项核对；有的政府报告只写自己的，有的部门几家合报。",
        "A report in the name of a government adds up its own offices, so its requests received "
        "and its reconsiderations should not be fewer than those of the reports of the offices of "
        "the same year, region and level together. Governments below it are not added, nor is "
        "the general office, whose report often is the government's. No notice prescribes this "
        "comparison; some governments report on themselves alone.",
    ),
    formula=Text(
        "政府报告的总计≥本级各部门报告的总计之和",
        "total in the government's report ≥ sum of the totals of its own offices",
    ),
    severity=Severity.NOTICE,
    reasons=(
        *FROM_CELLS,
        Reason.OFFICE_NOT_KNOWN,
        Reason.NOT_A_WHOLE_AREA,
        Reason.NO_OTHER_REPORTS,
    ),
    find=_whole_area,
    when_passed=Text(
        "{cells}是{left}，不小于本级各部门之和{right}。",
        "{cells}: {left}, not fewer than the {right} of its own offices together.",
    ),
    when_failed=Text(
        "{cells}是{left}，小于本级{offices}个部门之和{right}。",
        "{cells}: {left}, fewer than the {right} of its own offices together (reports: {offices}).",
    ),
)
