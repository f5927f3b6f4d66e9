"""A supervisor compares three offices, shares the view, and takes its rows."""

import csv
import io
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from gipcore.demo.writing import write_demo
from tests.e2e.browser import NARROW, WIDE
from tests.web.client import running

CHIPS = ".st-key-chosen button"
FIRST = "demo-110101-government"


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """The site of a synthetic country."""
    url = f"sqlite:///{tmp_path_factory.mktemp('compare') / 'demo.sqlite'}"
    write_demo(url, offices=260, years=range(2023, 2026), seed=3)
    with running(url) as server:
        yield server.address


def chosen(one):
    return parse_qs(urlsplit(one.page.url).query)["office"][0].split(",")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_supervisor_compares_three_offices(visitor, country, width):
    one = visitor(site=country, width=width)
    one.open("office", office=FIRST)
    one.page.get_by_role("link", name="与其他机关、同类比较").click()
    one.heading("比较几个机关").wait_for()
    one.settle()
    one.page.locator(CHIPS).first.wait_for()
    for _ in range(2):
        letters = one.page.locator(CHIPS).count()
        if letters == 1:  # a peer that is offered
            one.page.get_by_role("button", name="＋").first.click()
        else:  # one that is looked for
            box = one.page.get_by_label("查找机关")
            box.fill("县人民政府")
            box.press("Enter")
            one.page.get_by_role("button", name="＋").first.click()
        expect(one.page.locator(CHIPS)).to_have_count(letters + 1)
        one.settle()
    ids = chosen(one)
    assert ids[0] == FIRST
    assert len(set(ids)) == 3
    heads = one.page.locator(".gip-compared").first.locator("thead th")
    assert [head.inner_text()[0] for head in heads.all()[1:4]] == ["A", "B", "C"]
    one.choose("看哪个占比", "不予公开占比")
    one.page.wait_for_url("**share=denied_share**")
    one.settle()
    expect(one.page.locator("h2", has_text="不予公开占比")).to_be_visible()
    one.page.locator(".js-plotly-plot").nth(3).wait_for()
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width

    other = visitor(site=country, width=width)
    other.page.goto(one.page.url)
    other.settle()
    assert other.words() == one.words()

    target = one.page.locator("a.gip-button[href*='office=']").first.get_attribute("href")
    with urlopen(f"{country}/{target}") as answer:
        rows = list(csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig"))))
    assert {row["office_id"] for row in rows} == set(ids)

    one.page.locator(CHIPS).nth(1).click()
    expect(one.page.locator(CHIPS)).to_have_count(2)
    assert chosen(one) == [ids[0], ids[2]]
