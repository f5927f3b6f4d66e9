"""Figures that the text states about the tables; digits that are no claims are left alone.

Precision goes before recall: a number is a claim only when the words right before it say which
figure of the form it means, and nothing around it says it is a part, a rate or another year's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gipcore.documents.model import Grid
from gipcore.form.report import Claim
from gipcore.parsing.normalize import normalize
from gipcore.parsing.sections import Piece

RECEIVED = ("received.total",)
DISPOSED = ("disposed.total",)
BROUGHT = ("brought_forward.total",)
CARRIED = ("carried_forward.total",)
INFLOW = (*RECEIVED, *BROUGHT)
RECONSIDERATION = ("reconsideration.total",)
DIRECT = ("litigation_direct.total",)
AFTER = ("litigation_after_reconsideration.total",)
LITIGATION = (*DIRECT, *AFTER)
REVIEWS = (*RECONSIDERATION, *LITIGATION)

SENTENCE = re.compile(r"[^。!！\n]+")
PART_OF_SENTENCE = re.compile(r"[^;；]+")
CLAUSE_END = re.compile(r"[,，:：()]")
DIGITS = re.compile(r"(?<![\d.,年第号-])(\d{1,3}(?:,\d{3})+|\d{1,9})(?![\d.]|,\d)")
COUNTER = re.compile(r"(件次|件|起|条|宗|次|项|个|份|例|人次)?(.?)")
NO_COUNT_AFTER = re.compile(
    r"^(年|月|日|号|%|个?工作日|个月|天|小时|周|季度|余|多|几|万|元|名|人|家|个百分点|倍|\.|:|-\d|/|"
    r"个?(领域|平台|社区|乡镇|部门|单位|街道|渠道|方面|大类|类))"
)

SUBJECT = re.compile(
    r"依申请(公开)?|(政府)?信息公开(的?依?申请|申请|事项)|公开申请|申请公开|政府信息申请|申请事项|申请件"
)
REQUEST = re.compile(SUBJECT.pattern + r"|申请(?!人|表|书|材料|许可|执行|复议|方式|渠道)")
OTHER_SUBJECT = re.compile(
    r"咨询|建议|提案|投诉|举报|信访|热线|留言|来信|来电|信箱|工单|议案|检查|培训|舆情|问题|意见|"
    r"许可|证照|主动公开|发布|政务服务|网民|公众号|解读|12345"
)
PART = re.compile(
    r"其中|通过|当面|网络|网上|信函|邮寄|现场|窗口|传真|渠道|邮件|平台|自然人|企业|分别"
)
COMPARISON = re.compile(
    r"(增加|减少|增长|下降|上升|同比|相比|多了|少了|较上年|较去年|比上年|比去年|占)[^,]*$"
)
LAST_YEAR = re.compile(r"(去年|上年|上一年|上年度)(?!度?结转|度?遗留|度?未办结|转)")

CARRIED_WORDS = re.compile(
    r"(结转|转|顺延|留转|延)(至|到|入)?(下|次)(一)?年度?|结转(至|到)?20\d\d年|(结转)?下一?年度?(继续)?办理"
)
CARRIED_AROUND = re.compile(r"结转(?=#[至到]?下)")
BROUGHT_WORDS = re.compile(
    r"(上一?年度?|去年|20\d\d年度?)(结转|遗留|转来|转入|转结)|结转(自)?(上一?年度?|去年|20\d\d年)"
)
RECEIVED_VERBS = re.compile(r"收到|新收|受理|接收|收办|接到|收件|新增")
MAY_INCLUDE_LAST_YEAR = frozenset({"受理", "收办"})
DISPOSED_VERBS = re.compile(r"办结|答复|办理|回复|处理")
INCLUDING_LAST_YEAR = re.compile(r"^[^()]{0,4}\((?:含|包括|其中)?(?:上一?年度?|去年)结转")
REVIEW_BOTH = re.compile(r"复议(案件)?(、|和|及|与|或|以及|或者|,)?(被?(提起|申请))?(行政)?诉讼")
REVIEW_RESULT = re.compile(
    r"维持|纠正|撤销|驳回|审结|未结|败诉|胜诉|撤诉|撤回|终止|应诉|出庭|答辩|确认违法|其他结果|调解"
)
AFTER_WORDS = re.compile(r"复议后(又|再)?(提起|被提起|起诉|诉讼|行政诉讼)")
DIRECT_WORDS = re.compile(r"(未经(行政)?复议)?直接(提起|起诉|诉讼)|未经复议")
RECONSIDERATION_WORDS = re.compile(r"复议")
LITIGATION_WORDS = re.compile(r"诉讼")

NONE_RECEIVED = re.compile(
    r"(?P<says>(尚|暂|均|从|也|并)?未(曾|能)?(收到|接到|受理|接收|收悉)|没有(收到|接到|受理)|未有|无|没有)"
    r"(?P<gap>[^,，。;；:：]{0,24}?)(依申请公开|公开(的)?(依)?申请|信息公开申请|申请公开)"
)
NONE_REVIEW = re.compile(
    r"(?P<says>未(被|曾|有)?(发生|出现|产生|引发|收到|涉及|提起|申请)?|没有(发生|出现|收到|因|被)?|无|零)"
    r"(?P<gap>[^,，。;；:：]{0,24}?)"
    r"(?P<what>行政复议[^,，。;；]{0,10}?诉讼|行政复议|行政诉讼|复议[^,，。;；]{0,8}?诉讼)"
)
NOT_THE_REQUESTS = re.compile(r"引[起发]|复议|诉讼|投诉|举报|费|超期|逾期|不满|答复")
NONE_GUARD = re.compile(
    r"无(正当|故|法|效|关|障碍|需|论|纸)|公开费|收费|收取|异议|超期|逾期|违规|错误|不满|结转|不予|部分|拒"
)
NARROW_PERSON = re.compile(r"公民个人|自然人|公民(?!、|和|或)")

ON_BEHALF = re.compile(
    r"[区县市省]?(政府办公?[厅室]?|府办|办公[厅室])?代表[^,，。]{0,12}?政府|代[区县市省]政府"
)
OWN_ONLY = re.compile(
    r"本机关|本级(?!财政)|[区县市省](人民)?政府办(公[室厅])?|府办(公[室厅])?|机关本级"
)
HALF_YEAR = re.compile(r"上半年|下半年|[一二三四1-4]季度|截至\d{0,4}年?(?!12)\d{1,2}月|1-\d{1,2}月")
WHOLE_GOVERNMENT = re.compile(r"人民政府$")
CLAIM_SECTIONS = (0, 1)
TOPIC = re.compile(
    r"^[(\d一二三四五六七八九十、.)]*依申请公开|^[(\d一二三四五六七八九十、.)]*申请公开"
)


@dataclass(frozen=True, slots=True)
class _Meaning:
    cells: tuple[str, ...]
    says: str
    alternatives: tuple[tuple[str, ...], ...] = ()


def find_claims(pieces: Sequence[Piece], office: str | None) -> tuple[Claim, ...]:
    """Find the claims of the general section and of what stands before it, each once."""
    found: dict[tuple[tuple[str, ...], float, str], Claim] = {}
    is_whole = bool(office and WHOLE_GOVERNMENT.search(office))
    for piece in pieces:
        if piece.section not in CLAIM_SECTIONS or isinstance(piece.block, Grid):
            continue
        for claim in _in_paragraph(piece.block.text, piece.place, is_whole):
            found.setdefault((claim.cells, claim.value, claim.place), claim)
    return tuple(found.values())


def _in_paragraph(text: str, place: str, is_whole: bool) -> Iterator[Claim]:
    normal = normalize(text)
    is_topic = bool(TOPIC.search(normal))
    for sentence in SENTENCE.finditer(normal):
        has_subject = is_topic
        for part in PART_OF_SENTENCE.finditer(sentence.group()):
            words = part.group()
            for claim in (*_numbers(words, has_subject, place), *_nones(words, place)):
                yield _narrowed(claim, words, is_whole)
            has_subject = _is_of_subject(words, has_subject)


def _is_of_subject(words: str, was: bool) -> bool:
    """Tell whether words speak of requests: what was named last counts, `was` if nothing was."""
    if not was and not SUBJECT.search(words):
        return False
    last = max((found.end() for found in REQUEST.finditer(words)), default=-1)
    other = max((found.end() for found in OTHER_SUBJECT.finditer(words)), default=-1)
    return was if last == other else last > other


def _numbers(sentence: str, has_subject: bool, place: str) -> Iterator[Claim]:
    is_part = False
    for match in DIGITS.finditer(sentence):
        number, start, end = match.group(1), match.start(), match.end()
        after = sentence[end:]
        clause_start = max(
            (found.end() for found in CLAUSE_END.finditer(sentence, 0, start)), default=0
        )
        clause = sentence[clause_start:start]
        is_part = is_part or "其中" in sentence[:start].rsplit(")", 1)[-1]
        if NO_COUNT_AFTER.match(after) or COMPARISON.search(clause):
            continue
        counter_match = COUNTER.match(after)
        counter = counter_match.group(1) or "" if counter_match else ""
        rest = after[len(counter) :]
        if NO_COUNT_AFTER.match(rest) and not counter:
            continue
        if rest[:1] in {"余", "多", "%"} or (not counter and rest[:1] not in ",，()、" and rest):
            continue
        is_flow = _is_of_subject(sentence[:start], has_subject)
        meaning = _meaning(clause, is_flow=is_flow, is_part=is_part, rest=rest)
        if meaning is None:
            continue
        value = int(number.replace(",", ""))
        quote = f"{meaning.says}…{number}{' ' + counter if counter else ''}"
        yield Claim(
            meaning.cells,
            value,
            quote,
            place,
            says=meaning.says,
            alternatives=meaning.alternatives,
        )


def _meaning(clause: str, *, is_flow: bool, is_part: bool, rest: str) -> _Meaning | None:
    """Return which figure the words before a number mean, nearest and most specific first."""
    if LAST_YEAR.search(clause):
        return None
    review = _review_meaning(clause, is_part)
    if review is not None:
        return review
    if RECONSIDERATION_WORDS.search(clause) or LITIGATION_WORDS.search(clause):
        return None
    if not is_flow:
        return None
    carried = CARRIED_WORDS.search(clause) or CARRIED_AROUND.search(f"{clause}#{rest}")
    if carried:
        return _Meaning(CARRIED, carried.group())
    brought = BROUGHT_WORDS.search(clause)
    if brought:
        return _Meaning(BROUGHT, brought.group())
    received = RECEIVED_VERBS.search(clause)
    is_new = received is not None and received.group() == "新收"
    if PART.search(clause.removeprefix("其中")) or (is_part and not is_new):
        return None
    if received:
        return _received(received.group(), rest)
    disposed = DISPOSED_VERBS.search(clause)
    if disposed and not re.search(r"办理(流程|机制|工作|制度|情况)|答复(率|意见|时限)", clause):
        return _Meaning(DISPOSED, disposed.group())
    return None


def _received(verb: str, rest: str) -> _Meaning:
    if INCLUDING_LAST_YEAR.match(rest):
        return _Meaning(INFLOW, verb, (RECEIVED,))
    return _Meaning(RECEIVED, verb, (INFLOW,) if verb in MAY_INCLUDE_LAST_YEAR else ())


def _review_meaning(clause: str, is_part: bool) -> _Meaning | None:
    if is_part or REVIEW_RESULT.search(clause) or PART.search(clause):
        return None
    if AFTER_WORDS.search(clause):
        return _Meaning(AFTER, "复议后起诉")
    if DIRECT_WORDS.search(clause) and "诉" in clause:
        return _Meaning(DIRECT, "直接起诉")
    if REVIEW_BOTH.search(clause):
        return _Meaning(REVIEWS, "行政复议、行政诉讼", (RECONSIDERATION, LITIGATION))
    if LITIGATION_WORDS.search(clause):
        return _Meaning(LITIGATION, "行政诉讼", (DIRECT, AFTER))
    if RECONSIDERATION_WORDS.search(clause):
        return _Meaning(RECONSIDERATION, "行政复议")
    return None


def _nones(sentence: str, place: str) -> Iterator[Claim]:
    """Find "none" in words: a claim of 0."""
    received = NONE_RECEIVED.search(sentence)
    if received and _is_of_requests(received, sentence):
        says = received["says"]
        scope = NARROW_PERSON.search(received["gap"])
        yield Claim(RECEIVED, 0, f"{says}…申请", place, scope.group() if scope else None, says, ())
    review = NONE_REVIEW.search(sentence)
    if review and not NONE_GUARD.search(review.group()) and not re.search(r"\d", review["gap"]):
        what, says = review["what"], review["says"]
        is_both = "复议" in what and "诉讼" in what
        cells = REVIEWS if is_both else LITIGATION if "诉讼" in what else RECONSIDERATION
        noun = "行政复议、行政诉讼" if is_both else what
        if not REVIEW_RESULT.search(review["gap"]):
            yield Claim(cells, 0, f"{says}…{noun}", place, None, says, ())


def _is_of_requests(found: re.Match[str], sentence: str) -> bool:
    """Tell whether "none" is said of requests, not of what they led to or cost."""
    rest = CLAUSE_END.split(sentence[found.end() :], maxsplit=1)[0]
    return not NONE_GUARD.search(found.group()) and not NOT_THE_REQUESTS.search(rest)


def _narrowed(claim: Claim, sentence: str, is_whole: bool) -> Claim:
    """Add the words that make the claim count less than the table does."""
    narrow = ON_BEHALF.search(sentence) or HALF_YEAR.search(sentence)
    if narrow is None and is_whole:
        narrow = OWN_ONLY.search(sentence)
    if narrow is None or claim.scope is not None:
        return claim
    return Claim(
        claim.cells,
        claim.value,
        claim.quote,
        claim.place,
        narrow.group(),
        claim.says,
        claim.alternatives,
    )
