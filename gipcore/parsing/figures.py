"""What stands in a figure's cell: a number, nothing, a dash, or something else."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from gipcore.form.report import Number
from gipcore.parsing.normalize import normalize


class Kind(StrEnum):
    """How a cell's text reads as a figure."""

    NUMBER = "number"
    EMPTY = "empty"
    DASH = "dash"  # a mark that says "no figure": / - — 无
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell's text read as a figure; `unit` and `note` are what stood beside the number."""

    kind: Kind
    number: Number | None = None
    unit: str = ""
    note: str = ""
    is_signed_word: bool = False  # 减4, 增3: a change, not a count

    @property
    def is_value(self) -> bool:
        """Tell whether the text can stand in a figure's cell at all."""
        return self.kind is not Kind.OTHER


DASHES = frozenset({"-", "--", "---", "/", "//", "\\", "|", "_", "*", "无", "不适用", "N/A", "n/a"})
ZEROS = frozenset({"零", "〇"})
UNCHANGED = frozenset({"持平", "不变", "无变化", "无增减", "±0", "+/-0", "+-0", "-/+0"})
NUMBER = re.compile(
    r"""^(?P<sign>[+-]|[↑↓]|减少?|增[加长]?|新增|下降|上升|净增|净减)?
        (?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?
        (?P<unit>件|条|项|宗|起|个|次|份|例|家|元|万元|亿元|%)?
        (?P<note>\(.*\))?$""",
    re.VERBOSE,
)
DECREASES = ("-", "↓", "减", "减少", "下降", "净减")
MOST_DIGITS = 12
# Marks of notes (12①, 12², 12*) would turn into digits when widths are made one.
NOTE_MARKS = re.compile(
    r"(?<=\d)\s*([\u2460-\u249b\u24ea-\u24ff\u3251-\u325f\u32b1-\u32bf¹²³⁰-⁹*※†‡#]+)$"
)
APART = re.compile(r"\d\s+\d")  # two figures in one cell, or one torn apart: not for us to say


@lru_cache(maxsize=20_000)
def read_figure(text: str) -> Figure:
    """Read a cell's text; never guesses: what is no figure is OTHER."""
    printed = text.strip()
    mark = NOTE_MARKS.search(printed)
    short = normalize(printed[: mark.start()] if mark else printed)
    if not short:
        return Figure(Kind.EMPTY)
    if short in ZEROS:
        return Figure(Kind.NUMBER, 0)
    if short in UNCHANGED:
        return Figure(Kind.NUMBER, 0, is_signed_word=True)
    if APART.search(printed):
        return Figure(Kind.OTHER)
    if short in DASHES:
        return Figure(Kind.DASH)
    match = NUMBER.match(short)
    if match is None or len(match["digits"]) > MOST_DIGITS:
        return Figure(Kind.OTHER)
    digits = match["digits"].replace(",", "")
    number: Number = float(digits + match["decimals"]) if match["decimals"] else int(digits)
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    sign = match["sign"] or ""
    if sign in DECREASES:
        number = -number
    return Figure(
        Kind.NUMBER,
        number,
        unit=match["unit"] or "",
        note=match["note"] or (mark.group(1) if mark else ""),
        is_signed_word=bool(sign) and sign not in "+-",
    )
