"""Streamlit's scripts and styles, compressed once at the start and kept in memory (7 MB)."""

from collections.abc import Mapping
from dataclasses import dataclass
from gzip import compress
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gipcore.web.negotiation import accepts_gzip, is_known

PREFIX = "/static/"
FOREVER = "public, immutable, max-age=31536000"  # a changed file has another name
MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
_LEVEL = 6  # the best one makes them a third of a hundredth smaller in half as long again


@dataclass(frozen=True, slots=True)
class Compressed:
    """One file's compressed form."""

    body: bytes
    media_type: str
    tag: str


class Assets:
    """The files of a folder served under /static/; empty until they are loaded."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._compressed: Mapping[str, Compressed] = {}
        self._paths: frozenset[str] = frozenset()

    def load(self) -> None:
        """Find and compress all files; takes about half a second."""
        found = {self._path(file): file for file in self.folder.rglob("*") if file.is_file()}
        self._paths = frozenset(found)
        self._compressed = {
            path: _compressed(file) for path, file in found.items() if file.suffix in MEDIA_TYPES
        }

    def _path(self, file: Path) -> str:
        return PREFIX + file.relative_to(self.folder).as_posix()

    def has(self, path: str) -> bool:
        """Tell whether there is a file of this path."""
        return path in self._paths

    def find(self, path: str) -> Compressed | None:
        """Return the compressed form; None for a picture, a font, and what does not exist."""
        return self._compressed.get(path)


def _compressed(file: Path) -> Compressed:
    data = file.read_bytes()
    tag = f'"{sha256(data).hexdigest()[:24]}-gzip"'
    return Compressed(compress(data, _LEVEL, mtime=0), MEDIA_TYPES[file.suffix], tag)


class AssetsMiddleware:
    """Answers for files that have a compressed form; all others are Streamlit's to answer.

    A visitor without gzip, or one who asks for a range, gets the file itself from Streamlit, which
    knows ranges; both answers say that they vary by encoding.
    """

    def __init__(self, app: ASGIApp, assets: Assets) -> None:
        self.app = app
        self.assets = assets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or hand on one request."""
        found = self.assets.find(scope["path"]) if scope["type"] == "http" else None
        if found is None or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if accepts_gzip(request) and "range" not in request.headers:
            await _answer(request, found)(scope, receive, send)
        else:
            await self.app(scope, receive, _varying(send))


def _answer(request: Request, found: Compressed) -> Response:
    headers = {"ETag": found.tag, "Vary": "Accept-Encoding", "Cache-Control": FOREVER}
    if is_known(request, found.tag):
        return Response(status_code=304, headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(found.body, 200, headers, found.media_type)


def _varying(send: Send) -> Send:
    async def send_varying(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
        await send(message)

    return send_varying
