"""The quality panel answers alone: what does not balance, since when, and what the office says."""

from datetime import UTC, datetime

import pytest
from lxml.html import fromstring

from gipcore.labels import words
from gipcore.store.building import new_database
from gipcore.store.records import Reading
from tests.factories import REGISTER, make_report
from tests.pages.history import ELSEWHERE, NAME, NAME_ELSEWHERE, OFFICE, SAID, TEXT, history
from tests.pages.reading import pieces, text
from tests.pages.test_pages import headings, links

BEFORE, AFTER = f"{OFFICE}-2022", f"{OFFICE}-2024"


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    return history(tmp_path_factory.mktemp("history") / "gip.sqlite")


def rows(app, caption):
    """Return the rows of a table by its caption, as words."""
    for piece in pieces(app):
        if "<style" in piece:
            continue
        for table in fromstring(piece).iter("table"):
            if table.find("caption").text_content() == words()[f"columns.{caption}"]["zh"]:
                found = table.xpath(".//tbody/tr")
                return [[cell.text_content().strip() for cell in row] for row in found]
    return []


def cards(app):
    return [
        card.text_content()
        for piece in pieces(app)
        if "gip-finding" in piece
        for card in fromstring(piece).iter("article")
    ]


def test_first_words_are_the_answer(visit, url):
    app = visit("quality", url=url)
    assert "5 份报告中，1 份表内数字对不上，0 份因空白格无法判定" in text(app)
    assert words()["findings.cannot_tell"]["zh"] in text(app)


def test_report_that_does_not_balance_stands_with_size_and_date(visit, url):
    [row] = rows(visit("quality", url=url), "unbalanced_caption")
    assert NAME_ELSEWHERE in row[0]
    assert row[1] == "2024"
    assert row[2:] == ["1", "C401", "−1", "2025-01-31", "–"]


def test_finding_says_since_when_and_what_the_office_replied(visit, url):
    [card] = cards(visit("quality", url=url, check="C801"))
    assert "134" in card
    assert "首次发现于 2025-01-31" in card
    assert SAID in card
    assert "2025-06-01" in card


def test_reply_leads_to_where_it_was_given(visit, url):
    found = links(visit("quality", url=url, check="C801"))
    assert "https://example.gov.cn/reply" in found


def test_replied_findings_can_be_chosen(visit, url):
    assert len(cards(visit("quality", url=url, replied="true"))) == 1
    assert SAID not in text(visit("quality", url=url, replied="false"))


def test_finding_that_a_revision_mended_is_kept_apart(visit, url):
    app = visit("quality", url=url, year="2023")
    assert cards(app) == []
    [row] = rows(app, "gone_caption")
    assert NAME_ELSEWHERE in row[0]
    assert "C401" in row[2]
    assert row[-5:] == ["−1", "2024-01-31", "2024-06-30", "第 2 版改正后成立", "–"]
    assert "api/v1/gone_findings.csv?year=2023" in links(app)
    assert f"revisions?report={ELSEWHERE}-2023" in links(app)


def test_report_says_that_a_revision_mended_the_finding_asked_for(visit, url):
    app = visit("report", url=url, report=f"{ELSEWHERE}-2023", check="C401")
    [row] = rows(app, "gone_caption")
    assert row[-4:-1] == ["2024-01-31", "2024-06-30", "第 2 版改正后成立"]
    assert f"revisions?report={ELSEWHERE}-2023" in links(app)


def test_one_line_a_finding_has_the_same_findings(visit, url):
    in_full = visit("quality", url=url)
    one_a_line = visit("quality", url=url, show="table")
    listed = rows(one_a_line, "findings_caption")
    said = " ".join(cards(in_full))
    assert [row[2].split()[-1] for row in listed] == ["C401", "C801", "C901", "C901"]
    assert cards(one_a_line) == []
    for row in listed:
        assert row[3] in said
        if row[6] != "–":
            assert row[6] in said


def test_offices_that_have_not_published_are_named(visit, url):
    app = visit("quality", url=url, year="2022")
    listed = next(piece for piece in pieces(app) if "gip-columns" in piece)
    names = [item.text_content() for item in fromstring(listed).iter("a")]
    assert NAME not in names
    assert NAME_ELSEWHERE in names
    assert "api/v1/offices_without_report.csv?year=2022" in links(app)


def test_breakdown_leads_to_its_part_of_the_view(visit, url):
    app = visit("quality", url=url, by="level", severity="error")
    assert "?by=level&severity=error&level=city" in links(app)
    shown = text(visit("quality", url=url, by="level", severity="error", level="county"))
    assert words()["quality.none_unbalanced"]["zh"] in shown


