"""Web archives (.mht) as browsers and Word save them: the page within, with nothing it embeds."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from itertools import islice

from gipcore.documents import html
from gipcore.documents.limits import LIMITS, broken, too_large
from gipcore.documents.model import Document
from gipcore.documents.reader import Reader

START = 4096
FIELD = re.compile(rb"[A-Za-z][A-Za-z-]{1,40}:[ \t]*\S")
KIND = re.compile(rb"(?im)^content-type:\s*(multipart/related|multipart/alternative|text/html)\b")
PAGE = "text/html"
DEEPEST = 10  # parts within parts


def recognizes(data: bytes, file_name: str) -> float:
    """Tell whether bytes are a web archive: fields of a message above a page or its parts."""
    start = data[:START].lstrip(b"\xef\xbb\xbf\r\n")
    head = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    is_archive = FIELD.match(head) and b"mime-version:" in head.lower() and KIND.search(head)
    return 0.97 if is_archive else 0.0


def read(data: bytes, file_name: str) -> Document:
    """Read the first page of a web archive; what it refers to is neither read nor fetched."""
    if data.count(b"multipart/") > DEEPEST:
        raise too_large(file_name, f"parts nested more than {DEEPEST} deep")
    message = BytesParser(policy=compat32).parsebytes(data.lstrip(b"\xef\xbb\xbf\r\n"))
    pages = (part for part in _parts(message) if part.get_content_type() == PAGE)
    page = next(pages, None)
    content = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(content, bytes) or not content.strip():
        raise broken(file_name, "the web archive holds no page")
    return replace(html.read(_as_utf8(content, page), file_name), format="mhtml")


def _parts(message: Message) -> Iterator[Message]:
    return islice(message.walk(), LIMITS.members)


def _as_utf8(content: bytes, page: Message) -> bytes:
    """Return a page whose encoding stands beside it, and perhaps not in it, as UTF-8."""
    declared = page.get_content_charset()
    if declared is None or html.CHINESE.match(declared) or html.DECLARED.search(content[:START]):
        return content
    try:
        return content.decode(declared).encode()
    except (LookupError, UnicodeError):
        return content


READER = Reader("mhtml", (".mht", ".mhtml"), recognizes, read)
