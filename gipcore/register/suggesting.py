"""What the register has nearest to a place that it does not know."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from gipcore.register.gazetteer import Gazetteer
from gipcore.register.rows import RegisteredRegion
from gipcore.register.spellings import Township

SEVERAL = " / "  # between the places that a name may mean
# How near a name must be, of 100: two of three letters are enough within a city, or where the
# township that is named, too, lies in the region; else three of four.
NEAR, NEAR_BY_PLACE = 75, 60
LONG_ENOUGH = 4


def describe(gazetteer: Gazetteer, code: str, township: Township | None = None) -> str:
    """Name a region with those it lies in: 浉河区（河南省信阳市），有金牛山街道."""
    above = "".join(region.name for region in reversed(list(gazetteer.above(code))))
    name = gazetteer.regions[code].name
    described = f"{name}（{above}）" if above else name
    return described if township is None else f"{described}，有{township.region.name}"


def nearest_region(
    gazetteer: Gazetteer, name: str, within: RegisteredRegion | None, township: str | None
) -> str:
    """Describe the region most like a name, which has the township if one is named; "" if none."""
    names = {
        region.code: region.name
        for region in gazetteer.larger()
        if within is None or gazetteer.is_within(region, within)
    }
    similar = process.extract(
        name, names, scorer=fuzz.ratio, score_cutoff=NEAR_BY_PLACE, limit=None
    )
    if township is not None:
        with_township = [
            (score, code, found)
            for _, score, code in similar
            for found in gazetteer.townships(code)
            if found.stem == township
        ]
        if with_township:
            return _sole_nearest(gazetteer, with_township)
    if within is None or within.level != "city":
        is_enough = township is None and len(name) >= LONG_ENOUGH
        similar = [entry for entry in similar if is_enough and entry[1] >= NEAR]
    return _sole_nearest(gazetteer, [(score, code, None) for _, score, code in similar])


def _sole_nearest(
    gazetteer: Gazetteer, scored: Sequence[tuple[float, str, Township | None]]
) -> str:
    best = max((score for score, _, _ in scored), default=0)
    nearest = [(code, township) for score, code, township in scored if score == best]
    return describe(gazetteer, *nearest[0]) if len(nearest) == 1 else ""


def nearest_township(gazetteer: Gazetteer, stem: str, region: RegisteredRegion) -> str:
    """Describe the township of a region most like a name, or the region if none is like it."""
    below = gazetteer.townships(region.code)
    scores = [(fuzz.ratio(stem, township.stem), township.region.code) for township in below]
    best = max(scores, default=(0.0, ""))
    is_sole = sum(score == best[0] for score, _ in scores) == 1
    near = best[0] >= NEAR_BY_PLACE and is_sole
    return describe(gazetteer, best[1] if near else region.code)
