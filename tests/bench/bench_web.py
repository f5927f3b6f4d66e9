"""How the site feels beside a bare Streamlit page.

    python -m tests.bench.bench_web [--offices 300] [--database FILE] [--only pages]

Three servers on this machine: the site, the site with Streamlit's own settings for the garbage
collector and the file watcher, and a page that only says hello, run by `streamlit run` as it comes.
The site shows a synthetic country, or a copy of an SQLite file. The crowds think for five seconds
between two reruns. Of each page: when a new visitor reads its title, in a real browser; how long
the server takes while no answer of the database is kept (unread), for the next visitor (read), and
for a rerun; how much it sends first, and again. All in about six minutes.
"""

import argparse
import asyncio
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from gipcore.demo.writing import write_demo
from gipcore.store.database import url_of_file
from tests.bench.pages import ask_pages, print_pages
from tests.bench.visitors import Measured, crowd
from tests.web.client import Server, running
from tests.web.databases import build, many, multiply_reports

PARTS = ("pages", "visits", "crowds", "download")
YEARS = range(2019, 2026)
VISITS, CROWDS, SECONDS, THINK = 7, (1, 50, 100), 15.0, 5.0
UNTUNED = {
    "STREAMLIT_RUNNER_POST_SCRIPT_GC": "true",
    "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "auto",
}
HELLO = "import streamlit as st\nst.title('hello')\nst.write('hello')\n"


@contextmanager
def hello(folder: Path) -> Iterator[Server]:
    """Run a bare page with Streamlit's own settings."""
    script = folder / "hello.py"
    script.write_text(HELLO)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = {"server.port": port, "server.address": "127.0.0.1", "server.headless": "true"}
    options["browser.gatherUsageStats"] = "false"
    given = [f"--{name}={value}" for name, value in options.items()]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), *given],
        cwd=folder,
        env={**os.environ, "HOME": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            time.sleep(0.2)
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield Server(port, process, [])
    finally:
        process.terminate()
        process.wait(20)


def seconds_of_processor(server: Server) -> float:
    """Return how long the server has kept a processor busy so far; other programs do not count."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Lend the browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


def first_text(browser: Browser, port: int, address: str = "") -> tuple[float, float]:
    """Return the milliseconds until a new visitor reads the title, and the MB that took."""
    context = browser.new_context()
    page, received = context.new_page(), [0.0]
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on(
        "Network.loadingFinished",
        lambda event: received.__setitem__(0, received[0] + event["encodedDataLength"]),
    )
    began = time.perf_counter()
    page.goto(f"http://127.0.0.1:{port}/{address}", wait_until="commit")
    page.wait_for_selector("h1", state="visible")
    taken = (time.perf_counter() - began) * 1000
    page.wait_for_load_state("networkidle")
    context.close()
    return taken, received[0] / 1e6


def compare(title: str, figures: dict[str, float], unit: str) -> None:
    """Print one line: what each server took, and how many times that of the bare page."""
    base = figures["hello"]
    cells = (
        f"{name} {value:9,.1f} {unit} ({value / base:4.2f}×)" for name, value in figures.items()
    )
    print(f"{title:30}", " | ".join(cells), flush=True)


def browse(servers: dict[str, Server]) -> None:
    """Compare first visits, taking turns so that the machine's moods fall on all alike."""
    taken: dict[str, list[float]] = {name: [] for name in servers}
    received: dict[str, list[float]] = {name: [] for name in servers}
    with chromium() as browser:
        for _ in range(VISITS):
            for name, server in servers.items():
                milliseconds, megabytes = first_text(browser, server.port)
                taken[name].append(milliseconds)
                received[name].append(megabytes)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    compare("first text, median", medians, "ms")
    compare("received", {name: max(sizes) for name, sizes in received.items()}, "MB")


def browse_pages(site: Server, bare: Server, file: Path) -> None:
    """Compare every page with a bare one: first visits and reruns."""
    asked = ask_pages(site.port, bare.port, file)  # no loop can run beside that of the browser
    with chromium() as browser:

        def shown(port: int, address: str) -> float:
            return first_text(browser, port, address)[0]

        print_pages(asked, site.port, bare.port, shown)


def visit(servers: dict[str, Server]) -> None:
    """Compare reruns alone and in crowds."""
    for visitors in CROWDS:
        found: dict[str, Measured] = {}
        busy: dict[str, float] = {}
        think = THINK if visitors > 1 else 0.3
        for name, server in servers.items():
            before = seconds_of_processor(server)
            found[name] = asyncio.run(crowd(server.port, visitors, SECONDS, think))
            runs = len(found[name].reruns) + len(found[name].first)
            busy[name] = 1000 * (seconds_of_processor(server) - before) / runs
        title = f"rerun, {visitors} visitors"
        for part, share in (("median", 0.5), ("p95", 0.95)):
            times = {name: quantile(measured.reruns, share) for name, measured in found.items()}
            compare(f"{title}, {part}", times, "ms")
        compare(f"{title}, processor", busy, "ms")
        if failures := {n: m.failures for n, m in found.items() if m.failures}:
            print(f"{title}: failed {failures}")


def quantile(values: list[float], share: float) -> float:
    """Return the value that a share of the values does not exceed."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def download(server: Server) -> None:
    """Time a long file."""
    for encoding in ("identity", "gzip"):
        connection = server.connect()
        began = time.perf_counter()
        connection.request("GET", "/api/v1/reports.csv", headers={"Accept-Encoding": encoding})
        answer = connection.getresponse()
        received = len(answer.read(1))
        first = (time.perf_counter() - began) * 1000
        received += len(answer.read())
        taken = time.perf_counter() - began
        connection.close()
        print(
            f"60,000 rows as CSV, {encoding:8}  first byte {first:.0f} ms, all {taken:.2f} s, "
            f"{received / 1e6:.1f} MB"
        )


def copied(folder: Path, given: Path | None, offices: int) -> Path:
    """Return an SQLite file that may be changed: a copy of the one given, or a new country."""
    file = folder / "gip.sqlite"
    if given is not None:
        shutil.copyfile(given, file)
    else:
        write_demo(url_of_file(file), offices, YEARS, seed=1)
    return file


def main() -> None:
    """Measure everything, or one part, and print it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--offices", type=int, default=300)
    options.add_argument("--database", type=Path)
    options.add_argument("--only", choices=PARTS)
    given = options.parse_args()
    wanted = PARTS if given.only is None else (given.only,)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        file = copied(folder, given.database, given.offices)
        url = url_of_file(file)
        bare = stack.enter_context(hello(folder))
        site = stack.enter_context(running(url))
        if "pages" in wanted:
            browse_pages(site, bare, file)
        untuned = stack.enter_context(running(url, **UNTUNED))
        servers = {"site": site, "untuned": untuned, "hello": bare}
        if "visits" in wanted:
            browse(servers)
        if "crowds" in wanted:
            visit(servers)
    if "download" in wanted:
        with tempfile.TemporaryDirectory() as name:
            file = Path(name) / "long.sqlite"
            url = build(file, many(300), is_synthetic=True)
            multiply_reports(file, 200)
            with running(url) as server:
                download(server)


if __name__ == "__main__":
    main()
