"""A clerk checks a draft before it is published, in a real browser."""

import io
import json
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from random import Random

import openpyxl
import pytest
from playwright.sync_api import expect

from gipcore.form.model import EditionId
from tests.documents.factory import docx, html_page, make_form
from tests.e2e.browser import NARROW, WIDE
from tests.parsing.layouts import Layout, balanced_figures, write
from tests.web.client import running

OFFICE = "青禾县柳塘镇人民政府"
WRONG = 99999


def report(year=2024, **changed):
    figures = balanced_figures(Random(5), EditionId.Y2021) | changed
    return write(figures, Layout(), edition=EditionId.Y2021, year=year).encode()


def drop(one, data, name, which=0):
    """Give a file as a person does, and wait until it has arrived."""
    given = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    one.page.locator("input[type=file]").nth(which).set_input_files(given)
    one.page.get_by_test_id("stFileChipName").get_by_text(name).wait_for()


def check(one, words="开始核对"):
    one.page.get_by_role("button", name=words).click()
    one.page.locator(".gip-verdict, .gip-empty").first.wait_for()
    one.settle()


def fetched(one, words):
    with one.page.expect_download() as download:
        one.page.get_by_role("button", name=words).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_clerk_finds_a_wrong_total_and_takes_the_form_away(visitor, width):
    one = visitor(width=width)
    one.open()
    one.page.get_by_role("link", name="自查", exact=True).click()
    one.heading("公布前自查").wait_for()
    drop(one, report(**{"received.total": WRONG}), "草稿.txt")
    drop(one, report(2023), "上年.txt", which=1)
    check(one)
    words = one.words()
    assert f"{OFFICE} 2024 年报告" in words
    assert "有2处要改" in words
    assert "已与 2023 年的报告对照" in words
    first = one.page.locator(".gip-finding").first
    assert "C301" in first.inner_text()
    assert "位置：表三第10列第4、5、27、28行" in first.inner_text()
    assert "原文「99999」" in first.inner_text()
    one.page.locator("[popovertarget=cell-received-total]").click()
    assert "「99999」" in one.page.locator("#cell-received-total").inner_text()
    one.page.keyboard.press("Escape")

    name, data = fetched(one, "数据（JSON）")
    assert name == f"{OFFICE}-2024.json"
    found = json.loads(data)
    assert found["schema"] == "gip-report/1"
    assert found["cells"]["received.total"]["value"] == WRONG
    assert {o["code"] for o in found["outcomes"] if o["verdict"] == "failed"} >= {"C301", "C303"}
    name, data = fetched(one, "Excel")
    assert name == f"{OFFICE}-2024.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(data))
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert WRONG in values
    name, data = fetched(one, "Word")
    assert name == f"{OFFICE}-2024.docx"
    assert "word/comments.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist()

    wider = one.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wider <= width
    cards = one.page.locator(".gip-finding").all()
    assert all(card.bounding_box()["width"] <= width for card in cards)


def test_words_of_the_form_are_of_the_language(visitor):
    for language, words in (("zh", "选择文件"), ("en", "Choose a file")):
        one = visitor()
        one.open("check", lang=language)
        buttons = one.page.locator("[data-testid=stFileUploader] button")
        expect(buttons.first).to_have_text(words, use_inner_text=True)
        expect(buttons.first).to_have_accessible_name(words)
        assert "per file" not in one.page.locator("[data-testid=stForm]").inner_text()


@pytest.mark.parametrize("make", [docx, lambda form: html_page(form).encode()])
def test_draft_in_any_format_is_read(visitor, make):
    one = visitor()
    one.open("check", lang="en")
    drop(one, make(make_form(8)), "draft.any")
    check(one, "Check")
    assert "every relation between the figures of the tables holds" in one.words().lower()


def test_hostile_files_do_nothing(visitor):
    one = visitor()
    one.open("check")
    script = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    page = (
        html_page(make_form(8)).replace("</h1>", f"{script}</h1>").replace("青石", f"青石{script}")
    )
    drop(one, page.replace(script, script.replace("<", "&lt;")).encode(), "a<b>.html")
    check(one)
    assert one.page.locator("[data-testid=stMain] img").count() == 0
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (300 << 20))
        archive.writestr("[Content_Types].xml", b"")
    drop(one, bomb.getvalue(), "bomb.docx")
    check(one)
    one.page.locator(".gip-empty", has_text="文件过大").wait_for()


def test_file_that_is_too_large_is_refused_in_words(visitor):
    one = visitor()
    one.open("check")
    drop(one, b"x" * (21 << 20), "large.pdf")
    box = one.page.get_by_test_id("stFileUploaderDropzone").first
    said = box.evaluate("e => getComputedStyle(e, '::after').content")
    assert "超过 20 MB" in said


def test_nothing_of_a_draft_stays_and_no_database_is_needed(visitor, tmp_path):
    held = "() => [localStorage.length, sessionStorage.length]"
    with running(f"sqlite:///{tmp_path / 'gip.sqlite'}") as server:
        one = visitor(site=server.address)
        one.open("check")
        before = one.page.evaluate(held)
        drop(one, report(**{"received.total": WRONG}), "秘密.txt")
        check(one)
        assert "有2处要改" in one.words()
        assert one.page.evaluate(held) == before
        assert not one.page.get_by_test_id("stFileChip").count()
        one.page.get_by_role("button", name="清除结果").click()
        one.page.locator(".gip-verdict").wait_for(state="detached")
        one.page.reload()
        one.settle()
        assert "有2处要改" not in one.words()
        log = "".join(server.log)
    assert "秘密" not in log
    assert OFFICE not in log
    assert list(tmp_path.iterdir()) == []


def test_server_takes_files_of_the_visit_only_and_no_larger_ones(visitor):
    one = visitor()
    one.open("check")
    with one.page.expect_request(lambda request: "/upload_file/" in request.url) as sent:
        drop(one, report(), "draft.txt")
    url, headers = sent.value.url, sent.value.all_headers()
    kept = {name: headers[name] for name in ("x-xsrftoken", "cookie")}

    def put(size, **headers):
        body = b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
        body += b"x" * size + b"\r\n--b--\r\n"
        given = {"Content-Type": "multipart/form-data; boundary=b", **headers}
        asked = urllib.request.Request(url, body, given, method="PUT")
        try:
            return urllib.request.urlopen(asked).status
        except urllib.error.HTTPError as refused:
            return refused.code
        except urllib.error.URLError:
            return 413  # it hung up before all was sent

    assert put(100, **kept) == 204
    assert put(100) == 403
    assert put(100, **{**kept, "x-xsrftoken": "2|00000000|0|0"}) == 403
    assert put(22 << 20, **kept) == 413
    assert put(100, **kept) == 204
