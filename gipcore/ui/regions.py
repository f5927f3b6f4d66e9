"""Regions: what they are called, choosing one step by step, and browsing them."""

import streamlit as st

from gipcore.store.rows import RegionRow
from gipcore.ui import data
from gipcore.ui.language import language, say
from gipcore.ui.query import ANY, choose_step, named
from gipcore.words import Language

WIDTH = 160
CODE_LENGTHS = (6, 9)


def region_path(code: str | None, full_name: str | None) -> str:
    """Say a region with those it lies in, in English from the smallest up; "" when unknown."""
    names: list[str] = []
    if language() is Language.EN:
        known = data.regions_by_code()
        region = known.get(code) if code else None
        while region is not None:
            names.append(region.name_en or region.name)
            region = known.get(region.parent_code) if region.parent_code else None
    return ", ".join(names) or full_name or ""


def region_name(region: RegionRow) -> str:
    """Say a region by itself."""
    return region.name_en if language() is Language.EN and region.name_en else region.name


def way_to(code: str | None) -> tuple[RegionRow, ...]:
    """Return a region with those it lies in, the largest first; nothing when it is unknown."""
    way: list[RegionRow] = []
    region = data.region(code) if code else None
    while region is not None:
        way.append(region)
        region = data.region(region.parent_code) if region.parent_code else None
    return tuple(reversed(way))


def choose_region() -> str | None:
    """Draw lists from the provinces down to the region that the URL names; return its code.

    Each list has the regions directly within the one chosen before it, so none is long.
    """
    chosen = named("region", _known)
    way = way_to(None if chosen is None else chosen.code)
    above: RegionRow | None = None
    for step in range(len(way) + 1):
        region = way[step] if step < len(way) else None
        _choose_within(above, region, step)
        above = region
    return None if chosen is None else chosen.code


def _known(code: str) -> RegionRow | None:
    is_code = code.isascii() and code.isdigit() and len(code) in CODE_LENGTHS
    return data.region(code) if is_code else None


def _choose_within(above: RegionRow | None, chosen: RegionRow | None, step: int) -> None:
    """Draw the list of the regions within one, standing on that itself or on one of them."""
    within = data.regions_within(None if above is None else above.code)
    if chosen is not None and chosen not in within:  # it holds no offices
        within = (*within, chosen)
    if not within:
        return
    everything = ANY if above is None else above.code
    words = say("filters.any_region") if above is None else say("filters.whole_region")
    choices = {everything: words} | {region.code: region_name(region) for region in within}
    level = "region" if above is None else f"region_{within[0].level}"
    with st.container(key=f"filter_region_{step}", width=WIDTH):
        code = everything if chosen is None else chosen.code
        choose_step("region", str(step), say(f"filters.{level}"), choices, code)
