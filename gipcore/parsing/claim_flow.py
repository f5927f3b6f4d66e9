"""Words for table 3's flow: received, brought forward, disposed of, carried forward."""

import re

from gipcore.parsing.claim_meaning import (
    BROUGHT,
    CARRIED,
    DISPOSED,
    INFLOW,
    RECEIVED,
    Cells,
    Meaning,
)
from gipcore.parsing.claim_scope import BARE, counts_part
from gipcore.parsing.claim_sentences import SUBJECT

# What the requests are only the occasion of.
NOT_THE_REQUESTS = re.compile(
    r"审核|审查|指导|会审|转办|转送|转交|移交|督促|协助|协查|配合|协调|协办|抽查|评查|研判|会商|代拟|延期|延长|"
    r"逾期|超期|补正|口头|电话|当场|书面|告知|征求|不予?受理|未受理|受理点|引[起发]|涉诉|材料|"
    r"^项|台账|模板|案例|文书|答复书|制度|机制|流程|栏目|专栏|指南|目录|清单|会议|人员|(?<!全)系统(?!各|共|内)|新闻|稿"
)
NOT_DISPOSED = re.compile(
    r"办理(流程|机制|工作|制度|情况|时限|期限|环节|规范|程序)|答复(率|意见|时限|期限|口径|质量|内容)|"
    r"处理(费|流程|机制)|未答复|未回复|未处理|不予|无法|其他处理"
)
IN_TIME = re.compile(r"按期|按时|及时|如期|限时|提前")
LATE = re.compile(r"延期|延长|逾期|超期|超时")

LAST_YEAR = re.compile(
    r"(?<!结转)(?<!结转自)(去年|上年|上一年|上年度)(?!度?结转|度?遗留|度?未办结|转)"
)
CARRIED_WORDS = re.compile(
    r"(结转|转|顺延|留转|延)(至|到|入)?(下|次|明)(一)?年度?|(结转|跨年|顺延)(至|到|入)20\d\d年|"
    r"(结转)?下一?年度?(继续)?办理|跨年度?办理"
)
CARRIED_AROUND = re.compile(
    r"(结转|转|顺延)(?=#(申请)?[至到入]?(下|次)一?年|#(申请)?[至到入]20\d\d年)"
)
BROUGHT_WORDS = re.compile(
    r"(上一?年度?|去年|(?P<of>20\d\d)年度?)(结转|遗留|转来|转入|转结|未办结)|"
    r"结转(自)?(上一?年度?|去年)"
)
CARRIED_AFTER = re.compile(r"(申请)?(需|将|已)?(?P<says>(结转|顺延|转)[至到入]?(下|次)一?年度?)")
CARRIED_YEAR = re.compile(r"结转(?P<year>20\d\d)年")
CARRIED_BARE = re.compile(r"结转(申请|件|数|量|为|:)*$")
UNFINISHED = re.compile(r"(尚|还|暂)?未办结|正在办理(中|过程中)?|尚在办理(中)?")
RECEIVED_VERBS = re.compile(r"收到|新收|受理|接收|收办|接到|收件|新增|收悉")
MAY_INCLUDE_LAST_YEAR = frozenset({"受理", "收办"})
AND_DISPOSED = re.compile(
    r"^(申请)?(、|和|及|与|并)?(已|均|全部|依法|按时|按期|及时|规范|审核|登记)*(并)?"
    r"(办结|答复|办理|处理|回复)"
)
DISPOSED_VERBS = re.compile(r"办结|答复|办理|回复|处理|办复|办毕")
ONLY_DISPOSED = frozenset({"办结", "答复", "办复", "办毕"})
INCLUDING_LAST_YEAR = re.compile(
    r"[^(),;。]{0,12}(?:\((?:其中)?,?|,(?=其中|含|包括|包含)(?:其中)?,?)(?:含|包括|包含|有)?"
    r"(?:上一?年度?|去年|20\d\d年度?)(?:结转|遗留|转)"
)
WITH_LAST_YEAR = re.compile(r"(含|包括|包含|加上?)(上一?年度?|去年|20\d\d年度?)结转")
# A whole clause that names nothing but requests, for sentences that do not say so themselves.
PLAIN = re.compile(
    r"(其中|截至|截止|年底|目前|本年度?|今年|全年|当年|年内|20\d\d年度?|共计|总计|累计|合计|一共|总共|共|已|均|"
    r"依法|按时|按期|及时|全部|并|我[局镇乡办委厅院区县市]|申请|各类|件|总数|数量|数|量|了|完毕|完成|的|为|是|"
    r"予以|作出|做出|应|有|收到|新收|受理|接收|收办|接到|办结|答复|办理|回复|处理|办复|结转|至|到|下一?年度?|"
    r"上一?年度?|去年|继续|未|尚|正在|中|还|遗留|:|、|和|另有|另|剩余)*+"
)
# Between a verb and its number stand the requests, or nothing but small words.
SMALL = (
    r"(?:的|了|到|过|并|件次|件|数量|总数|总量|数|量|共计|总计|累计|合计|一共|总共|共|计|为|有|达|是|均|完毕|完成|"
    r"收到|受理|接收|办结|答复|办理|回复|处理|办复|各类|有关|相关|全部|事项|政府信息|信息|公开|分别|"
    r"工作|方面|情况|[、:和及])*+"
)
REQUESTS = re.compile(rf"{SMALL}|.*(?:{SUBJECT}|申请){SMALL}(?:表{SMALL})?")
BARE_DISPOSED = re.compile(
    r"(其中)?,?(已经?|共|全年|当年|本年度?|年内|截至目前|截至年底|目前|按期|按时)*+"
    r"(办结|答复|办复|办理答复|办结答复)(申请)?(完毕)?(了|为|:)?"
)
NOUN = re.compile(
    r"(本年度?|今年|全年|当年|20\d\d年度?|我[局镇乡办委厅院区县市]|本[局镇乡办委厅院区县市]|共|共计|的|有|"
    r"方面|,|:|全[市县区镇乡省])*+"
    r"(?P<noun>(政府)?信息公开申请|依申请公开(政府信息|信息|政府信息公开)?申请|依申请公开(政府信息|信息|事项|件)?|公开申请)"
    r"(的?总?数?量|件数|总数|数|共计|共|总计|合计|有|为|是|均|:)*+"
)