def tiles(app):
    """Return the key figures by what they are, each with what it is of."""
    found = {}
    for piece in pieces(app):
        if 'class="gip-tile"' in piece:
            for tile in fromstring(piece).iter("dl"):
                what, figure, under = (each.text_content() for each in tile)
                found[what] = (figure, under)
    return found


CHOSEN = (
    ({"check": "C801"}, "C801“", "”有 1 份报告不成立，共 1 处。"),
    ({"check": "C301"}, "C301“", "”有 0 份报告不成立，共 0 处。"),
    ({"severity": "warning"}, "只看“警告”一级的问题：2 份报告有这样的问题，共 3 项。", ""),
    (
        {"replied": "true"},
        "只看机关有答复的问题：1 份报告有这样的问题，共 1 项。",
        "0 份对不上的报告有机关答复",
    ),
    ({"replied": "false"}, "只看机关没有答复的问题：", "1 份对不上的报告有未答复的问题。"),
    (
        {"replied": "false", "severity": "error"},
        "“错误”一级的问题、机关没有答复的问题：共 1 项问题。",
        "",
    ),
    ({"balanced": "true"}, "只看勾稽关系全部成立的报告：共 3 项问题。", ""),
    ({"check": "C801", "severity": "error"}, "0 份报告有这样的问题，共 0 项。", ""),
)


@pytest.mark.parametrize(("given", "asked", "more"), CHOSEN)
def test_headline_names_what_is_chosen_and_what_it_counts(visit, url, given, asked, more):
    shown = text(visit("quality", url=url, **given))
    assert asked in shown
    assert more in shown
    assert "不论选了哪些问题，5 份报告中，1 份表内数字对不上，0 份因空白格无法判定" in shown
    assert "5 份报告中，0 份表内数字对不上" not in shown
    assert "不成立最多" not in shown


@pytest.mark.parametrize("given", [given for given, _, _ in CHOSEN])
def test_key_figures_of_a_narrowed_view_say_what_they_are_of(visit, url, given):
    whole = "不按问题筛选，共 5 份报告"
    found = tiles(visit("quality", url=url, **given))
    assert found["表内数字对不上"] == ("1", whole)
    assert found["有错误级问题的报告"] == ("1", whole)
    assert "筛选出的问题" in found
    assert tiles(visit("quality", url=url))["表内数字对不上"] == ("1", "共 5 份报告")


@pytest.mark.parametrize("given", [{"replied": "true"}, {"check": "C301"}])
def test_no_report_that_is_listed_is_not_taken_for_tables_that_balance(visit, url, given):
    app = visit("quality", url=url, **given)
    shown = text(app)
    assert words()["quality.none_unbalanced_advice"]["zh"] not in shown
    assert "对不上的报告中，没有符合筛选的" in shown
    assert "对不上的报告共 1 份，看全部" in shown
    assert "?" in links(app)


def test_check_that_fails_most_is_named_where_the_filter_leaves_it_open(visit):
    assert "不成立最多的是 C106“" in text(visit("quality"))
    assert "不成立最多" not in text(visit("quality", check="C106"))


