"""Words by which a text says that every request was answered: 全部办结, 答复率100%."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from gipcore.parsing.claim_meaning import CARRIED, DISPOSED, Meaning, Stated
from gipcore.parsing.claim_sentences import About, Sentence

EVERY = r"(?:100%|百分之百|百分百)"
DONE = r"办结|答复|回复|办复|办毕|办理完毕|处理完毕|办理完成|办理答复"
IN_TIME = r"按时|按期|及时|如期|限时|依法|法定期限内|规定期限内|规定时限内"
RATE = re.compile(
    rf"(?P<due>{IN_TIME})?(?P<what>办结|答复|回复|办复|办理|处理)(?:完成|办结|答复)?率"
    rf"(?:均|都|也|全部|已|达到|达|为|是|保持在?|实现|高达|:|在|了)*+(?P<all>{EVERY})"
)
RATE_BEFORE = re.compile(rf"(?P<all>{EVERY})(?P<due>{IN_TIME})?(?:得到)?(?P<what>{DONE})(?!率)")
ALL = re.compile(
    rf"(?P<all>均|全部|全都|悉数|都)(?P<how>[^,;。:()均]{{0,26}}?)(?P<what>{DONE})"
    r"(?!率|文书|意见|口径|时限|期限|工作|制度|流程|标准|模板|内容|书|函|质量|前|时|的)"
)
NOT_ALL = re.compile(
    r"[未不无没应须要将能可]|指定|专人|公开|网站|确保|力争|由|经|征求|部门|提前|电话|复议|诉讼|"
    r"咨询|留言|建议|提案"
)
AIM = re.compile(
    r"(确保|力争|要求|保证|应当|必须|争取|督促|指导|务必|目标|推动|促进|努力)[^,;]{0,16}$"
)
# What a text leaves out of "all" itself.
EXCEPT = re.compile(
    r"除[^,;。]{0,25}外|尚未(?:办|答|到|处|回)|未办结|正在办理|办理中|到期|应答复|应办|未届"
)
CLOSED = re.compile(r"[);]")
MOST_SAID = 5  # in one sentence
NOT_YET = re.compile(r"(其余|剩余|另外)[^;]{0,12}$")
LED = frozenset({"按时", "按期", "及时", "如期", "限时", "法定期限内", "规定期限内", "规定时限内"})


def all_answered(
    sentence: Sentence, stated: Sequence[Stated]
) -> Iterator[tuple[Meaning, str, int]]:
    """Yield where a sentence says that all requests were answered, with quote and place.

    `stated` are the numbers of the sentence.
    """
    text = sentence.text
    if EXCEPT.search(text):
        return
    for pattern in (RATE, RATE_BEFORE, ALL):
        for said in islice(pattern.finditer(text), MOST_SAID):
            place = said.start()
            if sentence.about(place) is not About.REQUESTS or not sentence.is_this_year(place):
                continue
            if AIM.search(text, 0, place) or NOT_YET.search(text, 0, place):
                continue
            before = [number for number in stated if number.start < place]
            if pattern is ALL and not _is_all(said["how"], before, text, place):
                continue
            yield _meaning(said, is_all=pattern is ALL), _quote(said), place


def _is_all(how: str, before: Sequence[Stated], text: str, place: int) -> bool:
    """Tell whether 均 is said of all requests, not of a part or of those that were answered."""
    if NOT_ALL.search(how):
        return False
    if before and before[-1].leaves_rest and not CLOSED.search(text, before[-1].end, place):
        return False
    counted = [number for number in before if number.meaning is not None]
    if not counted or not _is_disposed(counted[-1].meaning):
        return True
    return any(
        number.value == counted[-1].value
        for number in counted[:-1]
        if not _is_disposed(number.meaning)
    )


def _is_disposed(meaning: Meaning | None) -> bool:
    """Tell whether words mean only what was disposed of."""
    return meaning is not None and meaning.cells == DISPOSED and not meaning.alternatives


def _meaning(said: re.Match[str], *, is_all: bool) -> Meaning:
    """Return the meaning; a rate of those due says nothing of those not yet due."""
    due = None if is_all else said["due"]
    return Meaning(CARRIED, said["what"], (), due if due in LED else None)


def _quote(said: re.Match[str]) -> str:
    if said.re is ALL:
        return f"{said['all']}…{said['what']}" if said["how"] else said.group()
    if said.re is RATE:
        return f"{said['due'] or ''}{said['what']}率…{said['all']}"
    return said.group()