def flow_meaning(
    clause: str, *, is_part: bool, is_plain: bool, rest: str, sentence: str, year: int | None
) -> Meaning | None:
    """Return which figure of the flow the words before a number mean, most specific first.

    `is_part`: an enumeration of parts is going on. `is_plain`: the sentence itself names no
    requests, so the clause may name nothing else. `rest` is what follows the number.
    """
    if LAST_YEAR.search(clause) or (is_plain and not PLAIN.fullmatch(clause)):
        return None
    carried = CARRIED_WORDS.search(clause) or CARRIED_AROUND.search(f"{clause}#{rest}")
    if carried:
        return Meaning(CARRIED, carried.group())
    after = CARRIED_AFTER.match(rest) if BARE.fullmatch(clause) else None
    if after:
        return Meaning(CARRIED, after["says"])
    with_last_year = _with_last_year(clause)
    if with_last_year is not None:
        return with_last_year
    over_years = _between_years(clause, year)
    if over_years is not None:
        return over_years
    unfinished = UNFINISHED.search(clause)
    if unfinished:
        return None if is_part else Meaning(CARRIED, unfinished.group())
    if NOT_THE_REQUESTS.search(clause):
        return None
    return _handled(clause, is_part=is_part, rest=rest, sentence=sentence)


def _between_years(clause: str, year: int | None) -> Meaning | None:
    """Read words that carry requests from one year to another."""
    brought = BROUGHT_WORDS.search(clause)
    if brought:
        of = brought["of"]
        is_last = of is None or year is None or int(of) == year - 1
        return Meaning(BROUGHT, brought.group()) if is_last else None
    named = CARRIED_YEAR.search(clause)
    if named:
        if year is None:
            return Meaning(CARRIED, named.group(), (BROUGHT,))
        is_next = int(named["year"]) > year
        return Meaning(CARRIED if is_next else BROUGHT, named.group())
    bare = CARRIED_BARE.search(clause)
    return Meaning(CARRIED, "结转", (BROUGHT,)) if bare else None


def _handled(clause: str, *, is_part: bool, rest: str, sentence: str) -> Meaning | None:
    """Read words for received and disposed of."""
    received = RECEIVED_VERBS.search(clause)
    is_new = received is not None and received.group() == "新收"
    if counts_part(clause):
        return None
    if is_part and not is_new:
        bare = BARE_DISPOSED.fullmatch(clause) if "其中" in clause else None
        return Meaning(DISPOSED, bare.group(3)) if bare else None
    if received:
        is_said = REQUESTS.fullmatch(clause, received.end())
        return _received(received, clause, rest) if is_said else None
    disposed = DISPOSED_VERBS.search(clause)
    if disposed:
        if not REQUESTS.fullmatch(clause, disposed.end()):
            return None
        if NOT_DISPOSED.search(clause) or (IN_TIME.search(clause) and LATE.search(sentence)):
            return None
        verb = disposed.group()
        is_clear = any(only in clause for only in ONLY_DISPOSED)
        return Meaning(DISPOSED, verb, () if is_clear else (RECEIVED, INFLOW))
    return _noun(clause, rest)


def _received(found: re.Match[str], clause: str, rest: str) -> Meaning:
    verb = found.group()
    if INCLUDING_LAST_YEAR.match(rest):
        return Meaning(INFLOW, verb, (RECEIVED,))
    may_be: tuple[Cells, ...] = (INFLOW,) if verb in MAY_INCLUDE_LAST_YEAR else ()
    if AND_DISPOSED.match(clause[found.end() :]):
        may_be = (INFLOW, DISPOSED)
    return Meaning(RECEIVED, verb, may_be)


