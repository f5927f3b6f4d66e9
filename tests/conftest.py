"""What several parts test with: a real PostgreSQL server, and an address on either database."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser

from tests.e2e.browser import chromium

BINARIES = Path("/usr/lib/postgresql")
SERVER_USER = "postgres"
HOST = "127.0.0.1"
# Nothing of it needs to outlive the tests.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "unix_socket_directories": "",
    "listen_addresses": HOST,
}
_numbers = count(1)


def _binaries() -> Path | None:
    versions = sorted(BINARIES.glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    return versions[-1].parent if versions else None


def _as_server_user(*command: str | Path) -> None:
    """Run a command as the user that PostgreSQL accepts: it refuses to run as root."""
    prefix = ("runuser", "-u", SERVER_USER, "--") if os.geteuid() == 0 else ()
    subprocess.run(
        [*prefix, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=60
    )


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Start a PostgreSQL server of our own; gives its address without a database's name."""
    binaries = _binaries()
    if binaries is None:
        if os.environ.get("CI"):
            pytest.fail(f"PostgreSQL is not installed (no {BINARIES}/*/bin/initdb)")
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="gip-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, SERVER_USER, SERVER_USER)
    data, port = folder / "data", _free_port()
    try:
        _as_server_user(
            binaries / "initdb",
            *("-D", data, "-U", SERVER_USER, "-A", "trust", "-E", "UTF8", "--no-sync"),
        )
        settings = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        _as_server_user(
            binaries / "pg_ctl",
            *("-D", data, "-l", folder / "log", "-o", f"-p {port} {settings}", "-w", "start"),
        )
        try:
            yield f"postgresql+psycopg://{SERVER_USER}@{HOST}:{port}"
        finally:
            _as_server_user(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def new_postgresql_url(postgresql_server: str) -> Callable[[], str]:
    """Give a function that makes an empty database and returns its address."""

    def make() -> str:
        name = f"gip_{next(_numbers)}"
        plain = postgresql_server.replace("+psycopg", "")
        with psycopg.connect(f"{plain}/{SERVER_USER}", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"{postgresql_server}/{name}"

    return make


@pytest.fixture
def postgresql_url(new_postgresql_url: Callable[[], str]) -> str:
    """Give the address of an empty PostgreSQL database."""
    return new_postgresql_url()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def new_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], str]:
    """Give a function that returns an address where there is nothing yet, on each database."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path_factory.mktemp('store') / 'gip.sqlite'}"
    make: Callable[[], str] = request.getfixturevalue("new_postgresql_url")
    return make


@pytest.fixture
def url(new_url: Callable[[], str]) -> str:
    """Give an address where there is nothing yet, on each kind of database."""
    return new_url()


@pytest.fixture(scope="module")
def real_browser() -> Iterator[Browser]:
    """A Chromium of the module: its driver runs a loop, beside which no other loop can run."""
    with chromium() as browser:
        yield browser
