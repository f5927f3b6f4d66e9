"""One server and one browser for all journeys; each visitor has a fresh context."""

import pytest

from tests.e2e.browser import HEIGHT, WIDE, Visitor
from tests.pages.database import make_database, published
from tests.pages.history import history
from tests.web.client import running


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site of the repository's reports."""
    url = make_database(tmp_path_factory.mktemp("site") / "gip.sqlite", published())
    with running(url) as server:
        yield server.address


@pytest.fixture(scope="session")
def past(tmp_path_factory):
    """The site of invented reports with revisions, a reply and a broken chain."""
    with running(history(tmp_path_factory.mktemp("past") / "gip.sqlite")) as server:
        yield server.address


@pytest.fixture
def visitor(real_browser, site):
    """Return a function that opens a tab; what went wrong in any of them fails the test."""
    contexts, visitors = [], []

    def arrive(*, site=site, width=WIDE, scheme="light"):
        context = real_browser.new_context(
            viewport={"width": width, "height": HEIGHT}, color_scheme=scheme, locale="zh-CN"
        )
        contexts.append(context)
        visitors.append(Visitor(context.new_page(), site))
        return visitors[-1]

    yield arrive
    errors = [error for one in visitors for error in one.errors]
    outside = [url for one in visitors for url in one.outside]
    for context in contexts:
        context.close()
    assert errors == []
    assert outside == []
