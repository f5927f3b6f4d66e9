"""Every page in both languages, on a wide screen and a phone, by light and in the dark."""

import pytest

from tests.e2e.browser import NARROW, WIDE

PAGES = {
    "overview": ("", {}),
    "offices": ("offices", {}),
    "office": ("office", {"office": "hongze-government"}),
    "office_without_name": ("office", {}),
    "report": ("report", {"report": "hongze-government-2023", "check": "C401"}),
    "report_2019": ("report", {"report": "shanghai-general-office-2019", "below": "raw"}),
    "report_without_name": ("report", {}),
    "changes": ("changes", {"office": "hongze-government"}),
    "changes_without_name": ("changes", {}),
    "revisions": ("revisions", {"report": "hongze-government-2023"}),
    "outcomes": ("outcomes", {}),
    "reviews": ("reviews", {}),
    "compare": ("compare", {"office": "huaian-government,hongze-government"}),
    "compare_without_offices": ("compare", {}),
    "quality": ("quality", {}),
    "check": ("check", {}),
    "download": ("download", {}),
    "quality_table": ("quality", {"show": "table", "by": "region"}),
    "methods": ("methods", {}),
    "checks": ("checks", {}),
    "one_check": ("checks", {"check": "C401"}),
}


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(WIDE, "dark", "en"), (NARROW, "light", "zh")]
)
@pytest.mark.parametrize("view", PAGES)
def test_page_is_whole(visitor, view, width, scheme, language):
    """No error, nothing from outside, one heading, nothing wider than the screen, no box glyphs."""
    name, parameters = PAGES[view]
    one = visitor(width=width, scheme=scheme)
    one.open(name, **parameters, lang=language)
    assert one.page.locator("h1").count() == 1
    assert one.page.title()
    wider = one.page.evaluate(
        """() => {
            const main = document.querySelector('[data-testid=stMain]');
            return Math.max(document.documentElement.scrollWidth, main.scrollWidth);
        }"""
    )
    assert wider <= width
    for chart in one.page.locator("[data-testid=stPlotlyChart]").all():
        chart.scroll_into_view_if_needed()
        chart.locator(".main-svg").first.wait_for()


def test_texts_follow_the_scheme_of_the_browser(visitor):
    def colours(scheme):
        one = visitor(scheme=scheme)
        one.open("quality")
        return one.page.evaluate(
            """() => {
                const card = getComputedStyle(document.querySelector('.gip-finding'));
                return [card.color, card.backgroundColor];
            }"""
        )

    light, dark = colours("light"), colours("dark")
    assert light[1] == "rgb(255, 255, 255)"
    assert dark[1] != light[1]
    assert dark[0] != light[0]


def test_words_of_a_document_do_nothing_in_a_browser(visitor, tmp_path):
    from tests.pages.database import make_database
    from tests.pages.test_hostile import hostile_report
    from tests.web.client import running

    with running(make_database(tmp_path / "gip.sqlite", [hostile_report()])) as server:
        one = visitor(site=server.address)
        one.open("quality")
        one.page.locator(".gip-finding").first.wait_for()
        assert one.page.locator("[data-testid=stMain] img").count() == 0
        assert "<script>alert(1)</script>" in one.words()
        one.page.get_by_role("link", name="在报告中查看标出的单元格").first.click()
        one.page.locator(".gip-form").first.wait_for()
        assert "javascript:" not in one.page.evaluate(
            "() => [...document.querySelectorAll('a')].map(a => a.href).join()"
        )
