"""Real Chromium under the site's policy; that each page keeps to it is held in tests/e2e."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.web.client import ROOT, Server

STRANGER = "https://other.example"
TRY_WHAT_IS_FORBIDDEN = """async stranger => {
    const stopped = []
    addEventListener("securitypolicyviolation", event => stopped.push(event.effectiveDirective))
    const script = document.createElement("script")
    script.textContent = "window.ran = true"
    document.body.append(script)
    new Image().src = stranger + "/x.png"
    await fetch(stranger).catch(() => {})
    setTimeout(() => {  // Chromium lets a debugger's own call make code from text
        try { new Function("window.ran = true")() } catch { stopped.push("eval") }
    })
    await new Promise(done => setTimeout(done, 300))
    return [window.ran === true, stopped]
}"""


@pytest.fixture
def visited(real_browser: Browser) -> Iterator[Page]:
    context = real_browser.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def elements(database: str) -> Iterator[str]:
    """Serve the page of elements; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "tests.web.elements:app", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "GIP_DATABASE_URL": database},
        stderr=subprocess.DEVNULL,
    )
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(20)


def test_every_kind_of_element_works_under_the_policy(elements: str, visited: Page):
    faults, asked = [], []
    visited.on("pageerror", lambda error: faults.append(str(error)))
    visited.on("console", lambda said: said.type == "error" and faults.append(said.text))
    visited.on("request", lambda request: asked.append(request.url))
    visited.goto(elements)
    visited.wait_for_selector(".js-plotly-plot .bars path", timeout=60_000)
    visited.wait_for_selector(".js-plotly-plot .sankey-node", state="attached")
    visited.wait_for_selector("[data-testid=stDataFrame] canvas")
    assert visited.locator(".own").evaluate("e => getComputedStyle(e).color") == "rgb(1, 2, 3)"
    visited.locator("input[type=file]").set_input_files(
        {"name": "年报.txt", "mimeType": "text/plain", "buffer": b"12345"}
    )
    visited.get_by_text("收到 年报.txt，5").wait_for()
    with visited.expect_download() as download:
        visited.get_by_role("button", name="下载").click()
    assert download.value.path().read_bytes() == b"123"
    visited.wait_for_load_state("networkidle")
    assert faults == []
    assert [url for url in asked if not url.startswith((f"{elements}/", "data:", "blob:"))] == []


def test_policy_stops_what_it_should(server: Server, visited: Page):
    answered, refused = [], []
    visited.on("response", lambda answer: answered.append(answer.url))
    visited.on("requestfailed", lambda request: refused.append((request.url, request.failure)))
    visited.goto(f"{server.address}/methods")
    visited.wait_for_selector("h1", timeout=60_000)
    ran, stopped = visited.evaluate(TRY_WHAT_IS_FORBIDDEN, STRANGER)
    assert not ran
    assert {"script-src-elem", "img-src", "connect-src", "eval"} <= set(stopped)
    assert not any(url.startswith(STRANGER) for url in answered)
    assert (f"{STRANGER}/x.png", "csp") in refused


@pytest.mark.parametrize(
    ("scheme", "background"), [("light", "255, 255, 255"), ("dark", "17, 22, 28")]
)
def test_theme_follows_the_visitors_system(
    server: Server, real_browser: Browser, scheme, background
):
    context = real_browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{server.address}/methods")
    page.wait_for_selector("h1", timeout=60_000)
    style = page.locator(".stApp").evaluate(
        "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).fontFamily]"
    )
    context.close()
    assert style[0] == f"rgb({background})"
    assert style[1].startswith('"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC"')


def test_page_that_does_not_exist_offers_the_way_back(server: Server, visited: Page):
    visited.goto(f"{server.address}/nothing?lang=en")
    visited.get_by_role("link", name="Go to the overview").click()
    visited.wait_for_selector("h1", timeout=60_000)
    assert visited.url == f"{server.address}/?lang=en"
    assert visited.evaluate("document.documentElement.lang") == "en"


def test_language_of_the_document_follows_the_switch(server: Server, visited: Page):
    def language() -> str:
        visited.wait_for_timeout(300)
        return visited.evaluate("document.documentElement.lang")

    visited.goto(f"{server.address}/methods")
    visited.get_by_role("link", name="English").click()
    visited.wait_for_url("**/methods?lang=en")
    assert language() == "en"
    visited.go_back()
    visited.wait_for_url("**/methods")
    assert language() == "zh-CN"
