"""What an office is found by, and how near what is asked for comes to it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import fuzz

from gipcore.register.names import normalize_name
from gipcore.register.sounds import (
    initials,
    mended_readings,
    readings,
    spelled,
    syllables,
    syllables_of,
    telling_grams,
)

EXACT_SCORE = 100.0
ROUNDING = 0.01
PART = 0.8  # how much being like a part of a name counts, beside being like the whole
SIGNS_TO_AN_ERROR = 4  # one may be wrong of fewer than twice as many, then two


class Match(IntEnum):
    """In what way an office was found; the surest first."""

    EXACT = 1
    PREFIX = 2
    CONTAINS = 3
    PINYIN = 4
    REGION = 5
    NEAR = 6


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What an office is found by: its names in one spelling, their sounds, and pairs of these."""

    names: tuple[str, ...]
    sounds: tuple[str, ...]
    grams: tuple[str, ...]


def search_words(spellings: Iterable[str], name_en: str | None) -> SearchWords:
    """Return what an office of these spellings is found by.

    A spelling that is part of another sounds as that part of it does.
    """
    names = tuple(spellings)
    telling = [name for name in names if not any(name in other for other in names if other != name)]
    sounds = tuple(dict.fromkeys(sound for name in telling if (sound := spelled(name))))
    short = tuple(dict.fromkeys(initials(sound).upper() for sound in sounds))
    grams = frozenset[str]().union(*map(telling_grams, telling))
    english = (normalize_name(name_en),) if name_en else ()
    return SearchWords((*names, *english), (*sounds, *short), tuple(sorted(grams)))


Readings = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: normalized, as separate words, and as it may sound."""

    text: str
    words: tuple[str, ...]

    @property
    def is_letters(self) -> bool:
        """Tell whether it may be pinyin, or initials."""
        return self.text.isascii() and self.text.isalpha()

    def readings(self) -> Iterator[Readings]:
        """Yield how it may sound, then how it would with one letter mended."""
        if self.is_letters:
            yield readings(self.text)
            yield mended_readings(self.text)
        else:
            yield (syllables(self.text),)


def asked_for(words: str) -> Asked:
    """Return what the words of a visitor look for."""
    parts = tuple(part for word in words.split() if (part := normalize_name(word)))
    return Asked("".join(parts), parts)


def match_by_name(asked: Asked, names: Iterable[str]) -> Match | None:
    """Tell how an office is named by what is asked for; None when it is not."""
    found = None
    for name in names:
        if name == asked.text:
            return Match.EXACT
        if name.startswith(asked.text):
            found = Match.PREFIX
        elif asked.text in name:
            found = found or Match.CONTAINS
    return found


def is_heard(asked: Asked, sounds: Iterable[str]) -> bool:
    """Tell whether a name has these letters as its pinyin or initials, from a syllable's start."""
    return any(
        sound[start].isupper() and sound[start:].lower().startswith(asked.text)
        for sound in sounds
        for start in range(len(sound))
    )


def nearness(
    asked: Asked, heard_as: Readings, names: Iterable[str], sounds: Iterable[str]
) -> float:
    """Return how near, of 100, names come to what is asked for, by signs or sound; 0: not near."""
    heard = [syllables_of(sound) for sound in sounds if not sound.isupper()]
    best = 0.0
    for reading in heard_as:
        best = max([best, *(_likeness(reading, sound) for sound in heard)])
    if not asked.is_letters:
        best = max([best, *(_likeness(asked.text, name) for name in names)])
    return best


def _likeness(asked: Sequence[str], name: Sequence[str]) -> float:
    """Return how like what is asked for is to a part of a name; 0 with too many errors."""
    if not asked:
        return 0.0
    errors = max(1, len(asked) // SIGNS_TO_AN_ERROR)
    cutoff = EXACT_SCORE * (1 - errors / len(asked)) - ROUNDING
    scorer = fuzz.partial_ratio if len(asked) <= len(name) else fuzz.ratio
    best = scorer(asked, name, score_cutoff=cutoff)
    return PART * best + (1 - PART) * fuzz.ratio(asked, name) if best else 0.0
