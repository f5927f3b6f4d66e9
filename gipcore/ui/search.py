"""The one search box of the site, and what it finds below it."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from gipcore.register.names import normalize_name
from gipcore.store.query import Query
from gipcore.store.reading import FoundOffice
from gipcore.store.rows import OfficeRow, RegionRow
from gipcore.store.search import Match
from gipcore.ui import data
from gipcore.ui.figures import number
from gipcore.ui.filters import level_words
from gipcore.ui.findings import office_link
from gipcore.ui.html import Content, element, join, link, paragraph, show
from gipcore.ui.language import say
from gipcore.ui.query import address, search
from gipcore.ui.regions import region_name, region_path

PARAMETER = "find"
SHOWN = 8  # offices below the box
REGIONS_SHOWN = 4
FEWEST_SIGNS = 2
NAMED = (Match.EXACT, Match.PREFIX, Match.CONTAINS, Match.PINYIN)  # what the filter finds, too


def find_box(parameter: str = PARAMETER) -> str | None:
    """Draw the box and return its words; None when it is empty. The URL has them."""
    with st.container(key="find"):
        return search(say("search.box"), say("search.placeholder"), parameter)


def find_offices() -> None:
    """Draw the box, and below it what its words find."""
    words = find_box()
    if words is not None:
        show_found(words)


def show_found(words: str, *, with_rest: bool = True) -> None:
    """Draw the offices that words may mean, the surest first, or how to find what is not there.

    `with_rest`: the way to all offices that are so named stands below.
    """
    found = data.find_offices(words)
    regions = _regions(words)
    pieces: list[Markup] = []
    if found:
        shown = found[:SHOWN]
        pieces.append(element("p", _heading(words, found), css="gip-found-head"))
        pieces.append(element("ul", join(map(_office, shown)), css="gip-found"))
        named = sum(one.match in NAMED for one in found)
        if with_rest and len(found) > SHOWN and named:
            pieces.append(_rest(words))
    elif not regions:
        pieces.append(_nothing(words))
    if regions:
        chips = join(map(_region, regions), by=" ")
        pieces.insert(1 if found else 0, element("p", join([say("search.regions"), chips])))
    show(element("section", join(pieces), css="gip-search", aria_label=say("search.results")))


def _heading(words: str, found: Sequence[FoundOffice]) -> str:
    if found[0].match is Match.NEAR:
        return say("search.near", words=words)
    key = "search.found_first" if len(found) > SHOWN else "search.found"
    return say(key, words=words, offices=min(len(found), SHOWN))


def _office(found: FoundOffice) -> Markup:
    """Return an office with where it is, its level, its last year and its findings."""
    office = found.office
    facts: list[Content] = [
        region_path(office.region_code, office.region_name),
        level_words(office.level) if office.level else "",
        _last_year(office),
        *([_findings(office)] if office.reports else []),
    ]
    name = office_link(office.id, office.name, office.name_en)
    below = element("span", join(filter(None, facts), by=" · "), css="gip-muted gip-small")
    return element("li", name + below)


def _last_year(office: OfficeRow) -> str:
    if office.last_year is None:
        return say("search.no_report")
    return say("search.last_year", year=office.last_year)


def _findings(office: OfficeRow) -> Content:
    if not office.findings_open:
        return say("search.no_findings")
    words = say("search.findings", findings=office.findings_open)
    return link(words, address("quality", office=office.id))


def _rest(words: str) -> Markup:
    offices = data.coverage(replace(Query(), search=words)).offices
    said = say("search.all_named", words=words, offices=number(offices))
    return paragraph(link(said, address("offices", search=words)))


def _nothing(words: str) -> Markup:
    is_short = len(normalize_name(words)) < FEWEST_SIGNS
    advice = join(
        [
            say("search.too_short") + " " if is_short else "",
            say("search.none_advice"),
            link(say("search.browse"), address("offices")),
            say("search.not_here"),
        ]
    )
    said = element("strong", say("search.none", words=words)) + element("span", advice)
    return element("div", said, css="gip-empty")


def _region(region: RegionRow) -> Markup:
    words = say("search.region_offices", region=region_name(region), offices=region.offices)
    return link(words, address("offices", region=region.code), css="gip-chip")


def _regions(words: str) -> tuple[RegionRow, ...]:
    """Return the regions with offices of which a name begins with the words, the largest first."""
    asked = normalize_name(words)
    if len(asked) < FEWEST_SIGNS:
        return ()
    return data.regions_named(asked)[:REGIONS_SHOWN]
