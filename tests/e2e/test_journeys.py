"""What a citizen, a supervisor and a journalist do on the site."""

import csv
import io
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import NARROW, WIDE

XIGONG = "西工区人民政府办公室"


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("typed", ["xigongqu", "西王区人民政府办公室"])
def test_citizen_looks_up_an_office_by_pinyin_or_with_a_wrong_character(visitor, width, typed):
    one = visitor(width=width)
    one.open()
    box = one.page.get_by_label("查找机关")
    box.fill(typed)
    box.press("Enter")
    one.page.get_by_role("region", name="找到的机关").wait_for()
    one.settle()
    view = one.address
    assert ("您要找的是不是" in one.words()) == (typed != "xigongqu")
    one.page.get_by_role("link", name=XIGONG).first.click()
    one.heading(XIGONG).wait_for()
    one.settle()
    words = one.words()
    assert "新收 117 件，上年结转 0 件；办结 115 件，结转下年 2 件" in words
    assert "134" in words
    expect(one.page).to_have_title(f"{XIGONG} · 政府信息公开年报数据")
    one.page.locator(".js-plotly-plot").first.wait_for()
    one.page.go_back()
    one.page.get_by_role("region", name="找到的机关").wait_for()
    assert one.address == view
    expect(one.page.get_by_label("查找机关")).to_have_value(typed)


def test_citizen_who_finds_nothing_is_shown_the_way(visitor):
    one = visitor(width=NARROW)
    one.open(find="qqqq", lang="en")
    assert "Nothing found for “qqqq”" in one.words()
    one.page.get_by_role("link", name="browse all offices by region and level").click()
    one.heading("Find an office").wait_for()


