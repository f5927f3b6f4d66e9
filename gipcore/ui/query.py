"""Choices in the URL: the URL is the truth, the widgets follow it.

Codes stand in the URL, never words, so that an address works in both languages. A value that the
page does not take is ignored and named in a note above the page.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from contextvars import ContextVar
from os import environ
from typing import TypeVar
from urllib.parse import quote, urlencode

import streamlit as st

from gipcore.store.query import Query
from gipcore.ui.language import PARAMETER, language, say
from gipcore.words import Language

ANY = ""  # the choice that filters nothing; it leaves no trace in the URL
PAGE = "page"
REPORTS_PAGE = "reports_page"  # of a list of reports that stands above another list
FIRST_PAGES = {PAGE: None, REPORTS_PAGE: None}  # what another choice takes from the URL
MOVING = ("year", "before", "revision")  # where newer data would choose otherwise
SEVERAL = ","  # between the codes of a parameter that takes several
LONGEST_SEARCH = 60
A_YEAR = re.compile(r"[12][0-9]{3}")

Found = TypeVar("Found")
Choices = Mapping[str, str]  # code -> words
Ignored = list[tuple[str, str]]

_ignored: ContextVar[Ignored] = ContextVar("_ignored")
_read: ContextVar[set[str]] = ContextVar("_read")
_standing: ContextVar[dict[str, str]] = ContextVar("_standing")
# Every name that some page takes, for a page that ends before it has asked for all of its own.
OF_PAGES = (
    *("report", "table", "group", "show", "below", "by", "before", "revision"),
    *("share", "peers", "find", "order", "columns", "who"),
)
NAMES = (*Query.__dataclass_fields__, *FIRST_PAGES, *OF_PAGES)


def collect_ignored() -> Ignored:
    """Start a list that fills with the parameters this run ignores."""
    ignored: Ignored = []
    _ignored.set(ignored)
    _read.set({PARAMETER})
    _standing.set({})
    code = st.query_params.get(PARAMETER)
    if code is not None and code not in set(Language):
        ignored.append((PARAMETER, code))
    return ignored


def stand(name: str, code: str) -> None:
    """Note what a view stands on, where the URL leaves it to the newest data."""
    if name in MOVING and code:
        _standing.get({})[name] = code


def standing_view(**added: str) -> str:
    """Return the address of this view that shows the same when newer data have come."""
    return same_view(**_standing.get({}), **added)


def ignore_unread(but: Collection[str] = ()) -> None:
    """Add the parameters that no part of the page has asked for, some names apart."""
    taken = {*_read.get(set()), *but}
    unread = ((name, code) for name, code in st.query_params.items() if name not in taken)
    _ignored.get([]).extend(unread)


def _given(name: str) -> str | None:
    """Return what the URL says of a parameter, which the page thereby takes."""
    _read.get(set()).add(name)
    return st.query_params.get(name)


def address(page: str, **parameters: object) -> str:
    """Return the relative address of a page, in the language of the visit."""
    given = {name: str(value) for name, value in parameters.items() if value is not None}
    if language() is Language.EN:
        given[PARAMETER] = Language.EN.value
    path = "./" if page == "overview" else page
    return f"{path}?{urlencode(given)}" if given else path


def route(path: str, **parameters: object) -> str:
    """Return the relative address of a file or page that the server answers beside the pages."""
    given = {name: str(value) for name, value in parameters.items() if value is not None}
    return f"{quote(path)}?{urlencode(given, safe=',')}" if given else quote(path)


def site_address() -> str:
    """Return the address of the site as the visitor's browser has it, without a slash at its end.

    GIP_SITE_URL says it where a server in front changes addresses.
    """
    configured = environ.get("GIP_SITE_URL")
    here = configured or (st.context.url or "").partition("?")[0].rpartition("/")[0]
    return here.rstrip("/")


def same_view(**changed: str | None) -> str:
    """Return the address of this view with some parameters changed; None takes one away."""
    given = {**st.query_params.to_dict(), **changed}
    kept = {name: value for name, value in given.items() if value is not None}
    return f"?{urlencode(kept)}"


def parameters(query: Query) -> dict[str, str]:
    """Return the filters of a query as they stand in URLs, of pages and of the API."""
    given: dict[str, str] = {}
    for name in Query.__dataclass_fields__:
        value = getattr(query, name)
        if value is not None:
            given[name] = str(value).lower() if isinstance(value, bool) else str(value)
    return given


def given(name: str) -> str:
    """Return what the URL says of a parameter as it stands there, "" when it says nothing."""
    return _given(name) or ANY


def asked(name: str, choices: Choices, default: str = ANY) -> str:
    """Return the code that the URL asks for; a code that is no choice is ignored and noted."""
    code = _given(name)
    if code is None:
        return default
    if code in choices:
        return code
    _ignored.get([]).append((name, code))
    return default


def written(name: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Return what the URL says of a parameter in a form of its own; None when it says nothing."""
    code = _given(name)
    if code is None:
        return None
    found = pattern.fullmatch(code)
    if found is None:
        _ignored.get([]).append((name, code))
    return found


