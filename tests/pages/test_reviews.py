"""Reconsideration and litigation: each year stands with the figures of its own page."""

import re

import pytest
from lxml.html import fromstring

from gipcore.demo.writing import write_demo
from gipcore.labels import words
from tests.pages.reading import pieces, text

SHARE = re.compile(r"([\d,]+) of ([\d,]+) \(([\d.]+%)\)")


@pytest.fixture(scope="module")
def demo_url(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'gip.sqlite'}"
    write_demo(url, 300, range(2020, 2024), seed=1)
    return url


def rows(app, caption):
    """Return the rows of the table with this caption, as texts."""
    found = (table for piece in pieces(app) for table in fromstring(piece).iter("table"))
    table = next(t for t in found if t.find("caption").text_content() == caption)
    return [[cell.text_content().strip() for cell in row] for row in table.iterfind("tbody/tr")]


def test_every_year_stands_with_the_figures_of_its_own_page(visit, demo_url):
    page = visit("reviews", url=demo_url, lang="en")
    by_year = {row[0]: row for row in rows(page, words()["reviews.by_year_caption"]["en"])}
    assert list(by_year) == ["2023", "2022", "2021", "2020"]
    for year, row in by_year.items():
        own = visit("reviews", url=demo_url, lang="en", year=year)
        routes = rows(own, words()["reviews.corrected_of_many"]["en"])
        assert row[1] == routes[0][2]
        assert row[2] == routes[-1][2]
        assert SHARE.search(row[1])


def test_years_are_drawn_with_a_sentence_and_an_address_each(visit, demo_url):
    page = visit("reviews", url=demo_url, lang="en")
    charts = [chart.proto for chart in page.get("plotly_chart")]
    assert any("corrected, share (%)" in chart.spec for chart in charts)
    assert re.search(r"corrected: [\d,]+ of .* in 2020, [\d,]+ of .* in 2023\.", text(page))
    hrefs = {a for piece in pieces(page) for a in fromstring(piece).xpath("//a/@href")}
    for year in range(2020, 2024):
        assert f"api/v1/reviews.json?year={year}&unbalanced=false" in hrefs
