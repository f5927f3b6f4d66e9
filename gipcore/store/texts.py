"""The text of a report as the database keeps it, and when two texts say the same."""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gipcore.form.report import Passage
from gipcore.store.body import digest

ENCODING = "gb18030"  # Chinese text, compressed, is a seventh smaller than as UTF-8
MOST_CHARACTERS = 100_000  # a report has some thousand; what follows them is not kept
BETWEEN_WORDS = re.compile(r"[\W_]+")


def encode_passages(passages: Sequence[Passage]) -> bytes:
    """Return the passages as JSON, up to MOST_CHARACTERS; equal texts give equal bytes."""
    kept = [[passage.section, passage.text, passage.place] for passage in _bounded(passages)]
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return text.encode(ENCODING, "backslashreplace")  # JSON reads back what it replaces


def decode_passages(encoded: bytes) -> tuple[Passage, ...]:
    """Return the passages that were encoded."""
    kept = json.loads(encoded.decode(ENCODING))
    return tuple(Passage(section, text, place) for section, text, place in kept)


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
