"""Bytes to text: the encodings Chinese offices use, tried in order of how surely they are told."""

import codecs

import charset_normalizer

from gipcore.errors import UnreadableDocumentError

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Text that was UTF-8 and was read as GBK or Latin-1 shows these again and again.
MOJIBAKE_MARKS = (
    "锟斤拷",
    "烫烫烫",
    "\ufffd\ufffd\ufffd",
    "ï»¿",
    "æ”¿åº",
    "å¹´",
    "鏀垮簻",
    "淇℃伅",
)


def decode(data: bytes, file_name: str) -> str:
    """Return the text of bytes without any other declaration of their encoding.

    Raises UnreadableDocumentError (`mojibake`) when the characters were destroyed before.
    """
    text = _decoded(data)
    damaged = [mark for mark in MOJIBAKE_MARKS if text.count(mark) > 1]
    if damaged:
        raise UnreadableDocumentError(
            f"{file_name}: the characters are damaged ({damaged[0]} …): the text was saved in the "
            "wrong encoding before; get it again from its source",
            code="mojibake",
        )
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").lstrip("\ufeff")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    guess = charset_normalizer.from_bytes(data).best()
    return str(guess) if guess is not None else data.decode("gb18030", errors="replace")
