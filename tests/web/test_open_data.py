"""The data as others build on it: described, bundled, printed, announced, all of it true."""

import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pandas
import pyarrow.parquet
import pytest
from lxml.html import fromstring

from gipcore.export.files import FORMATS, TooManyRowsError
from gipcore.export.tables import EVERY_TABLE, SUMMARIES, TABLES
from gipcore.form.report import Passage
from gipcore.form.report_json import report_from_json
from gipcore.labels import word
from gipcore.web import words
from gipcore.web.api import _check_length
from gipcore.web.discovery import FEED_FILTERS
from gipcore.web.errors import HANDLERS
from gipcore.words import Language
from tests.header_scopes import check_scopes
from tests.web.client import Server, running
from tests.web.databases import build, real_reports

XIGONG, HONGZE = "xigong-government-office-2025", "hongze-government-2023"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OTHER = "{http://www.w3.org/1999/xhtml}link"
UNREGISTERED = "zhuohe-jinniushan-subdistrict-2025"  # has no English name
ADDED = "只在后一版的话。"
EXAMPLES = 8  # of each route
OF_SUMS = f"^/api/v1/({'|'.join(SUMMARIES)})"
FILE = "[.](csv|xlsx|parquet)$"
PARTS = {  # of the routes, and how each is tried; both forms of a sum take the same parameters
    "rows": (rf"^(?!{OF_SUMS[1:]}[.])(?!.*{FILE})", "coverage,fuzzing"),
    "files of rows": (rf"^/api/v1/({'|'.join(TABLES)}){FILE}", "coverage,fuzzing"),
    "sums": (rf"{OF_SUMS}[.]json$", "coverage,fuzzing"),
    "files of sums": (rf"{OF_SUMS}[.]csv$", "fuzzing"),
}


@pytest.mark.parametrize("part", PARTS)
def test_description_is_true_of_every_route(server: Server, tmp_path, part) -> None:
    paths, phases = PARTS[part]
    target = f"{server.address}/api/v1/openapi.json"
    options = ("--max-examples", str(EXAMPLES), "--generation-deterministic", "--no-color")
    options += ("--phases", phases, "--include-path-regex", paths)
    command = (sys.executable, "-m", "schemathesis.cli", "run", target, *options)
    tried = subprocess.run(
        command, capture_output=True, text=True, timeout=600, check=False, cwd=tmp_path
    )
    assert tried.returncode == 0, tried.stdout[-6000:]
    every = server.fetch("/api/v1/openapi.json").json["paths"]
    routes = sum(re.search(paths, path) is not None for path in every)
    assert f"Tested: {routes}" in tried.stdout


def test_the_description_names_what_is_beside_the_tables_and_the_headers(server: Server) -> None:
    described = server.fetch("/api/v1/openapi.json").json
    beside = {"/reports/{report_id}", "/feed.xml", "/sitemap.xml", "/robots.txt", "/bundle.zip"}
    beside |= {"/api/v1/docs", "/api/v1/openapi.json", "/healthz"}
    assert beside <= set(described["paths"])
    for path in ("/api/v1/reports.json", "/api/v1/reports.csv", "/feed.xml", "/bundle.zip"):
        told = set(described["paths"][path]["get"]["responses"]["200"]["headers"])
        sent = server.fetch(f"{path}?limit=2" if path.endswith("json") else path).headers
        known = {"ETag", "Last-Modified", "X-Snapshot", "Link", "X-Total-Count"}
        assert {name for name in (*known, "Content-Disposition") if name in sent} == told
    feed = described["paths"]["/feed.xml"]["get"]["parameters"]
    assert {one["name"] for one in feed} == {"lang", *FEED_FILTERS}


def test_every_route_is_in_one_part(server: Server) -> None:
    for path in server.fetch("/api/v1/openapi.json").json["paths"]:
        assert sum(re.search(paths, path) is not None for paths, _ in PARTS.values()) == 1, path


