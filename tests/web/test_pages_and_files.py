"""What the server answers beside the data: the shell, files, refusals, headers."""

import base64
import gzip
import hashlib
import re
from pathlib import Path

import pytest
import streamlit

from gipcore.labels import word
from gipcore.web import words
from gipcore.words import Language
from tests.web.client import Server

STATIC = Path(streamlit.__file__).with_name("static")
PAGES = ("/", "/offices", "/office", "/outcomes", "/reviews", "/quality", "/report", "/methods")
SCRIPT = next((STATIC / "static" / "js").glob("PlotlyChart.*.js"))
SCRIPT_PATH = f"/static/js/{SCRIPT.name}"
FONT = next((STATIC / "static" / "media").glob("*.woff2"))


@pytest.mark.parametrize("path", PAGES)
def test_page_is_the_shell_in_chinese(server: Server, path):
    answer = server.fetch(path)
    assert answer.status == 200
    assert '<html lang="zh-CN">' in answer.text
    assert f"{words.SITE_NAME.zh}</title>" in answer.text
    assert answer.text.count('<meta name="description"') == 1
    assert "agent" not in answer.text


def test_shell_follows_the_language_of_the_url(server: Server):
    english = server.fetch("/quality?year=2025&lang=en").text
    assert '<html lang="en">' in english
    assert f"<title>Quality · {words.SITE_NAME.en}</title>" in english
    assert '<html lang="zh-CN">' in server.fetch('/?lang="><script>').text


@pytest.mark.parametrize("language", list(Language))
def test_shell_and_pages_call_the_site_the_same(language):
    assert words.SITE_NAME.within(language) == word("site.name", language.value)


def test_shell_without_scripts_leads_to_the_files(server: Server):
    noscript = re.search(r"<noscript>(.*?)</noscript>", server.fetch("/").text, re.DOTALL)
    for address in re.findall(r'href="\./([^"]+)"', noscript[1]):
        assert server.fetch(f"/{address}", "HEAD").status == 200, address


def test_everything_the_shell_names_is_there(server: Server):
    named = re.findall(r'(?:src|href)="\./([^"]+)"', server.fetch("/").text)
    assert len(named) > 50
    for address in named:
        assert server.fetch(f"/{address}", "HEAD").status == 200, address


def test_shell_is_not_sent_twice(server: Server):
    for encoding in ("identity", "gzip"):
        first = server.fetch("/", accept_encoding=encoding)
        again = server.fetch("/", accept_encoding=encoding, if_none_match=first.headers["etag"])
        assert (again.status, again.body) == (304, b"")
        assert again.headers["vary"] == "Accept-Encoding"
    english = server.fetch("/?lang=en", if_none_match=server.fetch("/").headers["etag"])
    assert english.status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/overview",
        "/nothing",
        "/offices/x",
        "/static/js/nothing.js",
        "/static/../../app.py",
        "/app.py",
        "/.streamlit/config.toml",
        "/data/gip.sqlite",
        "/_stcore/metrics",
        "/_stcore/%6Detrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/script-health-check",
        "/component/x",
        "//other.example/offices/",
        "/%00",
        "/\\evil",
    ],
)
def test_what_the_site_does_not_have_is_not_found(server: Server, path):
    answer = server.fetch(path)
    assert answer.status == 404
    assert words.NOT_FOUND_TITLE.zh in answer.text
    assert 'href="/"' in answer.text


def test_not_found_speaks_the_language_of_the_url(server: Server):
    answer = server.fetch("/nothing?lang=en")
    assert words.NOT_FOUND_TITLE.en in answer.text
    assert 'href="/?lang=en"' in answer.text


def test_slash_at_the_end_leads_to_the_page(server: Server):
    answer = server.fetch("/offices/?year=2025")
    assert (answer.status, answer.headers["location"]) == (301, "/offices?year=2025")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_page_is_only_read(server: Server, method):
    answer = server.fetch("/offices", method)
    assert answer.status == 405
    assert "GET" in answer.headers["allow"]


def test_script_comes_compressed_to_those_who_take_it(server: Server):
    answer = server.fetch(SCRIPT_PATH, accept_encoding="br, gzip;q=0.8")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/javascript")
    assert int(answer.headers["content-length"]) == len(answer.body) < SCRIPT.stat().st_size / 3
    assert gzip.decompress(answer.body) == SCRIPT.read_bytes()


@pytest.mark.parametrize("encoding", ["identity", "gzip;q=0", "br", "*;q=0", "gzip;q=x"])
def test_script_comes_plain_to_those_who_do_not(server: Server, encoding):
    answer = server.fetch(SCRIPT_PATH, accept_encoding=encoding)
    assert answer.headers["content-encoding"] is None
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.body == SCRIPT.read_bytes()


def test_part_of_a_script_is_a_part_of_the_file(server: Server):
    answer = server.fetch(SCRIPT_PATH, accept_encoding="gzip", range="bytes=10-19")
    assert answer.status == 206
    assert answer.headers["content-encoding"] is None
    assert answer.headers["content-range"] == f"bytes 10-19/{SCRIPT.stat().st_size}"
    assert answer.body == SCRIPT.read_bytes()[10:20]


def test_both_forms_of_a_script_have_tags_of_their_own(server: Server):
    plain = server.fetch(SCRIPT_PATH).headers["etag"]
    compressed = server.fetch(SCRIPT_PATH, accept_encoding="gzip").headers["etag"]
    assert plain != compressed
    for tag, encoding in ((plain, "identity"), (compressed, "gzip")):
        answer = server.fetch(SCRIPT_PATH, accept_encoding=encoding, if_none_match=tag)
        assert (answer.status, answer.body) == (304, b"")
    crossed = server.fetch(SCRIPT_PATH, accept_encoding="gzip", if_none_match=plain)
    assert crossed.status == 200


def test_font_is_sent_as_it_is(server: Server):
    answer = server.fetch(f"/static/media/{FONT.name}", accept_encoding="gzip")
    assert answer.body == FONT.read_bytes()


def test_head_of_a_script_has_no_body(server: Server):
    answer = server.fetch(SCRIPT_PATH, "HEAD", accept_encoding="gzip")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["content-length"]) > 1000


def test_policy_allows_only_the_scripts_of_the_shell(server: Server):
    answer = server.fetch("/")
    policy = dict(
        part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in policy["script-src"]
    inline = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    hashes = {base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in inline}
    assert set(re.findall(r"'sha256-([^']+)'", policy["script-src"])) == hashes
    assert not re.search(r"https?:", answer.headers["content-security-policy"])


@pytest.mark.parametrize("path", ["/", "/nothing", "/api/v1/nothing", SCRIPT_PATH])
def test_every_answer_carries_the_headers(server: Server, path):
    headers = server.fetch(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["server"] is None


def test_other_sites_cannot_open_the_socket(server: Server):
    def open_socket(origin: str) -> int:
        return server.fetch(
            "/_stcore/stream",
            Connection="Upgrade",
            Upgrade="websocket",
            Sec_WebSocket_Version="13",
            Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ==",
            Origin=origin,
        ).status

    for origin in ("https://other.example", "null", "http://[", "http://127.0.0.1:1"):
        assert open_socket(origin) == 403, origin
