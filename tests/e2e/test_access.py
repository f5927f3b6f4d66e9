"""Every page for those who see little, use no mouse, enlarge the text, or want no movement."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.browser import NARROW, WIDE
from tests.e2e.test_every_page import PAGES

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
GRAVE = {"serious", "critical"}
# The shadows at the edges of tables are pictures, on which axe cannot measure contrast.
MEASURABLE = ".gip-scroll { background: none !important; }"
SETTLING_MS = 600  # more than a tick of the shell, which names what Streamlit does not
SMALLEST = 320  # pixels: what 1280 are at a zoom of 400 %
WIDTHS = """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
    .map(part => part.scrollWidth - part.clientWidth)"""
# What shows that an element has the focus: a line around it, or around the box that it stands in.
MARK = """() => {
    const marks = [];
    let part = document.activeElement;
    for (let up = 0; part && up < 5; part = part.parentElement, up++) {
        const style = getComputedStyle(part);
        const line = style.outlineStyle === "none" ? "" : style.outlineWidth + style.outlineColor;
        marks.push(line + style.boxShadow + style.borderColor + style.backgroundColor);
    }
    return marks.join();
}"""
HERE = """() => {
    const here = document.activeElement, box = here.getBoundingClientRect();
    if (!here.dataset.stop) here.dataset.stop = String(window.stops = (window.stops ?? 0) + 1);
    return [here.tagName, here.dataset.stop, box.width * box.height];
}"""
REACHABLE = """() => {
    const all = document.querySelectorAll(
        "a[href], button, summary, input, textarea, select, [tabindex='0']");
    const wanted = [...all].filter(one => one.tabIndex >= 0 && !one.disabled
        && one.checkVisibility({ visibilityProperty: true }) && !one.closest("[popover]")
        && (one.role !== "radio" || one.ariaChecked === "true"));  // arrows move among alternatives
    return wanted.filter(one => !one.dataset.stop)
        .map(one => one.tagName + " " + (one.ariaLabel ?? one.textContent).slice(0, 40));
}"""
MOST_STOPS = 600


def grave(page):
    """Return what axe finds serious or critical, with the place and the reason."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        (violation["id"], node["target"], node["failureSummary"])
        for violation in found
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]


def wider(page):
    """Return by how many pixels the page is wider than the screen."""
    page.wait_for_timeout(SETTLING_MS)
    return max(page.evaluate(WIDTHS))


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("zh", "light", WIDE), ("en", "dark", NARROW)]
)
@pytest.mark.parametrize("view", PAGES)
def test_page_is_open_to_all(visitor, view, language, scheme, width):
    """Nothing grave on either screen, by light and in the dark; nothing lost when enlarged."""
    name, parameters = PAGES[view]
    one = visitor()
    one.open(name, **parameters, lang=language)
    page = one.page
    page.evaluate(
        """style => document.head.append(
            Object.assign(document.createElement("style"), { textContent: style }))""",
        MEASURABLE,
    )
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_timeout(SETTLING_MS)
    assert grave(page) == []
    page.set_viewport_size({"width": SMALLEST, "height": 900})
    assert wider(page) <= 0
    page.set_viewport_size({"width": WIDE, "height": 900})
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    assert wider(page) <= 0


@pytest.mark.parametrize("view", ["overview", "quality", "office", "report", "outcomes", "check"])
def test_keyboard_reaches_everything_and_shows_where_it_is(visitor, view):
    """Every control is a stop of the Tab key, each stop is seen, and the way ends: no trap."""
    name, parameters = PAGES[view]
    one = visitor()
    one.open(name, **parameters)
    page = one.page
    page.wait_for_timeout(SETTLING_MS)
    stops, unseen = [], []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        tag, stop, size = page.evaluate(HERE)
        if tag == "BODY" or stop in stops:
            break
        stops.append(stop)
        focused = page.evaluate(MARK)
        if size > 1:
            page.evaluate("() => { window.here = document.activeElement; window.here.blur() }")
            if page.evaluate(MARK.replace("document.activeElement", "window.here")) == focused:
                unseen.append(page.evaluate("() => window.here.outerHTML.slice(0, 200)"))
            page.evaluate("() => window.here.focus()")
    else:
        pytest.fail(f"the keyboard does not come to an end after {MOST_STOPS} stops")
    assert page.evaluate(REACHABLE) == []
    assert unseen == []


def test_first_link_leads_past_the_menu(visitor):
    one = visitor()
    one.open("quality")
    one.page.keyboard.press("Tab")  # the page itself, which scrolls
    one.page.keyboard.press("Tab")
    skip = one.page.locator(".gip-skip")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["height"] >= 24
    one.page.keyboard.press("Enter")
    expect(one.page.locator("h1")).to_be_focused()
    expect(one.page.locator("h1")).to_be_in_viewport()
    one.page.keyboard.press("Tab")
    assert one.page.evaluate(
        "() => document.querySelector('.st-key-page').contains(document.activeElement)"
    )


def test_supervisor_without_a_mouse_filters_and_opens_a_finding(visitor):
    one = visitor()
    one.open("quality")
    keys = one.page.keyboard
    box = one.page.get_by_role("combobox", name="年度", exact=False)
    box.focus()
    keys.type("2023")
    keys.press("Enter")
    one.page.wait_for_url("**year=2023*")
    one.settle()
    one.page.get_by_role("link", name="在报告中查看标出的单元格").first.focus()
    keys.press("Enter")
    one.heading("淮安市洪泽区人民政府 2023 年报告").wait_for()
    one.settle()
    cell = one.page.locator("#marked button").first
    cell.focus()
    keys.press("Enter")
    card = one.page.locator(f"#{cell.get_attribute('popovertarget')}")
    expect(card).to_be_visible()
    keys.press("Escape")
    expect(card).to_be_hidden()
    expect(cell).to_be_focused()
    one.page.get_by_role("radio", checked=True).first.focus()
    keys.press("ArrowRight")
    keys.press("Space")
    one.page.wait_for_url("**below=raw*")


def test_nothing_moves_for_those_who_ask_for_no_movement(visitor):
    one = visitor()
    one.page.emulate_media(reduced_motion="reduce")
    one.open()
    longest = one.page.evaluate(
        """() => Math.max(0, ...[...document.querySelectorAll(".stApp *")].flatMap(part => {
            const style = getComputedStyle(part);
            return [style.animationDuration, style.transitionDuration]
                .flatMap(times => times.split(",").map(parseFloat));
        }))"""
    )
    assert longest <= 0.01
