"""The last step of every reader: is there text, is it legible, is it of bearable size."""

import re
from collections.abc import Iterable
from functools import cache

from gipcore.documents.limits import LIMITS, too_large
from gipcore.documents.model import Block, Document, Grid
from gipcore.errors import UnreadableDocumentError

# Rows of the two national character sets that hold the characters in daily use.
DAILY_SIMPLIFIED = ("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
DAILY_TRADITIONAL = ("big5", range(0xA4, 0xC7), range(0x40, 0xFF))
ENOUGH_CHARACTERS = 30
MIN_DAILY_SHARE = 0.7  # real text has more than 0.95, text in the wrong encoding less than 0.55
MAX_UNREADABLE_SHARE = 0.05
SAMPLE_CHARACTERS = 20_000
IDEOGRAPH = re.compile("[\u3400-\u9fff]")
UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]")
ACCENTED = re.compile("[\x80-\x9f\xa1-\xaf\xb1-\xb6\xb8-\xd6\xd8-\xff]")  # not \xa0 ° · ×


def finish(
    format: str, blocks: Iterable[Block], names: Iterable[str | None], file_name: str
) -> Document:
    """Return the document if it holds legible text.

    Raises UnreadableDocumentError: `empty_document`, `mojibake` or `too_large`.
    """
    kept = tuple(blocks)
    if len(kept) > LIMITS.blocks:
        raise too_large(file_name, f"more than {LIMITS.blocks} paragraphs and tables")
    text = document_text(kept)
    if len(text) > LIMITS.text_characters:
        raise too_large(file_name, f"more than {LIMITS.text_characters} characters")
    if not text.strip():
        raise UnreadableDocumentError(
            f"{file_name}: there is no text in the {format} document; open it, and if the report "
            "is to be seen there, save it as Word or PDF and try again",
            code="empty_document",
        )
    require_legible(text, file_name)
    unique = dict.fromkeys(name.strip() for name in names if name and name.strip())
    return Document(format, kept, tuple(unique))


def document_text(blocks: Iterable[Block]) -> str:
    """Return the text of all blocks, a line a paragraph or cell."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Grid):
            parts.extend(cell.text for row in block.rows for cell in row.cells if cell.text)
        else:
            parts.append(block.text)
    return "\n".join(parts)


def require_legible(text: str, file_name: str) -> None:
    """Raise UnreadableDocumentError (`mojibake`) when the characters are damaged."""
    sample = text[:SAMPLE_CHARACTERS]
    reason = _damage(sample)
    if reason is not None:
        shown = " ".join(sample.split())[:12]
        raise UnreadableDocumentError(
            f"{file_name}: the characters are damaged ({reason}: “{shown} …”): the text was saved "
            "in the wrong encoding or its fonts hide the characters; get it again from its source, "
            "or in another format",
            code="mojibake",
        )


def _damage(text: str) -> str | None:
    """Say what is wrong with the characters of a text, or None."""
    ideographs = IDEOGRAPH.findall(text)
    unreadable = len(UNREADABLE.findall(text))
    accented = len(ACCENTED.findall(text))
    if unreadable > max(3, MAX_UNREADABLE_SHARE * len(text)):
        return "unreadable characters"
    if accented > max(ENOUGH_CHARACTERS, len(ideographs)):
        return "Latin letters in place of Chinese"
    daily = daily_characters()
    if len(ideographs) >= ENOUGH_CHARACTERS:
        share = sum(map(daily.__contains__, ideographs)) / len(ideographs)
        if share < MIN_DAILY_SHARE:
            return "rare characters without sense"
    return None


@cache
def daily_characters() -> frozenset[str]:
    """Return the characters in daily use, simplified and traditional."""
    return frozenset(
        character
        for encoding, leads, trails in (DAILY_SIMPLIFIED, DAILY_TRADITIONAL)
        for lead in leads
        for trail in trails
        for character in bytes((lead, trail)).decode(encoding, errors="ignore")
        if ord(character) > 0x7F
    )
