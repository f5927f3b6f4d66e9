"""Finding an office in the registers by its name, as documents write it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from gipcore.register.gazetteer import Gazetteer, is_zone
from gipcore.register.ministries import MINISTRIES
from gipcore.register.names import LONGEST_NAME, Kind, kind_of, normalize_name
from gipcore.register.reading import Reading, names_a_zone, readings, unknown_place
from gipcore.register.rows import Register, RegisteredOffice, RegisteredRegion, load_register
from gipcore.register.suggesting import SEVERAL, describe, nearest_region, nearest_township

MATCHES_KEPT = 4096
PLACES_SHOWN, LONGEST_SUGGESTION = 3, 54  # letters: what a finding's sentence shows of a detail
SHORTEST_PLACE = 3  # 城区 and the like stand in any text
CONTEXT_KEPT = 20_000  # letters of a document that are searched for names of places
ONE_SPELLING = (
    (re.compile(r"人民政府"), "政府"),
    (re.compile(r"办公厅$"), "办公室"),
    (re.compile(r"管理委员会"), "管委会"),
    (re.compile(r"委员会"), "委"),
    (re.compile(r"[和与及]"), ""),
)
THE_OFFICE_ITSELF = ("政府", "办事处", "政府办事处")
STATE = "中华人民共和国"
LONGEST_MINISTRY = max(map(len, MINISTRIES))


@dataclass(frozen=True, slots=True)
class Match:
    """What the registers know of an office by its name.

    `region_code` None: no region is known, or the name may mean several. `suggestion` None: the
    registers know the office and its place; else what they have nearest, "" when nothing is near.
    `key` is the same for every spelling of an unregistered office, None where no region is known.
    """

    office: RegisteredOffice | None
    region_code: str | None
    level: str | None
    function: str | None
    suggestion: str | None
    key: str | None = None


class Finder:
    """Finds offices in a register."""

    def __init__(self, register: Register) -> None:
        self._gazetteer = Gazetteer(register.region_by_code)
        self._by_name: dict[str, RegisteredOffice] = {}
        self._by_id = {office.id: office for office in register.offices}
        for office in register.offices:
            for name in (office.name, *office.aliases):
                self._by_name.setdefault(normalize_name(name), office)
        self._by_key: dict[str, RegisteredOffice] | None = None
        self._match = lru_cache(MATCHES_KEPT)(self._matched)

    def match(self, name: str, context: str = "") -> Match:
        """Find an office by its name; `context` is text that may tell which of several it is."""
        compared = normalize_name(name)[:LONGEST_NAME]
        if not compared:
            return Match(None, None, None, None, None)
        match, codes = self._match(compared)
        if not codes or not context:
            return match
        code = self._decided(codes, context[:CONTEXT_KEPT])
        return match if code is None else self._placed(compared, code)

    def place(self, name: str, code: str) -> Match | None:
        """Match a name of several regions to one of them; None when that is not among them."""
        compared = normalize_name(name)[:LONGEST_NAME]
        _, codes = self._match(compared) if compared else (None, ())
        return self._placed(compared, code) if code in codes else None

    def office(self, id: str) -> RegisteredOffice | None:
        """Return the office of an id."""
        return self._by_id.get(id)

    def _matched(self, name: str) -> tuple[Match, tuple[str, ...]]:
        """Return the match of a name, and the codes of all regions that it may mean."""
        office = self._by_name.get(name)
        if office is not None and office.region_code is not None:
            return _registered(office), ()
        if name in MINISTRIES:
            return Match(office, None, "ministry", kind_of(name).function, None), ()
        found = self._read(name)
        if len(found) > 1:
            return self._several(name, found), tuple(map(_code, found))
        match = self._of_reading(name, found[0])
        if office is not None:  # its place is in no register
            match = replace(match, office=office, level=office.level, function=office.function)
        return match, ()

    def _read(self, name: str) -> tuple[Reading, ...]:
        branch = _branch_of_ministry(name)
        found = readings(branch, self._gazetteer)
        if found[0].township is None:
            townships = self._townships(found)
            return townships or found
        return found

    def _townships(self, found: Iterable[Reading]) -> tuple[Reading, ...]:
        """Return the readings of a township that is named without the county it lies in."""
        townships: list[tuple[tuple[bool, bool], Reading]] = []
        for reading in found:
            place = unknown_place(reading.rest)
            if place.township is None or place.region is not None:
                continue
            stem, road, kind = place.township
            for township in self._gazetteer.townships_called(stem):
                region = township.region
                if reading.region is None or self._gazetteer.is_within(region, reading.region):
                    nearness = (township.kind == kind, township.road == road)
                    townships.append((nearness, Reading(region, place.rest, reading.writing)))
        best = max((nearness for nearness, _ in townships), default=None)
        return tuple(reading for nearness, reading in townships if nearness == best)

    def _placed(self, name: str, code: str) -> Match:
        reading = next(reading for reading in self._read(name) if _code(reading) == code)
        return self._of_reading(name, reading)

    def _several(self, name: str, found: Sequence[Reading]) -> Match:
        kind = kind_of(name)
        places = [describe(self._gazetteer, code) for code in sorted(map(_code, found))]
        shown = places[:PLACES_SHOWN]
        while len(shown) > 1 and len(SEVERAL.join(shown)) > LONGEST_SUGGESTION:
            shown.pop()
        more = ["…"] if len(shown) < len(places) else []
        return Match(None, None, kind.level, kind.function, SEVERAL.join([*shown, *more]))

    def _of_reading(self, name: str, reading: Reading) -> Match:
        kind = kind_of(name)
        region = self._gazetteer.regions.get(_code(reading))
        if region is None or (reading.township is None and region.level != "township"):
            place = unknown_place(reading.rest)
            township = None if place.township is None else place.township[0]
            is_of_province = region is not None and region.level == "province"
            if place.region is not None or (township is not None and not is_of_province):
                return self._unknown(kind, region, place.region, township)
            if names_a_zone(reading.rest):
                code = None if region is None else region.code
                return Match(None, code, None, kind.function, "")
        if region is None:
            return Match(None, None, kind.level, kind.function, "")
        key = _key(region, reading.rest)
        office = self._offices_by_key().get(key)
        if office is not None:
            return _registered(office)
        level = None if is_zone(region) else region.level
        return Match(None, region.code, level, kind.function, None, key)

    def _offices_by_key(self) -> dict[str, RegisteredOffice]:
        """Return the offices by what is the same in every spelling of their names."""
        if self._by_key is None:
            self._by_key = {}
            for name, office in self._by_name.items():
                for reading in self._read(name):
                    if _code(reading) == office.region_code:
                        region = self._gazetteer.regions[_code(reading)]
                        self._by_key.setdefault(_key(region, reading.rest), office)
        return self._by_key

    def _unknown(
        self, kind: Kind, region: RegisteredRegion | None, named: str | None, township: str | None
    ) -> Match:
        """Match a name of which some place is in no register."""
        level = "township" if township else kind.level
        if named is not None:
            suggestion = nearest_region(self._gazetteer, named, region, township)
            return Match(None, None, level, kind.function, suggestion)
        if region is None:
            return Match(None, None, level, kind.function, "")
        suggestion = nearest_township(self._gazetteer, township or "", region)
        return Match(None, region.code, level, kind.function, suggestion)

    def _decided(self, codes: Sequence[str], context: str) -> str | None:
        """Return the one of several regions whose surroundings a text names."""
        text = normalize_name(context)
        left = list(codes)
        for step in range(3):
            named = [code for code in left if self._names_above(code, step, text)]
            if len(named) == 1:
                return named[0]
            left = named or left
        return None

    def _names_above(self, code: str, step: int, text: str) -> bool:
        above = list(self._gazetteer.above(code))
        name = above[step].name if step < len(above) else ""
        return len(name) >= SHORTEST_PLACE and name in text


@cache
def own_finder() -> Finder:
    """Return the finder in the project's own registers, loaded when first asked for."""
    return Finder(load_register())


def _code(reading: Reading) -> str:
    if reading.township is not None:
        return reading.township.region.code
    return "" if reading.region is None else reading.region.code


def _branch_of_ministry(name: str) -> str:
    """Return what follows a central organ's name: 国家税务总局西华县税务局 → 西华县税务局."""
    name = name.removeprefix(STATE)
    for length in range(min(LONGEST_MINISTRY, len(name) - 1), 2, -1):
        if name[:length] in MINISTRIES:
            return name[length:]
    return name


def _registered(office: RegisteredOffice) -> Match:
    return Match(office, office.region_code, office.level, office.function, None)


def _key(region: RegisteredRegion, rest: str) -> str:
    for pattern, spelling in ONE_SPELLING:
        rest = pattern.sub(spelling, rest)
    if region.level == "township" and rest in THE_OFFICE_ITSELF:
        rest = ""
    return f"{region.code}|{rest}"
