"""The router: which pages there are, where they live, and what stands around each of them."""

from pathlib import Path

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from gipcore.errors import GipError, StoreError
from gipcore.store.rows import DatabaseState
from gipcore.ui import data, parts, query
from gipcore.ui.html import element, link, show
from gipcore.ui.language import PARAMETER, language, listen, say
from gipcore.ui.snapshot import snapshot_note
from gipcore.words import Language

# Until st.navigation has run once, Streamlit runs each file of a folder named pages/ by itself,
# without this router: the first visitor after a start would get a bare page.
PagesManager.uses_pages_directory = False

FOLDER = Path(__file__).resolve().parents[2] / "pages"
STYLE = Path(__file__).with_name("style.css")
IN_MENU = (
    *("overview", "offices", "outcomes", "reviews", "compare"),
    *("quality", "check", "download", "methods"),
)
BY_LINK = ("office", "report", "changes", "revisions", "checks")
WITHOUT_DATABASE = frozenset({"check"})  # pages that need none
IN_SIGHT = "scroll-initial-target: nearest;"
# Chinese typefaces draw quotation marks two letters wide unless asked not to.
NARROW = '.stHtml { font-feature-settings: "pwid"; }'


def pages() -> dict[str, st.Page]:
    """Return every page by its name, titled in the language of the visit."""
    return {
        name: st.Page(
            FOLDER / f"{name}.py",
            title=f"{say(f'site.{name}')} · {say('site.name')}",
            url_path="" if name == "overview" else name,
            default=name == "overview",
        )
        for name in (*IN_MENU, *BY_LINK)
    }


def run() -> None:
    """Draw the page that the URL names, between the header and the footer."""
    listen()
    st.set_page_config(layout="wide")
    found = pages()
    page = st.navigation(list(found.values()), position="hidden")
    st.html(STYLE)
    if language() is Language.EN:
        st.html(f"<style>{NARROW}</style>")
    _header(found, page.url_path or "overview")
    ignored = query.collect_ignored()
    notes = st.container(key="notes")
    with st.container(key="page"):
        try:
            state = _state(page.url_path)
            if state is not None and state.is_synthetic:
                parts.note(say("site.synthetic"))
            if state is not None:
                cited = snapshot_note(state)
                if cited is not None:
                    parts.note(cited)
            try:
                page.run()
            except parts.PageEnd:  # what the rest of the page takes has not been asked for
                query.ignore_unread(but=query.NAMES)
            else:
                query.ignore_unread()
        except GipError as error:
            parts.fault(error)
            state = None
    with notes:
        parts.ignored_note(ignored)
    parts.footer(state)


def _state(page: str) -> DatabaseState | None:
    """Return the state of the database; None on a page that works without one."""
    try:
        return data.look_again()
    except StoreError:
        if page in WITHOUT_DATABASE:
            return None
        raise


def _header(found: dict[str, st.Page], here: str) -> None:
    """Draw the name of the site, the menu, and the switch of language, which keeps the view.

    On a narrow screen the menu is pushed sideways; it starts with the page that is shown in sight.
    """
    number = IN_MENU.index(here) + 1 if here in IN_MENU else 1
    st.html(f"<style>.st-key-menu > :nth-child({number}) {{ {IN_SIGHT} }}</style>")
    show(link(say("site.skip"), f"#{parts.CONTENT}", css="gip-skip"))
    spoken = {PARAMETER: Language.EN.value} if language() is Language.EN else {}
    with st.container(horizontal=True, key="header", vertical_alignment="center", gap="small"):
        with st.container(key="brand", width="content"):
            st.page_link(found["overview"], label=say("site.name"), query_params=spoken)
        with st.container(horizontal=True, key="menu", gap=None, width="stretch"):
            for name in IN_MENU:
                st.page_link(found[name], label=say(f"site.{name}"), query_params=spoken)
        with st.container(key="language", width="content"):
            _language_switch()


def _language_switch() -> None:
    """Draw a link to the same view in the other language.

    It loads the page anew, so that the document itself says which language it is in.
    """
    other = Language.ZH if language() is Language.EN else Language.EN
    wanted = other.value if other is Language.EN else None
    show(
        element(
            "a",
            say("site.other_language"),
            href=query.same_view(**{PARAMETER: wanted}),
            hreflang=other.value,
            lang=other.value,
            css="gip-language",
        )
    )
