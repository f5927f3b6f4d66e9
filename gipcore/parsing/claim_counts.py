"""Counts in a sentence: digits, Chinese numerals before a counter, and 零 where it counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "零〇一二两三四五六七八九十百千"
COUNTERS = "件次|件|起|条|宗|次|项|个|份|例|桩"

COUNT = re.compile(
    r"(?<![\d.A-Za-z第号-])(?<!\d,)"
    rf"(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}})(?![\d.]|,\d)(?P<counter>{COUNTERS})?"
    rf"|(?<![第每其统唯同另某这那首逐任哪几数之万余多{NUMERAL}])"
    rf"(?P<chinese>[{NUMERAL}]+)(?P<classifier>件|起|宗|条|例|项|份)"
    r"|(?<=[为是])(?P<none>零)(?=[,。;:()]|件|起|宗|$)"
)
# What may follow a number that is no count of pieces: dates, durations, people, money, rates.
NO_COUNT_AFTER = re.compile(
    r"(年|月|日|号|%|个?工作日|个月|天|小时|周|季度|余|多|几|万|元|名|人|家|个百分点|倍|\.|:|-\d|/|"
    r"个?(领域|平台|社区|乡镇|部门|单位|街道|渠道|方面|大类|类))"
)
NO_COUNT_AFTER_COUNTER = re.compile(
    r"[余多%]|(?<=条)(第|规定|的规定|之|款)|(?<=起)(施行|执行|实施)"
)
# 一起 is "together", 一次性 "at once": 一 with such a counter counts only where a phrase ends.
ONE_OF = re.compile(r"一[起条项份]")
# 一件事 is "one thing", 两件套 a set.
NOT_PIECES = re.compile(r"事(?!项)|套|好|大事|小事|件|一[件起条项]")
APPROXIMATE = re.compile(r"(近|约|超过?|逾|不足|不少于|至少|不低于|多达)$")


@dataclass(frozen=True, slots=True)
class Count:
    """A number that may count pieces, with its place in the sentence."""

    value: int
    printed: str
    counter: str
    start: int
    end: int


def counts(sentence: str) -> Iterator[Count]:
    """Yield the exact counts of pieces in a normalized sentence."""
    for found in COUNT.finditer(sentence):
        count = _count(found, sentence)
        if count is not None and not APPROXIMATE.search(sentence, 0, count.start):
            yield count


def _count(found: re.Match[str], sentence: str) -> Count | None:
    start, end = found.span()
    if found["digits"]:
        digits, counter = found["digits"], found["counter"] or ""
        number_end = end - len(counter)
        if NO_COUNT_AFTER.match(sentence, number_end):
            return None
        if counter and NO_COUNT_AFTER_COUNTER.match(sentence, end):
            return None
        if not counter and sentence[end : end + 1] not in ",，()、;:":
            return None
        return Count(int(digits.replace(",", "")), digits, counter, start, end)
    if found["none"]:
        return Count(0, "零", "", start, end)
    value = chinese_number(found["chinese"])
    if value is None or NO_COUNT_AFTER_COUNTER.match(sentence, end):
        return None
    if NOT_PIECES.match(sentence, end):
        return None
    ends_phrase = sentence[end : end + 1] in ",，()、;:"
    if ONE_OF.fullmatch(found.group()) and not ends_phrase:
        return None
    return Count(value, found["chinese"], found["classifier"], start, end)


def chinese_number(text: str) -> int | None:
    """Return the value of a Chinese numeral below ten thousand; None for one that is ambiguous.

    三四 is "three or four" and 一百二 leaves its last unit out: neither is an exact number.
    """
    total, digit, last_unit = 0, None, 10_000
    for position, character in enumerate(text):
        if character in UNITS:
            unit = UNITS[character]
            if unit >= last_unit or (digit is None and not (unit == 10 and position == 0)):
                return None
            total += (1 if digit is None else digit) * unit
            digit, last_unit = None, unit
        elif digit:
            return None
        else:
            digit = NUMERALS[character]
            if digit == 0 and len(text) > 1 and (position == 0 or position == len(text) - 1):
                return None
    is_left_out = digit and last_unit in (100, 1000) and text[-2] not in "零〇"
    return None if is_left_out else total + (digit or 0)
