"""How a name sounds: its syllables in pinyin, to find it by what people type or mistype."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from string import ascii_lowercase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

# What very many names have in common tells none of them from the others. The longest first.
COMMON = (
    "街道办事处",
    "人民政府",
    "管理委员会",
    "办事处",
    "委员会",
    "办公室",
    "办公厅",
    "政府",
)
PIECES = re.compile(f"({'|'.join(COMMON)})")
SPELLED = re.compile("[A-Z][a-z]*|[0-9]+")
VOWELS = frozenset("aeiouv")
LONGEST_SYLLABLE = 6  # zhuang, shuang, chuang
MOST_READINGS = 24  # of letters without spaces: xian is xi an, too
LONGEST_MENDED = 40  # letters; a correction is sought in shorter ones only
SKIP = "*"  # stands for one syllable that is left out


def syllables(name: str) -> tuple[str, ...]:
    """Return the syllables of a normalized name, simplified or traditional, without tones.

    Letters and digits of a name that stand together are one syllable.
    """
    return tuple(sound for piece in PIECES.split(name) for sound in _piece(piece))


def spelled(name: str) -> str:
    """Write the syllables of a name as one word that still tells where each begins: XiGongQu."""
    return "".join(syllable.capitalize() for syllable in syllables(name))


def initials(spelling: str) -> str:
    """Return the first letters of a name that is spelled in this way: XiGongQu gives XGQ."""
    return "".join(syllable[0] for syllable in syllables_of(spelling))


def syllables_of(spelling: str) -> tuple[str, ...]:
    """Take apart what `spelled` has written."""
    return tuple(sound.lower() for sound in SPELLED.findall(spelling))


def telling_grams(name: str) -> frozenset[str]:
    """Return the pairs of syllables that a name can be found by: next to each other, or but one.

    One wrong, missing or additional character leaves some of them as they are.
    """
    pieces = (piece for piece in PIECES.split(name) if piece not in COMMON)
    return frozenset(gram for piece in pieces for gram in _grams(_piece(piece)))


def asked_grams(sounds: tuple[str, ...]) -> frozenset[str]:
    """Return the pairs to look for: those of the syllables, and as if one were missing or extra."""
    pairs = [*pairwise(sounds), *zip(sounds, sounds[2:], strict=False)]
    return frozenset(f"{one}{by}{other}" for one, other in pairs for by in (" ", SKIP))


def readings(letters: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways to take letters apart into syllables; none when they are no pinyin."""
    if not letters or len(letters) > LONGEST_MENDED:
        return ()
    found: list[list[tuple[str, ...]]] = [[()]]  # by how many letters are taken
    for end in range(1, len(letters) + 1):
        ways = [
            (*before, letters[start:end])
            for start in range(max(0, end - LONGEST_SYLLABLE), end)
            if letters[start:end] in all_syllables()
            for before in found[start]
        ]
        found.append(sorted(ways, key=len)[:MOST_READINGS])
    return tuple(found[-1])


def mended_readings(letters: str) -> tuple[tuple[str, ...], ...]:
    """Return the syllables that letters give when one letter is changed, left out or put in."""
    if len(letters) > LONGEST_MENDED:
        return ()
    found = (readings(mended)[:1] for mended in sorted(set(_edits(letters))))
    return tuple(dict.fromkeys(way for ways in found for way in ways))


@cache
def all_syllables() -> frozenset[str]:
    """Return every syllable that some character is read as."""
    marked = ",".join(_pypinyin().pinyin_dict.pinyin_dict.values()).replace("ü", "v")
    parts = unicodedata.normalize("NFD", marked)
    sounds = "".join(sign for sign in parts if not unicodedata.combining(sign)).split(",")
    return frozenset(sound for sound in sounds if not VOWELS.isdisjoint(sound))


@lru_cache(maxsize=1 << 16)  # the names of a region's offices begin alike
def _piece(piece: str) -> tuple[str, ...]:
    if not piece:
        return ()
    found = _pypinyin().lazy_pinyin(piece, errors=_as_it_is)
    return tuple(sound.lower() for sound in found if sound.isascii() and sound.isalnum())


def _as_it_is(characters: str) -> list[str]:
    return re.findall("[a-zA-Z]+|[0-9]+", characters)


def _grams(sounds: tuple[str, ...]) -> Iterator[str]:
    for by, others in ((" ", sounds[1:]), (SKIP, sounds[2:])):
        yield from (f"{one}{by}{other}" for one, other in zip(sounds, others, strict=False))


def _edits(letters: str) -> Iterable[str]:
    for place in range(len(letters) + 1):
        before, after = letters[:place], letters[place:]
        yield from (f"{before}{letter}{after}" for letter in ascii_lowercase)
        if after:
            yield before + after[1:]
            yield from (f"{before}{letter}{after[1:]}" for letter in ascii_lowercase)


@cache
def _pypinyin() -> "ModuleType":
    """Load the readings when they are needed: 50 MB, and half a second that most commands spare."""
    import pypinyin

    return pypinyin
