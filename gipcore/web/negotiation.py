"""What HTTP negotiates about a file in memory: its encoding, and whether the visitor has it."""

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

_OPAQUE_TAG = re.compile(r'(?:W/)?("[^"]*")')
_BEST = 9


@dataclass(frozen=True, slots=True)
class Representation:
    """Bytes and their compressed twin, each with an entity tag of its own."""

    media_type: str
    body: bytes
    compressed: bytes
    tag: str
    compressed_tag: str

    @classmethod
    def of(cls, body: bytes, media_type: str) -> "Representation":
        """Make both forms; the same bytes give the same tags after a restart."""
        digest = sha256(body).hexdigest()[:24]
        compressed = gzip.compress(body, _BEST, mtime=0)
        return cls(media_type, body, compressed, f'"{digest}"', f'"{digest}-gzip"')


def accepts_gzip(request: Request) -> bool:
    """Tell whether the visitor takes gzip; `gzip;q=0` and a missing header say no."""
    offers: dict[str, float] = {}
    for offer in request.headers.get("accept-encoding", "").lower().split(","):
        coding, *parameters = (part.strip() for part in offer.split(";"))
        quality = next((p[2:].strip() for p in parameters if p.startswith("q=")), "1")
        offers[coding] = _number(quality)
    return offers.get("gzip", offers.get("*", 0.0)) > 0


def _number(quality: str) -> float:
    try:
        return float(quality)
    except ValueError:
        return 0.0


def is_known(request: Request, tag: str) -> bool:
    """Tell whether the visitor already holds what the tag names (weak comparison)."""
    held = request.headers.get("if-none-match")
    if held is None:
        return False
    if held.strip() == "*":
        return True
    return tag.removeprefix("W/") in _OPAQUE_TAG.findall(held)


def is_unchanged_since(request: Request, changed: datetime | None) -> bool:
    """Tell whether nothing changed since the time that the visitor names; a tag goes before it."""
    given = request.headers.get("if-modified-since")
    if given is None or changed is None or "if-none-match" in request.headers:
        return False
    try:
        held = parsedate_to_datetime(given)
    except (ValueError, OverflowError):  # no date: as if it were not there
        return False
    in_utc = held if held.tzinfo else held.replace(tzinfo=UTC)
    return changed.replace(microsecond=0) <= in_utc


def respond(
    request: Request, found: Representation, headers: Mapping[str, str], status: int = 200
) -> Response:
    """Return the form that the visitor takes, or 304 when it is held already."""
    is_compressed = accepts_gzip(request)
    tag = found.compressed_tag if is_compressed else found.tag
    given = {**headers, "ETag": tag, "Vary": "Accept-Encoding"}
    if status == 200 and is_known(request, tag):
        return Response(status_code=304, headers=given)
    if is_compressed:
        given["Content-Encoding"] = "gzip"
    body = found.compressed if is_compressed else found.body
    return Response(body, status, given, found.media_type)
