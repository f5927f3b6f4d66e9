"""What a document may cost: the declared bounds that every reader keeps."""

from dataclasses import dataclass

from gipcore.errors import UnreadableDocumentError

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one document; a report of any office stays far below each of them."""

    file_bytes: int = 64 * MEBIBYTE
    unpacked_bytes: int = 128 * MEBIBYTE
    members: int = 2_000
    nested_archives: int = 2
    blocks: int = 50_000
    grid_columns: int = 256
    grid_positions: int = 200_000
    pages: int = 300
    page_objects: int = 100_000
    text_characters: int = 1_000_000
    seconds: float = 30.0
    conversion_seconds: float = 90.0
    memory_bytes: int = 1536 * MEBIBYTE
    conversion_memory_bytes: int = 4096 * MEBIBYTE


LIMITS = Limits()


def too_large(file_name: str, what: str) -> UnreadableDocumentError:
    """Return the error for a document that passes a bound; `what` names the part and the bound."""
    return UnreadableDocumentError(
        f"{file_name}: {what}; this is no annual report as offices publish it, nothing was read. "
        "Give the report alone, as a file of its own",
        code="too_large",
    )


def broken(file_name: str, what: str) -> UnreadableDocumentError:
    """Return the error for a file that is damaged; `what` says which part of it."""
    return UnreadableDocumentError(
        f"{file_name}: the file is damaged: {what}; get it again from its source, "
        "or open it in its program and save it anew",
        code="broken_file",
    )


def encrypted(file_name: str) -> UnreadableDocumentError:
    """Return the error for a file that asks for a password."""
    return UnreadableDocumentError(
        f"{file_name}: the file is protected by a password; save it without one and try again",
        code="encrypted",
    )


def without_text(file_name: str, what: str) -> UnreadableDocumentError:
    """Return the error for pictures of text; `what` says what was found instead of text."""
    return UnreadableDocumentError(
        f"{file_name}: {what} and no text: it is a scan. It must be recognized (OCR) first; "
        "then give the recognized text, Word file or PDF",
        code="scan_without_text",
    )
