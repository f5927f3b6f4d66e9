"""The server of the site and, run by it for each visit, the router of its pages."""

from pathlib import Path

import streamlit as st
from streamlit import runtime

from gipcore.errors import GipError
from gipcore.ui import data, navigation, parts
from gipcore.ui.language import tell
from gipcore.web import words
from gipcore.web.site import Site


def say_that_it_failed(_: Exception) -> bool:
    """Say in the visitor's language that a page failed; Streamlit has logged why."""
    parts.fault(GipError(tell(words.FAULT)))
    return True


def held_bytes() -> int:
    """Return how much of visitors' files the server holds in memory."""
    found = runtime.get_instance().uploaded_file_mgr.get_stats()
    return sum(stat.byte_length for stats in found.values() for stat in stats)


if runtime.exists():
    navigation.run()
else:
    names = {*navigation.IN_MENU, *navigation.BY_LINK} - {"overview"}
    site = Site(
        static=Path(st.__file__).with_name("static"),
        pages=("/", *(f"/{name}" for name in sorted(names))),
        imports=("gipcore.ui", "plotly.graph_objects"),
        prepare=data.prepare,
        allowed_origins=tuple(st.get_option("server.corsAllowedOrigins")),
        held=held_bytes,
    )
    app = st.App(
        __file__,
        routes=site.routes,
        middleware=site.middleware,
        lifespan=site.lifespan,
        exception_handlers=site.exception_handlers,
        on_script_error=say_that_it_failed,
    )
