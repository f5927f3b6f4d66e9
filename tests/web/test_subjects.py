"""What the HTML of the pages says before any script runs: for search, and where none runs."""

import json
import re
from dataclasses import replace
from html import unescape
from urllib.parse import quote

import pytest

from gipcore.form.report import OfficeName
from gipcore.labels import word
from gipcore.ui import navigation
from gipcore.web import words
from gipcore.words import Language
from tests.web.client import Server, running
from tests.web.databases import build, real_reports

XIGONG = "xigong-government-office"
GENERAL = {f"{title} · {words.SITE_NAME.zh}" for title in ("年度报告", "机关档案")}
GENERAL |= {f"{title} · {words.SITE_NAME.en}" for title in ("Report", "Office")}
NO_INDEX = '<meta name="robots" content="noindex" />'
HOSTILE = "</script><script>alert(1)</script>\"'<b>&局"


TRIES = 5


def told(server: Server, path: str) -> str:
    """Return a page that knows its report; one that would wait for the database goes without."""
    for _ in range(TRIES):
        page = server.fetch(path).text
        if title_of(page) not in GENERAL:
            break
    return page


def title_of(page: str) -> str:
    return re.search(r"<title>(.*?)</title>", page)[1]


def linked_data(page: str) -> list[dict]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [json.loads(each) for each in found]


def links(page: str) -> dict[str, str]:
    """Return the canonical address and those of other languages."""
    found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page)
    found.append(("canonical", re.search(r'rel="canonical" href="([^"]+)"', page)[1]))
    return {name: unescape(address) for name, address in found}


def languages_of(address: str) -> dict[str, str]:
    return {"zh-CN": address, "en": f"{address}?lang=en", "x-default": address}


def is_chinese(text: str) -> bool:
    return re.search("[\u4e00-\u9fff]", text) is not None


def test_every_page_has_words_of_its_own_the_same_as_in_the_menu():
    names = {*navigation.IN_MENU, *navigation.BY_LINK} - {"overview"}
    assert {f"/{name}" for name in names} == set(words.PAGES)
    for name in names:
        title, description = words.PAGES[f"/{name}"]
        for language in Language:
            assert title.within(language) == word(f"site.{name}", language.value)
            assert len(description.within(language)) > 20


@pytest.mark.parametrize("path", ["/", *words.PAGES])
@pytest.mark.parametrize("query", ["", "?lang=en"])
def test_each_page_names_its_address_in_both_languages(server: Server, path, query):
    page = server.fetch(f"{path}{query}").text
    own = f"{server.address}{path}"
    assert links(page) == languages_of(own) | {"canonical": f"{own}{query}"}
    has_dataset = path in ("/", "/download")
    assert [data["@type"] for data in linked_data(page)] == ["Dataset"] * has_dataset


def test_filters_are_not_part_of_the_one_address(server: Server):
    page = server.fetch("/quality?year=2025&balanced=false").text
    assert links(page)["canonical"] == f"{server.address}/quality"


def test_a_report_has_its_title_and_dataset(server: Server):
    page = told(server, f"/report?report={XIGONG}-2025&check=C801")
    assert "2025年政府信息公开工作年度报告 · " in title_of(page)
    plain = f"{server.address}/reports/{XIGONG}-2025"
    assert links(page) == languages_of(plain) | {"canonical": plain}
    [data] = linked_data(page)
    assert data["@type"] == "Dataset"
    assert data["distribution"][0]["contentUrl"].endswith(f"/api/v1/reports/{XIGONG}-2025")
    english = told(server, f"/report?report={XIGONG}-2025&lang=en")
    assert "disclosure report 2025 · " in title_of(english)
    assert links(english)["canonical"] == f"{plain}?lang=en"


@pytest.mark.parametrize(("query", "tag"), [("", "zh-CN"), ("?lang=en", "en")])
def test_a_report_has_one_address_in_each_language(server: Server, query, tag):
    plain = f"{server.address}/reports/{XIGONG}-2025"
    own = f"{plain}{query}"
    both = [server.fetch(f"/reports/{XIGONG}-2025{query}").text]
    both.append(told(server, f"/report?report={XIGONG}-2025{query.replace('?', '&')}"))
    for page in both:
        assert links(page) == languages_of(plain) | {"canonical": own}
        [data] = linked_data(page)
        assert (data["url"], data["inLanguage"]) == (own, tag)
        assert f'<meta name="description" content="{data["description"]}"' in unescape(page)
        assert is_chinese(data["description"]) == (tag == "zh-CN")


@pytest.mark.parametrize(("query", "tag"), [("", "zh-CN"), ("&lang=en", "en")])
def test_an_office_is_described_in_the_language_of_the_page(server: Server, query, tag):
    page = told(server, f"/office?office=hongze-government{query}")
    [data] = linked_data(page)
    assert data["url"] == links(page)["canonical"] == links(page)[tag]
    assert data["inLanguage"] == tag
    assert is_chinese(data["description"]) == (tag == "zh-CN")
    assert data["name"] not in data["alternateName"]


def test_an_office_has_its_title_and_dataset(server: Server):
    page = told(server, "/office?office=hongze-government")
    [data] = linked_data(page)
    assert data["temporalCoverage"] == "2023/2024"
    for each in data["distribution"]:
        assert server.fetch(each["contentUrl"].removeprefix(server.address), "HEAD").status == 200
    assert data["name"] in title_of(page)


