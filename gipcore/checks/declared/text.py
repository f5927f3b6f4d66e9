"""C801–C803: the figures that the text states are those of the tables."""

from gipcore.checks.kinds import Agreement
from gipcore.checks.outcome import Severity
from gipcore.form.requests import BROUGHT_FORWARD, CARRIED_FORWARD, DISPOSED, RECEIVED
from gipcore.form.reviews import LINES as REVIEW_LINES
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
