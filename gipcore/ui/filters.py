"""The filters of the site, declared once; a page names those it takes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gipcore.checks.catalogue import all_checks, severity_text
from gipcore.checks.outcome import Severity
from gipcore.form import requests
from gipcore.form.editions import CELLS, EDITIONS
from gipcore.labels import words
from gipcore.metrics.outcomes import GROUPS
from gipcore.store.query import Query
from gipcore.ui import data
from gipcore.ui.html import element, show
from gipcore.ui.language import say, tell
from gipcore.ui.query import ANY, SEVERAL, Choices, choose, search, several
from gipcore.ui.regions import choose_region

LEVELS = ("ministry", "province", "city", "county", "township")
YES_NO = {"true": True, "false": False}
# Filters that filter unless told not to; each stands in the URL under the name behind it.
WITHOUT_UNBALANCED = "without_unbalanced"  # `balanced`: true, any
NEWEST_YEAR = "newest_year"  # `year`: 2023, all
ALL = "all"
ALWAYS = ("year", NEWEST_YEAR, "region", "search")  # what a phone shows of a long row at once
FEW = 4  # filters that a phone shows all at once
MOST_OFFICES = 50  # that the URL may name
WIDTH = 160
SEARCH_WIDTH = 260


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its parameter, its choices, and how a code is read."""

    name: str
    choices: Callable[[], Choices]
    read: Callable[[str], object] = str


def controls(*names: str) -> Query:
    """Draw the filters named, in a row, and return what they stand on as one query.

    Of a long row a phone folds away those that are seldom used and filter nothing just now.
    """
    first = [name for name in names if name in ALWAYS or len(names) <= FEW]
    others = [name for name in names if name not in first]
    with st.container(horizontal=True, key="controls", vertical_alignment="bottom"):
        place = st.container(key="filter_newest", width=WIDTH) if NEWEST_YEAR in names else None
        chosen = _drawn(first)
        if others:
            summary = element("summary", say("filters.more"))
            show(element("details", summary, css="gip-more"))
        chosen |= _drawn(others)
    query = Query(**chosen)  # type: ignore[arg-type]
    if place is None:
        return query
    with place:  # drawn last, since the newest year is that of all else that is chosen
        return replace(query, year=_newest_year(query))


def _drawn(names: Iterable[str]) -> dict[str, object]:
    """Draw some filters and return what they stand on; offices are named by the URL alone."""
    chosen: dict[str, object] = {}
    for name in names:
        if name == "search":
            chosen[name] = _search()
        elif name == WITHOUT_UNBALANCED:
            chosen.update(_without_unbalanced())
        elif name == "region":
            chosen[name] = choose_region()
        elif name == "office":
            offices = several("office", data.office, MOST_OFFICES)
            chosen[name] = SEVERAL.join(office.id for office in offices) or None
        elif name != NEWEST_YEAR:
            chosen[name] = _draw(FILTERS[name])
    return chosen


def _place(name: str) -> DeltaGenerator:
    """Return where a filter is drawn; `more` may be folded away."""
    is_shown = name in ALWAYS or name in st.query_params
    return st.container(key=f"{'filter' if is_shown else 'more'}_{name}", width=WIDTH)


def _draw(filter: Filter) -> object | None:
    with _place(filter.name):
        choices = {ANY: say(f"filters.any_{filter.name}"), **filter.choices()}
        code = choose(filter.name, say(f"filters.{filter.name}"), choices)
    return None if code == ANY else filter.read(code)


def _without_unbalanced() -> Mapping[str, bool]:
    """Draw which reports to count: none with an arithmetic failure, unless asked else."""
    with _place("balanced"):
        choices = {
            ANY: say("filters.without_unbalanced"),
            "true": say("filters.balanced_only"),
            "any": say("filters.balanced_any"),
        }
        code = choose("balanced", say("filters.counted"), choices)
    return {ANY: {"unbalanced": False}, "true": {"balanced": True}}.get(code, {})


def _newest_year(query: Query) -> int | None:
    """Draw the year, the newest that has reports unless asked else; None takes all years."""
    found = data.years_of(query)
    newest = str(found[0]) if found else ALL
    choices = {**_years(), ALL: say("filters.any_year")}
    code = choose("year", say("filters.year"), choices, default=newest)
    return None if code == ALL else int(code)


def _search() -> str | None:
    with st.container(key="filter_search", width=SEARCH_WIDTH):
        return search(say("filters.search"), say("filters.search_placeholder"))


def level_words(level: str | None) -> str:
    """Say a level of office; a dash when it is unknown."""
    if level is None:
        return "–"
    return say(f"levels.{level}") if level in LEVELS else level


def function_words(function: str | None) -> str:
    """Say what an office is for; one without words is its code, an unknown one a dash."""
    if function is None:
        return "–"
    key = f"functions.{function}"
    return say(key) if key in words() else function


def _years() -> Choices:
    return {str(year): str(year) for year in data.years()}


def _levels() -> Choices:
    return {level: level_words(level) for level in LEVELS}


def _functions() -> Choices:
    codes = [key.removeprefix("functions.") for key in words() if key.startswith("functions.")]
    return {code: function_words(code) for code in codes}


def _forms() -> Choices:
    return {edition.id.value: tell(edition.title) for edition in EDITIONS.values()}


def check_choices() -> Choices:
    """Return every check by its code."""
    return {check.code: f"{check.code} {tell(check.title)}" for check in all_checks()}


def group_choices(closed: str) -> Choices:
    """Return the outcome groups that can be opened to their leaves; `closed` says none is."""
    opening = {group: tell(GROUPS[group]) for group in requests.GROUPS}
    return {ANY: closed, **opening}


def _severities() -> Choices:
    return {severity.value: tell(severity_text(severity)) for severity in Severity}


def _balances() -> Choices:
    return {code: say(f"filters.balanced_{code}") for code in YES_NO}


def _cells() -> Choices:
    return {name: f"{name} {tell(cell.label)}" for name, cell in CELLS.items()}


def _reviewed() -> Choices:
    return {code: say(f"filters.reviewed_{code}") for code in YES_NO}


def _replies() -> Choices:
    return {code: say(f"filters.replied_{code}") for code in YES_NO}


FILTERS: Mapping[str, Filter] = {
    filter.name: filter
    for filter in (
        Filter("year", _years, int),
        Filter("level", _levels),
        Filter("function", _functions),
        Filter("form", _forms),
        Filter("check", check_choices),
        Filter("severity", _severities),
        Filter("balanced", _balances, YES_NO.__getitem__),
        Filter("replied", _replies, YES_NO.__getitem__),
        Filter("reviewed", _reviewed, YES_NO.__getitem__),
        Filter("cell", _cells),
    )
}
