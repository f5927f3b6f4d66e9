"""The search box: what it finds, says and leads to, on every page that has it."""

import pytest
from lxml.html import fromstring

from gipcore.labels import words
from tests.pages.reading import pieces, text
from tests.store.test_hostile import NASTY

JINGUYUAN = "西工区金谷园街道办事处"


def found(app):
    """Return the names of what the box has found, in order."""
    every = (fromstring(piece) for piece in pieces(app) if "gip-found" in piece)
    return [li.find("span").text_content() for tree in every for li in tree.iter("li")]


def links(app):
    trees = (fromstring(piece) for piece in pieces(app) if "gip-search" in piece)
    return [link for tree in trees for link in tree.xpath("//a/@href")]


@pytest.mark.parametrize("asked", ["金谷园", "jinguyuan", "金古园", "金园街道", "Jinguyuan"])
def test_office_is_found_in_whatever_way(visit, asked):
    app = visit(find=asked)
    assert found(app) == [JINGUYUAN]
    assert "office?office=xigong-jinguyuan-subdistrict" in links(app)
    shown = text(app)
    assert "河南省洛阳市西工区金谷园路街道" in shown
    assert "最近一份：2025 年" in shown
    assert "问题 2 项" in shown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_only_near_is_asked_about(visit, language):
    near = words()["search.near"][language].format(words="金古园")
    assert near in text(visit(find="金古园", lang=language))
    assert near not in text(visit(find="金谷园", lang=language))


def test_region_is_offered_with_its_offices(visit):
    app = visit(find="xigong", lang="en")
    assert "Xigong District (2 offices)" in text(app)
    assert "offices?region=410303&lang=en" in links(app)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_found_says_what_to_do(visit, language):
    app = visit(find="zzzz", lang=language)
    assert words()["search.none_advice"][language].strip() in text(app)
    assert any(link.startswith("offices") for link in links(app))


@pytest.mark.parametrize("page", ["overview", "office", "report", "changes", "revisions"])
def test_box_stands_where_the_address_says(visit, page):
    app = visit(page, find="金谷园")
    assert app.text_input(key="choice_find").value == "金谷园"
    assert found(app) == [JINGUYUAN]


def test_list_of_offices_asks_about_what_is_near(visit):
    app = visit("offices", search="西王区金谷园街道")
    assert found(app) == [JINGUYUAN]
    assert not found(visit("offices", search="西工"))  # the list itself has them
    assert "2 个机关" in text(visit("offices", search="xigong"))


def test_typing_writes_the_address(visit):
    app = visit()
    app.text_input(key="choice_find").set_value("jinguyuan").run()
    assert app.query_params["find"] in ("jinguyuan", ["jinguyuan"])
    assert found(app) == [JINGUYUAN]


@pytest.mark.parametrize("nasty", [*NASTY, "西" * 1000])
def test_nasty_words_are_shown_as_words(visit, nasty):
    app = visit(find=nasty.encode("utf-8", "replace").decode())
    assert len(found(app)) < 2
    assert not any("<script>" in piece for piece in pieces(app))
