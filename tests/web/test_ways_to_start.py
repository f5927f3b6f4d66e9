"""The site comes up whole by every way that it may be started."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bench.visitors import Measured, Visitor
from tests.web.client import ROOT, Server
from tests.web.databases import build, real_reports

PORT = "PORT"
WAYS = {
    "command": ["gipcore", "serve", "--port", PORT],
    "streamlit": ["streamlit", "run", "app.py", "--server.port", PORT],
    "uvicorn": ["uvicorn", "app:app", "--port", PORT],
}


@contextmanager
def started(way: str, database: str, folder: Path = ROOT) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", *(str(port) if part == PORT else part for part in WAYS[way])],
        cwd=folder,
        env={**os.environ, "GIP_DATABASE_URL": database, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Server(port, process, [])
    try:
        for _ in range(300):
            assert process.poll() is None, "the server has stopped"
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield server
    finally:
        process.terminate()
        assert process.wait(20) in (0, -15, 143)


@pytest.mark.parametrize("way", WAYS)
def test_site_comes_up_whole(way, database):
    with started(way, database) as server:
        assert server.fetch("/healthz").status == 200
        assert '<html lang="zh-CN">' in server.fetch("/").text
        assert server.fetch("/_stcore/metrics").status == 404
        visited = Measured()
        asyncio.run(Visitor(server.port, page="", query="").ask(times=2, measured=visited))
        assert len(visited.reruns) == 2
        assert min(visited.bytes) > 5000


def test_settings_and_relative_database_are_found_from_anywhere(tmp_path):
    build(tmp_path / "here.sqlite", real_reports()[:2])
    with started("command", "sqlite:///here.sqlite", tmp_path) as server:
        assert server.fetch("/healthz").json["database"]["reports"] == 2
        assert server.fetch("/_stcore/host-config").json["allowedOrigins"] == []
