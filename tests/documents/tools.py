"""The real programs that make test documents: LibreOffice and Chromium."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

SECONDS = 180


def program(*names: str) -> str:
    """Return the path of a program; where CI runs it must be there, elsewhere tests are skipped."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    if os.environ.get("CI") == "true":
        pytest.fail(f"{names[0]} is not installed; .ci/run must install it")
    pytest.skip(f"{names[0]} is not installed")


def convert(profile: Path, target: str, files: Iterable[Path], folder: Path) -> None:
    """Convert files with LibreOffice, all in one run, with a profile of our own."""
    office = program("soffice", "libreoffice")
    command = [
        office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", target,
        "--outdir", str(folder), *map(str, files),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
