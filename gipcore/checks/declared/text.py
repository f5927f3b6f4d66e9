"""C801–C806: what the text states about the tables is what they print."""

from gipcore.checks.kinds import Agreement
from gipcore.checks.outcome import Severity
from gipcore.form.report import ClaimKind
from gipcore.form.requests import (
    BROUGHT_FORWARD,
    CARRIED_FORWARD,
    DISPOSED,
    LEAVES,
    OTHER_HANDLING_AS_ONE,
    RECEIVED,
    SUBTOTALS,
)
from gipcore.form.reviews import LINES as REVIEW_LINES
from gipcore.form.reviews import RESULTS
from gipcore.words import Text

RECEIVED_IN_TEXT = Agreement(
    code="C801",
    name="text.received",
    title=Text("正文里的收到件数与表三一致", "Requests received: text and table 3 agree"),
    explanation=Text(
        "正文写出收到多少件申请时，应当与表三“本年新收”的总计相同。"
        "“受理”“收办”也可能包含上年结转的，两种理解有一种对得上就算一致。"
        "文件没有规定这项核对；同一份报告里同一件事有两个数，读者应当知道。",
        "Where the text states how many requests were received, it should be the total of "
        "“received this year” in table 3. Some verbs (受理, 收办) may include those brought "
        "forward: one reading that agrees is enough. No notice prescribes this comparison; but "
        "where one report gives two figures for one thing, its readers should know.",
    ),
    formula=Text("正文的件数＝表三 本年新收 总计", "figure in the text = table 3, received, total"),
    severity=Severity.WARNING,
    about=frozenset({f"{RECEIVED.id}.total"}),
)

FLOW_IN_TEXT = Agreement(
    code="C802",
    name="text.disposed_and_carried",
    title=Text(
        "正文里的办结、结转件数与表三一致",
        "Requests disposed of and carried over: text and table 3 agree",
    ),
    explanation=Text(
        "正文写出办结（答复）、上年结转或者结转下年多少件时，应当与表三相应一行的总计相同。"
        "文件没有规定这项核对。",
        "Where the text states how many requests were disposed of, brought forward or carried "
        "forward, it should be the total of that line in table 3. No notice prescribes this "
        "comparison.",
    ),
    formula=Text(
        "正文的件数＝表三 办理总计、上年结转或结转下年 的总计",
        "figure in the text = table 3, disposed of, brought forward or carried forward, total",
    ),
    severity=Severity.WARNING,
    about=frozenset(f"{line.id}.total" for line in (DISPOSED, BROUGHT_FORWARD, CARRIED_FORWARD)),
)

REVIEWS_IN_TEXT = Agreement(
    code="C803",
    name="text.reviews",
    title=Text(
        "正文里的复议、诉讼件数与表四一致",
        "Reconsiderations and litigations: text and table 4 agree",
    ),
    explanation=Text(
        "正文写出多少件行政复议或行政诉讼时，应当与表四的总计相同。"
        "“诉讼”可能指两类起诉之和，也可能与复议合在一起说，有一种理解对得上就算一致。"
        "文件没有规定这项核对。",
        "Where the text states how many reconsiderations or lawsuits there were, it should be the "
        "total in table 4. “Litigation” may mean both kinds of lawsuit added, or may be counted "
        "together with reconsideration: one reading that agrees is enough. No notice prescribes "
        "this comparison.",
    ),
    formula=Text(
        "正文的件数＝表四 相应各块总计之和",
        "figure in the text = table 4, sum of the totals of the blocks it speaks of",
    ),
    severity=Severity.WARNING,
    about=frozenset(f"{line.id}.total" for line in REVIEW_LINES),
)

OUTCOMES_IN_TEXT = Agreement(
    code="C804",
    name="text.outcomes",
    title=Text("正文里的办理结果件数与表三一致", "Outcomes of requests: text and table 3 agree"),
    explanation=Text(
        "正文写出予以公开、部分公开、不予公开、无法提供、不予处理、其他处理（或其中某一项）多少件时，"
        "应当与表三相应各行的总计相同；一类有几行的，是这几行之和。“信息不存在”“撤回申请”一类的说法"
        "只是某一行的一部分，对不上不算不符。文件没有规定这项核对。",
        "Where the text states how many requests were granted, partially granted, denied, could "
        "not be answered, were not processed or handled otherwise (or names one of their lines), "
        "it should be the total of that line in table 3, or the sum of the lines of that group. "
        "Words for a part of a line make no failure. No notice prescribes this comparison.",
    ),
    formula=Text(
        "正文的件数＝表三 相应各行总计之和",
        "figure in the text = table 3, sum of the totals of the lines it speaks of",
    ),
    severity=Severity.WARNING,
    about=frozenset(f"{line.id}.total" for line in (*LEAVES, OTHER_HANDLING_AS_ONE, *SUBTOTALS)),
)

ALL_ANSWERED = Agreement(
    code="C805",
    name="text.all_answered",
    title=Text(
        "正文说全部办结，表三就没有结转下年的",
        "“All answered” does not stand beside requests carried forward",
    ),
    explanation=Text(
        "正文写着“全部办结”“均已答复”“答复率100%”，而表三还有结转下年度继续办理的，读者应当知道。"
        "年底收到、还没有到期的申请也会结转，所以这只是提示；“按时办结率100%”只说到期的，不算不符。",
        "Where the text says that all requests were answered while table 3 carries some forward, "
        "readers should know. Requests that came in late in the year and are not yet due are "
        "carried forward too, so this is only a notice; a rate of those answered in time speaks of "
        "those due, and makes no failure.",
    ),
    formula=Text(
        "正文说全部办结：表三 结转下年度继续办理 总计＝0",
        "if the text says all were answered: table 3, carried forward, total = 0",
    ),
    severity=Severity.NOTICE,
    about=frozenset({f"{CARRIED_FORWARD.id}.total"}),
    kinds=frozenset({ClaimKind.ALL_ANSWERED}),
)

ALL_UPHELD = Agreement(
    code="C806",
    name="text.all_upheld",
    title=Text(
        "正文说均获维持、未被纠错，表四就没有纠正的",
        "“All upheld” does not stand beside cases corrected or pending",
    ),
    explanation=Text(
        "正文写着复议、诉讼“均获维持”，而表四还有结果纠正、其他结果或者尚未审结的；或者写着“未被纠错”，"
        "而表四还有结果纠正的，读者应当知道。",
        "Where the text says that all reconsiderations or lawsuits were upheld while table 4 has "
        "some corrected, decided otherwise or pending, or says that none was corrected while some "
        "were, readers should know.",
    ),
    formula=Text(
        "正文说均获维持：表四 结果纠正＋其他结果＋尚未审结＝0；说未被纠错：结果纠正＝0",
        "if the text says all were upheld: table 4, corrected + other result + pending = 0; "
        "if it says none was corrected: corrected = 0",
    ),
    severity=Severity.NOTICE,
    about=frozenset(f"{line.id}.{result.id}" for line in REVIEW_LINES for result in RESULTS),
    kinds=frozenset({ClaimKind.ALL_UPHELD, ClaimKind.NONE_CORRECTED}),
)
