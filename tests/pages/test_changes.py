"""Two years of one office, and two revisions of one report, side by side."""

from dataclasses import replace

import pytest
from lxml.html import fromstring

from gipcore.form.report import Passage
from gipcore.labels import words
from tests.factories import balanced, make_report
from tests.pages.database import make_database, published
from tests.pages.reading import pieces, text
from tests.pages.test_hostile import MARKDOWN, SCRIPT

OFFICE = "青禾县柳塘镇人民政府"
WORK = "{year}年，我镇主动公开信息{items}条，栏目也更清楚了。"
TRAINING = "春天办了两次讲解，请村里的信息员一起学习条例。"
HOTLINE = "新设一部热线电话，由专人接听并逐件登记。"
HOSTILE = f"{SCRIPT}{MARKDOWN}，" + "这里写着一句不怀好意的话。"


def with_text(report, *paragraphs):
    passages = [Passage(1, "一、总体情况", "section 1, heading")]
    passages += [
        Passage(1, words, f"section 1, paragraph {number}")
        for number, words in enumerate(paragraphs, 1)
    ]
    return replace(report, passages=tuple(passages))


def reports():
    """An office with four years, one of them corrected, one on the older form, one without text."""
    wrong = balanced(9) | {"carried_forward.natural_person": 4}
    return [
        make_report(OFFICE, 2020, balanced(5)),
        with_text(
            make_report(OFFICE, 2022, balanced(117)), WORK.format(year=2022, items=405), TRAINING
        ),
        with_text(
            make_report(OFFICE, 2023, wrong, file="first.html"),
            WORK.format(year=2023, items=418),
            HOTLINE,
            HOSTILE,
        ),
        with_text(
            make_report(OFFICE, 2023, balanced(9), file="second.html"),
            WORK.format(year=2023, items=428),
            HOTLINE,
            HOSTILE.replace("一句", "两句"),
        ),
        make_report("青禾县水务局", 2023, balanced(1)),
    ]


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    file = tmp_path_factory.mktemp("changes") / "gip.sqlite"
    return make_database(file, [*published(), *reports()])


@pytest.fixture(scope="module")
def office(url):
    from gipcore.store import reading
    from gipcore.store.database import open_engine
    from gipcore.store.query import Query

    engine = open_engine(url, read_only=True)
    found = {row.office_name: row.office_id for row in reading.reports(engine, Query())}
    engine.dispose()
    return found


def rows(app):
    """Return the rows of the figures side by side, each cell as text."""
    found = []
    for piece in pieces(app):
        for table in fromstring(piece).xpath("//table[contains(@class, 'gip-changes')]"):
            found += [[c.text_content() for c in row] for row in table.xpath("./tbody/tr")]
    return found


def marked(app, tag):
    return [
        each.text_content() for piece in pieces(app) for each in fromstring(piece).xpath(f"//{tag}")
    ]


def box(app, label):
    return next(found for found in app.selectbox if found.label == label)


def test_two_years_show_only_what_differs_until_asked_for_all(visit, url, office):
    app = visit("changes", url=url, office=office[OFFICE])
    assert rows(app) == [
        ["一、本年新收政府信息公开申请数量"],
        ["自然人", "117", "9", "−108"],
        ["总计", "117", "9", "−108"],
        ["（一）予以公开"],
        ["自然人", "117", "9", "−108"],
        ["总计", "117", "9", "−108"],
        ["（七）总计"],
        ["自然人", "117", "9", "−108"],
        ["总计", "117", "9", "−108"],
    ]
    shown = text(app)
    assert "新收申请：2022 年 117 件，2023 年 9 件（−108）" in shown
    assert "可以对照的 200 格中，6 格不同" in shown
    everything = visit("changes", url=url, office=office[OFFICE], show="all")
    assert sum(len(row) == 4 for row in rows(everything)) == 200


def test_share_of_repeated_text_is_said_and_words_are_marked(visit, url, office):
    app = visit("changes", url=url, office=office[OFFICE])
    length = len(WORK.format(year=2023, items=428))
    assert f"其中 {length} 字（" in text(app)
    assert marked(app, "del")[:2] == ["2022", "405"]
    assert marked(app, "ins")[:2] == ["2023", "428"]
    assert TRAINING in marked(app, "del")
    assert HOTLINE in marked(app, "ins")


