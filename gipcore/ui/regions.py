"""Regions: what they are called, and browsing them from the provinces down."""

from gipcore.store.rows import RegionRow
from gipcore.ui import data
from gipcore.ui.language import language
from gipcore.words import Language


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


def within(code: str | None) -> tuple[RegionRow, ...]:
    """Return the regions directly below one, those with offices; None gives the topmost."""
    regions = data.regions()
    known = {region.code for region in regions}
    return tuple(
        region
        for region in regions
        if region.offices
        and (region.parent_code == code or (code is None and region.parent_code not in known))
    )
