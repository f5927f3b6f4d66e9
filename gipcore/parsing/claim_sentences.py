"""Sentences as claims are read from them: what they speak of at each place, and of which year."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from gipcore.parsing.claim_outcomes import PHRASES

SENTENCE = re.compile(r"[^。!！\n]+")
LONGEST_SENTENCE = 1000  # more is no sentence, but a page without marks
CLAUSE_END = re.compile(r"[,，:：;；()]")
# A note in brackets without a number stands between verb and number and says nothing.
EMPTY_NOTE = re.compile(r"\((?![一二三四五六七八九十]+\))[^()\d]*\)")
INCLUDES_LAST_YEAR = re.compile(r"(含|包括|包含)[^()]{0,6}结转")

SUBJECT = (
    r"依申请(?:公开)?|(?:政府)?信息公开(?:的?依?申请|申请|事项)|公开(?:的)?申请|申请公开|政府信息申请|"
    r"申请事项|申请件"
)
REQUEST = rf"{SUBJECT}|申请(?!人|表|书|材料|许可|执行|行政复议|复议|方式|渠道)"
OTHER_SUBJECT = (
    r"咨询|建议|提案|投诉|举报|信访|热线|留言|来信|来电|信箱|工单|议案|检查|培训|舆情|问题|意见|"
    r"许可|证照|证件|执照|主动公开|发布|政务服务|网民|公众号|解读|12345|复议|诉讼|应诉|公文|"
    r"规范性文件|不动产|行政处罚|行政审批|审批事项|一网通办|重点领域|督办|回访|诉求件"
)
BROUGHT_WORDS = (
    r"(?:上一?年度?|去年|20\d\d年度?)(?:结转|遗留|转来|转入|转结|未办结)|"
    r"结转自?(?:上一?年度?|去年|20\d\d年)"
)
COMPARED = r"(?:较|比|与|同|和)(?:去年|上一?年度?|20\d\d年度?|前年)(?:同期)?(?:相比)?"
THEN = (
    r"去年|上一?年度?(?!度)|前年|往年|历年|近[两二三四五六]年|[三四五六]年来|"
    r"20\d\d年?(?:-|至|到)20\d\d年"
)
NOW = r"今年|本年度?|当年|全年|报告期|本期"
EVENT = re.compile(
    rf'(?P<neutral>"[^"]{{0,60}}20\d\d[^"]{{0,60}}"|{BROUGHT_WORDS}|{COMPARED}|{PHRASES})'
    rf"|(?P<request>{REQUEST})|(?P<other>{OTHER_SUBJECT})|(?P<then>{THEN})|(?P<now>{NOW})"
    rf"|(?P<year>20\d\d)年|(?P<open>\()|(?P<close>\))"
)


class About(IntEnum):
    """How sure it is that words are about requests for information."""

    ELSE = 0
    BEFORE = 1  # an earlier sentence of the paragraph was
    REQUESTS = 2


@dataclass(frozen=True, slots=True)
class _State:
    about: About
    is_this_year: bool


class Sentence:
    """A normalized sentence, with what it is about at each of its places."""

    def __init__(self, text: str, about: About, year: int | None) -> None:
        self.text = text
        self.year = year
        self._starts: list[int] = []
        self._states: list[_State] = [_State(about, True)]
        self._follow(year)

    def _follow(self, year: int | None) -> None:
        state, outside = self._states[0], []
        for found in EVENT.finditer(self.text):
            kind = found.lastgroup
            if kind == "neutral":
                continue
            if kind == "request":
                state = _State(_about_request(found.group(), state.about), state.is_this_year)
            elif kind == "other":
                state = _State(About.ELSE, state.is_this_year)
            elif kind in ("then", "now"):
                state = _State(state.about, kind == "now")
            elif kind == "year":
                state = _State(state.about, year is None or int(found.group("year")) == year)
            elif kind == "open":
                outside.append(state)
            elif outside:
                state = outside.pop()
            self._starts.append(found.end())
            self._states.append(state)

    def _state(self, position: int) -> _State:
        return self._states[bisect_right(self._starts, position)]

    def about(self, position: int) -> About:
        """Tell what the words before a place are about."""
        return self._state(position).about

    def is_this_year(self, position: int) -> bool:
        """Tell whether the words at a place speak of the year of the report."""
        return self._state(position).is_this_year

    @property
    def about_at_end(self) -> About:
        """Tell what the sentence ends with, for the sentence after it."""
        return min(self._states[-1].about, About.BEFORE)

    def part(self, position: int) -> tuple[str, str]:
        """Return the words before and after a place, between semicolons."""
        start = max(self.text.rfind(mark, 0, position) for mark in ";；") + 1
        ends = [end for mark in ";；" if (end := self.text.find(mark, position)) >= 0]
        end = min(ends, default=len(self.text))
        return self.text[start:position], self.text[position:end]

    def clause_start(self, position: int) -> int:
        """Return where the clause begins that ends at a place."""
        return max((m.end() for m in CLAUSE_END.finditer(self.text, 0, position)), default=0)


def _about_request(words: str, was: About) -> About:
    """申请 alone may be for anything; it only keeps to the subject that was."""
    return was if words == "申请" and was is About.ELSE else About.REQUESTS


def sentences(text: str, about: About, year: int | None) -> Iterator[Sentence]:
    """Yield the sentences of a normalized paragraph; `about` is what its heading speaks of."""
    topic = about
    for found in SENTENCE.finditer(EMPTY_NOTE.sub(_note, text)):
        if found.end() - found.start() > LONGEST_SENTENCE:
            continue
        sentence = Sentence(found.group(), max(about, topic), year)
        yield sentence
        about = sentence.about_at_end


def _note(found: re.Match[str]) -> str:
    return "含上年结转" if INCLUDES_LAST_YEAR.search(found.group()) else ""