def test_lines_of_one_edition_are_named_and_text_not_kept_has_no_share(visit, url, office):
    app = visit("changes", url=url, office=office[OFFICE], year="2022", before="2020")
    shown = text(app)
    assert "2019年版、2021年版" in shown
    assert "没有对照的行" in shown
    assert words()["changes.no_text"]["zh"] in shown
    assert "（100%）" not in shown
    assert all("政府集中采购" not in row[0] for row in rows(app))


def test_choosing_a_year_goes_into_the_address_and_drops_the_other(visit, url, office):
    app = visit("changes", url=url, office=office[OFFICE], before="2020")
    assert box(app, "较早的年度").options == ["2022", "2020"]
    box(app, "较晚的年度").set_value("2022").run()
    assert app.query_params == {"office": office[OFFICE], "year": "2022"}
    assert box(app, "较早的年度").options == ["2020"]
    assert "已忽略" not in text(app)


@pytest.mark.parametrize("given", [{"before": "2023"}, {"year": "2020"}, {"year": "1999"}])
def test_years_that_cannot_be_compared_are_ignored_and_named(visit, url, office, given):
    shown = text(visit("changes", url=url, office=office[OFFICE], **given))
    assert "已忽略" in shown
    assert "2022 年与 2023 年" in shown


def test_one_year_says_what_is_missing(visit, url, office):
    app = visit("changes", url=url, office=office["青禾县水务局"])
    assert words()["changes.one_year"]["zh"] in text(app)
    assert rows(app) == []


def test_revision_shows_changed_cells_words_and_findings(visit, url, office):
    app = visit("revisions", url=url, report=f"{office[OFFICE]}-2023")
    shown = text(app)
    assert rows(app) == [["四、结转下年度继续办理"], ["自然人", "4", "0", "−4"]]
    assert marked(app, "del") == ["418", "一"]
    assert marked(app, "ins") == ["428", "两"]
    assert "first.html" in shown
    assert "second.html" in shown
    gone = shown.split("不再有（")[1]
    assert "C301" in gone
    assert "C303" in gone
    assert "新出现（" not in shown
    assert HOTLINE not in shown


def test_one_revision_says_so(visit, url, office):
    shown = text(visit("revisions", url=url, report=f"{office[OFFICE]}-2022"))
    assert words()["changes.one_reading"]["zh"] in shown


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", ["changes", "revisions"])
def test_words_of_a_document_stay_words(visit, url, office, page, language):
    given = {
        "changes": {"office": office[OFFICE]},
        "revisions": {"report": f"{office[OFFICE]}-2023"},
    }
    app = visit(page, url=url, lang=language, **given[page])
    html = "".join(pieces(app))
    assert "<script" not in html
    assert "<img" not in html
    assert "alert(1)" in text(app)


def test_pages_of_office_and_report_lead_here(visit, url, office):
    name = office[OFFICE]
    hrefs = {
        page: [a.get("href") for piece in pieces(app) for a in fromstring(piece).iter("a")]
        for page, app in (
            ("office", visit("office", url=url, office=name)),
            ("report", visit("report", url=url, report=f"{name}-2023")),
            ("oldest", visit("report", url=url, report=f"{name}-2020")),
            ("only", visit("report", url=url, report=f"{office['青禾县水务局']}-2023")),
        )
    }
    assert f"changes?office={name}&year=2023" in hrefs["office"]
    assert f"changes?office={name}&year=2023" in hrefs["report"]
    assert f"revisions?report={name}-2023" in hrefs["report"]
    assert f"changes?office={name}&before=2020" in hrefs["oldest"]
    assert not any(href.startswith(("changes", "revisions")) for href in hrefs["only"])


def test_methods_define_the_share_where_the_page_links_to(visit, url, office):
    app = visit("changes", url=url, office=office[OFFICE])
    hrefs = [a.get("href") for piece in pieces(app) for a in fromstring(piece).iter("a")]
    assert "methods#repeated" in hrefs
    methods = visit("methods", url=url)
    assert any(fromstring(p).xpath("//*[@id='repeated']") for p in pieces(methods))
    assert "正文重复占比" in text(methods)
