"""The archive: every document as it came, by its hash, with what was said of it.

`ab/abcd….html` is the document, `ab/abcd….source.json` its original name, when it was first read,
and the office and year that a person gave for it. The archive is the truth; the database can be
made from it at any time.
"""

import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from gipcore.errors import InvalidDataError, StoreError
from gipcore.register.rows import DATA

ENVIRONMENT = "GIP_ARCHIVE"
SIDECAR = ".source.json"
SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
NO_SUFFIX = ".bin"


@dataclass(frozen=True, slots=True)
class ArchivedDocument:
    """A document of the archive; `office` and `year` are None unless a person gave them."""

    sha256: str
    file_name: str
    stored_as: str
    read_at: datetime
    office: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Archive:
    """A folder of documents."""

    folder: Path

    def add(
        self, data: bytes, file_name: str, read_at: datetime, office: str | None, year: int | None
    ) -> ArchivedDocument:
        """Keep a document; one that is there stays, with the time it was first read.

        An office or year that is given replaces what was given before.
        """
        sha256 = sha256_of(data)
        known = self._known(sha256)
        if known is not None and (office, year) in ((None, None), (known.office, known.year)):
            return known
        document = (
            ArchivedDocument(sha256, file_name, f"{sha256}{_suffix(file_name)}", read_at)
            if known is None
            else known
        )
        document = replace(document, office=office, year=year)
        try:
            if known is None:
                _write(self._place(sha256) / document.stored_as, data)
            _write(self._sidecar(sha256), _encode(document))
        except OSError as fault:
            raise StoreError(
                f"the archive {self.folder} cannot be written to ({fault.strerror}); make room or "
                f"choose another with {ENVIRONMENT}"
            ) from fault
        return document

    def read(self, document: ArchivedDocument) -> bytes:
        """Return the bytes of a document; raises InvalidDataError when they are not its own."""
        place = self._place(document.sha256) / document.stored_as
        try:
            data = place.read_bytes()
        except OSError as fault:
            raise InvalidDataError(f"{place}: {fault.strerror}", code="archive_damaged") from fault
        if sha256_of(data) != document.sha256:
            raise InvalidDataError(
                f"{place}: the content is not what its name says; put the original back",
                code="archive_damaged",
            )
        return data

    def documents(self) -> list[ArchivedDocument]:
        """Return all documents, in the order in which they were first read."""
        sidecars = self.folder.glob(f"[0-9a-f][0-9a-f]/*{SIDECAR}")
        return sorted(map(_decode, sidecars), key=lambda found: (found.read_at, found.sha256))

    def _known(self, sha256: str) -> ArchivedDocument | None:
        sidecar = self._sidecar(sha256)
        return _decode(sidecar) if sidecar.exists() else None

    def _place(self, sha256: str) -> Path:
        return self.folder / sha256[:2]

    def _sidecar(self, sha256: str) -> Path:
        return self._place(sha256) / f"{sha256}{SIDECAR}"


def open_archive(folder: Path | None = None) -> Archive:
    """Return the archive: a folder, or GIP_ARCHIVE, or `data/archive/`."""
    return Archive(folder or Path(os.environ.get(ENVIRONMENT) or DATA / "archive"))


def sha256_of(data: bytes) -> str:
    """Return the name of a document by its content."""
    return hashlib.sha256(data).hexdigest()


def _suffix(file_name: str) -> str:
    suffix = PurePath(file_name).suffix.lower()
    return suffix if SUFFIX.fullmatch(suffix) else NO_SUFFIX


def _write(file: Path, data: bytes) -> None:
    """Write a file in one step: it is there whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}.{os.getpid()}.part")
    unfinished.write_bytes(data)
    unfinished.replace(file)


def _encode(document: ArchivedDocument) -> bytes:
    values: dict[str, Any] = {**asdict(document), "read_at": document.read_at.isoformat()}
    return json.dumps(values, ensure_ascii=True, indent=1).encode()


def _decode(sidecar: Path) -> ArchivedDocument:
    try:
        values = json.loads(sidecar.read_bytes())
        return ArchivedDocument(
            sha256=str(values["sha256"]),
            file_name=str(values["file_name"]),
            stored_as=PurePath(str(values["stored_as"])).name,
            read_at=datetime.fromisoformat(values["read_at"]),
            office=values["office"],
            year=values["year"],
        )
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise InvalidDataError(
            f"{sidecar}: not what the archive writes ({fault}); remove it and ingest the document "
            "beside it again",
            code="archive_damaged",
        ) from fault
