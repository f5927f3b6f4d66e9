"""Where programs find the figures that a page works out of many reports."""

from dataclasses import replace

from markupsafe import Markup

from gipcore.export.tables import EVERY_TABLE, served_as
from gipcore.store.query import Query
from gipcore.ui.html import Content, element, join, link, paragraph, show
from gipcore.ui.language import say, tell
from gipcore.ui.peers import PeerView
from gipcore.ui.query import parameters, route

ROOT = "api/v1"


def addresses(*tables: tuple[str, Query]) -> None:
    """Draw, folded away, the addresses of tables with the filters that the page has them by."""
    items = join(element("li", _table(name, query)) for name, query in tables)
    before, after = say("addresses.lead").split("{docs}")
    lead = join([before, link(say("addresses.docs"), f"{ROOT}/docs#{tables[0][0]}"), after])
    body = paragraph(lead, css="gip-muted gip-small") + element("ul", items)
    show(element("details", element("summary", say("addresses.of_page")) + body))


def _table(name: str, query: Query) -> Markup:
    table = EVERY_TABLE[name]
    ways: list[Content] = [
        link(suffix.upper(), route(f"{ROOT}/{name}.{suffix}", **parameters(query)))
        for suffix in ("json", served_as(table)[0])
    ]
    return join([tell(table.title), say("site.colon"), join(ways, by=" · ")])


def of_cell(office_id: str, year: int, cell: str) -> Markup:
    """Return a link to one figure of one report."""
    return link("JSON", route(f"{ROOT}/cells.json", office=office_id, year=year, cell=cell))


def of_peers(peers: PeerView | None) -> tuple[tuple[str, Query], ...]:
    """Return the tables that hold what offices are placed among, without themselves."""
    if peers is None:
        return ()
    return (("quartiles", replace(peers.counted, without=",".join(peers.but))),)


def of_report(office_id: str, year: int) -> Query:
    """Return the query for one report."""
    return Query(office=office_id, year=year)


def every_year(query: Query) -> Query:
    """Return a query for all years."""
    return replace(query, year=None)
