"""The page of comparison: who stands beside whom, by which rule, and what the files hold."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml.html import fromstring

from gipcore.demo.writing import write_demo
from gipcore.export.filters import query_from
from gipcore.labels import words
from gipcore.store import reading
from gipcore.store.database import open_engine
from gipcore.store.query import Query
from tests.pages.reading import pieces, text

RULE = r"共 (\d+) 份。.*?有错误级问题的 (\d+) 份没有计入"
XIGONG, HONGZE, HUAIAN = "xigong-government-office", "hongze-government", "huaian-government"


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('country') / 'demo.sqlite'}"
    write_demo(url, offices=260, years=range(2023, 2026), seed=3)
    return url


@pytest.fixture(scope="module")
def counties(country):
    engine = open_engine(country, read_only=True)
    wanted = Query(level="county", function="government")
    found = [office.id for office in reading.offices(engine, wanted) if office.reports == 3]
    engine.dispose()
    return found


def tables(app):
    return [
        table
        for piece in pieces(app)
        if "<table" in piece
        for table in fromstring(piece).iter("table")
    ]


def links(app):
    return [
        anchor.get("href")
        for piece in pieces(app)
        if "<style" not in piece
        for anchor in fromstring(piece).iter("a")
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_chosen_says_what_to_do_and_offers_a_beginning(visit, language):
    app = visit("compare", lang=language)
    assert words()["compare.none_advice"][language] in text(app)
    app.button(key="add_shanghai-general-office").click().run()
    assert app.query_params["office"] == "shanghai-general-office"


def test_each_office_has_a_column_and_its_printed_figures(visit):
    app = visit("compare", office=f"{HUAIAN},{HONGZE}", year="2024")
    table = tables(app)[0]
    heads = [head.text_content() for head in table.xpath("./thead/tr/th")]
    assert heads[1].startswith("A 淮安市人民政府")
    assert heads[2].startswith("B 淮安市洪泽区人民政府")
    received = next(row for row in table.xpath("./tbody/tr") if row[0].text_content() == "本年新收")
    assert received[2].text_content() == "95"
    assert words()["compare.unlike"]["zh"].split("，")[0] in text(app)


def test_unknown_repeated_and_too_many_offices_are_noted_not_shown(visit):
    seven = [XIGONG, XIGONG, "nobody", HONGZE, HUAIAN, "shanghai-general-office"]
    seven += ["shuyang-development-and-reform", "xigong-jinguyuan-subdistrict"]
    app = visit("compare", office=",".join(seven))
    shown = text(app)
    assert "office=nobody" in shown
    assert "office=xigong-jinguyuan-subdistrict" in shown
    assert sum(button.key.startswith("leave_out_") for button in app.button) == 5
    assert words()["compare.full"]["zh"].format(most=5) in shown


def test_office_without_report_on_the_year_is_said_and_marked(visit):
    app = visit("compare", office=f"{XIGONG},{HONGZE}", year="2025")
    assert "没有收录 2025 年报告的：B 淮安市洪泽区人民政府" in text(app)
    received = tables(app)[0].xpath("./tbody/tr")[1]
    assert [cell.text_content() for cell in received][1:3] == ["117", "[n]"]


def test_too_few_peers_draw_no_limits_and_say_why(visit):
    shown = text(visit("compare", office=XIGONG))
    assert words()["compare.no_funnel"]["zh"] in shown
    assert "没有别的机关" in shown


def test_rule_names_who_the_peers_are_and_how_far_it_was_widened(visit, country, counties):
    shown = text(visit("compare", url=country, office=",".join(counties[:3]), year="2025"))
    assert "同类：2025 年、" in shown
    assert "不足 10 份就扩大范围" in shown


def test_peers_with_errors_are_counted_only_when_asked(visit, country):
    engine = open_engine(country, read_only=True)
    wrong = next(row for row in reading.reports(engine, Query(errors=True, level="township")))
    beside = Query(year=wrong.year, level="township", region=wrong.region_code, errors=False)
    office = reading.reports(engine, beside)[0].office_id
    engine.dispose()
    given = {"url": country, "office": office, "year": str(wrong.year)}
    app = visit("compare", **given)
    without, left_out = map(int, re.search(RULE, text(app)).groups())
    assert left_out
    assert any(parse_qs(urlsplit(link).query).get("peers") == ["all"] for link in links(app))
    shown = text(visit("compare", peers="all", **given))
    assert words()["compare.errors_counted"]["zh"] in shown
    assert f"共 {without + left_out} 份。" in shown


def test_files_hold_exactly_the_rows_that_are_counted(visit, country, counties):
    offices = counties[:3]
    app = visit("compare", url=country, office=",".join(offices), year="2025")
    files = [link for link in links(app) if "api/v1/reports.csv" in link]
    own, peers = (
        query_from({name: found[0] for name, found in parse_qs(urlsplit(link).query).items()})
        for link in files
    )
    engine = open_engine(country, read_only=True)
    assert {row.office_id for row in reading.reports(engine, own)} == set(offices)
    rows = reading.reports(engine, peers)
    engine.dispose()
    counted = [row for row in rows if row.office_id not in offices]
    assert not any(row.errors for row in rows)
    assert f"共 {len(counted)} 份。" in text(app)
    assert f"CSV，{len(rows)} 行" in text(app)


def test_view_has_no_ranks_and_no_judgement(visit, country, counties):
    shown = text(visit("compare", url=country, office=",".join(counties[:5]), lang="en"))
    for word in ("better", "worse", "best", "worst", "rank "):
        assert word not in shown.lower()


def test_office_page_places_its_shares_among_the_peers(visit, country, counties):
    app = visit("office", url=country, office=counties[0], year="2025")
    table = next(t for t in tables(app) if "在同类中" in t.text_content())
    assert len(table.xpath("./tbody/tr")) == 6
    assert any("compare?office=" in link for link in links(app))
    assert any(link.startswith(f"reports/{counties[0]}-2025") for link in links(app))
    assert f"api/v1/reports/{counties[0]}-2025" in links(app)