def test_a_report_comes_whole_by_its_id(server: Server) -> None:
    answer = server.fetch(f"/api/v1/reports/{XIGONG}")
    found = answer.json
    assert report_from_json(found, where="answer").number("received.total") == 117
    assert (found["id"], found["revision"], found["revisions"]) == (XIGONG, 1, [1])
    said = [o["sentence"]["zh"] for o in found["outcomes"] if o["code"] == "C801"]
    assert "134" in said[0]
    held = server.fetch(f"/api/v1/reports/{XIGONG}", If_None_Match=answer.headers["etag"])
    assert (held.status, held.body) == (304, b"")


def test_every_cell_of_the_file_leads_to_its_place_in_the_document(server: Server) -> None:
    for report in server.fetch("/api/v1/reports.json").json["rows"]:
        address = f"/api/v1/cells.csv?office={report['office_id']}&year={report['year']}"
        listed = pandas.read_csv(
            io.BytesIO(server.fetch(address).body), dtype=str, keep_default_na=False
        )
        whole = server.fetch(f"/api/v1/reports/{report['id']}").json["cells"]
        found = {row.cell: (row.raw, row.place) for row in listed.itertuples()}
        printed = {name: (cell["raw"], cell["place"]) for name, cell in whole.items()}
        assert found == dict.fromkeys(found, ("", "")) | printed
        assert all(place for _, place in printed.values())


@pytest.mark.parametrize(
    ("target", "status", "code"),
    [
        ("/api/v1/reports/nobody-2025", 404, "not_found"),
        (f"/api/v1/reports/{XIGONG}?revision=9", 404, "not_found"),
        (f"/api/v1/reports/{XIGONG}?revision=x", 400, "bad_parameter"),
        (f"/api/v1/reports/{XIGONG}?year=2025", 400, "unknown_parameter"),
        ("/api/v1/reports.csv?cell=received.total", 400, "bad_parameter"),
        ("/api/v1/cells.json?cell=nothing", 400, "bad_parameter"),
        ("/api/v1/cells.json?after=nothing", 404, "unknown_place"),
    ],
)
def test_faults_are_told_to_programs(server: Server, target, status, code) -> None:
    answer = server.fetch(target)
    assert (answer.status, answer.json["error"]["code"]) == (status, code)


def test_every_format_holds_the_same_figures(server: Server) -> None:
    target = "/api/v1/cells.{}?year=2025&cell=received.total"
    rows = server.fetch(target.format("json")).json["rows"]
    wanted = {row["report_id"]: row["value"] for row in rows}
    assert wanted[XIGONG] == 117
    table = pyarrow.parquet.read_table(io.BytesIO(server.fetch(target.format("parquet")).body))
    assert (
        dict(zip(table["report_id"].to_pylist(), table["value"].to_pylist(), strict=True)) == wanted
    )
    sheet = pandas.read_excel(io.BytesIO(server.fetch(target.format("xlsx")).body))
    assert dict(zip(sheet.report_id, sheet.value, strict=True)) == wanted


