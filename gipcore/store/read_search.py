"""Finding offices by name, pinyin or region, though a character is wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from sqlalchemy import Connection, Engine, and_, false, func, or_, select

from gipcore.register.names import LONGEST_NAME
from gipcore.register.rows import region_prefix
from gipcore.register.sounds import asked_grams
from gipcore.store.database import reading
from gipcore.store.filters import HIGHEST, Condition
from gipcore.store.models import Office, OfficeName, Region, SearchGram
from gipcore.store.read_offices import OFFICE_COLUMNS
from gipcore.store.rows import OfficeRow
from gipcore.store.search import (
    EXACT_SCORE,
    Asked,
    Match,
    Readings,
    asked_for,
    is_heard,
    match_by_name,
    nearness,
)
from gipcore.store.types import AnyRow, plain

FOUND_AT_MOST = 20
LOOKED_AT = 300  # candidates of each way of finding that are compared
MOST_WORDS = 6
FEWEST_SIGNS = 2  # one alone is in half of all names
LOOKED_THROUGH = 20_000  # offices that share a pair of syllables with what is asked for
AS_NEAR = 20  # what is further than so many behind the nearest is not meant
REGIONS_AT_MOST = 50
SIGNS_OF_NAMES = (" ", "'", "-")  # that English names are written with or without
LATER_SCORE = 90.0  # of a sound that is not at the beginning


How = tuple[Match, float]
Found = dict[int, How]  # by the office's number


@dataclass(frozen=True, slots=True)
class FoundOffice:
    """An office with the way in which it was found; `score` orders within one way, of 100."""

    office: OfficeRow
    match: Match
    score: float


def find_offices(
    engine: Engine, words: str, *, limit: int = FOUND_AT_MOST
) -> tuple[FoundOffice, ...]:
    """Return the offices that words may mean, the surest first.

    First by name or alias, English too: as a whole, its beginning, a part. Then by pinyin or
    initials, and by several words that name or region have. Only where nothing is found so:
    what is nearest, with a character wrong, missing or too many.
    """
    asked = asked_for(plain(words)[: 2 * LONGEST_NAME])
    if not asked.text or len(asked.text) > LONGEST_NAME:
        return ()
    with reading(engine) as connection:
        found = _by_beginning(connection, asked)
        for way in (_by_part_of_name, _by_sound, _by_words):
            if len(found) < limit and len(asked.text) >= FEWEST_SIGNS:
                found = {**way(connection, asked), **found}
        if not found:
            found = _by_nearness(connection, asked)
        chosen = sorted(found.items(), key=_surest_first)[:limit]
        rows = _rows(connection, [number for number, _ in chosen])
    return tuple(FoundOffice(rows[number], *how) for number, how in chosen)


def _surest_first(item: tuple[int, How]) -> tuple[Match, float, int]:
    number, (match, score) = item
    return match, -score, number


def _by_beginning(connection: Connection, asked: Asked) -> Found:
    """Return offices of which a name is what is asked for, or begins with it: from an index."""
    begins = and_(OfficeName.name >= asked.text, OfficeName.name < asked.text + HIGHEST)
    first = select(OfficeName.office).where(begins).order_by(OfficeName.name).limit(LOOKED_AT)
    return _named(connection, asked, Office.number.in_(connection.scalars(first).all()))


def _by_part_of_name(connection: Connection, asked: Asked) -> Found:
    """Return offices that have what is asked for somewhere in a name, which is looked through."""
    return _named(connection, asked, Office.search_text.contains(asked.text, autoescape=True))


def _named(connection: Connection, asked: Asked, condition: Condition) -> Found:
    found: Found = {}
    for row in _candidates(connection, condition):
        match = match_by_name(asked, row.search_text.split("\n"))
        if match is not None:
            found[row.number] = (match, EXACT_SCORE)
    return found


def _by_sound(connection: Connection, asked: Asked) -> Found:
    """Return offices that have these letters as pinyin or initials."""
    if not asked.is_letters:
        return {}
    found: Found = {}
    for row in _candidates(connection, Office.sounds.icontains(asked.text, autoescape=True)):
        sounds = row.sounds.split("\n")
        if is_heard(asked, sounds):
            begins = any(sound.lower().startswith(asked.text) for sound in sounds)
            found[row.number] = (Match.PINYIN, EXACT_SCORE if begins else LATER_SCORE)
    return found


def _by_words(connection: Connection, asked: Asked) -> Found:
    """Return offices of a region, or that have each word in their name or in that of a region."""
    conditions = [_within_named(connection, asked.text)]
    words = [word for word in asked.words if len(word) >= FEWEST_SIGNS or not word.isascii()]
    if len(words) > 1:
        each = (or_(_has(word), _within_named(connection, word)) for word in words[:MOST_WORDS])
        conditions.append(and_(*each))
    rows = _candidates(connection, or_(*conditions))
    return {row.number: (Match.REGION, EXACT_SCORE) for row in rows}


def _has(word: str) -> Condition:
    named = Office.search_text.contains(word, autoescape=True)
    is_sound = word.isascii() and word.isalpha()
    return named | Office.sounds.icontains(word, autoescape=True) if is_sound else named


def _within_named(connection: Connection, word: str) -> Condition:
    """Return what an office must be to lie in a region of which a name begins with the word."""
    english = func.lower(Region.name_en)
    for sign in SIGNS_OF_NAMES:
        english = func.replace(english, sign, "")
    names = or_(
        Region.name.startswith(word, autoescape=True),
        english.startswith(word, autoescape=True),
    )
    codes = connection.scalars(select(Region.code).where(names).limit(REGIONS_AT_MOST))
    prefixes = [region_prefix(code) for code in codes]
    within = (
        and_(Office.region_code >= prefix, Office.region_code < prefix + HIGHEST)
        for prefix in prefixes
    )
    return or_(false(), *within)


def _by_nearness(connection: Connection, asked: Asked) -> Found:
    """Return offices of which a name is like what is asked for, among those that share a sound."""
    for heard_as in asked.readings():
        found = _heard_nearly(connection, asked, heard_as)
        if found:
            return found
    return {}


def _heard_nearly(connection: Connection, asked: Asked, heard_as: Readings) -> Found:
    grams = {gram for reading in heard_as for gram in asked_grams(reading)}
    shared = func.count()
    wanted = (
        select(SearchGram.office)
        .where(SearchGram.gram.in_(_most_telling(connection, grams)))
        .group_by(SearchGram.office)
        .order_by(shared.desc(), SearchGram.office)
        .limit(LOOKED_AT)
    )
    rows = _candidates(connection, Office.number.in_(connection.scalars(wanted).all()))
    scores = {
        row.number: nearness(asked, heard_as, row.search_text.split("\n"), row.sounds.split("\n"))
        for row in rows
    }
    lowest = max(scores.values(), default=0) - AS_NEAR
    found = {number: score for number, score in scores.items() if score and score >= lowest}
    return {number: (Match.NEAR, score) for number, score in found.items()}


def _most_telling(connection: Connection, grams: Iterable[str]) -> list[str]:
    """Return the rarest pairs, so many that few enough offices have them; one at least."""
    counted = (
        select(SearchGram.gram, func.count())
        .where(SearchGram.gram.in_(sorted(grams)))
        .group_by(SearchGram.gram)
    )
    found = sorted((count, gram) for gram, count in connection.execute(counted))
    sums = accumulate(count for count, _ in found)
    return [
        gram
        for place, ((_, gram), offices) in enumerate(zip(found, sums, strict=True))
        if place == 0 or offices <= LOOKED_THROUGH
    ]


def _candidates(connection: Connection, condition: Condition) -> Sequence[AnyRow]:
    wanted = select(Office.number, Office.search_text, Office.sounds).where(condition)
    return connection.execute(wanted.order_by(Office.number).limit(LOOKED_AT)).all()


def _rows(connection: Connection, numbers: list[int]) -> dict[int, OfficeRow]:
    wanted = (
        select(Office.number, *OFFICE_COLUMNS)
        .outerjoin(Region, Region.code == Office.region_code)
        .where(Office.number.in_(numbers))
    )
    return {number: OfficeRow(*row) for number, *row in connection.execute(wanted)}