@pytest.fixture(scope="module")
def unbalanced_url(tmp_path_factory):
    """Make 23 reports that do not balance, each on its own office or year."""
    file = tmp_path_factory.mktemp("unbalanced") / "gip.sqlite"
    names = [office.name for office in REGISTER.offices]
    url = f"sqlite:///{file}"
    with new_database(url, REGISTER) as writer:
        for number in range(23):
            figures = {"litigation_direct.upheld": 1}
            if number == 22:
                figures |= {"reconsideration.upheld": 9}
            report = make_report(names[number % 5], 2025 - number // 5, figures)
            writer.save(Reading(report, datetime(2026, 1, 31, 8, tzinfo=UTC)))
    return url


def test_each_report_that_does_not_balance_is_listed_on_some_page(visit, unbalanced_url):
    first = visit("quality", url=unbalanced_url)
    second = visit("quality", url=unbalanced_url, reports_page="2")
    assert "?reports_page=2#unbalanced" in links(first)
    assert "?reports_page=1#unbalanced" in links(second)
    listed = [rows(app, "unbalanced_caption") for app in (first, second)]
    assert [len(each) for each in listed] == [20, 3]
    assert len({(row[0], row[1]) for each in listed for row in each}) == 23
    assert [row[2:5] for row in listed[1]] == [
        *[["1", "C402", "−1"]] * 2,
        ["2", "C401、C402", "−9"],
    ]
    for shown in (first, second):
        assert "api/v1/reports.csv?balanced=false" in links(shown)
        assert "第 1 页" in text(shown) or "第 2 页" in text(shown)


def test_pages_of_reports_and_of_findings_are_turned_apart(visit, unbalanced_url):
    app = visit("quality", url=unbalanced_url, reports_page="2", page="2")
    assert len(rows(app, "unbalanced_caption")) == 3
    assert text(app).count("第 2 页，共") == 2
    assert "?reports_page=2&page=1" in links(app)
    assert "?page=2&reports_page=1#unbalanced" in links(app) or (
        "?reports_page=1&page=2#unbalanced" in links(app)
    )
    assert "?year=2025" in links(app)  # another choice begins both lists anew


def test_page_of_reports_that_is_not_there_is_named(visit, unbalanced_url):
    app = visit("quality", url=unbalanced_url, reports_page="9")
    assert "reports_page=9" in text(app)
    assert len(rows(app, "unbalanced_caption")) == 20


def test_errors_that_coverage_counts_are_listed_whatever_check_is_chosen(visit, url):
    found = links(visit("quality", url=url, check="C801", replied="true"))
    assert "quality?severity=error" in found


VERDICTS = {
    "zh": ("未判定", "缺数或不适用", "无法判定的原因"),
    "en": ("Not decided", "figures missing or not applicable", "Not applicable"),
}


@pytest.mark.parametrize("language", VERDICTS)
@pytest.mark.parametrize("page", ["quality", "checks", "check", "report"])
def test_one_word_is_used_for_a_check_that_is_neither_passed_nor_failed(visit, page, language):
    word, meaning, never = VERDICTS[language]
    given = {
        "check": {"check": "C901"},
        "report": {"report": "hongze-government-2023"},
    }.get(page, {})
    app = visit("checks" if page == "check" else page, lang=language, **given)
    tables = [fromstring(piece) for piece in pieces(app) if "<table" in piece]
    heads = {head.text_content() for each in tables for head in each.iter("th")}
    assert word in heads
    assert meaning in text(app)
    assert never not in heads


def test_breakdown_of_a_narrowed_view_says_what_its_columns_count(visit, url):
    said = words()["quality.by_of_all"]["zh"]
    assert said not in text(visit("quality", url=url))
    for given in ({"replied": "true"}, {"check": "C801"}, {"balanced": "false"}):
        assert said in text(visit("quality", url=url, **given))


def test_view_of_one_office_says_so_and_leads_back(visit, url):
    app = visit("quality", url=url, office=OFFICE)
    assert f"只看：{NAME}" in text(app)
    assert "?" in links(app)  # the same view of all offices
    assert [card.split()[2] for card in cards(app)] == ["C801", "C901"]
    assert "api/v1/findings.csv?office=xigong" in links(app)


def test_office_page_counts_its_own_errors_alone(visit, url):
    app = visit("office", url=url, office="luoyang")
    found = [link for link in links(app) if link.startswith("quality")]
    assert "quality?office=luoyang&severity=error" in found


@pytest.mark.parametrize(("name", "code"), [("office", "nobody"), ("by", "x"), ("show", "x")])
def test_bad_value_is_named_and_ignored(visit, url, name, code):
    app = visit("quality", url=url, **{name: code})
    assert f"{name}={code}" in text(app)
    assert len(cards(app)) == 3


def test_text_of_the_report_stands_beside_the_finding(visit, url):
    app = visit("report", url=url, report=AFTER, check="C801")
    quoted = next(piece for piece in pieces(app) if "<mark>" in piece)
    assert [mark.text_content() for mark in fromstring(quoted).iter("mark")] == ["受理", "134件"]
    assert TEXT in fromstring(quoted).text_content()
    assert "<b>" not in quoted.split("<blockquote>")[1]


def test_report_without_its_text_says_so(visit):
    app = visit("report", report="xigong-government-office-2025", check="C801")
    assert words()["report.no_text"]["zh"] in text(app)


def test_chain_of_an_office_shows_its_broken_link_and_its_missing_year(visit, url):
    app = visit("office", url=url, office=OFFICE)
    shown = text(app)
    assert "共 1 处衔接：0 处一致，1 处不一致，0 处无法判定" in shown
    assert "没有收录 2023 年的报告" in shown
    assert f"report?report={BEFORE}&check=C901#marked" in links(app)
    assert words()["chain.title"]["zh"] in headings(app, "h2")


def test_broken_chain_is_reached_from_its_finding(visit, url):
    app = visit("quality", url=url, check="C901")
    [card] = cards(app)
    assert "本年报告5" in "".join(card.split())
    assert f"office?office={OFFICE}#chain" in links(app)


def test_view_may_be_of_several_offices(visit):
    both = "huaian-government,hongze-government"
    shown = text(visit("quality", office=f"{both},nobody"))
    assert "只看：淮安市人民政府、淮安市洪泽区人民政府。" in shown
    assert "office=nobody" in shown
    assert "覆盖：2 个机关中 2 个有报告" in shown