def test_the_bundle_is_of_what_was_asked_for(server: Server) -> None:
    answer = server.fetch("/bundle.zip?year=2023&office=hongze-government")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        described = json.loads(archive.read("datapackage.json"))
        reports = pandas.read_csv(archive.open("reports.csv"))
        cells = pandas.read_csv(archive.open("cells.csv"))
    assert described["gip:filters"] == {"year": "2023", "office": "hongze-government"}
    assert set(reports.id) == set(cells.report_id) == {HONGZE}
    assert server.fetch("/bundle.zip?cell=received.total").status == 400


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ("", ""),
        ("?lang=zh&year=", ""),
        ("?lang=en", "?lang=en"),
        ("?year=2025&region=41", "?region=41&year=2025"),
        ("?lang=en&year=2025&region=41", "?region=41&year=2025&lang=en"),
    ],
)
def test_each_feed_has_an_id_and_an_address_of_its_own(server: Server, asked, query) -> None:
    feed = ElementTree.fromstring(server.fetch(f"/feed.xml{asked}").text)
    address = f"{server.address}/feed.xml{query}"
    assert feed.findtext(f"{ATOM}id") == address
    assert [link.get("href") for link in feed.findall(f"{ATOM}link[@rel='self']")] == [address]
    ids = {entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")}
    assert not any("lang=" in one for one in ids)


@pytest.mark.parametrize(
    ("target", "named", "not_named"),
    [
        ("/api/v1/reports.json?yaer=1", {"year", "limit", "columns"}, {"since", "cell", "without"}),
        ("/api/v1/cells.csv?yaer=1", {"cell", "columns"}, {"since", "without", "limit"}),
        ("/api/v1/changes.csv?yaer=1", {"since"}, {"cell", "without"}),
        ("/api/v1/quartiles.csv?yaer=1", {"without"}, {"cell", "since"}),
        ("/bundle.zip?yaer=1", {"year", "format"}, {"cell", "since", "without", "limit"}),
    ],
)
def test_a_fault_names_the_parameters_of_that_address(server, target, named, not_named) -> None:
    message = server.fetch(target).json["error"]["message"]
    told = set(re.findall("[a-z_]+", message.partition("there are: ")[2]))
    assert named <= told
    assert not not_named & told


def test_a_revision_that_is_not_there_is_told_with_those_that_are(server: Server) -> None:
    error = server.fetch(f"/api/v1/reports/{XIGONG}?revision=9").json["error"]
    assert error["parameter"] == "revision"
    assert error["message"] == f"the report {XIGONG} has no revision 9; it has 1: 1"
    unknown = server.fetch("/api/v1/reports/nobody-2025?revision=9").json["error"]
    assert (unknown["parameter"], unknown["message"][:9]) == (None, "no report")


def test_a_file_that_is_too_long_says_what_to_take() -> None:
    most = FORMATS["xlsx"].most_rows
    with pytest.raises(TooManyRowsError) as refused:
        _check_length("xlsx", most + 1)
    answer = HANDLERS[type(refused.value)](None, refused.value)
    error = json.loads(answer.body)["error"]
    assert (answer.status_code, error["code"]) == (400, "too_many_rows")
    assert error["parameter"] is None
    assert f"{most:,}" in error["message"]
    assert "csv" in error["message"]
    _check_length("xlsx", most)


def test_every_answer_names_its_state_as_since_takes_it(server: Server) -> None:
    answer = server.fetch("/api/v1/reports.json?limit=1")
    name = answer.headers["x-snapshot"]
    facts = answer.json["database"]
    assert facts["snapshot"] == name
    assert facts["version"].startswith(name.partition(".")[0])
    changes = server.fetch(f"/api/v1/changes.json?since={name}")
    assert (changes.status, changes.json["rows"]) == (200, [])
    assert (changes.json["facts"]["newest"], changes.json["facts"]["is_current"]) == (name, True)
    assert server.fetch("/bundle.zip", "HEAD").headers["x-snapshot"] == name
    with zipfile.ZipFile(io.BytesIO(server.fetch("/bundle.zip?year=2023").body)) as archive:
        assert json.loads(archive.read("datapackage.json"))["gip:snapshot"] == name
        readme = archive.read("README.md").decode()
    assert f"Snapshot: `{name}`" in readme
    [address] = re.findall(r"Changes since: (\S+)", readme)
    assert server.fetch(address.removeprefix(server.address)).status == 200


@pytest.mark.parametrize(("query", "tag"), [("", "zh-CN"), ("?lang=en", "en")])
def test_the_plain_page_prints_the_report(server: Server, query, tag) -> None:
    answer = server.fetch(f"/reports/{HONGZE}{query}")
    page = answer.text
    assert f'<html lang="{tag}">' in page
    assert "script-src" not in answer.headers["content-security-policy"]
    assert page.count("<table") == 3
    assert page.count("<td class=") == len(re.findall(r'id="[a-z_]+\.[a-z_.]+"', page))
    failed = re.findall(r'class="figure failed" id="([^"]+)"', page)
    assert "reconsideration.total" in failed
    assert "C401" in page
    linked = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(linked[1])["@type"] == "Dataset"


@pytest.mark.parametrize("report", [XIGONG, HONGZE, "shanghai-general-office-2019"])
def test_headings_of_the_plain_page_are_of_the_rows_or_columns_beside_them(
    server: Server, report
) -> None:
    tables = fromstring(server.fetch(f"/reports/{report}").text).findall(".//table")
    assert len(tables) == 3
    assert all(check_scopes(table) > 10 for table in tables)


def test_an_older_revision_is_shown_as_such(tmp_path) -> None:
    first = next(report for report in real_reports() if "hongze-2023" in report.source.file)
    name = "granted.total"
    cells = {**first.cells, name: replace(first.cells[name], number=4321, raw="4321")}
    source = replace(first.source, sha256="f" * 64)
    passages = (*first.passages, Passage(1, ADDED, "paragraph 900"))
    second = replace(first, cells=cells, source=source, passages=passages)
    with running(build(tmp_path / "gip.sqlite", [first, second])) as server:
        page = server.fetch(f"/reports/{HONGZE}").text
        assert "4321" in page
        assert ADDED in page
        assert "不是现行的" not in page
        older = server.fetch(f"/reports/{HONGZE}?revision=1&lang=en").text
        assert "4321" not in older
        assert ADDED not in older
        assert "This is revision 1, which is not the newest: that is revision 2." in older
        links = set(fromstring(older).xpath("//a/@href"))
        ways = {f"/reports/{HONGZE}?lang=en", f"/reports/{HONGZE}?revision=1"}
        assert ways | {f"/api/v1/reports/{HONGZE}?revision=1"} <= links
        assert f'rel="canonical" href="{server.address}/reports/{HONGZE}?lang=en"' in older
        cited = fromstring(older).xpath("//dt[.='To cite']/following-sibling::dd")[0]
        address = cited.text_content().rpartition(" ")[2].removeprefix(server.address)
        assert server.fetch(address).text == older
        assert server.fetch(f"/reports/{HONGZE}?revision=3").status == 404


@pytest.mark.parametrize("query", ["revision=x", "year=2025", "lang=fr", "<b>=1", "lang=en&year=1"])
def test_people_are_told_in_words_what_is_wrong_with_an_address(server: Server, query) -> None:
    answer = server.fetch(f"/reports/{HONGZE}?{query}")
    assert answer.status == 400
    assert answer.headers.get_content_type() == "text/html"
    said = fromstring(answer.text).findtext(".//main/p")
    name = query.removeprefix("lang=en&").partition("=")[0]
    assert said.startswith(f"“{name}” in" if "lang=en" in query else f"地址中的“{name}”")


@pytest.mark.parametrize("language", list(Language))
def test_the_plain_page_has_the_words_to_cite_it_by(server: Server, language) -> None:
    assert words.CITATION.within(language) == word("site.citation", language.value)
    page = fromstring(server.fetch(f"/reports/{XIGONG}?lang={language.value}").text)
    said = words.TO_CITE.within(language)
    [cited] = page.xpath(f"//dt[.='{said}']/following-sibling::dd")
    version = server.fetch("/healthz").json["database"]["version"]
    assert version[:12] in cited.text_content()
    assert f"{server.address}/reports/{XIGONG}?revision=1" in cited.text_content()


@pytest.mark.parametrize("report", [XIGONG, UNREGISTERED])
def test_chinese_words_of_an_english_page_are_marked(server: Server, report) -> None:
    page = fromstring(server.fetch(f"/reports/{report}?lang=en").text)
    name = server.fetch(f"/api/v1/reports/{report}").json["office"]["name"]
    facts = page.xpath("//dt[.='Office']/following-sibling::dd[1]")[0]
    assert facts.xpath(".//*[@lang='zh-CN']")[0].text == name
    english = "Office of Xigong District" if report == XIGONG else ""
    assert (facts.text or "").startswith(english)
    for text in page.xpath("//main//text()[not(parent::a)]"):
        if re.search("[\u4e00-\u9fff]", text):
            holder = text.getparent().getparent() if text.is_tail else text.getparent()
            assert holder.xpath("ancestor-or-self::*[@lang][1]/@lang") == ["zh-CN"], text


def test_an_unknown_report_is_a_page_that_says_so(server: Server) -> None:
    answer = server.fetch("/reports/nobody-2025")
    assert answer.status == 404
    assert "没有这个页面" in answer.text


def test_the_feed_tells_the_latest_first(server: Server) -> None:
    answer = server.fetch("/feed.xml?lang=en")
    feed = ElementTree.fromstring(answer.body if answer.body[:1] == b"<" else answer.text)
    times = [entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry")]
    assert times == sorted(times, reverse=True)
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) >= 5
    one = server.fetch("/feed.xml?office=xigong-government-office")
    assert one.text.count("<entry>") == 1
    assert "134" in one.text


def test_the_sitemap_leads_to_every_report(server: Server) -> None:
    index = ElementTree.fromstring(server.fetch("/sitemap.xml").text)
    found = []
    for place in index.iter(f"{SITEMAP}loc"):
        part = ElementTree.fromstring(server.fetch(place.text.removeprefix(server.address)).text)
        for one in part.iter(f"{SITEMAP}url"):
            address = one.findtext(f"{SITEMAP}loc")
            assert [(each.get("hreflang"), each.get("href")) for each in one.iter(OTHER)] == [
                ("zh-CN", address),
                ("en", f"{address}{'&' if '?' in address else '?'}lang=en"),
                ("x-default", address),
            ]
            found.append(address)
    reports = server.fetch("/api/v1/reports.json").json
    ids = {row["id"] for row in reports["rows"]}
    assert {one.rpartition("/")[2] for one in found if "/reports/" in one} == ids
    offices = {row["office_id"] for row in reports["rows"]}
    assert {one.partition("/office?office=")[2] for one in found if "/office?" in one} == offices
    assert all(server.fetch(one.removeprefix(server.address)).status == 200 for one in found)
    assert server.fetch("/sitemaps/offices-9.xml").status == 404
    assert f"Sitemap: {server.address}/sitemap.xml" in server.fetch("/robots.txt").text
    assert server.fetch("/sitemaps/reports-1999-0.xml").status == 404


def test_the_page_about_the_data_names_every_column(server: Server) -> None:
    page = server.fetch("/api/v1/docs").text
    for table in EVERY_TABLE.values():
        assert all(f"<code>{column.name}</code>" in page for column in table.columns)


@pytest.mark.parametrize("query", ["", "?lang=en"])
def test_the_page_about_the_data_says_which_words_are_chinese(server: Server, query) -> None:
    page = fromstring(server.fetch(f"/api/v1/docs{query}").text)
    for text in page.xpath("//main//text()[string-length(normalize-space()) > 1]"):
        holder = text.getparent().getparent() if text.is_tail else text.getparent()
        is_chinese = re.search("[\u4e00-\u9fff]", text) is not None
        [spoken] = holder.xpath("ancestor-or-self::*[@lang][1]/@lang")
        assert spoken == ("zh-CN" if is_chinese else "en") or holder.tag == "h1", text


def test_the_bundle_comes_as_parquet_too(server: Server, tmp_path) -> None:
    bundles = {
        suffix: server.fetch(f"/bundle.zip?format={suffix}&year=2023")
        for suffix in ("csv", "parquet")
    }
    assert "bundle-parquet" in bundles["parquet"].headers["content-disposition"]
    for suffix, answer in bundles.items():
        with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
            archive.extractall(tmp_path / suffix)
    described = json.loads((tmp_path / "parquet" / "datapackage.json").read_text())
    files = {resource["name"]: resource["path"] for resource in described["resources"]}
    assert files["cells"] == "cells.parquet"
    for name, path in files.items():
        assert (tmp_path / "parquet" / path).exists()
        listed = pandas.read_csv(tmp_path / "csv" / f"{name}.csv")
        if path.endswith(".parquet"):
            table = pandas.read_parquet(tmp_path / "parquet" / path)
            assert len(table) == len(listed)
            assert list(table.columns) == list(listed.columns)
    cells = pandas.read_parquet(tmp_path / "parquet" / "cells.parquet")
    assert cells.value.sum() == pandas.read_csv(tmp_path / "csv" / "cells.csv").value.sum()
    assert bundles["csv"].headers["access-control-allow-origin"] == "*"
    refused = server.fetch("/bundle.zip?format=xlsx")
    assert (refused.status, refused.json["error"]["parameter"]) == (400, "format")
