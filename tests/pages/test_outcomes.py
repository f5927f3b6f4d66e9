"""Outcomes of requests: which reports their shares are of, and the same figures elsewhere."""

import re

import pytest
from lxml.html import fromstring

from gipcore.demo.writing import write_demo
from gipcore.labels import words
from tests.pages.reading import pieces, text

SHARE = re.compile(r"([\d,]+) of ([\d,]+) \(([\d.]+%)\)")
NO_SHARE = words()["shares.unbalanced"]["en"].strip()


@pytest.fixture(scope="module")
def demo_url(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'gip.sqlite'}"
    write_demo(url, 300, range(2020, 2024), seed=1)
    return url


def answer(app):
    """Return the first sentence, which stands above the filters."""
    found = (fromstring(piece).find_class("gip-sentence") for piece in pieces(app))
    return next(each[0].text_content() for each in found if each)


def tables(app, caption):
    """Return the tables whose caption begins so, each as rows of cells."""
    found = (table for piece in pieces(app) for table in fromstring(piece).iter("table"))
    return [
        [[cell.text_content().strip() for cell in row] for row in table.iter("tr")]
        for table in found
        if table.find("caption").text_content().startswith(caption)
    ]


@pytest.mark.parametrize("year", ["2020", "2021", "2022", "2023", "all"])
def test_every_year_has_shares_without_any_choice(visit, demo_url, year):
    shown = visit("outcomes", url=demo_url, lang="en", year=year)
    assert SHARE.search(answer(shown)), answer(shown)
    assert NO_SHARE not in text(shown)


def test_reports_of_our_own_have_shares_over_all_years(visit):
    shown = visit("outcomes", year="all")
    assert words()["shares.unbalanced"]["zh"] not in text(shown)
    assert "本页的件数和占比都出自 7 份报告" in text(shown)
    assert "没有计入：1 份有不成立的关系" in text(shown)
    assert "没有计入：2 份有空白格" in text(shown)


def test_page_says_how_many_reports_are_in_no_share_and_why(visit, demo_url):
    shown = text(visit("outcomes", url=demo_url, lang="en", year="2023"))
    counted = int(re.search(r"of this page are of (\d+) reports", shown)[1])
    found = re.search(r"Not counted: (\d+) with a relation that fails", shown)
    blank = re.search(r"Not counted: (\d+) with blank cells", shown)
    reports = int(re.search(r"reports: (\d+)", shown)[1])
    assert counted + int(found[1]) + int(blank[1]) == reports


def test_all_reports_are_counted_on_demand_and_the_way_to_shares_is_shown(visit, demo_url):
    app = visit("outcomes", url=demo_url, lang="en", year="2023", balanced="any")
    assert NO_SHARE in text(app)
    hrefs = [a for piece in pieces(app) for a in fromstring(piece).xpath("//a/@href")]
    assert "?lang=en&year=2023&balanced=true" in hrefs


@pytest.mark.parametrize("year", ["2020", "2021", "2022", "2023", "all"])
def test_overview_has_the_share_of_this_page(visit, demo_url, year):
    page = visit("outcomes", url=demo_url, lang="en", year=year)
    granted = tables(page, words()["columns.dispositions_caption"]["en"])[0][1]
    overview = visit(url=demo_url, lang="en", year=year)
    tile = next(
        tile.text_content()
        for piece in pieces(overview)
        for tile in fromstring(piece).find_class("gip-tile")
        if tile.find("dt").text_content() == words()["overview.granted"]["en"]
    )
    assert SHARE.search(granted[1]).groups() == SHARE.search(tile).groups()
    found = [a for piece in pieces(overview) for a in fromstring(piece).xpath("//a/@href")]
    [address] = [a for a in found if a.startswith("api/v1/outcomes.json")]
    assert address in {a for p in pieces(page) for a in fromstring(p).xpath("//a/@href")}


def test_answer_is_of_the_group_that_is_opened(visit, demo_url):
    page = visit("outcomes", url=demo_url, lang="en", year="2023")
    groups = tables(page, words()["columns.dispositions_caption"]["en"])[0]
    denied = next(row for row in groups if "Denied" in row[0])
    opened = visit("outcomes", url=demo_url, lang="en", year="2023", group="denied")
    assert answer(opened).startswith(denied[0])
    assert denied[1] in answer(opened)
    shown = text(opened).replace(answer(opened), "", 1)
    assert denied[1] in shown
    assert "Most of these: “Denied: " in shown
    assert "the most frequent outcome" not in shown


def test_total_stands_before_the_applicants(visit):
    [heat] = tables(visit("outcomes", year="2025"), words()["columns.heat_counts"]["zh"])
    assert heat[0][:2] == ["办理结果", "总计"]
    assert heat[-1][1] == "117"


@pytest.mark.parametrize("group", ["", "denied"])
def test_every_year_stands_with_the_figures_of_its_own_page(visit, demo_url, group):
    opened = {"group": group} if group else {}
    page = visit("outcomes", url=demo_url, lang="en", **opened)
    [table] = tables(page, words()["outcomes.by_year_caption"]["en"])
    by_year = {row[0]: row for row in table[1:]}
    assert list(by_year) == ["2023", "2022", "2021", "2020"]
    for year, row in by_year.items():
        own = visit("outcomes", url=demo_url, lang="en", year=year, **opened)
        assert row[1] in answer(own)
        assert SHARE.search(row[1])
        assert f"of this page are of {row[2]} reports" in text(own)


def test_years_are_drawn_with_a_sentence_and_an_address_each(visit, demo_url):
    page = visit("outcomes", url=demo_url, lang="en", group="denied")
    charts = [chart.proto for chart in page.get("plotly_chart")]
    assert any("share (%)" in chart.spec for chart in charts)
    assert re.search(r"Denied: [\d,]+ of .* in 2020, [\d,]+ of .* in 2023\.", text(page))
    hrefs = {a for piece in pieces(page) for a in fromstring(piece).xpath("//a/@href")}
    told = {"balanced=true", "unbalanced=false"}
    rows = "applicant=total&outcome=denied"
    for year in range(2020, 2024):
        assert {f"api/v1/outcomes.json?year={year}&{one}&{rows}" for one in told} & hrefs, year


def test_missing_years_are_said(visit):
    assert "2020、2021、2022 年没有收录报告" in text(visit("outcomes"))
