"""Reading regions: those that hold offices, with those they lie in."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Engine, func, select

from gipcore.store.database import reading
from gipcore.store.models import Office, Region
from gipcore.store.rows import RegionRow
from gipcore.store.types import AnyRow, plain


def regions(engine: Engine) -> tuple[RegionRow, ...]:
    """Return the regions that hold offices, by code, with what is in them and below them."""
    held = (
        select(Office.region_code, func.count(), func.sum(Office.reports))
        .where(Office.region_code.is_not(None))
        .group_by(Office.region_code)
    )
    above = (
        select(Region.code, Region.parent_code)
        .where(Region.code.in_(select(Office.region_code)))
        .cte("above", recursive=True)
    )
    above = above.union(
        select(Region.code, Region.parent_code).join(above, Region.code == above.c.parent_code)
    )
    wanted = select(Region).join(above, above.c.code == Region.code).order_by(Region.code)
    with reading(engine) as connection:
        rows = connection.execute(wanted).all()
        counted = connection.execute(held).all()
    parents = {row.code: row.parent_code for row in rows}
    offices: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    for code, office_count, report_count in counted:
        within: str | None = code
        while within:
            offices[within] += office_count
            reports[within] += report_count
            within = parents.get(within)
    return tuple(_region_row(row, offices, reports) for row in rows)


def region(engine: Engine, code: str) -> RegionRow | None:
    """Return a region of the register, whether it holds offices or not, without its counts."""
    with reading(engine) as connection:
        row = connection.execute(select(Region).where(Region.code == plain(code))).one_or_none()
    return None if row is None else _region_row(row, {}, {})


def _region_row(row: AnyRow, offices: Mapping[str, int], reports: Mapping[str, int]) -> RegionRow:
    return RegionRow(
        code=row.code,
        name=row.name,
        parent_code=row.parent_code,
        level=row.level,
        offices=offices.get(row.code, 0),
        reports=reports.get(row.code, 0),
        name_en=row.name_en,
        full_name=row.full_name,
    )
