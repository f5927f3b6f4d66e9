"""How Excel prints a number under a format code: the text a reader of the sheet sees."""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache

# The codes that files name by number only (ECMA-376, part 1, 18.8.30), with the Chinese ones.
BUILTIN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0;-", 42: "#,##0;-#,##0;-", 43: "#,##0.00;-#,##0.00;-",
    44: "#,##0.00;-#,##0.00;-", 49: "@", 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
GENERAL = frozenset(["", "general", "@", "g/通用格式"])
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<number>[0#?][0#?,.]*|\.[0#?]+)|(?P<exponent>[Ee][+-])|(?P<plain>.)",
    re.DOTALL,
)
DATE_PART = re.compile(r"y+|m+|d+|h+|s+|am/pm", re.IGNORECASE)
LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]', re.DOTALL)
FIRST_DAY = datetime(1899, 12, 30)
MAX_DATE = 2_958_465
MAX_CODE = 255
MAX_EXACT = Decimal(10) ** 15


def printed(raw: str, code: str) -> str:
    """Return what is printed for a stored number; what is no number is returned as it is."""
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return raw
    if not value.is_finite() or abs(value) >= MAX_EXACT or len(code) > MAX_CODE:
        return raw
    if code.lower() in GENERAL:
        return general(value)
    if is_date(code):
        return _date(value, code) if 0 <= value < MAX_DATE else general(value)
    section, number = _section(value, code)
    if section.strip().lower() in GENERAL and section:
        return general(number)
    return _formatted(number, section)


def general(value: Decimal) -> str:
    """Return a number in full without the noise of its binary form: 15 digits are exact."""
    rounded = Decimal(f"{value:.15g}")
    if rounded == rounded.to_integral_value():
        return str(int(rounded))
    return f"{rounded:f}".rstrip("0")


@cache
def is_date(code: str) -> bool:
    """Tell whether a code prints a date or a time."""
    bare = LITERAL.sub("", code.split(";")[0]).lower()
    return not any(mark in bare for mark in "0#?") and any(mark in bare for mark in "ymdhs")


def _section(value: Decimal, code: str) -> tuple[str, Decimal]:
    """Return the part of a code that a value takes, and the value without the sign it prints."""
    sections = _split(code)
    if value == 0 and len(sections) > 2:
        return sections[2], value
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    return sections[0], value


@cache
def _split(code: str) -> tuple[str, ...]:
    parts, start = [], 0
    for found in re.finditer(r'"[^"]*"?|\\.|\[[^\]]*\]|;', code, re.DOTALL):
        if found.group() == ";":
            parts.append(code[start : found.start()])
            start = found.end()
    return (*parts, code[start:])


def _formatted(value: Decimal, section: str) -> str:
    tokens = list(TOKEN.finditer(section))
    places = [token.group("number") for token in tokens if token.group("number")]
    plain = "".join(token.group("plain") or "" for token in tokens)
    if any(token.group("exponent") for token in tokens) or "/" in plain or len(places) > 1:
        return general(value)  # scientific notation and fractions: no report is printed in them
    if "%" in plain:
        value *= 100
    text = ""
    for token in tokens:
        if token.group("number"):
            text += _placed(abs(value), token.group("number"))
        else:
            text += token.group("quoted") or token.group("escaped") or ""
            text += token.group("currency") or token.group("plain") or ""
    is_negative = value < 0 and any(digit in "123456789" for digit in text)
    return ("-" if is_negative else "") + text.strip()


def _placed(value: Decimal, places: str) -> str:
    """Return a number in a pattern such as #,##0.00."""
    whole, _, decimals = places.partition(".")
    scaled = whole.rstrip(",")
    value /= Decimal(1000) ** (len(whole) - len(scaled))
    decimals = decimals.replace(",", "").replace(".", "")
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP)
    digits, _, rest = f"{rounded:f}".partition(".")
    least = scaled.count("0")
    digits = digits.zfill(least) if int(digits) or least else ""
    if "," in scaled:
        digits = f"{int(digits or 0):,}" if digits else ""
    while rest and decimals and decimals[-1] != "0" and rest.endswith("0"):
        rest, decimals = rest[:-1], decimals[:-1]
    return f"{digits}.{rest}" if rest else digits


def _date(value: Decimal, code: str) -> str:
    moment = FIRST_DAY + timedelta(days=float(value))
    section = _split(code)[0]
    text, last = "", 0
    after_hour = False
    for found in re.finditer(rf"{LITERAL.pattern}|{DATE_PART.pattern}", section, re.I | re.S):
        text += section[last : found.start()]
        last = found.end()
        part = found.group()
        if LITERAL.fullmatch(part):
            text += part.strip('"') if part.startswith('"') else part[1:] * part.startswith("\\")
            continue
        text += _date_part(moment, part.lower(), after_hour)
        after_hour = part[0].lower() == "h"
    return (text + section[last:]).strip()


def _date_part(moment: datetime, part: str, after_hour: bool) -> str:
    if part[0] == "y":
        return f"{moment.year:04d}" if len(part) > 2 else f"{moment.year % 100:02d}"
    if part == "am/pm":
        return "AM" if moment.hour < 12 else "PM"
    number = {
        "m": moment.minute if after_hour else moment.month,
        "d": moment.day,
        "h": moment.hour,
        "s": moment.second,
    }[part[0]]
    return f"{number:02d}" if len(part) > 1 else str(number)
