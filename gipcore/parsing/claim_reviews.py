"""Words for table 4: reconsiderations and litigations, and how they ended."""

import re

from gipcore.form.report import ClaimKind
from gipcore.parsing.claim_meaning import (
    AFTER,
    DIRECT,
    LITIGATION,
    RECONSIDERATION,
    REVIEWS,
    Cells,
    Meaning,
)
from gipcore.parsing.claim_scope import counts_part

REVIEW_NOUN = re.compile(r"复议|诉讼")
REVIEW_BOTH = re.compile(r"复议(案件)?(、|和|及|与|或|以及|或者|,)?(被?(提起|申请))?(行政)?诉讼")
REVIEW_RESULT = re.compile(
    r"维持|纠正|纠错|撤销|驳回|审结|办结|未结|败诉|胜诉|撤诉|撤回|终止|应诉|出庭|答辩|确认违法|其他结果|"
    r"调解|履行|率|意见书|建议书|结果"
)
AFTER_WORDS = re.compile(r"复议后(又|再)?(提起|被提起|起诉|诉讼|行政诉讼)")
DIRECT_WORDS = re.compile(r"(未经(行政)?复议)?直接(提起|起诉|诉讼)|未经复议")
# An office that decides reconsiderations of all kinds speaks of its work, not of its own cases.
OTHER_REVIEWS = re.compile(
    r"司法|审理|法治|执法|复议委员会|应诉|被告|合法性|法律顾问|复议体制|行政赔偿|民事|"
    r"(收到|受理|办理|办结|新收|接收)(各类|的)?行政复议|行政复议(申请|案件)[^,]{0,6}(受理|办结)"
)
# Of which some: the number before counts all of an office's cases.
OF_WHICH = re.compile(r"[^;。]{0,12}其中[^;。]{0,10}信息公开")
OF_DISCLOSURE = re.compile(r"公开")
LAST_YEAR = re.compile(r"去年|上年|上一年")


def is_other_work(sentence: str) -> bool:
    """Tell whether a sentence speaks of reviews that have nothing to do with disclosure."""
    return bool(OTHER_REVIEWS.search(sentence)) and not OF_DISCLOSURE.search(sentence)


def review_meaning(clause: str, rest: str, *, is_part: bool) -> Meaning | None:
    """Return which blocks of table 4 the words before a number mean."""
    if is_part or LAST_YEAR.search(clause) or OF_WHICH.match(rest):
        return None
    if REVIEW_RESULT.search(clause) or counts_part(clause):
        return None
    if AFTER_WORDS.search(clause):
        return Meaning(AFTER, "复议后起诉")
    if DIRECT_WORDS.search(clause) and "诉" in clause:
        return Meaning(DIRECT, "直接起诉")
    if REVIEW_BOTH.search(clause):
        return Meaning(REVIEWS, "行政复议、行政诉讼", (RECONSIDERATION, LITIGATION))
    if "诉讼" in clause:
        return Meaning(LITIGATION, "行政诉讼", (DIRECT, AFTER))
    if "复议" in clause:
        return Meaning(RECONSIDERATION, "行政复议")
    return None


WHAT = r"(?P<what>(?:行政)?复议[^,，。;；]{0,10}?诉讼|行政复议|行政诉讼|复议|诉讼)"
NONE_REVIEW = re.compile(
    r"(?P<says>未(被|曾|有)?(发生|出现|产生|引发|引起|收到|涉及|提起|申请|接到)?|"
    r"没有(发生|出现|收到|因|被)?|无|零)"
    rf"(?P<gap>[^,，。;；:：]{{0,24}}?){WHAT}"
)
NONE_AFTER = re.compile(
    rf"{WHAT}(案件|案|情况|事项|件数|数量|数)*:?(方面|事件)?(均|都|也)?"
    r"(?P<says>未发生|没有发生|没有|未出现|为零|零发生|为无|无)(?=[,。;()]|$)"
)
NONE_GUARD = re.compile(r"无(正当|故|法|效|关|需|论|异议)|结转|超期|逾期|不满|未按|未能")


