"""Which lines of a document are the headings of its six sections, and which only read like one."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz

from gipcore.form.editions import SECTIONS
from gipcore.parsing.normalize import CHINESE_DIGITS, bare, normalize, numbered

LONGEST_HEADING = 40
LONGEST_RUN_IN = 2_000
SHORTEST_NEAR = 9
LEAST_LIKENESS = 80.0
FEWEST_IN_CONTENTS = 3

PART_NUMBER = re.compile(r"^第([一二三四五六七八九十]|\d{1,2})(?:部分|章)[、.:]?")
BARE_NUMERAL = re.compile(r"^([一二三四五六])(?=\w)")
MAY_RUN_IN = re.compile(r"\s*[一二三四五六]\s*[、.．﹑,，:：]")
PAGE_IN_CONTENTS = re.compile(r"[\s.…·—-]+\d{1,3}\s*$")
AFTER_HEADING = re.compile(r"^[。:;,.]")
OF_WHAT = r"(?:20\d\d年(?:度)?)?(?:我|全|本)?(?:省|市|县|区|镇|乡|街道|局|委|厅|单位|机关)?"
PATTERNS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (2, re.compile(r"^(?:行政机关)?主动公开(?:政府信息)?(?:工作)?的?情况(?:统计)?表?$")),
    (
        3,
        re.compile(
            r"^(?:行政机关)?收到[和、及与]?处理政府信息公开申请(?:工作)?(?:的?情况)?(?:统计)?表?$"
            r"|^(?:政府信息)?依?申请(?:公开)?(?:收到和处理|办理)情况$"
        ),
    ),
    (
        4,
        re.compile(
            r"^(?:因?政府信息公开(?:工作)?(?:被?申请|引发|提起)?的?)?(?:被?申请)?行政复议"
            r"[、,和及与]?(?:被?提起)?(?:行政)?诉讼(?:的?情况)?(?:统计)?表?$"
        ),
    ),
    (
        5,
        re.compile(
            r"^(?:政府信息公开)?(?:工作)?中?(?:目前)?(?:仍?存在的?)?(?:主要)?(?:的?问题|不足)"
            r"(?:[、和及与以]|原因|困难|不足)*(?:下一步|今后)?(?:工作)?的?(?:改进|整改)(?:工作)?"
            r"(?:情况|措施|打算|方向|意见|思路|计划)?$"
        ),
    ),
    (
        6,
        re.compile(
            r"^其[他它](?:需要|需|应当|应)(?:报告|说明)的?(?:事项|情况|内容)$"
            r"|^(?:需要|需)(?:报告|说明)的其[他它](?:事项|情况)$"
        ),
    ),
    (
        1,
        re.compile(
            rf"^{OF_WHAT}(?:政府信息公开|政务公开)?(?:工作)?(?:的)?"
            r"(?:总体|基本|概述|整体|总的)(?:工作)?(?:情况|概况)?$"
        ),
    ),
)
# Words too common to open a section without its number.
WITH_NUMBER: tuple[tuple[int, re.Pattern[str]], ...] = (
    (2, re.compile(r"^主动公开(?:政府信息)?(?:工作)?$")),
    (3, re.compile(r"^(?:政府信息)?依申请公开(?:政府信息)?(?:工作)?(?:情况)?$")),
    (6, re.compile(r"^其[他它](?:事项|情况)$")),
)
OFFICIAL = {section.number: normalize(section.title.zh) for section in SECTIONS}


class Style(StrEnum):
    """How headings are numbered, the usual way of sections first."""

    TOP = "top"
    PART = "part"
    NONE = "none"
    GROUP = "group"
    LEAF = "leaf"


STYLES = tuple(Style)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that reads like a section's heading; `is_right` when its number is the section's."""

    section: int
    style: Style
    is_right: bool
    is_official: bool


@lru_cache(maxsize=20_000)
def candidate(text: str) -> Candidate | None:
    """Read a line as the heading of a section; None when it is none."""
    if len(text) > LONGEST_HEADING * 2:
        return None
    normal = normalize(PAGE_IN_CONTENTS.sub("", text))
    if not normal or len(normal) > LONGEST_HEADING:
        return None
    return next(filter(None, (_named(*reading) for reading in _readings(normal))), None)


def section_named(text: str) -> int | None:
    """Return the section that a line reads like the heading of, if any."""
    found = candidate(text)
    return None if found is None else found.section


