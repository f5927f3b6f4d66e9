"""Browsing regions: from the provinces down to the one that is chosen."""

from gipcore.store.rows import RegionRow
from gipcore.ui import data


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
