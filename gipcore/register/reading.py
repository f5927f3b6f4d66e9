"""Reading a name from its start: the regions that it names, and what is left of it."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gipcore.register.gazetteer import FoundTownship, Gazetteer
from gipcore.register.names import GOVERNMENT
from gipcore.register.rows import RegisteredRegion
from gipcore.register.spellings import TOWNSHIP_KIND, Writing, kind_of_township

LEADING_GOVERNMENT = re.compile(GOVERNMENT)
# What an organ's name ends with: only before such an end is a region believed without its kind.
ORGAN = re.compile(
    r"(?:局|厅|委员会|委|部|署|办公室|办公厅|政府|办事处|管委会|总队|支队|大队|中心|法院|检察院|海关|联合会|站|所)$"
)
# What goes on with a word of its own: 长治 in 长治县, 北京 in 北京路街道.
GOES_ON = tuple("省市州盟县区旗路街镇乡村")
# Words with 市, 区 and the like in them that name no region.
NO_REGION = re.compile(
    r"(?:城|超|夜|股|房)市|市(?:场|政|民|容)|(?:开发|园|新|示范|管理|度假|保税|风景|景|名胜|试验|合作|保护|社|库|牧"
    r"|地|校|战|军|防|产业|集聚|聚集|工业|功能|物流|高新|经开|自贸)区|区(?:域|划)|县域|旗舰|联盟"
)
UNKNOWN_REGION = re.compile(r"(?P<name>[一-鿿]{1,8}?(?:自治州|自治县|自治旗|地区|[县市旗区盟]))")
UNKNOWN_TOWNSHIP = re.compile(
    rf"(?:{GOVERNMENT})?(?!驻|街道(?:办事处|办)?$)(?P<name>(?P<stem>[一-鿿]{{1,12}}?)(?P<road>路?)(?P<kind>{TOWNSHIP_KIND}))"
    rf"(?:办事处|{GOVERNMENT}.{{0,12}})?$"
)
ZONE = re.compile(
    r"[^局厅委院]{0,24}?(?:开发区|高新区|新区|园区|示范区|管理区|度假区|保税区|风景区|名胜区|试验区|合作区|保护区"
    r"|集聚区|聚集区|产业区|工业区|产业园|科技园|工业园)"
)


class Reading(NamedTuple):
    """The regions that a name begins with, the smallest of them, and what is left of the name.

    `writing` is how the smallest of them, townships apart, is written.
    """

    region: RegisteredRegion | None
    rest: str
    writing: Writing = Writing.FULL
    township: FoundTownship | None = None


class UnknownPlace(NamedTuple):
    """What a name says of a region or township that was not found, and what it says after that.

    The township is the stem of its name, its road and its kind.
    """

    region: str | None
    township: tuple[str, str, str] | None
    rest: str


def readings(text: str, gazetteer: Gazetteer) -> tuple[Reading, ...]:
    """Return the best readings of a name: those that take most of it, and take it most surely.

    Several are several regions of one name; a name that begins with no region has one reading.
    """
    found = [reading for reading in _chains(text, gazetteer) if _is_believable(reading)]
    if not found:
        return (Reading(None, text),)
    best = max(map(_sureness, found))
    best_ones = {_code(reading): reading for reading in found if _sureness(reading) == best}
    return _highest(best_ones.values(), best)


def unknown_place(rest: str) -> UnknownPlace:
    """Return what is left of a name may say of a place that was not found."""
    region = UNKNOWN_REGION.match(rest)
    is_region = region is not None and not NO_REGION.search(rest[: region.end() + 1])
    after = rest[region.end() :] if region is not None and is_region else rest
    region_name = region["name"] if region is not None and is_region else None
    township = UNKNOWN_TOWNSHIP.match(after)
    if township is None:
        return UnknownPlace(region_name, None, after)
    named = (township["stem"], township["road"], kind_of_township(township["kind"]))
    return UnknownPlace(region_name, named, after[township.end("name") :])


def names_a_zone(rest: str) -> bool:
    """Tell whether what is left of a name speaks of a development zone or the like."""
    return ZONE.match(rest) is not None


def _chains(text: str, gazetteer: Gazetteer) -> Iterator[Reading]:
    for found in gazetteer.at_start(text):
        yield from _extended(Reading(found.region, text[found.length :], found.writing), gazetteer)


def _extended(reading: Reading, gazetteer: Gazetteer) -> Iterator[Reading]:
    """Yield a reading, and those that go on with a region within."""
    region, rest = reading.region, reading.rest
    if region is None:
        return
    yield reading
    government = LEADING_GOVERNMENT.match(rest)
    following = rest[government.end() :] if government else rest
    township = gazetteer.township_at_start(following, region.code)
    if township is not None:
        yield reading._replace(rest=following[township.length :], township=township)
    for found in gazetteer.at_start(rest):
        if gazetteer.is_within(found.region, region):
            further = Reading(found.region, rest[found.length :], found.writing)
            yield from _extended(further, gazetteer)


def _is_believable(reading: Reading) -> bool:
    """Tell whether a region without its kind may be meant: none is in 中山大学 and 金牛山街道."""
    if reading.writing is not Writing.BARE or reading.township is not None:
        return True
    is_organ = ORGAN.search(reading.rest) and not reading.rest.startswith(GOES_ON)
    return bool(is_organ) and not UNKNOWN_TOWNSHIP.match(reading.rest)


def _sureness(reading: Reading) -> tuple[int, int, tuple[int, bool, bool]]:
    nearness = (0, False, False) if reading.township is None else reading.township.nearness
    return (-len(reading.rest), reading.writing, nearness)


def _code(reading: Reading) -> str:
    found = reading.region if reading.township is None else reading.township.region
    return "" if found is None else found.code


def _highest(found: Iterable[Reading], best: tuple[int, int, object]) -> tuple[Reading, ...]:
    """Of regions that are all named without their kind, keep those of the highest level."""
    readings = tuple(found)
    if best[1] != Writing.BARE:
        return readings
    lengths = {reading: len(_code(reading).rstrip("0")) for reading in readings}
    return tuple(reading for reading in readings if lengths[reading] == min(lengths.values()))