def test_citizen_reads_a_cell_with_its_printed_text_and_place(visitor):
    one = visitor()
    one.open("report", report="xigong-government-office-2025")
    one.page.locator("[popovertarget=cell-received-total]").click()
    card = one.page.locator("#cell-received-total")
    assert card.is_visible()
    assert "「117」" in card.inner_text()
    assert "表三第" in card.inner_text()
    one.page.keyboard.press("Escape")
    assert not card.is_visible()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_supervisor_filters_opens_a_finding_sees_its_cells_and_takes_the_list(visitor, width):
    one = visitor(width=width)
    one.open("quality")
    one.choose("年度", "2023")
    one.page.wait_for_url("**/quality?year=2023")
    if width == NARROW:  # which folds away what is seldom used
        one.page.get_by_text("更多筛选").click()
    one.choose("严重程度", "错误")
    one.page.wait_for_url("**/quality?year=2023&severity=error")
    one.settle()
    assert "1 份表内数字对不上" in one.words()
    cards = one.page.locator(".gip-finding")
    assert cards.count() == 2
    assert [side.inner_text() for side in cards.nth(0).locator("dd").all()] == ["0", "11", "−11"]
    assert [side.inner_text() for side in cards.nth(1).locator("dd").all()] == ["0", "5", "−5"]
    target = one.page.locator("a.gip-button[href*=findings]").get_attribute("href")
    with urlopen(f"{one.site}/{target}") as answer:
        file = list(csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig"))))
    assert [row["check"] for row in file] == ["C401", "C403"]
    cards.nth(0).get_by_role("link", name="在报告中查看标出的单元格").click()
    one.heading("淮安市洪泽区人民政府 2023 年报告").wait_for()
    one.settle()
    marked = one.page.locator("td.gip-asked")
    figures = [cell.inner_text().strip("✗左右\n ") for cell in marked.all()]
    assert figures == ["10", "1", "0", "0", "0"]
    expect(marked.first).to_be_in_viewport()


def test_supervisor_follows_a_broken_chain_on_a_phone(visitor, past):
    one = visitor(site=past, width=NARROW)
    one.open("quality", check="C901")
    one.page.get_by_role("link", name="查看各年度的衔接").click()
    one.heading("西工区人民政府").wait_for()
    broken = one.page.locator(".gip-chain .gip-broken")
    expect(broken).to_be_in_viewport()
    assert "总计差 +3" in broken.inner_text()
    broken.get_by_role("link").click()
    one.heading("西工区人民政府 2022 年报告").wait_for()
    expect(one.page.locator("#marked")).to_be_in_viewport()
    assert one.page.locator("#marked").inner_text().startswith("5")


def test_reader_sees_the_words_of_the_text_beside_the_finding(visitor, past):
    one = visitor(site=past)
    one.open("quality", check="C801")
    assert "统计口径不同，<i>原文如此</i>。" in one.words()
    one.page.get_by_role("link", name="在报告中查看标出的单元格").click()
    quoted = one.page.locator(".gip-quotation:has(mark)").first
    quoted.wait_for()
    assert quoted.locator("mark").all_inner_texts() == ["受理", "134件"]


def test_visitor_who_moves_is_not_taken_back_to_the_anchor(visitor, past):
    one = visitor(site=past)
    one.page.goto(f"{past}/office?office=xigong#chain")
    expect(one.page.locator("#chain")).to_be_in_viewport()
    one.page.mouse.wheel(0, -20_000)
    expect(one.heading("西工区人民政府")).to_be_in_viewport()
    one.page.wait_for_timeout(1_000)
    expect(one.heading("西工区人民政府")).to_be_in_viewport()


def test_journalist_shares_an_address_and_downloads_the_rows_on_screen(visitor):
    one = visitor()
    one.open("quality", severity="error")
    rows = one.page.locator(".gip-finding").count()
    target = one.page.locator("a.gip-button[href*=findings]").get_attribute("href")
    with urlopen(f"{one.site}/{target}") as answer:
        file = list(csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig"))))
    assert len(file) == rows == 2
    assert {row["difference"] for row in file} == {"-11", "-5"}
    other = visitor()
    other.page.goto(one.page.url)
    other.settle()
    assert other.words() == one.words()


def test_journalist_takes_chosen_columns_and_shares_where_they_are_from(visitor):
    one = visitor()
    one.open("download", year="2023", columns="office_name,received_total")
    shown = one.page.locator(".gip-raw tbody tr")
    rows = [row.locator("th, td").all_inner_texts() for row in shown.all()]
    target = one.page.locator(".gip-files a[href*='.csv']").get_attribute("href")
    with urlopen(f"{one.site}/{quote(target, safe='/?=&,%')}") as answer:
        file = list(csv.reader(io.StringIO(answer.read().decode("utf-8-sig"))))
    assert file[0] == ["office_name", "received_total"]
    assert file[1:] == rows
    assert len(rows) == 2
    line = f"curl -o reports.csv '{one.site}/{target}'"
    expect(one.page.locator("code", has_text=line)).to_be_visible()
    other = visitor(width=NARROW)
    other.page.goto(one.page.url)
    other.settle()
    assert other.page.locator(".gip-raw tbody").inner_text().split() == [w for r in rows for w in r]


def test_back_and_forward_restore_each_view(visitor):
    one = visitor()
    one.open("quality")
    one.choose("年度", "2023")
    one.page.wait_for_url("**/quality?year=2023")
    one.page.get_by_role("link", name="办理结果", exact=True).click()
    one.heading("申请办成了什么结果").wait_for()
    one.page.go_back()
    one.heading("数据质量").wait_for()
    one.page.locator(".gip-finding", has_text="C401").wait_for()
    assert one.address == "/quality?year=2023"
    one.page.go_back()
    one.page.locator(".gip-finding", has_text="C106").first.wait_for()
    assert one.address == "/quality"
    one.page.go_forward()
    one.page.locator(".gip-finding", has_text="C106").first.wait_for(state="detached")
    assert one.address == "/quality?year=2023"


def test_reload_keeps_the_view(visitor):
    one = visitor()
    one.open("outcomes", year="2024", show="shares", group="denied")
    before = one.words()
    one.page.reload()
    one.settle()
    assert one.words() == before
    assert one.address == "/outcomes?year=2024&show=shares&group=denied"


def test_language_switch_keeps_the_view_and_goes_on_with_the_visitor(visitor):
    one = visitor()
    one.open("quality", year="2023")
    one.page.get_by_role("link", name="English").click()
    one.heading("Data quality").wait_for()
    assert one.address == "/quality?year=2023&lang=en"
    assert one.page.locator("html").get_attribute("lang") == "en"
    one.page.get_by_role("link", name="Outcomes", exact=True).click()
    one.heading("What became of the requests").wait_for()
    assert one.address == "/outcomes?lang=en"
    one.page.get_by_role("link", name="Disclosure reports of China").click()
    one.heading("China's disclosure reports").wait_for()
    assert one.address == "/?lang=en"
    one.page.get_by_role("link", name="中文").click()
    one.heading("政府信息公开年报").wait_for()
    assert one.address.startswith("/")
    assert "lang" not in one.address


def test_bad_address_is_named_and_the_page_stays_usable(visitor):
    one = visitor()
    one.open("quality", year="abc", check="C999")
    assert "已忽略：year=abc、check=C999" in one.words()
    one.choose("年度", "2023")
    one.page.wait_for_url("**year=2023*")
    one.settle()
    assert "year=abc" not in one.words()


def test_reader_puts_two_years_of_an_office_side_by_side(visitor):
    one = visitor()
    one.open("report", report="hongze-government-2023")
    one.page.get_by_role("link", name="两年对照").first.click()
    one.heading("淮安市洪泽区人民政府：两年对照").wait_for()
    one.settle()
    differing = one.page.locator(".gip-changes tr.gip-differs")
    changed = differing.count()
    lines = one.page.locator(".gip-changes tr:not(.gip-group) td:last-child")
    assert lines.count() == changed > 0
    assert "没有收录正文" in one.words()
    address = one.address
    one.page.get_by_role("radio", name="全部").click()
    one.page.wait_for_url("**show=all*")
    one.settle()
    one.page.locator(".gip-changes tr:not(.gip-group):not(.gip-differs)").first.wait_for()
    assert differing.count() == changed
    one.page.go_back()
    one.settle()
    assert one.address == address
    one.page.locator(".gip-changes").first.wait_for()
