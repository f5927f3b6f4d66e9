"""Pages run on a database of their own, never on the one of the working copy."""

import runpy

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import script_runner
from streamlit.testing.v1 import AppTest

from tests.pages.database import ROOT, make_database, published

TIMEOUT = 30


@pytest.fixture(scope="session")
def published_url(tmp_path_factory):
    return make_database(tmp_path_factory.mktemp("published") / "gip.sqlite", published())


@pytest.fixture
def visit(monkeypatch, published_url):
    """Return a function that opens a page of the site with some parameters."""
    st.cache_resource.clear()
    # AppTest takes a folder pages/ for the old kind of app, run without its router; ours has one.
    monkeypatch.setattr(script_runner, "_mpa_v1", runpy.run_path)

    def open_page(name="", *, url=published_url, **parameters):
        monkeypatch.setenv("GIP_DATABASE_URL", url)
        app = AppTest.from_file(ROOT / "app.py", default_timeout=TIMEOUT)
        for parameter, value in parameters.items():
            app.query_params[parameter] = value
        if name not in {"", "overview"}:
            app.switch_page(f"pages/{name}.py")
        app.run()
        assert not app.exception
        return app

    return open_page
