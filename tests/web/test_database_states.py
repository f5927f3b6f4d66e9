"""The server while its database is absent, old, damaged, replaced or made up."""

import csv
import gzip
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest

from gipcore.web.streaming import Downloads
from tests.web.client import Server, running
from tests.web.databases import build, many, multiply_reports, real_reports

ROUTES = ("/healthz", "/api/v1/offices.json", "/api/v1/reports.csv", "/api/v1/findings.json")


def assert_unavailable(server: Server, words: str) -> None:
    for path in ROUTES:
        answer = server.fetch(path)
        assert answer.status == 503, path
        assert answer.headers["retry-after"]
        assert answer.headers["cache-control"] == "no-store"
        error = answer.json["error"]
        assert error["code"] == "store"
        assert words in error["message"]
        assert "gipcore build" in error["message"]
        assert "/tmp" not in answer.text
        assert "Traceback" not in answer.text
    assert server.fetch("/").status == 200


def write(url: str, statement: str) -> None:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute(statement)


def test_absent_database_is_asked_for_and_taken_when_it_comes(elsewhere: Path):
    with running(f"sqlite:///{elsewhere}") as server:
        assert_unavailable(server, "no such file")
        build(elsewhere, real_reports())
        assert server.fetch("/healthz").json["database"]["reports"] == 10
        assert server.fetch("/api/v1/reports.json").json["total"] == 10


def test_replaced_database_is_served_at_the_next_request(elsewhere: Path):
    with running(build(elsewhere, real_reports()[:3])) as server:
        first = server.fetch("/api/v1/reports.json")
        assert first.json["total"] == 3
        build(elsewhere, real_reports())
        second = server.fetch("/api/v1/reports.json", if_none_match=first.headers["etag"])
        assert second.status == 200
        assert second.json["total"] == 10
        build(elsewhere, real_reports()[:3])
        again = server.fetch("/api/v1/reports.json", if_none_match=first.headers["etag"])
        assert again.status == 304


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE meta SET schema_version = 0", "older than the program"),
        ("DROP TABLE meta", "older than the program"),
        ("DELETE FROM meta", "never finished"),
    ],
)
def test_database_of_another_time_is_refused(elsewhere: Path, statement, words):
    with running(build(elsewhere, real_reports()[:1])) as server:
        assert server.fetch("/healthz").status == 200
        write(f"sqlite:///{elsewhere}", statement)
        assert_unavailable(server, words)


def test_file_that_is_no_database_is_refused(elsewhere: Path):
    elsewhere.write_bytes(b"not a database, " * 1000)
    with running(f"sqlite:///{elsewhere}") as server:
        assert_unavailable(server, "not a database")


@pytest.mark.parametrize(
    "url",
    [
        "mysql://root:hunter2@db.example/gip",
        "postgresql:/gip:hunter2@x",
        "postgresql+psycopg://gip:hunter2@127.0.0.1:1/gip",
        "hunter2",
    ],
)
def test_address_of_the_database_stays_secret(url):
    with running(url) as server:
        answer = server.fetch("/healthz")
        assert answer.status == 503
        assert "hunter2" not in answer.text
        assert "db.example" not in answer.text
        assert "127.0.0.1" not in answer.text


@pytest.mark.parametrize("name", ["offices", "reports", "findings"])
def test_both_databases_give_the_same_file(both: tuple[Server, Server], name):
    answers = [server.fetch(f"/api/v1/{name}.csv") for server in both]
    assert answers[0].body == answers[1].body
    assert "https://gip.example/" in answers[0].text
    assert answers[0].headers["etag"] == answers[1].headers["etag"]
    pages = [server.fetch(f"/api/v1/{name}.json?limit=3").json["rows"] for server in both]
    assert pages[0] == pages[1]


def test_made_up_country_is_marked_in_every_file(elsewhere: Path):
    with running(build(elsewhere, many(3), is_synthetic=True)) as server:
        for name in ("offices", "reports", "findings"):
            answer = server.fetch(f"/api/v1/{name}.csv")
            assert 'filename="synthetic-gip-' in answer.headers["content-disposition"]
            rows = list(csv.DictReader(StringIO(answer.text)))
            assert rows
            assert {row["is_synthetic"] for row in rows} == {"true"}
            assert server.fetch(f"/api/v1/{name}.json").json["database"]["is_synthetic"] is True


@pytest.fixture(scope="module")
def both(database: str, new_postgresql_url: Callable[[], str]) -> Iterator[tuple[Server, Server]]:
    """Serve the real reports from SQLite and from PostgreSQL, under one public address."""
    address = {"GIP_SITE_URL": "https://gip.example/"}
    other = build(new_postgresql_url(), real_reports())
    with running(database, **address) as sqlite, running(other, **address) as postgresql:
        yield sqlite, postgresql


@pytest.fixture(scope="module")
def long_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve a file of 60,000 rows."""
    file = tmp_path_factory.mktemp("long") / "gip.sqlite"
    url = build(file, many(300), is_synthetic=True)
    multiply_reports(file, 200)
    with running(url) as server:
        yield server


def test_first_rows_come_before_the_last_are_made(long_file: Server):
    connection = long_file.connect()
    connection.request("GET", "/api/v1/reports.csv")
    answer = connection.getresponse()
    assert answer.read(1000).startswith("\ufeffid,".encode())
    assert answer.headers["content-length"] is None
    connection.close()  # a visitor who leaves does no harm
    assert long_file.fetch("/healthz").status == 200


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_long_file_does_not_grow_the_server(long_file: Server, encoding):
    long_file.fetch("/api/v1/offices.csv", accept_encoding=encoding)  # what any answer loads
    before, most, whole = long_file.memory(), 0.0, bytearray()
    connection = long_file.connect()
    connection.request("GET", "/api/v1/reports.csv", headers={"Accept-Encoding": encoding})
    answer = connection.getresponse()
    while piece := answer.read1():
        whole += piece
        most = max(most, long_file.memory())
    connection.close()
    rows = gzip.decompress(whole) if encoding == "gzip" else bytes(whole)
    assert rows.count(b"\r\n") == 60_001
    megabytes, grown = len(rows) / 1024 / 1024, most - before
    assert grown < megabytes / 3, f"{megabytes:.1f} MB of rows, {grown:.1f} MB more memory"


def test_downloads_that_nobody_takes_leave_room_for_others(long_file: Server):
    stalled = []
    for _ in range(Downloads().most):
        connection = socket.create_connection(("127.0.0.1", long_file.port))
        stalled.append(connection)
        connection.sendall(b"GET /api/v1/reports.csv HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 200")
    time.sleep(1)  # until their buffers are full
    refused = long_file.fetch("/api/v1/findings.csv")
    assert (refused.status, refused.json["error"]["code"]) == (503, "busy")
    assert refused.headers["retry-after"]
    assert long_file.fetch("/api/v1/reports.json?limit=1").status == 200
    assert long_file.fetch("/healthz").status == 200
    for connection in stalled:
        connection.close()
    for _ in range(100):
        if long_file.fetch("/api/v1/findings.csv").status == 200:
            return
        time.sleep(0.1)
    raise AssertionError("the closed downloads still take the room")
