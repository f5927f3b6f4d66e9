"""The router: which pages there are, where they live, and what stands around each of them."""

from contextlib import suppress
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from gipcore.ui import language

FOLDER = Path(__file__).resolve().parents[2] / "pages"
IN_MENU = ("overview", "offices", "outcomes", "reviews", "quality", "download", "methods")
BY_LINK = ("office", "report")


def pages() -> dict[str, st.Page]:
    """Return every page by its name, titled in the language of the visit."""
    return {
        name: st.Page(
            FOLDER / f"{name}.py",
            title=language.say(f"site.{name}"),
            url_path="" if name == "overview" else name,
            default=name == "overview",
        )
        for name in (*IN_MENU, *BY_LINK)
    }


def run() -> None:
    """Draw the page that the URL names."""
    st.set_page_config(layout="wide")
    page = st.navigation(list(pages().values()), position="hidden")
    with suppress(StopException):  # an empty page has said its words; the footer still follows
        page.run()
