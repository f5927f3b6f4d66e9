"""C301–C304: table 3 balances and adds up (国办公开办函〔2021〕30号)."""

from gipcore.checks.kinds import Balance, CrossFooting, Footing, Sum
from gipcore.checks.outcome import Severity
from gipcore.form.requests import (
    APPLICANTS,
    BROUGHT_FORWARD,
    CARRIED_FORWARD,
    DISPOSED,
    LEAVES,
    LEAVES_BY_GROUP,
    LINES,
    OTHER_HANDLING_AS_ONE,
    RECEIVED,
    SUBTOTALS,
    TOTAL,
)
from gipcore.words import NOTICE_2021, Source, Text

FLOW = Balance(
    code="C301",
    name="requests.inflow_equals_outflow",
    title=Text("收进来的等于处理和结转的", "What came in equals what went out"),
    explanation=Text(
        "一件申请要么是本年新收的，要么是上年留下的；到年底，要么办完了，要么结转下年。"
        "所以每一列里，新收加上年结转，应当等于办理总计加结转下年。"
        "这是表格自己印着的唯一一条勾稽关系。",
        "A request is either received this year or left over from last year; by the end of the "
        "year it is either disposed of or carried forward. So in every column, received plus "
        "brought forward should equal disposed of plus carried forward. This is the one balance "
        "relation that is printed on the form itself.",
    ),
    formula=Text(
        "每一列：一、本年新收＋二、上年结转＝（七）总计＋四、结转下年度继续办理",
        "each column: received + brought forward = disposed of + carried forward",
    ),
    severity=Severity.ERROR,
    source=Source(NOTICE_2021, "附件 第三部分 表格栏注"),
    left=(RECEIVED, BROUGHT_FORWARD),
    right=(DISPOSED, CARRIED_FORWARD),
)

OUTCOMES = Footing(
    code="C302",
    name="requests.disposed_equals_outcomes",
    title=Text("各种办理结果加起来等于总计", "The outcomes add up to the total disposed of"),
    explanation=Text(
        "每件办完的申请只记一种结果，所以把最细的各项办理结果加起来，应当等于“（七）总计”。"
        "小计不重复计算；报告把“（六）其他处理”只印成一行时，用这一行。"
        "这条关系是从表格的文字推出来的。",
        "Every request disposed of is counted under one outcome, so the finest outcomes should "
        "add up to the total disposed of. Subtotals are not counted again; where a report prints "
        "“other handling” as one row, that row is used. The relation follows from the words of "
        "the form.",
    ),
    formula=Text(
        "每一列：（七）总计＝（一）＋（二）＋（三）1至8＋（四）1至3＋（五）1至5＋（六）1至3",
        "each column: disposed of = granted + partially granted + denied 1–8 + "
        "unable to provide 1–3 + not processed 1–5 + other handling 1–3",
    ),
    severity=Severity.ERROR,
    source=Source(NOTICE_2021, "附件 第三部分 三、本年度办理结果（七）总计"),
    sums=(Sum(DISPOSED, LEAVES),),
)

APPLICANTS_TOTAL = CrossFooting(
    code="C303",
    name="requests.total_equals_applicants",
    title=Text("各类申请人加起来等于总计", "The kinds of applicant add up to the total"),
    explanation=Text(
        "每一行里，自然人加上五类法人或其他组织，应当等于这一行的“总计”。"
        "这条关系是从表格的文字推出来的。",
        "On every line, natural persons plus the five kinds of organisation should equal the "
        "line's total. The relation follows from the words of the form.",
    ),
    formula=Text(
        "每一行：总计＝自然人＋商业企业＋科研机构＋社会公益组织＋法律服务机构＋其他",
        "each line: total = natural persons + businesses + research institutions + "
        "public-interest organisations + legal service organisations + other organisations",
    ),
    severity=Severity.ERROR,
    source=Source(NOTICE_2021, "附件 第三部分 总计"),
    total=TOTAL,
    parts=APPLICANTS,
    lines=LINES,
)

SUBTOTALS_ADD_UP = Footing(
    code="C304",
    name="requests.subtotal_equals_leaves",
    title=Text("印出的小计等于各细项之和", "A printed subtotal equals its parts"),
    explanation=Text(
        "有的报告在（三）至（六）各组的细项之外还印出小计。印了小计，它就应当等于本组细项之和；"
        "没有印小计，这一条就不适用。",
        "Some reports print a subtotal beside the parts of groups (3) to (6). Where there is one, "
        "it should equal the sum of the parts; where there is none, this check does not apply.",
    ),
    formula=Text(
        "每一列：小计＝本组各细项之和", "each column: subtotal = sum of the parts of the group"
    ),
    severity=Severity.ERROR,
    source=Source(NOTICE_2021, "附件 第三部分 三、本年度办理结果（三）至（六）"),
    sums=tuple(
        Sum(subtotal, LEAVES_BY_GROUP[subtotal.id])
        for subtotal in (*SUBTOTALS, OTHER_HANDLING_AS_ONE)
    ),
)
