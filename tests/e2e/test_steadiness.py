"""A page stays where it is while it is drawn, and where a visitor left it."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import NARROW, WIDE

MOST = 0.25  # beyond it a page jumps, as Web Vitals reckon; ours move by 0.01
NEAR = 100  # pixels
WATCH = """
window.moved = 0
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.moved += one.value
}).observe({ type: "layout-shift", buffered: true })
"""
PLACE = "() => document.querySelector('[data-testid=stMain]').scrollTop"


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("name", ["", "quality", "outcomes", "office?office=xigong"])
def test_pages_stand_still_while_they_are_drawn(visitor, past, name, width):
    one = visitor(site=past, width=width)
    one.page.add_init_script(WATCH)
    one.page.goto(f"{past}/{name}")
    one.settle()
    one.page.wait_for_timeout(1000)
    assert one.page.evaluate("moved") < MOST


def test_page_starts_at_its_top(visitor):
    one = visitor()
    one.open("outcomes")
    assert one.page.evaluate(PLACE) == 0


@pytest.mark.parametrize("way", [".stHtml a[href*='report?']", ".st-key-menu a[href*='methods']"])
def test_going_back_leads_to_where_the_visitor_was(visitor, way):
    one = visitor()
    one.open("quality")
    one.page.mouse.move(600, 600)
    one.page.mouse.wheel(0, 1500)
    one.page.wait_for_timeout(1000)
    place = one.page.evaluate(PLACE)
    assert place > 1000
    one.page.locator(way).first.evaluate("(link) => link.click()")
    expect(one.page).not_to_have_url(f"{one.site}/quality")
    one.settle()
    one.page.go_back()
    expect(one.page).to_have_url(f"{one.site}/quality")
    one.heading("数据质量").wait_for()
    one.settle()
    one.page.wait_for_function(
        "([place, near]) => Math.abs("
        "document.querySelector('[data-testid=stMain]').scrollTop - place) < near",
        arg=[place, NEAR],
    )
    one.page.wait_for_timeout(1500)
    assert abs(one.page.evaluate(PLACE) - place) < NEAR
