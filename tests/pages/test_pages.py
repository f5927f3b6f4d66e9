"""Every page, in both languages, says what its question asks for."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml.html import fromstring

from gipcore.checks.catalogue import all_checks
from gipcore.labels import words
from gipcore.register.rows import load_register
from gipcore.store.building import new_database
from gipcore.store.records import Reading
from gipcore.store.writing import Rejected
from gipcore.ui.navigation import BY_LINK, IN_MENU
from tests.pages.database import READ_AT, published
from tests.pages.history import history
from tests.pages.reading import pieces, text

PAGES = (*IN_MENU, *BY_LINK)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HEADINGS = {
    "overview": "overview.title",
    "offices": "offices.title",
    "office": "site.office",
    "report": "site.report",
    "changes": "site.changes",
    "revisions": "site.revisions",
    "outcomes": "outcomes.title",
    "reviews": "reviews.title",
    "compare": "compare.title",
    "quality": "quality.title",
    "check": "self_check.title",
    "download": "download.title",
    "methods": "methods.title",
    "checks": "checks.title",
}
XIGONG = "xigong-government-office"
HONGZE = "hongze-government-2023"


def headings(app, level):
    found = (fromstring(piece).iter(level) for piece in pieces(app) if "<style" not in piece)
    return [heading.text_content() for each in found for heading in each]


def box_of(app, label):
    return next(found for found in app.selectbox if found.label == label)


def links(app):
    return [
        anchor.get("href")
        for piece in pieces(app)
        if "<style" not in piece
        for anchor in fromstring(piece).iter("a")
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_page_has_one_heading_in_its_language(visit, page, language):
    app = visit(page, lang=language)
    assert headings(app, "h1") == [words()[HEADINGS[page]][language]]
    assert words()["site.promise"][language] in text(app)


@pytest.mark.parametrize("page", PAGES)
def test_english_page_has_no_chinese_of_our_own(visit, page):
    app = visit(page, lang="en")
    own = [*headings(app, "h1"), *headings(app, "h2"), *headings(app, "summary")]
    own += [box.label for box in (*app.selectbox, *app.text_input)]
    assert [word for word in own if CHINESE.search(word)] == []


@pytest.mark.parametrize("page", [*PAGES, "office", "report"])
def test_links_between_pages_keep_the_language(visit, page):
    given = {"office": {"office": XIGONG}, "report": {"report": HONGZE}}.get(page, {})
    app = visit(page, lang="en", **given)
    inside = [urlsplit(link) for link in links(app) if not link.startswith("#")]
    pages = [link for link in inside if not link.path.startswith(("api/", "feed.", "bundle."))]
    assert pages
    here = [parse_qs(link.query).get("lang") for link in pages if not link.path]
    assert [language for language in here if language != ["en"]] == [None]  # the switch
    for link in pages:
        assert not link.netloc
        if link.path:
            assert parse_qs(link.query).get("lang") == ["en"], link


@pytest.mark.parametrize("page", [page for page in IN_MENU if page not in {"check", "methods"}])
def test_every_view_says_its_coverage(visit, page):
    assert "9 个机关中" in text(visit(page))


def test_office_shows_what_its_tables_and_its_text_say(visit):
    shown = text(visit("office", office=XIGONG))
    assert "新收 117 件，上年结转 0 件；办结 115 件，结转下年 2 件" in shown
    assert "受理…134" in shown
    assert "即134" in shown
    assert "河南省洛阳市西工区" in shown


def test_office_with_several_years_shows_the_one_asked_for(visit):
    assert "办结 21 件" in text(visit("office", office="hongze-government", year="2023"))
    assert "办结 95 件" in text(visit("office", office="hongze-government"))


@pytest.mark.parametrize(("page", "parameter"), [("office", "office"), ("report", "report")])
def test_unknown_name_offers_a_choice_and_says_so(visit, page, parameter):
    app = visit(page, **{parameter: "nobody"})
    shown = text(app)
    assert f"{parameter}=nobody" in shown
    assert "西工区人民政府办公室" in shown
    assert app.text_input


def test_quality_panel_shows_both_sides_and_the_difference(visit):
    app = visit("quality", check="C401")
    shown = text(app)
    assert "淮安市洪泽区人民政府" in shown
    assert "−11" in shown
    assert {head.split()[2] for head in headings(app, "h4")} == {"C401"}
    assert f"report?report={HONGZE}&check=C401#marked" in links(app)
    assert words()["findings.cannot_tell"]["zh"] in shown


@pytest.mark.parametrize(
    ("language", "wanted"), [("zh", "C401 应当：行政复议"), ("en", "C401 should hold: Recon")]
)
@pytest.mark.parametrize("page", ["overview", "quality", "report", "office"])
def test_failed_check_is_headed_by_what_should_hold(visit, page, language, wanted):
    given = {
        "overview": {"year": "2023"},
        "report": {"report": HONGZE},
        "office": {"office": "hongze-government", "year": "2023"},
    }.get(page, {})
    app = visit(page, lang=language, **given)
    titles = [words for level in ("h3", "h4") for words in headings(app, level)]
    assert any(wanted in title for title in titles)


def test_quality_panel_lists_every_report_that_does_not_balance(visit):
    shown = text(visit("quality"))
    listed = shown.rsplit(words()["quality.unbalanced"]["zh"], 1)[1].split("逐项列出")[0]
    assert "淮安市洪泽区人民政府" in listed
    assert "西工区人民政府办公室" not in listed


def test_report_marks_the_cells_of_the_check_asked_for(visit):
    app = visit("report", report=HONGZE, check="C401")
    cells = [
        cell
        for piece in pieces(app)
        if "gip-form" in piece
        for cell in fromstring(piece).iter("td")
        if "gip-asked" in (cell.get("class") or "")
    ]
    assert [cell.find("button").text for cell in cells] == ["10", "1", "0", "0", "0"]
    sides = [cell.find("button/sup").text for cell in cells]
    assert sides == ["✗右", "✗右", "✗右", "✗右", "✗左"]
    assert [cell.get("id") for cell in cells] == ["marked", None, None, None, None]


def test_report_shows_printed_text_and_place_of_every_cell(visit):
    app = visit("report", report=f"{XIGONG}-2025", below="place")
    form = " ".join(piece for piece in pieces(app) if "gip-form" in piece)
    cards = fromstring(form).xpath("//div[@popover]")
    assert len(cards) == 200
    assert all("数据名" in card.text_content() for card in cards)
    assert fromstring(form).xpath("//td/small")


def test_report_of_the_2019_edition_shows_blank_totals_as_blank(visit):
    app = visit("report", report="shanghai-general-office-2019")
    form = " ".join(piece for piece in pieces(app) if "gip-form" in piece)
    assert "[x]" in fromstring(form).text_content()
    assert "政府集中采购" in form


def test_outcomes_leave_out_what_does_not_balance_unless_asked(visit):
    app = visit("outcomes", year="all")
    assert "报告 10 份" in text(app)
    assert "3 份没有计入（勾稽不成立或无法判定）" in text(app)
    assert "?year=all&balanced=any" in links(app)
    assert "3 份没有计入（勾稽不成立或无法判定）" in text(
        visit("outcomes", year="all", balanced="true")
    )
    assert "没有计入（" not in text(visit("outcomes", year="all", balanced="any"))


@pytest.mark.parametrize("page", ["outcomes", "reviews"])
def test_report_with_blank_cells_is_counted_unless_asked(visit, page):
    app = visit(page, year="2023")
    assert "报告 2 份" in text(app)
    assert "1 份没有计入（勾稽不成立）" in text(app)
    assert words()["site.none_counted"]["zh"] not in text(app)


@pytest.mark.parametrize("page", ["outcomes", "reviews"])
def test_nothing_counted_says_what_is_left_out_and_shows_the_way(visit, page):
    app = visit(page, year="2023", region="320813")
    assert words()["site.none_counted"]["zh"] in text(app)
    assert "覆盖：" in text(app)
    assert "1 份没有计入（勾稽不成立）" in text(app)
    assert "?year=2023&region=320813&balanced=any" in links(app)
    shown = text(visit(page, year="2023", region="320813", balanced="any"))
    assert words()["site.none_counted"]["zh"] not in shown


@pytest.mark.parametrize("page", ["overview", "outcomes", "reviews"])
def test_sums_are_of_the_newest_year_that_the_filters_have(visit, page):
    assert box_of(visit(page), "年度").value == "2025"
    assert box_of(visit(page, region="320000"), "年度").value == "2024"
    assert box_of(visit(page, year="all"), "年度").value == "all"


@pytest.mark.parametrize("page", ["overview", "outcomes", "reviews"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_sums_say_that_they_overlap_and_have_no_interval(visit, page, language):
    app = visit(page, lang=language)
    assert words()["coverage.sums"][language] in text(app)
    if page == "outcomes":
        assert "95%" not in text(app)
    if page == "reviews":  # which lists offices one by one, too
        caption = words()["reviews.corrected_of_many"][language]
        assert "95%" not in next(piece for piece in pieces(app) if caption in piece)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_table_by_applicant_keeps_the_words_of_every_outcome(visit, language):
    app = visit("outcomes", lang=language)
    table = next(piece for piece in pieces(app) if "gip-heat" in piece)
    names = [cell.text_content() for cell in fromstring(table).xpath("//tbody/tr/th")]
    wanted = {
        "zh": ("1.本机关不掌握相关政府信息", "1.信访举报投诉类申请"),
        "en": ("Unable to provide: not held", "Not processed: petition or complaint"),
    }
    assert set(wanted[language]) <= set(names)


def test_opened_group_shows_its_leaves(visit):
    shown = text(visit("outcomes", group="not_processed"))
    assert "信访举报投诉类申请" in shown


def test_reviews_take_the_share_of_concluded_cases(visit):
    shown = text(visit("reviews", region="410303"))
    assert "6 件中 3 件 （不足 10 件，不算占比）" in shown
    assert words()["reviews.none_corrected_said"]["zh"] in shown


def test_download_previews_exactly_the_rows_of_the_file(visit):
    app = visit("download", table="findings", check="C401")
    assert "api/v1/findings.csv?check=C401" in links(app)
    shown = text(app)
    assert "1 行" in shown
    assert HONGZE in shown


def test_check_has_a_page_with_its_formula_source_and_results(visit):
    app = visit("checks", check="C401")
    shown = text(app)
    assert words()["findings.cannot_tell"]["zh"] in shown
    for said in ("国办公开办函〔2021〕30号", "reviews.", "能够核对的报告", "淮安市洪泽区人民政府"):
        assert said in shown
    found = links(app)
    assert {"checks?check=C304", "checks?check=C402", "checks"} <= set(found)
    assert "quality?check=C401&year=2023" in found
    assert "quality?check=C401&year=2024" not in found


def test_every_check_can_be_reached_from_the_methods(visit):
    every = {f"checks?check={check.code}" for check in all_checks()}
    assert every <= set(links(visit("methods")))
    assert every <= set(links(visit("checks")))


def test_empty_view_says_what_to_do_next(visit):
    for page in ("overview", "outcomes", "reviews", "quality"):
        shown = text(visit(page, year="2025", level="province", balanced="any"))
        assert words()["site.widen"]["zh"] in shown, page


def test_absent_database_is_told_with_a_way_out(visit, tmp_path, caplog):
    app = visit("quality", url=f"sqlite:///{tmp_path / 'nothing.sqlite'}")
    shown = text(app)
    assert words()["site.fault"]["zh"] in shown
    assert words()["site.fault_advice"]["zh"] in shown
    assert str(tmp_path) not in shown
    assert str(tmp_path) in caplog.text


@pytest.fixture(scope="module")
def rejected_url(tmp_path_factory):
    file = tmp_path_factory.mktemp("rejected") / "gip.sqlite"
    url = f"sqlite:///{file}"
    with new_database(url, load_register()) as writer:
        writer.save(Reading(next(r for r in published() if r.year == 2025), read_at=READ_AT))
        rejected = (("<b>扫描件</b>.pdf", "no_report"), ("空.docx", "of_tomorrow"))
        for number, (name, code) in enumerate(rejected):
            reason = f"reason {number}"
            writer.reject(Rejected(str(number) * 64, name, code, reason, READ_AT, year=2025))
    return url


@pytest.mark.parametrize("language", ["zh", "en"])
def test_documents_that_gave_no_report_are_listed_one_click_away(visit, rejected_url, language):
    wanted = "quality?year=2025&lang=en#not-parsed" if language == "en" else "quality?year=2025"
    overview = visit("download", url=rejected_url, lang=language, year="2025")
    assert any(link.startswith(wanted) for link in links(overview))
    listing = visit("quality", url=rejected_url, lang=language, year="2025")
    shown = text(listing)
    assert any('class="gip-day">2026-11-20<' in piece for piece in pieces(listing))  # on one line
    for words_of_row in ("<b>扫描件</b>.pdf", "空.docx", "reason 1", "2026-11-20"):
        assert words_of_row in shown
    assert words()["rejections.no_report"][language] in shown
    assert "reason 0" not in shown  # the program's own words are for codes without any


def test_nothing_is_linked_where_there_is_nothing_to_list(visit):
    app = visit("offices", region="410303")
    assert "有错误级问题 0 份" in text(app)
    assert not any(link.startswith("quality") and "region" in link for link in links(app))


def test_office_speaks_of_a_broken_line_only_where_a_year_is_missing(visit, tmp_path):
    for office in (XIGONG, "hongze-government"):
        assert "线在那里断开" not in text(visit("office", office=office))
    shown = text(visit("office", office="xigong", url=history(tmp_path / "gip.sqlite")))
    assert "2023 年没有收录报告，线在那里断开" in shown


def test_year_without_a_report_is_told_with_the_one_that_is_shown(visit):
    shown = text(visit("office", office="hongze-government", year="2020"))
    assert "没有收录这个机关 2020 年的报告，下面是 2024 年的" in shown


def test_report_that_is_not_here_leads_to_its_office(visit):
    app = visit("report", report="hongze-government-2020")
    assert "没有收录淮安市洪泽区人民政府 2020 年的报告" in text(app)
    assert "office?office=hongze-government" in links(app)


@pytest.mark.parametrize(
    ("page", "given", "wanted"),
    [
        ("office", {"office": "hongze-government", "year": "2023"}, ("outcomes", "reviews")),
        ("report", {"report": HONGZE}, ("report?report=hongze-government-2024", "changes?")),
    ],
)
def test_page_of_one_thing_leads_on(visit, page, given, wanted):
    found = links(visit(page, **given))
    for way in wanted:
        assert any(link.startswith(way) for link in found), way
    if page == "office":  # shown there whether it balances or not
        assert "outcomes?office=hongze-government&year=2023&balanced=any" in found


@pytest.mark.parametrize(
    ("page", "given", "said"),
    [
        ("offices", {"region": "310000"}, "1 of 1 office has a report"),
        ("office", {"office": "hongze-government"}, "Reports for 2 years are here"),
        ("overview", {"year": "2023"}, "2 reports for 2023: 0 balance, 1 does not, 1 cannot"),
        ("report", {"report": HONGZE}, "report for 2023"),
        ("report", {"report": HONGZE}, "from the published document"),
    ],
)
def test_english_words_fit_their_numbers(visit, page, given, said):
    assert said in text(visit(page, lang="en", **given))
