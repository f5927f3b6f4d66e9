from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.client import Server, running
from tests.web.databases import build, real_reports


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return build(tmp_path_factory.mktemp("web") / "gip.sqlite", real_reports())


@pytest.fixture(scope="session")
def server(database: str) -> Iterator[Server]:
    with running(database) as started:
        yield started


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Return where a test may put a database of its own."""
    return tmp_path / "gip.sqlite"