def _with_last_year(clause: str) -> Meaning | None:
    """Read 收到(含上年结转)33件: what came in, or what of it was disposed of."""
    if not WITH_LAST_YEAR.search(clause):
        return None
    received = RECEIVED_VERBS.search(clause)
    if received:
        return Meaning(INFLOW, received.group(), (RECEIVED,))
    disposed = DISPOSED_VERBS.search(clause)
    return Meaning(DISPOSED, disposed.group(), (INFLOW,)) if disposed else None


def _noun(clause: str, rest: str) -> Meaning | None:
    """Read a number right after the noun, without any verb: 政府信息公开申请12件.

    依申请公开12件 may count what was disclosed on request, so that it says something only as 0.
    """
    found = NOUN.fullmatch(clause)
    if found is None:
        return None
    if "申请" in found["noun"].removeprefix("依申请"):
        return Meaning(RECEIVED, found["noun"], (INFLOW, DISPOSED))
    return None


NONE_RECEIVED = re.compile(
    r"(?P<says>(尚|暂|均|从|也|并)?未(曾|能)?(收到|接到|受理|接收|收悉|发生|产生|出现)|"
    r"没有(收到|接到|受理|发生|出现)?|未有|暂?无|零)"
    r"(?P<gap>[^,，。;；:：]{0,24}?)"
    r"(?P<noun>依申请公开|公开(的)?(依)?申请|信息公开申请|申请公开|公开(政府)?信息的?申请|政府信息申请)"
)
NONE_AFTER = re.compile(
    r"(政府信息公开申请|信息公开申请|依申请公开(政府信息|信息|申请|事项)?|公开申请)"
    r"(的?总?数?量|件数|总数|数|件|方面|情况)*+(:|均)?(?P<says>为零|为0件?|是零|0[件宗起条例次项]|零件|无)(?=[,。;:()]|$)"
)
NONE_OF_TOPIC = re.compile(
    r"(?P<says>(尚|暂|均|从|也|并)?未(曾|能)?(收到|接到|受理|接收)|没有(收到|接到|受理)|暂?无|无人)"
    r"(?P<gap>(过|到|任何|相关|有关|公民、?法人(和|或|及|、)?(其他|其它)?组织|群众|社会公众|提出|提交|的|政府|"
    r"信息|公开|此类|书面)*+)(?P<noun>申请)(?=(件|事项|情况|记录)?([,。;:()]|$))"
)
NONE_CARRIED = re.compile(
    r"(?P<says>无|没有|未有|不存在)(申请|件)?(?P<what>(上一?年度?|去年)(结转|遗留)|结转(至|到)?下一?年度?|下一?年度?结转|结转)"
    r"(?=(继续)?(办理)?(的|申请|件|事项|情况|政府信息公开)*([,。;:()]|$))"
)
NONE_GUARD = re.compile(
    r"无(正当|故|法|效|关|障碍|需|论|纸)|公开费|收费|收取|异议|超期|逾期|违规|错误|不满|结转|不予|部分|拒"
)
LED_TO = re.compile(
    r"引[起发]|复议|诉讼|投诉|举报|费|超期|逾期|不满|答复|工作|制度|渠道|平台|机制|栏目|专栏|培训|人员|"
    r"办结|未|不|积压|遗留|纠纷|争议|异议|问题|错|指南|瞒报|信访|舆情"
)
NARROW_PERSON = re.compile(r"公民个人|自然人|公民(?!、|和|或|,)")


def none_meanings(sentence: str, position_is_request: bool) -> list[tuple[Meaning, str, int]]:
    """Return what a sentence says there was none of, with quotes and places in the sentence."""
    found: list[tuple[Meaning, str, int]] = []
    patterns = (NONE_RECEIVED, NONE_AFTER, *((NONE_OF_TOPIC,) if position_is_request else ()))
    for pattern in patterns:
        for none in pattern.finditer(sentence):
            if not _is_of_requests(none, sentence):
                continue
            narrow = NARROW_PERSON.search(none.groupdict().get("gap") or "")
            scope = narrow.group() if narrow else None
            says = none["says"]
            is_after = pattern is NONE_AFTER
            quote = f"申请…{says}" if is_after else f"{says}…申请"
            found.append((Meaning(RECEIVED, says, (), scope), quote, none.start()))
            break
        if found:
            break
    for none in NONE_CARRIED.finditer(sentence):
        what = none["what"]
        cells = BROUGHT if BROUGHT_WORDS.search(what) else CARRIED
        may_be = (BROUGHT,) if what == "结转" else ()
        quote = f"{none['says']}…{what}"
        found.append((Meaning(cells, none["says"], may_be), quote, none.start()))
    return found


def _is_of_requests(found: re.Match[str], sentence: str) -> bool:
    """Tell whether "none" is said of requests, not of what they led to or cost."""
    rest = re.split(r"[,，:：;；()]", sentence[found.end() :], maxsplit=1)[0]
    return not NONE_GUARD.search(found.group()) and not LED_TO.search(rest)


# What a number counts may stand behind it: 收到12件政府信息公开申请.
SUBJECT_AFTER = re.compile(
    rf"(的)?((因|涉及)?(政府)?信息公开)?(引发|引起)?的?"
    rf"(行政复议|行政诉讼|复议|诉讼|{SUBJECT}|申请(?!人|表|书|材料))"
)