def _readings(normal: str) -> Iterator[tuple[Style, int | None, str]]:
    """Yield a line's numbering apart from its words, in the ways that it can be taken."""
    part = PART_NUMBER.match(normal)
    if part is not None:
        yield Style.PART, _number(part.group(1)), normal[part.end() :]
    number = numbered(normal)
    if number.top is not None:
        yield Style.TOP, number.top, number.core
    elif number.group is not None:
        yield Style.GROUP, number.group, number.core
    elif number.leaf is not None:
        yield Style.LEAF, number.leaf, number.core
    else:
        yield Style.NONE, None, normal
        numeral = BARE_NUMERAL.match(normal)
        if numeral is not None:
            yield Style.TOP, _number(numeral.group(1)), normal[1:]


def _number(numeral: str) -> int:
    return CHINESE_DIGITS.get(numeral) or int(numeral)


def _named(style: Style, number: int | None, words: str) -> Candidate | None:
    core = words.rstrip("。:;,.")
    section = next((own for own, pattern in PATTERNS if pattern.match(core)), None)
    if section is None and style in (Style.TOP, Style.PART):
        section = next(
            (own for own, pattern in WITH_NUMBER if own == number and pattern.match(core)), None
        )
        if section is None and _is_near(core, number):
            section = number
    if section is None:
        return None
    is_official = bare(core) == bare(OFFICIAL[section])
    return Candidate(section, style, number == section, is_official)


def _is_near(core: str, number: int | None) -> bool:
    """Tell whether words are nearly those of the section that their number says."""
    official = OFFICIAL.get(number or 0)
    if official is None or len(core) < SHORTEST_NEAR:
        return False
    return fuzz.ratio(core, official) >= LEAST_LIKENESS


@lru_cache(maxsize=20_000)
def run_in(text: str) -> int | None:
    """Return where text goes on after a numbered official heading at its start; None if it is none.

    六、其他需要报告的事项：无。
    """
    if not MAY_RUN_IN.match(text):
        return None
    normal = normalize(text[: LONGEST_HEADING * 2])
    number = numbered(normal)
    official = OFFICIAL.get(number.top or 0)
    if official is None or not number.core.startswith(official):
        return None
    rest = number.core.removeprefix(official)
    is_parted = AFTER_HEADING.match(rest) is not None
    if not any(character.isalpha() for character in rest):
        return None
    if len(official) < SHORTEST_NEAR and not is_parted:
        return None
    heading = normal[: len(normal) - len(rest)]
    return next(
        (end for end in range(len(official), len(text)) if normalize(text[:end]) == heading), None
    )


def openings(lines: Sequence[str | None]) -> dict[int, int]:
    """Return the section that each heading opens, by its index; None stands for a table.

    Sub-headings read like headings (（二）依申请公开情况 in section 1), and a list of contents has
    them all: those numbered like most of the headings are them, and of others only such as fill a
    gap in order.
    """
    found = {
        index: named
        for index, line in enumerate(lines)
        if line is not None and (named := candidate(line)) is not None
    }
    for index in _contents(found):
        del found[index]
    style = _usual_style(found.values())
    usual = _likeliest({index: one for index, one in found.items() if one.style is style})
    result = {index: one.section for index, one in usual.items()}
    for index, one in found.items():
        if one.style is not style and _fills_gap(index, one.section, result):
            result[index] = one.section
    return dict(sorted(result.items()))


def _contents(found: dict[int, Candidate]) -> set[int]:
    """Return the lines of a list of contents: headings right after each other, met again later."""
    runs: list[list[int]] = []
    for index in found:
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    listed: set[int] = set()
    for run in runs:
        sections = {found[index].section for index in run}
        later = {one.section for index, one in found.items() if index > run[-1]}
        if len(sections) >= FEWEST_IN_CONTENTS and sections <= later:
            listed.update(run)
    return listed


def _usual_style(found: Iterable[Candidate]) -> Style:
    """Return the numbering that most sections' headings have, best with the right number."""
    sections: dict[Style, set[int]] = defaultdict(set)
    right: Counter[Style] = Counter()
    for one in found:
        sections[one.style].add(one.section)
        right[one.style] += one.is_right
    return max(
        STYLES,
        key=lambda style: (len(sections[style]), right[style] > 0, -STYLES.index(style)),
    )


def _likeliest(found: dict[int, Candidate]) -> dict[int, Candidate]:
    """Leave out of several headings of one section those that are less like it than the others."""
    tests: tuple[Callable[[Candidate], bool], ...] = (
        lambda one: one.is_right,
        lambda one: one.is_official or one.style is not Style.NONE,
    )
    for test in tests:
        sure = {one.section for one in found.values() if test(one)}
        found = {index: one for index, one in found.items() if test(one) or one.section not in sure}
    return found


def _fills_gap(index: int, section: int, chosen: dict[int, int]) -> bool:
    """Tell whether a heading stands between those of the sections before and after its own."""
    return section not in chosen.values() and all(
        (other < section) if at < index else (other > section) for at, other in chosen.items()
    )
