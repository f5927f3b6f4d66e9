"""Bytes to text: the encodings Chinese offices use, tried in order of how surely they are told."""

import codecs
from collections.abc import Iterable

import charset_normalizer

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WIDE = ("utf-16-le", "utf-16-be")
# Words that any document of an office has, in both scripts: in a wrong encoding they are not met.
COMMON_WORDS = (
    *("政府", "信息", "公开", "申请", "情况", "年度", "其他", "行政", "机关", "总计"),
    *("資訊", "公開", "申請", "情況", "機關", "總計", "總體"),
)
SAMPLE_BYTES = 65_536
ENOUGH_WORDS = 4  # different ones: bytes read in a wrong encoding do not have even two by chance


def decode(data: bytes) -> str:
    """Return the text of bytes that do not declare their encoding; damage is left to be seen."""
    marked = by_mark(data)
    if marked is not None:
        return marked
    has_nul = b"\x00" in data[:SAMPLE_BYTES]
    if not has_nul:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    encoding = likeliest(data, ("gb18030", "big5hkscs", *WIDE))
    if encoding is not None:
        return data.decode(encoding, errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    guess = charset_normalizer.from_bytes(data).best()
    return str(guess) if guess is not None else data.decode("gb18030", errors="replace")


def by_mark(data: bytes) -> str | None:
    """Return the text of bytes that begin with a mark of their encoding; None if they do not."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").lstrip("\ufeff")
    return None


def likeliest(data: bytes, encodings: Iterable[str]) -> str | None:
    """Return the first encoding in which the text has the common words; None when none has."""
    sample = data[:SAMPLE_BYTES]
    for encoding in encodings:
        if _has_common_words(sample.decode(encoding, errors="ignore")):
            return encoding
    return None


def is_wide_text(start: bytes) -> bool:
    """Tell text in UTF-16 without a mark, by the words at its beginning."""
    return likeliest(start, WIDE) is not None


def opening(start: bytes) -> str:
    """Return the first bytes of a file as text in which its marks can be sought, whatever else."""
    marked = by_mark(start)
    if marked is not None:
        return marked
    if b"\x00" not in start:
        return start.decode("latin-1")
    wide = likeliest(start, WIDE)
    if wide is not None:
        return start.decode(wide, errors="ignore")
    return start.replace(b"\x00", b"").decode("latin-1")


def _has_common_words(text: str) -> bool:
    met = 0
    for word in COMMON_WORDS:
        met += word in text
        if met == ENOUGH_WORDS:
            return True
    return False
