"""The year that a report speaks of, by the places that say it: title, period line and text."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from gipcore.parsing.normalize import CHINESE_DIGITS, normalize

FIRST_YEAR, LAST_YEAR = 2008, 2099
DIGIT_YEAR = r"20\d{2}"
CHINESE_YEAR = r"二[〇零○O0][一二三四五六七八九〇零○O0]{2}"
YEAR = rf"(?:{DIGIT_YEAR}|{CHINESE_YEAR})"
HAS_YEAR = re.compile(r"20\d\d|二[〇零○O0]")
YEAR_SAID = re.compile(rf"(?<!\d)({YEAR})年")
# 2025年1月1日至12月31日, 2025年1-12月, 2025.1.1-2025.12.31, with or without the second year.
PERIOD = re.compile(
    rf"({YEAR})[年./-](?:0?1|一)[月./-]?(?:(?:0?1|一)日?)?(?:起|开始|始)?,?(?:[至到~-]|截止)+"
    rf"(?:({YEAR})[年./-]|同年|当年|本年)?(?:12|十二)(?:月份?|[./-])(?:(?:31|三十一)日?|底)?"
)
PERIOD_END = re.compile(rf"(?:截[至止]到?|时间?点为)({YEAR})年(?:12月31日|十二月三十一日)")
ON_THE_REPORT = re.compile(r"期限|统计|数据|本报告|年度报告|报告期|时间范围")
SENTENCE = re.compile(r"[^。;!\n]+")
IS_SENTENCE = re.compile(r"[。,;:]")
QUOTED = re.compile(r'"[^"]*"')
# A year that opens what a sentence says of the office's own work.
OWN_YEAR = re.compile(
    rf"(?:^|[:,)])(?:在|截至|自)?({YEAR})年(?:度|全年|以来|来|底)?"
    r"(?=,|我|本|全|共|区|县|市|镇|乡|街道|认真|深入|坚持|按照|根据|严格|未|没有|无|收到|新收|受理|主动)"
)
YEAR_AS_A_WHOLE = re.compile(
    rf"(?<![较比与同于上去])({YEAR})年度(?!结转|相比|的?工作要点|计划|预算)"
)
NOT_OWN = re.compile(
    r"去年|上年|上一年|相比|同比|较|比|将|拟|计划|打算|下一步|今后|明年|来年|修订|施行|印发|结转|以前|至今"
)
# The year that the report's own is compared with.
COMPARED = re.compile(rf"(?:比|较|与|和|同)(?:上年|去年)?\(?({YEAR})年")
OPENING_TEXTS = 4
LONGEST_PARAGRAPH = 8_000


def year_of(text: str) -> int:
    """Return the number of a year written in digits or in Chinese."""
    if text.isascii():
        return int(text)
    numbers = {**CHINESE_DIGITS, "○": 0, "O": 0, "0": 0}
    return int("".join(str(numbers[character]) for character in text))


def years_named(title_year: int | None, texts: Iterable[str]) -> dict[str, int]:
    """Return the year by where it is said: `title`, `period` line and `text`.

    `texts` are the paragraphs; only sentences count, not titles and headings. A text that mentions
    the year of the title or period says that one; else it is the year it tells its own work of. A
    place that names no year is absent.
    """
    spelled = [normalize(text) for text in texts if len(text) <= LONGEST_PARAGRAPH]
    sentences = [text for text in spelled if IS_SENTENCE.search(text)]
    named = {} if title_year is None else {"title": title_year}
    period = _period(sentences, title_year)
    if period is not None:
        named["period"] = period
    text_year = _text_year(sentences, named)
    if text_year is not None:
        named["text"] = text_year
    return named


def _period(texts: Iterable[str], title_year: int | None) -> int | None:
    """Return the year of the period line: one said of the report itself, or the title's."""
    found: list[tuple[bool, bool, int]] = []
    for text in texts:
        if not HAS_YEAR.search(text) or ("月" not in text and "12" not in text):
            continue
        for sentence in SENTENCE.finditer(text):
            is_own = bool(ON_THE_REPORT.search(sentence.group()))
            for year in _periods(sentence.group(), is_own=is_own):
                found.append((is_own, year == title_year, year))
    return max(found, key=lambda period: period[:2])[2] if found else None


def _periods(sentence: str, *, is_own: bool) -> Iterator[int]:
    for period in PERIOD.finditer(sentence):
        yield year_of(period.group(2) or period.group(1))
    if is_own:
        for end in PERIOD_END.finditer(sentence):
            yield year_of(end.group(1))


def _text_year(texts: Iterable[str], named: dict[str, int]) -> int | None:
    """Return the year that the text speaks of as its own; None when that is not clear."""
    said: Counter[int] = Counter()
    own: Counter[int] = Counter()
    opening: set[int] = set()
    compared: set[int] = set()
    for number, text in enumerate(texts):
        if not HAS_YEAR.search(text):
            continue
        rest = PERIOD.sub("", text)
        in_text = list(_plausible(YEAR_SAID, rest))
        said.update(in_text)
        compared.update(_plausible(COMPARED, rest))
        if not in_text:
            continue
        for sentence in SENTENCE.finditer(QUOTED.sub("", rest)):
            words = sentence.group()
            years = set(_plausible(OWN_YEAR, words)) | set(_plausible(YEAR_AS_A_WHOLE, words))
            if not years or NOT_OWN.search(words):
                continue
            own.update(years)
            if number < OPENING_TEXTS:
                opening |= years
    for place in ("title", "period"):
        if named.get(place) in said:
            return named[place]
    for year in compared:
        del own[year]
    if own:
        year, times = own.most_common(1)[0]
        if times > 1 or year in opening:
            return year
    return said.most_common(1)[0][0] if said and not named else None


def _plausible(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    for found in pattern.finditer(text):
        year = year_of(found.group(1))
        if FIRST_YEAR <= year <= LAST_YEAR:
            yield year
