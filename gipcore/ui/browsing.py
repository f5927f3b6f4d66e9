"""Browsing by region: the way down to a region, and what lies directly below it."""

from collections.abc import Sequence

from markupsafe import Markup

from gipcore.store.query import Query
from gipcore.store.rows import BreakdownRow
from gipcore.ui.figures import number
from gipcore.ui.html import Column, Content, element, join, link, table
from gipcore.ui.language import language, say
from gipcore.ui.query import address, parameters
from gipcore.ui.regions import region_name, way_to
from gipcore.words import Language


def region_way(query: Query, page: str) -> Markup:
    """Return the regions that the one of a query lies in, each a link to the page.

    Nothing where that is the whole country, since nothing lies above it.
    """
    way = way_to(query.region)
    if not way:
        return Markup("")
    steps: list[Content] = [_step(say("offices.country"), query, page, None, is_last=False)]
    for region in way:
        is_last = region is way[-1]
        steps.append(_step(region_name(region), query, page, region.code, is_last=is_last))
    label = say("offices.way")
    return element("nav", join(steps, by=" › "), css="gip-way", aria_label=label)


def regions_table(rows: Sequence[BreakdownRow], query: Query, page: str) -> Markup:
    """Return the regions directly below that of a query, each a link to the page."""
    lines = [
        [
            _region(row, query, page),
            number(row.offices),
            number(row.reports),
            number(row.unbalanced),
        ]
        for row in rows
    ]
    columns = [
        Column(say("columns.region")),
        Column(say("columns.offices"), is_number=True),
        Column(say("columns.reports"), is_number=True),
        Column(say("offices.unbalanced"), is_number=True),
    ]
    return table(say("offices.regions_caption"), columns, lines, "gip-narrow")


def ways_on(query: Query) -> Markup:
    """Return the ways from some offices to what their reports add up to."""
    given = {n: code for n, code in parameters(query).items() if n in {"region", "level"}}
    ways = [
        link(say(f"offices.to_{page}"), address(page, **given)) for page in ("overview", "outcomes")
    ]
    return element("p", join(ways), css="gip-ways")


def has_regions(rows: Sequence[BreakdownRow], query: Query) -> bool:
    """Tell whether there is a region to go down to: all may belong to this one itself."""
    return any(_is_below(row, query) for row in rows)


def _is_below(row: BreakdownRow, query: Query) -> bool:
    return row.key.isdigit() and row.key != query.region


def _region(row: BreakdownRow, query: Query, page: str) -> Content:
    if not row.key.isdigit():
        return say("offices.no_region")
    name = row.name_en if language() is Language.EN and row.name_en else row.name
    if not _is_below(row, query):
        return say("offices.of_itself", region=name)
    return link(name, _address(query, page, row.key))


def _step(name: str, query: Query, page: str, code: str | None, *, is_last: bool) -> Markup:
    if is_last:
        return element("strong", name, aria_current="page")
    return link(name, _address(query, page, code))


def _address(query: Query, page: str, code: str | None) -> str:
    given = {name: value for name, value in parameters(query).items() if name != "region"}
    return address(page, **given, **({} if code is None else {"region": code}))
