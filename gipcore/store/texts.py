"""The text of a report as the database keeps it, and when two texts say the same."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gipcore.form.report import Passage
from gipcore.store.body import decode, digest, encode

MOST_CHARACTERS = 100_000  # a report has some thousand; what follows them is not kept
BETWEEN_WORDS = re.compile(r"[\W_]+")


def encode_passages(passages: Sequence[Passage]) -> bytes:
    """Return the passages as JSON, up to MOST_CHARACTERS; equal texts give equal bytes."""
    return encode([[kept.section, kept.text, kept.place] for kept in _bounded(passages)])


def decode_passages(encoded: bytes) -> tuple[Passage, ...]:
    """Return the passages that were encoded."""
    return tuple(Passage(section, text, place) for section, text, place in decode(encoded))


def words_digest(passages: Sequence[Passage]) -> str:
    """Return what names the words of the six sections, whatever stands between them."""
    words = "".join(passage.text for passage in passages if passage.section)
    return digest(BETWEEN_WORDS.sub("", unicodedata.normalize("NFKC", words)).casefold())


def _bounded(passages: Sequence[Passage]) -> Iterator[Passage]:
    left = MOST_CHARACTERS
    for passage in passages:
        if left <= 0:
            return
        yield replace(passage, text=passage.text[:left])
        left -= len(passage.text)