def none_reviewed(sentence: str) -> list[tuple[Meaning, str, int]]:
    """Return the blocks of which a sentence says that there was no case, with quotes and places."""
    found: list[tuple[Meaning, str, int]] = []
    for pattern in (NONE_REVIEW, NONE_AFTER):
        for none in pattern.finditer(sentence):
            rest = re.split(r"[,，;；:：()]", sentence[none.end() :], maxsplit=1)[0]
            said = none.group() + rest
            gap = none.groupdict().get("gap") or ""
            if NONE_GUARD.search(said) or REVIEW_RESULT.search(said):
                continue
            if re.search(r"\d", gap + rest):
                continue
            cells, noun = _blocks(none["what"] + rest)
            is_after = pattern is NONE_AFTER
            quote = f"{noun}…{none['says']}" if is_after else f"{none['says']}…{noun}"
            found.append((Meaning(cells, none["says"]), quote, none.start()))
        if found:
            break
    return found


def _blocks(words: str) -> tuple[Cells, str]:
    if "复议" in words and "诉讼" in words:
        return REVIEWS, "行政复议、行政诉讼"
    if "诉讼" in words:
        return LITIGATION, "行政诉讼"
    return RECONSIDERATION, "行政复议"


ALL_UPHELD = re.compile(
    r"(?:均|全部|都|皆)(?:为|是|已|被|获得?|予以|得到|结果|依法|判决|裁定|决定|复议机关|复议机构|人民法院|法院|"
    r"上级机关)*+(?:维持|胜诉)|(?:维持|胜诉)率(?:均|都)?(?:为|达到?|是|:)*(?:100%|百分之百)"
)
NONE_CORRECTED = re.compile(
    r"(?:尚|均|也|都)?(?:未|无|没有|零|不存在)(?:一[件例起])?(?:发生|出现|有|产生)?"
    r"(?P<gap>(?:因|政府信息公开|信息公开|依申请公开|工作|引发|引起|的|行政复议|行政诉讼|复议|诉讼|案件|和|及|与|"
    r"或|、|被|任何|机关|法院|依法|答复|行为|决定|经|案|判决|且){0,20}?)"
    r"(?:纠错|纠正|撤销|败诉|确认违法|责令重作|责令履行)"
    r"|纠错率(?:为|:)*(?:0%?|零)|败诉率(?:为|:)*(?:0%?|零)"
)
RESULTS = {
    ClaimKind.ALL_UPHELD: ("corrected", "other_outcome", "pending"),
    ClaimKind.NONE_CORRECTED: ("corrected",),
}


def results_said(sentence: str) -> list[tuple[ClaimKind, Meaning, str, int]]:
    """Return what a sentence says of all its reviews at once: that none of them was lost."""
    found: list[tuple[ClaimKind, Meaning, str, int]] = []
    start = 0
    spoken = sorted(
        [
            *((said, ClaimKind.ALL_UPHELD) for said in ALL_UPHELD.finditer(sentence)),
            *((said, ClaimKind.NONE_CORRECTED) for said in NONE_CORRECTED.finditer(sentence)),
        ],
        key=lambda pair: pair[0].start(),
    )
    last: tuple[Cells, ...] = ()
    for said, kind in spoken:
        if _is_followed(sentence[said.end() :]):
            continue
        blocks = _blocks_spoken(sentence[start : said.start()], said.group()) or last
        if not blocks:
            continue
        last, start = blocks, said.end()
        words = _short(said.group())
        sums = [_result_cells(cells, kind) for cells in blocks]
        found.append((kind, Meaning(sums[0], words, tuple(sums[1:])), words, said.start()))
    return found


def _is_followed(rest: str) -> bool:
    """Tell whether a count or a restriction follows, so that the words do not speak of all."""
    return bool(re.match(r"\d|的[^,。;]{0,6}\d|率", rest))


def _blocks_spoken(before: str, words: str) -> tuple[Cells, ...]:
    """Return the blocks that words may speak of: all since the last such words, or only the last.

    败诉 and 胜诉 are said of litigation alone.
    """
    if "败诉" in words or "胜诉" in words:
        is_named = "诉讼" in before + words or "公开" in before + words
        return (LITIGATION,) if is_named else ()
    own = REVIEW_NOUN.findall(words)
    if own:
        return (_blocks("、".join(own))[0],)
    nouns = REVIEW_NOUN.findall(before)
    if not nouns:
        return (REVIEWS,) if "公开" in words else ()
    every, last = _blocks("、".join(nouns))[0], _blocks(nouns[-1])[0]
    return (every,) if every == last else (every, last)


def _result_cells(blocks: Cells, kind: ClaimKind) -> Cells:
    return tuple(
        f"{name.removesuffix('.total')}.{result}" for name in blocks for result in RESULTS[kind]
    )


def _short(words: str) -> str:
    """Keep the first and the last word of what was said."""
    return words if len(words) <= 8 else f"{words[:2]}…{words[-2:]}"
