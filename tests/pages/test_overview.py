"""The overview: totals, distribution, what is new, years and regions, with few reports and many."""

import pytest
from lxml.html import fromstring

from gipcore.demo.writing import write_demo
from gipcore.labels import words
from tests.pages.reading import pieces, text


@pytest.fixture(scope="module")
def demo_url(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'gip.sqlite'}"
    write_demo(url, 120, range(2023, 2026), seed=3)
    return url


def table(app, caption):
    """Return the rows of the table whose caption begins so."""
    for piece in pieces(app):
        for found in fromstring(piece).iter("table"):
            if found.find("caption").text_content().startswith(caption):
                return [[cell.text_content() for cell in row] for row in found.iterfind("tbody/tr")]
    raise AssertionError(f"there is no table “{caption}”")


def links(app):
    found = (fromstring(piece).xpath("//a/@href") for piece in pieces(app) if "<a " in piece)
    return [link for links in found for link in links]


def tiles(app):
    found = {}
    for piece in pieces(app):
        if "gip-tiles" in piece:
            for tile in fromstring(piece).find_class("gip-tile"):
                figures = [dd.text_content() for dd in tile.iterfind("dd")]
                found[tile.find("dt").text_content()] = figures
    return found


def test_totals_of_a_year_are_counts_with_what_they_are_of(visit):
    found = tiles(visit(year="2025"))
    assert found["新收申请"] == ["119", "4 份报告合计"]
    assert found["予以公开"] == ["74", "117 件中 74 件（63%）"]
    assert found["表内数字对不上"][0] == "0"


def test_blank_cells_are_not_in_the_totals(visit):
    assert tiles(visit(year="2019"))["予以公开"][0] == "[x]"


def test_share_of_totals_is_of_the_reports_without_a_failure(visit, demo_url):
    granted = tiles(visit(url=demo_url))["予以公开"][1]
    assert granted.startswith("没有发现对不上的 110 份里 ")
    assert granted.endswith("%）")


def test_coverage_leads_to_who_has_not_published(visit):
    assert "quality?year=2025#not-published" in links(visit())
    english = links(visit(lang="en", year="2024"))
    assert "quality?year=2024&lang=en#not-published" in english


@pytest.mark.parametrize(
    ("lang", "ever", "of_a_year"),
    [
        ("zh", "任何年度都没有报告的机关 ", "；没有报告的机关 "),
        ("en", "offices without a report in any year: ", "offices without a report: "),
    ],
)
def test_coverage_of_all_years_says_that_it_is(visit, lang, ever, of_a_year):
    shown = text(visit("download", lang=lang))
    assert ever in shown
    assert of_a_year not in shown
    shown = text(visit("download", lang=lang, year="2024"))
    assert of_a_year in shown
    assert ever not in shown


def test_few_reports_are_listed_not_drawn(visit):
    app = visit(year="2025")
    assert "只有 1 份报告可以算占比（63%）" in text(app)
    assert not app.get("plotly_chart")
    rows = table(app, "各份报告予以公开")
    assert [row[0] for row in rows] == [
        "西工区人民政府办公室",
        "西工区金谷园街道办事处",
        "娲城街道办事处",
        "涿河区金牛山办事处",
    ]
    assert rows[0][2:] == ["115 件中 73 件（63%）", "54% – 72%"]
    assert rows[1][3] == "–"


def test_some_reports_are_dots_with_a_table_beside(visit):
    app = visit(year="all")
    assert len(app.get("plotly_chart")) == 1
    assert "不足 10 份，不分四分位" in text(app)
    assert len(table(app, "各份报告予以公开")) == 10


def test_many_reports_are_counted_and_the_middle_half_is_told(visit, demo_url):
    app = visit(url=demo_url)
    assert "中间一半在" in text(app)
    rows = table(app, "予以公开占比的分布")
    assert [row[0] for row in rows][:: len(rows) - 1] == ["0% 至 5%", "95% 至 100%"]
    drawn = sum(int(row[1]) for row in rows)
    assert f"{drawn} 份报告可以算占比" in text(app)
    bands = [row[2] for row in rows]
    assert bands[0] == "下四分之一"
    assert bands[-1] == "上四分之一"


def test_years_and_regions_lead_to_their_views(visit):
    app = visit(year="2024", level="county")
    found = links(app)
    assert "?year=2023&level=county" in found
    assert "./?year=2024&level=county&region=320000" in found
    assert [row[0] for row in table(app, "各年的报告")] == ["2025", "2024", "2023"]


def test_year_that_does_not_balance_leads_to_its_reports(visit):
    assert "quality?year=2023&balanced=false" in links(visit())


def test_newest_readings_stand_there_whatever_the_year(visit, demo_url):
    rows = table(visit(url=demo_url, year="2023"), "最近读入")
    assert {row[1] for row in rows} == {"2025"}
    assert any("第 2 版" in row[2] for row in rows)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_found_in_a_year_is_still_a_whole_page(visit, language):
    shown = text(visit(year="2024", region="410000", lang=language))
    for key in ("overview.spread", "overview.by_year", "overview.by_region", "overview.findings"):
        assert words()[key][language] in shown
