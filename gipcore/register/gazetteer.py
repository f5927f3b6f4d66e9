"""The regions, to be found where a name begins with one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gipcore.register.rows import RegisteredRegion
from gipcore.register.spellings import (
    FOLLOWING_STEM,
    KINDS,
    Township,
    Writing,
    kind_of_township,
    township_of,
    writings,
)

ZONE_CODES = range(71, 81)  # at the county's place of a code: zones that are counted like a county


class Found(NamedTuple):
    """A region that a text begins with: how many letters of it, and how it is written."""

    region: RegisteredRegion
    length: int
    writing: Writing


class FoundTownship(NamedTuple):
    """A township that a text begins with, and how near it is written to its name."""

    region: RegisteredRegion
    length: int
    kind: str
    nearness: tuple[int, bool, bool]


class Gazetteer:
    """The regions by what they are called and by what they lie in."""

    def __init__(self, regions: Mapping[str, RegisteredRegion]) -> None:
        self.regions = regions
        self._written: dict[str, list[tuple[RegisteredRegion, Writing]]] = defaultdict(list)
        self._townships: dict[str, list[RegisteredRegion]] = defaultdict(list)
        self._taken_apart: dict[str, tuple[Township, ...]] = {}
        self._by_letter: dict[str, list[RegisteredRegion]] = defaultdict(list)
        for region in regions.values():
            if region.level == "township":
                self._townships[region.parent_code or ""].append(region)
                self._by_letter[region.name[0]].append(region)
                continue
            for written, writing in writings(region).items():
                self._written[written].append((region, writing))
        self._longest = max(map(len, self._written), default=0)

    def above(self, code: str) -> Iterator[RegisteredRegion]:
        """Yield the regions that one lies in, the nearest first."""
        parent = self.regions[code].parent_code
        while parent:
            region = self.regions[parent]
            yield region
            parent = region.parent_code

    def is_within(self, region: RegisteredRegion, other: RegisteredRegion) -> bool:
        """Tell whether a region lies in another."""
        return any(above.code == other.code for above in self.above(region.code))

    def larger(self) -> Iterator[RegisteredRegion]:
        """Yield every province, city and county."""
        return (region for region in self.regions.values() if region.level != "township")

    def at_start(self, text: str) -> Iterator[Found]:
        """Yield the provinces, cities and counties that a text may begin with, the longest first.

        One without its kind may be followed by another kind of the same level.
        """
        for length in range(min(len(text), self._longest), 1, -1):
            for region, writing in self._written.get(text[:length], ()):
                if writing is Writing.BARE and text[length : length + 1] in _kinds(region):
                    yield Found(region, length + 1, writing)
                else:
                    yield Found(region, length, writing)

    def townships(self, code: str) -> tuple[Township, ...]:
        """Return the townships directly below a region."""
        if code not in self._taken_apart:
            found = tuple(map(township_of, self._townships.get(code, ())))
            self._taken_apart[code] = found
        return self._taken_apart[code]

    def townships_called(self, stem: str) -> list[Township]:
        """Return the townships of the whole country that have this stem."""
        found = (
            region for region in self._by_letter.get(stem[:1], ()) if region.name.startswith(stem)
        )
        return [township for township in map(township_of, found) if township.stem == stem]

    def township_at_start(self, text: str, code: str) -> FoundTownship | None:
        """Return the township below a region that a text begins with, the nearest in writing.

        None too when two are equally near.
        """
        found: list[FoundTownship] = []
        for township in self.townships(code):
            if not text.startswith(township.stem):
                continue
            length = len(township.stem)
            if not township.kind:
                found.append(FoundTownship(township.region, length, "", (length, True, True)))
                continue
            match = FOLLOWING_STEM.match(text, length)
            if match is not None:
                kind = kind_of_township(match["kind"])
                nearness = (length, match["road"] == township.road, kind == township.kind)
                found.append(FoundTownship(township.region, match.end(), kind, nearness))
        best = max((entry.nearness for entry in found), default=None)
        nearest = [entry for entry in found if entry.nearness == best]
        return nearest[0] if len(nearest) == 1 else None


def is_zone(region: RegisteredRegion) -> bool:
    """Tell whether a region is a zone that is only counted like a county: it has no level."""
    return region.level == "county" and int(region.code[4:6]) in ZONE_CODES


def _kinds(region: RegisteredRegion) -> tuple[str, ...]:
    return tuple(KINDS[region.level])
