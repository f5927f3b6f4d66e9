"""The data routes: rows, filters, refusals, headers, and both forms holding the same."""

import csv
import gzip
import json
import re
import time
from io import StringIO
from urllib.parse import quote

import pytest
from websockets.sync.client import connect

from gipcore.export.tables import TABLES
from gipcore.form.editions import CELLS
from gipcore.store.headline import HEADLINE
from tests.web.client import Answer, Server

NAMES = tuple(TABLES)
# Every office here has a report, and no report was revised.
EMPTY = {"gone_findings", "offices_without_report"}
WITH_ROWS = tuple(name for name in NAMES if name not in EMPTY)
BOTH = [f"/api/v1/{name}.{suffix}" for name in NAMES for suffix in ("json", "csv")]
XIGONG = "xigong-government-office"
WORTH_COMPRESSING = 1000  # bytes: less goes in one packet anyway


def rows_of(answer: Answer) -> list[dict[str, str]]:
    assert answer.status == 200, answer.text
    return list(csv.DictReader(StringIO(answer.text, newline="")))


def as_text(value) -> str:
    """Return how a value of the JSON stands in the CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return "; ".join(value) if isinstance(value, list) else str(value)


@pytest.mark.parametrize("name", WITH_ROWS)
def test_pages_of_json_hold_the_rows_of_the_csv_in_order(server: Server, name):
    target, rows = f"/api/v1/{name}.json?limit=4", []
    while target:
        answer = server.fetch(target).json
        assert answer["count"] == len(answer["rows"]) <= answer["limit"] == 4
        rows += answer["rows"]
        target = answer["next"]
    whole = server.fetch(f"/api/v1/{name}.csv")
    expected = [{key: as_text(value) for key, value in row.items()} for row in rows]
    assert rows_of(whole) == expected
    assert len(rows) == answer["total"] == int(whole.headers["x-total-count"]) >= 9
    assert len({row["id"] for row in rows}) == len(rows)


@pytest.mark.parametrize("name", WITH_ROWS)
def test_columns_are_the_declared_ones(server: Server, name):
    names = [column.name for column in TABLES[name].columns]
    assert list(server.fetch(f"/api/v1/{name}.json").json["rows"][0]) == names
    assert list(rows_of(server.fetch(f"/api/v1/{name}.csv"))[0]) == names


def test_link_leads_to_the_next_page(server: Server):
    answer = server.fetch("/api/v1/reports.json?limit=4&year=2025")
    assert answer.headers["link"] is None
    answer = server.fetch("/api/v1/reports.json?limit=3&year=2025")
    target = re.fullmatch(r'<(.+)>; rel="next"', answer.headers["link"])[1]
    assert "year=2025" in target
    assert target == answer.json["next"]
    assert server.fetch(target).json["count"] == 1


def test_office_shows_what_its_tables_and_its_text_say(server: Server):
    [row] = server.fetch(f"/api/v1/reports.json?office={XIGONG}").json["rows"]
    figures = {"received_total": 117, "disposed_total": 115, "carried_forward_total": 2}
    assert figures.items() <= row.items()
    [finding] = server.fetch(f"/api/v1/findings.json?office={XIGONG}&check=C801").json["rows"]
    assert (finding["left"], finding["right"], finding["difference"]) == (134, 117, 17)
    assert "134" in finding["sentence_zh"]
    assert "117" in finding["sentence_en"]


def test_findings_of_table_4_come_with_their_differences(server: Server):
    target = "/api/v1/findings.csv?severity=error&year=2023"
    rows = {row["check"]: row for row in rows_of(server.fetch(target))}
    assert (rows["C401"]["left"], rows["C401"]["right"], rows["C401"]["difference"]) == (
        "0",
        "11",
        "-11",
    )
    assert (rows["C403"]["left"], rows["C403"]["right"]) == ("0", "5")
    assert rows["C401"]["left_cells"] == "reconsideration.total"
    assert set(rows["C401"]["right_cells"].split("; ")) < set(CELLS)


def test_address_of_a_finding_is_its_report_with_the_cells_marked(server: Server):
    [row] = server.fetch("/api/v1/findings.json?check=C401").json["rows"]
    expected = f"{server.address}/report?report=hongze-government-2023&check=C401"
    assert row["address"] == expected
    assert server.fetch(expected.removeprefix(server.address)).status == 200


def test_blank_figure_is_empty_with_its_state_and_never_zero(server: Server):
    rows = rows_of(server.fetch("/api/v1/reports.csv"))
    shanghai = next(row for row in rows if row["year"] == "2019")
    blank = [column.name for column in HEADLINE if shanghai[f"{column.name}_state"] == "[x]"]
    assert blank
    for row in rows:
        for column in HEADLINE:
            value, state = row[column.name], row[f"{column.name}_state"]
            assert (value == "") == (state == "[x]")
            assert state in ("", "[x]")
            if value:
                float(value)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("year=2025", 4),
        ("year=1999", 0),
        ("region=41", 4),
        ("region=410000", 4),
        ("region=3208", 3),
        ("region=999999", 0),
        ("level=county", 4),
        ("function=general_office", 2),
        (f"office={XIGONG}", 1),
        ("office=nobody", 0),
        ("search=" + quote("洪泽"), 2),
        ("search=" + quote("%"), 0),
        ("form=2019", 1),
        ("check=C401", 1),
        ("severity=error", 1),
        ("balanced=false", 1),
        ("year=2025&region=4103&level=township", 1),
        ("year=2025&lang=en", 4),
        ("year=&search=&lang=", 10),
    ],
)
def test_reports_are_filtered_by_the_parameters_of_the_pages(server: Server, query, expected):
    assert server.fetch(f"/api/v1/reports.json?{query}").json["total"] == expected
    found = server.fetch(f"/api/v1/reports.csv?{query}")
    assert int(found.headers["x-total-count"]) == len(rows_of(found)) == expected


@pytest.mark.parametrize("path", BOTH)
@pytest.mark.parametrize(
    ("query", "code", "parameter"),
    [
        ("year=x", "bad_parameter", "year"),
        ("year=2025&year=2024", "bad_parameter", "year"),
        ("x" * 5000 + "=1", "unknown_parameter", "x" * 60),
        ("&".join(["x" * 5000 + "=1"] * 2), "bad_parameter", "x" * 60),
        ("region=%27%20OR%201%3D1--", "bad_parameter", "region"),
        ("balanced=maybe", "bad_parameter", "balanced"),
        ("check=C999", "bad_parameter", "check"),
        ("search=%00", "bad_parameter", "search"),
        ("search=" + "x" * 5000, "bad_parameter", "search"),
        ("lang=fr", "bad_parameter", "lang"),
        ("yaer=2025", "unknown_parameter", "yaer"),
        ("%3Cscript%3E=1", "unknown_parameter", "<script>"),
        ("%FF%FE=1", "unknown_parameter", "��"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_name(server: Server, path, query, code, parameter):
    answer = server.fetch(f"{path}?{query}", Origin="https://other.example")
    assert answer.status == 400
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "*"
    error = answer.json["error"]
    assert (error["code"], error["parameter"]) == (code, parameter)
    assert len(error["message"]) < 300


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "1e3", "x", "９", "99999999999999"])
def test_limit_out_of_bounds_is_refused(server: Server, limit):
    answer = server.fetch(f"/api/v1/offices.json?limit={quote(limit)}")
    assert (answer.status, answer.json["error"]["parameter"]) == (400, "limit")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "after", ["-1", "x" * 5000, "nobody-2025", "1 OR 1", "%00", "%F0%9F%92%A9"]
)
def test_place_that_no_page_gave_is_refused(server: Server, name, after):
    answer = server.fetch(f"/api/v1/{name}.json?after={quote(after, safe='%')}")
    error = answer.json["error"]
    assert (answer.status, error["parameter"], error["code"]) == (404, "after", "unknown_place")


@pytest.mark.parametrize("name", WITH_ROWS)
def test_place_at_the_end_gives_no_rows(server: Server, name):
    last = rows_of(server.fetch(f"/api/v1/{name}.csv"))[-1]["id"]
    answer = server.fetch(f"/api/v1/{name}.json?after={quote(last)}").json
    assert (answer["rows"], answer["next"]) == ([], None)


@pytest.mark.parametrize("parameter", ["limit", "after"])
def test_csv_is_never_cut(server: Server, parameter):
    answer = server.fetch(f"/api/v1/offices.csv?{parameter}=1")
    assert answer.json["error"]["code"] == "unknown_parameter"


@pytest.mark.parametrize(
    "path",
    ["/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/offices.json", "/api/v1/offices.xml",
     "/api/v1/offices.json/", "/api/v1/../../app.py", "/api/v1/offices.csv%00", "/api//v1"],
)  # fmt: skip
def test_unknown_address_is_not_found_in_json(server: Server, path):
    answer = server.fetch(path)
    assert (answer.status, answer.json["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["/api/v1/reports.json", "/api/v1/reports.csv", "/healthz"])
@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "NONSENSE"]
)
def test_data_are_only_read(server: Server, path, method):
    answer = server.fetch(path, method)
    assert answer.status == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}
    if method != "HEAD":
        assert answer.json["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize("path", BOTH)
def test_head_tells_what_get_would(server: Server, path):
    head, full = server.fetch(path, "HEAD"), server.fetch(path)
    assert (head.status, head.body) == (200, b"")
    for name in ("etag", "x-total-count", "content-type", "content-disposition"):
        assert head.headers[name] == full.headers[name], name
    assert head.headers["content-length"] in (None, full.headers["content-length"])


@pytest.mark.parametrize("path", [path for path in BOTH if not EMPTY & set(re.split("[/.]", path))])
def test_answer_is_compressed_where_taken(server: Server, path):
    plain, compressed = server.fetch(path), server.fetch(path, accept_encoding="gzip")
    assert plain.headers["content-encoding"] is None
    assert compressed.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in compressed.headers["vary"]
    assert gzip.decompress(compressed.body) == plain.body
    assert len(compressed.body) < len(plain.body) / 2


@pytest.mark.parametrize("path", BOTH)
def test_answer_that_is_held_is_not_sent_again(server: Server, path):
    tag = server.fetch(path).headers["etag"]
    again = server.fetch(path, if_none_match=tag)
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert server.fetch(path, "HEAD", if_none_match=tag).status == 304
    assert server.fetch(f"{path}?year=2025", if_none_match=tag).status == 200
    assert server.fetch(path, if_none_match='"another"').status == 200


WITH_A_TIME = (
    *BOTH,
    "/api/v1/totals.json",
    "/api/v1/totals.csv",
    f"/api/v1/reports/{XIGONG}-2025",
    f"/reports/{XIGONG}-2025",
    "/bundle.zip",
    "/feed.xml",
    "/sitemap.xml",
    "/sitemaps/pages.xml",
)


@pytest.mark.parametrize("path", WITH_A_TIME)
def test_answer_that_did_not_change_is_not_sent_again(server: Server, path):
    time = server.fetch(path).headers["last-modified"]
    again = server.fetch(path, if_modified_since=time)
    assert (again.status, again.body, again.headers["last-modified"]) == (304, b"", time)
    assert server.fetch(path, "HEAD", if_modified_since=time).status == 304
    earlier = "Fri, 20 Nov 2020 08:30:00 GMT"
    assert server.fetch(path, if_modified_since=earlier).status == 200
    assert server.fetch(path, if_modified_since=time, if_none_match='"another"').status == 200


@pytest.mark.parametrize(
    "path",
    ["/api/v1/reports/nobody-2025", "/reports/nobody-2025", "/sitemaps/reports-1999-0.xml",
     "/api/v1/offices.json?after=nobody", "/api/v1/nothing"],
)  # fmt: skip
def test_what_is_not_there_is_never_unchanged(server: Server, path):
    late = "Fri, 20 Nov 2099 08:30:00 GMT"
    assert server.fetch(path, if_modified_since=late).status == 404


def test_page_of_rows_has_a_tag_of_its_own(server: Server):
    paths = ["?", "?limit=2", "?limit=3", f"?limit=2&after={XIGONG}", "?year=2025"]
    tags = {server.fetch(f"/api/v1/offices.json{path}").headers["etag"] for path in paths}
    assert len(tags) == len(paths)


@pytest.mark.parametrize("path", BOTH)
def test_other_sites_may_read(server: Server, path):
    headers = server.fetch(path, Origin="https://other.example").headers
    assert headers["access-control-allow-origin"] == "*"
    assert "X-Total-Count" in headers["access-control-expose-headers"]
    assert headers["access-control-allow-credentials"] is None
    asked = server.fetch(
        path,
        "OPTIONS",
        Origin="https://other.example",
        Access_Control_Request_Method="GET",
        Access_Control_Request_Headers="If-None-Match",
    )
    assert asked.status == 200
    assert asked.headers["access-control-allow-methods"] == "GET, HEAD"


OUTSIDE = (
    "/bundle.zip", "/feed.xml", "/sitemap.xml", "/sitemaps/pages.xml", "/robots.txt", "/healthz",
    f"/reports/{XIGONG}-2025",
)  # fmt: skip


@pytest.mark.parametrize("path", OUTSIDE)
def test_other_sites_may_read_what_is_beside_the_tables(server: Server, path):
    for headers in ({}, {"Origin": "https://other.example"}):
        answer = server.fetch(path, **headers)
        assert answer.status == 200
        assert answer.headers.get_all("access-control-allow-origin") == ["*"]
        exposed = answer.headers["access-control-expose-headers"]
        told = {"X-Snapshot", "ETag", "Link", "X-Total-Count", "Content-Disposition"}
        assert told <= set(exposed.split(", "))
    assert server.fetch("/").headers["access-control-allow-origin"] is None


def test_a_browser_may_ask_before_it_fetches_the_bundle(server: Server):
    asked = server.fetch(
        "/bundle.zip",
        "OPTIONS",
        Origin="https://other.example",
        Access_Control_Request_Method="GET",
        Access_Control_Request_Headers="If-None-Match",
    )
    assert asked.status == 200
    assert asked.headers["access-control-allow-methods"] == "GET, HEAD"
    assert server.fetch("/bundle.zip?year=x", Origin="https://other.example").status == 400


@pytest.mark.parametrize("path", OUTSIDE[:5])
@pytest.mark.parametrize("method", ["POST", "DELETE", "OPTIONS"])
def test_a_wrong_method_is_told_in_json_beside_the_tables_too(server: Server, path, method):
    answer = server.fetch(path, method)
    assert (answer.status, answer.json["error"]["code"]) == (405, "method_not_allowed")
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_what_search_engines_take_is_compressed_where_taken(server: Server):
    listed = re.findall(r"<loc>[^<]*(/sitemaps/[^<]+)</loc>", server.fetch("/sitemap.xml").text)
    sizes = {path: len(server.fetch(path).body) for path in [*listed, "/sitemap.xml", "/feed.xml"]}
    large = [path for path, size in sizes.items() if size >= WORTH_COMPRESSING]
    assert len(large) >= 2
    for path in large:
        plain, compressed = server.fetch(path), server.fetch(path, accept_encoding="gzip")
        assert compressed.headers["content-encoding"] == "gzip", path
        assert gzip.decompress(compressed.body) == plain.body


def test_other_sites_may_not_write(server: Server):
    asked = server.fetch(
        "/api/v1/reports.json",
        "OPTIONS",
        Origin="https://other.example",
        Access_Control_Request_Method="DELETE",
    )
    assert asked.status == 400


def test_name_of_the_file_tells_what_is_in_it(server: Server):
    target = "/api/v1/reports.csv?year=2025&region=41&search=" + quote('"; x=\r\n洛')
    assert server.fetch(target).status == 400
    target = "/api/v1/reports.csv?year=2025&region=41&unbalanced=false&search=" + quote('"; x=洛')
    disposition = server.fetch(target).headers["content-disposition"]
    name = r'attachment; filename="(gip-reports-41-not-unbalanced-2025-[0-9a-f]{8}\.csv)"'
    assert re.fullmatch(name, disposition), disposition


def test_file_begins_with_a_byte_order_mark(server: Server):
    assert server.fetch("/api/v1/offices.csv").body.startswith("\ufeffid,name".encode())


@pytest.mark.parametrize("host", ["evil.example/x?", '"><script>', "=1+1", "a b"])
def test_hostile_host_does_not_get_into_addresses(server: Server, host):
    connection = server.connect()
    connection.putrequest("GET", "/api/v1/offices.json?limit=1", skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status == 200:
        [row] = json.loads(body)["rows"]
        assert row["address"].startswith("/office?")
    else:
        assert answer.status == 400


def test_health_tells_the_state_of_the_database(server: Server):
    answer = server.fetch("/healthz")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    facts = answer.json["database"]
    assert (answer.json["status"], facts["offices"], facts["reports"]) == ("ok", 9, 10)
    assert facts["is_synthetic"] is False
    assert facts == server.fetch("/api/v1/offices.json").json["database"]


def test_visitors_are_not_logged(server: Server):
    server.fetch("/api/v1/offices.json?year=x")
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], origin=server.address):
        pass
    time.sleep(0.2)
    assert not any("127.0.0.1:" in line for line in server.log[1:])
    assert not any("Traceback" in line for line in server.log)


@pytest.mark.parametrize("name", WITH_ROWS)
def test_chosen_columns_come_in_the_order_asked_for(server: Server, name):
    names = [column.name for column in reversed(TABLES[name].columns)][:3]
    asked = f"columns={','.join(names)}"
    whole = rows_of(server.fetch(f"/api/v1/{name}.csv"))
    narrow = rows_of(server.fetch(f"/api/v1/{name}.csv?{asked}"))
    assert [list(row) for row in narrow] == [names] * len(whole)
    assert narrow == [{key: row[key] for key in names} for row in whole]
    pages, target = [], f"/api/v1/{name}.json?limit=4&{asked}"
    while target:
        answer = server.fetch(target).json
        pages += answer["rows"]
        target = answer["next"]
    assert [{key: as_text(row[key]) for key in names} for row in pages] == narrow


@pytest.mark.parametrize("suffix", ["json", "csv", "xlsx", "parquet"])
@pytest.mark.parametrize(
    ("columns", "code", "said"),
    [
        ("year,nothing", "unknown_column", "office_name"),
        ("year,", "unknown_column", "office_name"),
        ("year,year", "bad_parameter", "twice"),
        (quote("<b>\x00=1"), "unknown_column", "office_name"),
    ],
)
def test_a_column_that_is_not_there_is_refused_with_those_that_are(
    server: Server, suffix, columns, code, said
):
    answer = server.fetch(f"/api/v1/reports.{suffix}?columns={columns}")
    assert answer.status == 400
    error = answer.json["error"]
    assert (error["code"], error["parameter"]) == (code, "columns")
    assert said in error["message"]
    assert "\x00" not in error["message"]


def test_other_columns_are_another_answer(server: Server):
    tags = {
        server.fetch(f"/api/v1/reports.csv?columns={names}").headers["etag"]
        for names in ("", "year", "year,id", "id,year")
    }
    assert len(tags) == 4
    assert server.fetch("/api/v1/reports.csv?columns=").body.startswith(b"\xef\xbb\xbfid,")


def test_only_tables_have_columns_to_choose(server: Server):
    assert server.fetch("/bundle.zip?columns=year").status == 400
    assert server.fetch(f"/api/v1/reports/{XIGONG}-2025?columns=year").status == 400
