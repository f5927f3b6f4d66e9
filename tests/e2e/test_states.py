"""What a visitor reads when the server or its database is away: words in their own language."""

import pytest
from playwright.sync_api import expect

from gipcore.labels import words
from gipcore.web.words import LOST
from gipcore.words import Language
from tests.e2e.browser import HEIGHT, NARROW
from tests.web.client import running


@pytest.mark.parametrize("language", list(Language))
def test_lost_server_and_absent_database_are_told_in_words(real_browser, tmp_path, language):
    context = real_browser.new_context(viewport={"width": NARROW, "height": HEIGHT})
    page = context.new_page()
    with running(f"sqlite:///{tmp_path / 'nothing.sqlite'}") as server:
        page.goto(f"{server.address}/quality?lang={language}")
        expect(page.locator("h1")).to_have_text(words()["site.fault"][language])
        expect(page.locator("#gip-status")).to_be_empty()
    expect(page.locator("#gip-status")).to_have_text(LOST.within(language), timeout=15_000)
    assert page.locator("[role=dialog]").count() == 0
    context.close()