@pytest.mark.parametrize("path", [f"/report?report={XIGONG}-2025", f"/office?office={XIGONG}"])
def test_without_scripts_the_plain_page_is_one_step_away(server: Server, path):
    page = told(server, f"{path}&lang=en")
    without = re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL)[1]
    address = re.search(r'href="\./(reports/[^"]+)"', without)[1]
    assert address == f"reports/{XIGONG}-2025?lang=en"
    assert server.fetch(f"/{address}").status == 200


@pytest.mark.parametrize(
    "query",
    [
        "report=nobody-2025",
        "report=",
        "report=x",
        f"report={XIGONG},nobody-2025",
        "report=" + "x" * 5000,
        "report=" + quote(HOSTILE),
        "report=%00-2025",
        "office=%FF",
        "office=nobody",
        "office=" + quote(HOSTILE),
    ],
)
def test_unknown_ones_get_the_general_page(server: Server, query):
    path = "/report" if query.startswith("report") else "/office"
    page, general = server.fetch(f"{path}?{query}"), server.fetch(path)
    assert page.status == 200
    assert NO_INDEX not in general.text
    assert re.sub(rf"\s*{re.escape(NO_INDEX)}", "", page.text) == general.text


@pytest.mark.parametrize("query", ["report=nobody-2025", "report=x", "office=nobody"])
def test_what_is_known_not_to_be_there_is_not_for_search(server: Server, query):
    path = f"/{query.partition('=')[0]}?{query}"
    assert any(NO_INDEX in server.fetch(path).text for _ in range(TRIES))
    assert NO_INDEX not in told(server, f"/report?report={XIGONG}-2025")


def test_a_page_of_a_report_is_not_sent_twice(server: Server):
    path = f"/report?report={XIGONG}-2025"
    told(server, path)
    for encoding in ("identity", "gzip"):
        first = server.fetch(path, accept_encoding=encoding)
        again = server.fetch(path, accept_encoding=encoding, if_none_match=first.headers["etag"])
        assert (again.status, again.body) == (304, b"")
    assert first.headers["etag"] != server.fetch("/report", accept_encoding="gzip").headers["etag"]


def test_scripts_that_run_are_those_of_every_page(server: Server):
    """The policy names the hashes of the inline scripts; data is none of them."""
    policies = {
        server.fetch(path).headers["content-security-policy"]
        for path in ("/", "/quality?lang=en", f"/report?report={XIGONG}-2025")
    }
    assert len(policies) == 1
    scripts = re.search(r"script-src ([^;]*)", policies.pop())[1].split()
    assert [each for each in scripts if not each.startswith("'sha256-")] == ["'self'"]
    assert len(scripts) == 2


@pytest.mark.parametrize(("query", "tag"), [("", "zh-CN"), ("?lang=en", "en")])
def test_the_dataset_says_which_state_of_the_data_it_is(server: Server, query, tag):
    for _ in range(TRIES):
        [data] = linked_data(server.fetch(f"/{query}").text)
        if "version" in data:
            break
    state = server.fetch("/healthz").json["database"]
    assert state["version"].startswith(data["version"].partition(".")[0])
    assert data["identifier"] == f"{server.address}/?snapshot={data['version']}"
    assert data["dateModified"] == max(state["built_at"], state["read_at"])
    assert data["url"] == f"{server.address}/{query}"
    assert is_chinese(data["description"]) == (tag == "zh-CN")
    assert data["creator"]["url"] == data["url"]
    files = {each["contentUrl"]: each["encodingFormat"] for each in data["distribution"]}
    assert len(files) == len(data["distribution"]) == 14
    for address, kind in files.items():
        answer = server.fetch(address.removeprefix(server.address), "HEAD")
        assert (answer.status, answer.headers.get_content_type()) == (200, kind)


def test_without_scripts_the_newest_reports_and_the_sitemap_are_found(server: Server):
    for _ in range(TRIES):
        page = server.fetch("/?lang=en").text
        without = re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL)[1]
        found = re.findall(r'href="\.(/[^"]+)"', without)
        if any("/reports/" in address for address in found):
            break
    assert {"/sitemap.xml", "/api/v1/offices.csv"} <= set(found)
    reports = [address for address in found if address.startswith("/reports/")]
    assert len(reports) == len(server.fetch("/api/v1/reports.json").json["rows"])
    assert all(server.fetch(address).status == 200 for address in found)


def test_hostile_names_stay_words(elsewhere):
    [report, *_] = real_reports()
    with running(build(elsewhere, [_renamed(report)])) as server:
        [row] = server.fetch("/api/v1/reports.json").json["rows"]
        report = quote(row["id"])
        paths = [f"/report?report={report}", f"/office?office={row['office_id']}"]
        for path in (*paths, f"/reports/{report}", f"/reports/{report}?lang=en"):
            page = told(server, path)
            assert "alert(1)" in page
            assert "<script>alert" not in page
            assert "<b>" not in page
            [data] = linked_data(page)
            assert HOSTILE in data["name"] or HOSTILE in data["description"]


def _renamed(report):
    return replace(report, office=OfficeName(HOSTILE), title=None)


def test_without_a_database_pages_are_still_opened(elsewhere):
    with running(f"sqlite:///{elsewhere}") as server:
        answer = server.fetch(f"/report?report={XIGONG}-2025")
        assert answer.status == 200
        assert title_of(answer.text) == f"年度报告 · {words.SITE_NAME.zh}"
        assert NO_INDEX not in server.fetch("/report?report=nobody-2025").text
        [data] = linked_data(server.fetch("/").text)
        assert data["@type"] == "Dataset"
        assert "version" not in data
