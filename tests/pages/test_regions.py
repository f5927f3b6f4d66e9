"""Choosing a region step by step, and browsing down from the provinces."""

import pytest
from lxml.html import fromstring

from gipcore.labels import words
from tests.pages.reading import pieces, text


def links(app) -> set[str]:
    """Return the addresses that the page leads to."""
    drawn = "".join(pieces(app))
    return {found.get("href", "") for found in fromstring(drawn).iter("a")}


def lists(app) -> dict[str, list[str]]:
    """Return the options of each list of regions, by its key."""
    return {
        box.key: box.options
        for box in app.selectbox
        if box.key is not None and box.key.startswith("choice_region")
    }


def test_first_list_has_the_provinces_that_hold_offices(visit):
    app = visit("offices")
    assert lists(app) == {"choice_region_0": ["全部地区", "上海市", "江苏省", "河南省"]}
    assert {"offices?region=310000", "offices?region=410000"} <= links(app)


def test_each_step_lists_what_lies_directly_below(visit):
    app = visit("offices", region="410303")
    assert list(lists(app).values()) == [
        ["全部地区", "上海市", "江苏省", "河南省"],
        ["全境", "洛阳市", "周口市"],
        ["全境", "西工区", "涧西区"],
        ["全境", "金谷园路街道"],
    ]
    values = [box.value for box in app.selectbox if (box.key or "").startswith("choice_region")]
    assert values == ["410000", "410300", "410303", "410303"]


def test_choosing_writes_one_code_and_the_whole_goes_back_up(visit):
    app = visit("offices", region="410000")
    for step, code in ((1, "410300"), (2, "410303"), (1, "410000")):
        app.selectbox(key=f"choice_region_{step}").set_value(code).run()
        assert app.query_params == {"region": code}
    app.selectbox(key="choice_region_0").set_value("").run()
    assert app.query_params == {}


def test_way_leads_back_up_and_keeps_the_other_filters(visit):
    app = visit("offices", region="410303", level="county")
    assert {"offices?level=county", "offices?level=county&region=410300"} <= links(app)


def test_municipality_and_township_have_their_place(visit):
    assert "上海市" in text(visit("offices", region="310000"))
    shown = text(visit("offices", region="410303002"))
    assert "西工区金谷园街道办事处" in shown
    assert "西工区人民政府办公室" not in shown


def test_region_without_offices_says_so_instead_of_showing_others(visit):
    shown = text(visit("offices", region="411502"))
    assert "浉河区" in shown
    assert words()["offices.none"]["zh"] in shown
    assert "金谷园" not in shown


@pytest.mark.parametrize("code", ["999999", "41", "4103\x00", "四一", "4" * 500, "-1"])
def test_code_of_no_region_is_ignored_and_named(visit, code):
    shown = text(visit("offices", region=code))
    assert "西工区金谷园街道办事处" in shown
    assert "region=" in shown


def test_english_names_stand_where_there_are_any(visit):
    app = visit("offices", region="410300", lang="en")
    shown = text(app)
    for name in ("Henan", "Luoyang", "Xigong District", "Jianxi District"):
        assert name in shown
