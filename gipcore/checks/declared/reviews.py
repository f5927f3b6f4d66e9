"""C401–C403: each block of table 4 adds up (国办公开办函〔2021〕30号)."""

from gipcore.checks.kinds import CrossFooting
from gipcore.checks.outcome import Severity
from gipcore.form.reviews import (
    LITIGATION_AFTER_RECONSIDERATION,
    LITIGATION_DIRECT,
    RECONSIDERATION,
    RESULTS,
    TOTAL,
)
from gipcore.words import NOTICE_2021, Source, Text

FORMULA = Text(
    "总计＝结果维持＋结果纠正＋其他结果＋尚未审结",
    "total = upheld + corrected + other result + pending",
)

RECONSIDERATION_TOTAL = CrossFooting(
    code="C401",
    name="reviews.reconsideration_total",
    title=Text("行政复议各结果加起来等于总计", "Reconsideration: the results add up to the total"),
    explanation=Text(
        "每件行政复议只有一种结果：维持、纠正、其他，或者尚未审结。四项之和应当等于总计。"
        "这条关系是从表格的文字推出来的。",
        "Every administrative reconsideration has one result: upheld, corrected, other, or still "
        "pending. The four should add up to the total. The relation follows from the words of the "
        "form.",
    ),
    formula=FORMULA,
    severity=Severity.ERROR,
    source=Source(NOTICE_2021, "附件 第四部分 行政复议 总计"),
    total=TOTAL,
    parts=RESULTS,
    lines=(RECONSIDERATION,),
)

LITIGATION_DIRECT_TOTAL = CrossFooting(
    code="C402",
    name="reviews.litigation_direct_total",
    title=Text(
        "未经复议直接起诉：各结果加起来等于总计",
        "Litigation without prior reconsideration: the results add up to the total",
    ),
    explanation=Text(
        "没有经过复议就直接起诉的行政诉讼，四种结果之和应当等于总计。"
        "这条关系是从表格的文字推出来的。",
        "For lawsuits brought without prior reconsideration, the four results should add up to "
        "the total. The relation follows from the words of the form.",
    ),
    formula=FORMULA,
    severity=Severity.ERROR,
    source=Source(NOTICE_2021, "附件 第四部分 行政诉讼 未经复议直接起诉 总计"),
    total=TOTAL,
    parts=RESULTS,
    lines=(LITIGATION_DIRECT,),
)

LITIGATION_AFTER_RECONSIDERATION_TOTAL = CrossFooting(
    code="C403",
    name="reviews.litigation_after_reconsideration_total",
    title=Text(
        "复议后起诉：各结果加起来等于总计",
        "Litigation after reconsideration: the results add up to the total",
    ),
    explanation=Text(
        "先复议、后起诉的行政诉讼，四种结果之和应当等于总计。这条关系是从表格的文字推出来的。",
        "For lawsuits brought after reconsideration, the four results should add up to the total. "
        "The relation follows from the words of the form.",
    ),
    formula=FORMULA,
    severity=Severity.ERROR,
    source=Source(NOTICE_2021, "附件 第四部分 行政诉讼 复议后起诉 总计"),
    total=TOTAL,
    parts=RESULTS,
    lines=(LITIGATION_AFTER_RECONSIDERATION,),
)
