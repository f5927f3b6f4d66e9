"""The numbers that Word prints before paragraphs of a list, which stand nowhere in their text."""

import re
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
MAX_LEVELS = 9
DIGITS = "〇一二三四五六七八九"
PLACEHOLDER = re.compile(r"%([1-9])")
CHINESE_FORMATS = frozenset(
    ["chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
     "taiwaneseCountingThousand", "ideographTraditional"]
)  # fmt: skip
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts: the first number, its script, and the text around it."""

    start: int
    format: str
    text: str


class Numbering:
    """Counts the paragraphs of every list of a document, in reading order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, tuple[str, dict[int, Level]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is None:
            return
        shapes = {
            shape.get(f"{W}abstractNumId") or "": _levels(shape)
            for shape in root.iterchildren(f"{W}abstractNum")
        }
        for number in root.iterchildren(f"{W}num"):
            abstract = number.find(f"{W}abstractNumId")
            shape_id = (abstract.get(VAL) or "") if abstract is not None else ""
            levels = dict(shapes.get(shape_id, {}))
            overrides = list(number.iterchildren(f"{W}lvlOverride"))
            for override in overrides:
                _override(levels, override)
            own_id = number.get(f"{W}numId") or ""
            # Lists of one shape count on together, unless one starts anew.
            self._lists[own_id] = (own_id if overrides else shape_id, levels)

    def label(self, list_id: str, level: int) -> str:
        """Count one paragraph and return what Word prints before it."""
        if list_id not in self._lists or not 0 <= level < MAX_LEVELS:
            return ""
        key, levels = self._lists[list_id]
        if level not in levels:
            return ""
        counts = self._counts.setdefault(key, [None] * MAX_LEVELS)
        before = counts[level]
        counts[level] = levels[level].start if before is None else before + 1
        counts[level + 1 :] = [None] * (MAX_LEVELS - level - 1)

        def counted(found: re.Match[str]) -> str:
            place = int(found.group(1)) - 1
            if place not in levels:
                return ""
            number = counts[place]
            return written(levels[place].start if number is None else number, levels[place].format)

        return PLACEHOLDER.sub(counted, levels[level].text)


def _levels(shape: etree._Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for declared in shape.iterchildren(f"{W}lvl"):
        place = declared.get(f"{W}ilvl") or ""
        if place.isdecimal():
            levels[int(place)] = _level(declared)
    return levels


def _level(declared: etree._Element) -> Level:
    format = _value(declared, "numFmt") or "decimal"
    text = "" if format in ("bullet", "none") else _value(declared, "lvlText")
    return Level(_start(_value(declared, "start"), 1), format, text)


def _override(levels: dict[int, Level], override: etree._Element) -> None:
    place = override.get(f"{W}ilvl") or ""
    if not place.isdecimal():
        return
    declared = override.find(f"{W}lvl")
    level = _level(declared) if declared is not None else levels.get(int(place))
    if level is not None:
        start = _start(_value(override, "startOverride"), level.start)
        levels[int(place)] = Level(start, level.format, level.text)


def _value(parent: etree._Element, name: str) -> str:
    child = parent.find(f"{W}{name}")
    return (child.get(VAL) or "") if child is not None else ""


def _start(value: str, default: int) -> int:
    return int(value) if re.fullmatch(r"\d{1,6}", value) else default


def written(number: int, format: str) -> str:
    """Return a number in the script of a list level; a script not known is written in digits."""
    if format in CHINESE_FORMATS:
        return chinese(number)
    if format == "ideographDigital":
        return "".join(DIGITS[int(digit)] for digit in str(number))
    if format.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if format == "decimalFullWidth":
        return "".join(chr(ord("０") + int(digit)) for digit in str(number))
    if format == "decimalZero":
        return f"{number:02d}"
    if format in ("lowerLetter", "upperLetter") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 8)
        return letters.upper() if format == "upperLetter" else letters
    if format in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        return _roman(number).upper() if format == "upperRoman" else _roman(number)
    return str(number)


def chinese(number: int) -> str:
    """Return a number below 100 in Chinese counting (十一, 二十); digits from there on."""
    if not 0 < number < 100:
        return DIGITS[0] if number == 0 else str(number)
    tens, ones = divmod(number, 10)
    leading = "" if tens == 0 else ("" if tens == 1 else DIGITS[tens]) + "十"
    return leading + (DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    letters = ""
    for value, letter in ROMAN:
        count, number = divmod(number, value)
        letters += letter * count
    return letters
