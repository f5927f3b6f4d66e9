"""A plain HTTP client that shows what the server really sent, and a server to ask."""

import gzip
import http.client
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
START = "from gipcore.web.server import serve; serve(0)"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        data = self.body
        if self.headers["content-encoding"] == "gzip":
            data = gzip.decompress(data)
        return data.decode("utf-8-sig")

    @property
    def json(self):
        return json.loads(self.text)


@dataclass(frozen=True)
class Server:
    port: int
    process: subprocess.Popen[str]
    log: list[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def fetch(self, target: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a target; header names are written with underscores."""
        connection = self.connect()
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, target, headers=given)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def memory(self) -> float:
        """Return the MB that the process holds for itself; mapped files are the system's."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("RssAnon"))
        return int(line.split()[1]) / 1024


def wait_for_address(process: subprocess.Popen[str], log: list[str]) -> int:
    """Return the port that the server names; its log is kept while it runs."""
    assert process.stderr is not None
    for line in process.stderr:
        log.append(line)
        if line.startswith("http://"):
            port = urlsplit(line.strip()).port
            threading.Thread(target=lambda: log.extend(process.stderr), daemon=True).start()
            assert port is not None
            return port
    raise AssertionError("the server did not start:\n" + "".join(log))


@contextmanager
def running(database: str, **environment: str) -> Iterator[Server]:
    """Run the site's own server on a free port."""
    process = subprocess.Popen(
        [sys.executable, "-c", START],
        cwd=ROOT,
        env={**os.environ, "GIP_DATABASE_URL": database, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    log: list[str] = []
    try:
        yield Server(wait_for_address(process, log), process, log)
    finally:
        process.terminate()
        process.wait(20)
