"""What a reader is, and the choice of the reader for some bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import gipcore.documents
from gipcore import registry
from gipcore.documents.model import Document
from gipcore.errors import UnreadableDocumentError


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: its name, how sure it is that bytes are of it, and how it reads them.

    `recognizes` returns 0.0 (no) to 1.0 (certain) from the content; the file's name is a hint.
    """

    format: str
    suffixes: tuple[str, ...]
    recognizes: Callable[[bytes, str], float]
    read: Callable[[bytes, str], Document]


@cache
def readers() -> tuple[Reader, ...]:
    """Return every reader declared in this package."""
    return registry.declared(gipcore.documents, Reader)


def read_document(data: bytes, file_name: str) -> Document:
    """Turn bytes into a document with the reader that is surest of them.

    Raises UnreadableDocumentError when the file is empty or of no known format.
    """
    if not data.strip():
        raise UnreadableDocumentError(
            f"{file_name}: the file is empty; nothing was read", code="empty_file"
        )
    ranked = [(reader.recognizes(data, file_name), reader) for reader in readers()]
    certainty, reader = max(ranked, key=lambda pair: pair[0])
    if certainty <= 0:
        known = ", ".join(sorted(reader.format for reader in readers()))
        raise UnreadableDocumentError(
            f"{file_name}: the content is of no known format ({known}); "
            "save it as one of these and try again",
            code="unknown_format",
        )
    return reader.read(data, file_name)