def named(name: str, find: Callable[[str], Found | None]) -> Found | None:
    """Return the one thing that the URL names; None when it names none or one we do not have."""
    code = _given(name)
    if code is None:
        return None
    found = find(code)
    if found is None:
        _ignored.get([]).append((name, code))
    return found


def several(name: str, find: Callable[[str], Found | None], most: int) -> tuple[Found, ...]:
    """Return the things whose ids the URL lists with commas; what cannot be used is noted."""
    codes = dict.fromkeys(code for code in (_given(name) or ANY).split(",") if code)
    found: list[Found] = []
    for code in codes:
        one = find(code) if len(found) < most else None
        if one is None:
            _ignored.get([]).append((name, code))
        else:
            found.append(one)
    return tuple(found)


def choose(
    name: str, label: str, choices: Choices, default: str = ANY, *, resets: Sequence[str] = ()
) -> str:
    """Draw a list to choose from, standing where the URL says; return the code.

    `resets` are other parameters that go from the URL when another code is chosen here.
    """
    code = asked(name, choices, default)
    key = f"choice_{name}"
    st.session_state[key] = code
    st.selectbox(
        label,
        list(choices),
        format_func=lambda code: choices[code],
        placeholder=say("site.choose"),
        key=key,
        on_change=_remember,
        args=(name, key, default, resets),
    )
    stand(name, code)
    return code


def choose_step(name: str, step: str, label: str, choices: Choices, code: str) -> None:
    """Draw one of several lists that stand for one parameter; `code` is what it stands on."""
    key = f"choice_{name}_{step}"
    st.session_state[key] = code
    st.selectbox(
        label,
        list(choices),
        format_func=lambda code: choices[code],
        placeholder=say("site.choose"),
        key=key,
        on_change=_remember,
        args=(name, key, ANY),
    )


def choose_several(name: str, label: str, choices: Choices, placeholder: str) -> tuple[str, ...]:
    """Draw a list to choose several from, in the order of choosing; none chosen filters nothing.

    They stand in the URL with commas between.
    """
    given = tuple(dict.fromkeys(filter(None, (_given(name) or ANY).split(SEVERAL))))
    codes = [code for code in given if code in choices]
    _ignored.get([]).extend((name, code) for code in given if code not in choices)
    key = f"choice_{name}"
    st.session_state[key] = codes
    st.multiselect(
        label,
        list(choices),
        format_func=lambda code: choices[code],
        placeholder=placeholder,
        select_all=False,
        key=key,
        on_change=_remember,
        args=(name, key, ANY),
    )
    return tuple(codes)


def switch(
    name: str,
    label: str,
    choices: Choices,
    default: str,
    *,
    is_labelled: bool = True,
    resets: Sequence[str] = (),
) -> str:
    """Draw a few alternatives side by side, standing where the URL says; return the code.

    One that is not labelled stands below a heading that says the same. `resets` are other
    parameters that go from the URL when another code is chosen here.
    """
    code = asked(name, choices, default)
    key = f"choice_{name}"
    st.session_state[key] = code
    st.segmented_control(
        label,
        list(choices),
        format_func=lambda code: choices[code],
        required=True,
        label_visibility="visible" if is_labelled else "collapsed",
        key=key,
        on_change=_remember,
        args=(name, key, default, resets),
    )
    stand(name, code)
    return code


def search(label: str, placeholder: str, name: str = "search") -> str | None:
    """Draw a search box that stands in the URL under a name; None when it is empty."""
    key = f"choice_{name}"
    given = (_given(name) or ANY).strip()
    words = given[:LONGEST_SEARCH]
    if words != given:
        _ignored.get([]).append((name, given))
    st.session_state[key] = words
    st.text_input(
        label,
        key=key,
        placeholder=placeholder,
        max_chars=LONGEST_SEARCH,
        on_change=_remember,
        args=(name, key, ANY),
    )
    return words or None


def page_number(pages: int, name: str = PAGE) -> int:
    """Return the page of a list that the URL asks for, from 1; one that is not there is noted."""
    asked_for = _given(name)
    if asked_for is None:
        return 1
    if not (asked_for.isascii() and asked_for.isdigit()) or not 1 <= int(asked_for) <= pages:
        _ignored.get([]).append((name, asked_for))
        return 1
    return int(asked_for)


def _remember(name: str, key: str, default: str, resets: Sequence[str] = ()) -> None:
    """Write a widget's choice into the URL; a list starts again at its first page."""
    code = st.session_state[key]
    if isinstance(code, list):
        code = SEVERAL.join(code)
    if code in (None, default):
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = code
    for other in (*FIRST_PAGES, *resets):
        st.query_params.pop(other, None)
