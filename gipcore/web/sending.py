"""Long answers as files that a browser saves, and how programs of other sites may read them."""

from collections.abc import Generator, Mapping
from typing import Any

from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gipcore.web.errors import RETRY_SECONDS, error_answer
from gipcore.web.streaming import Download, Downloads

EXPOSED = ("X-Total-Count", "ETag", "Link", "Last-Modified", "X-Snapshot", "Content-Disposition")
CORS: Mapping[str, Any] = {
    "allow_origins": ["*"],
    "allow_methods": ["GET", "HEAD"],
    "allow_headers": ["If-None-Match", "If-Modified-Since"],
    "expose_headers": list(EXPOSED),
}


def open_to_all(route: Route) -> Route:
    """Return a route that also answers what browsers ask before they fetch for another site."""
    return Route(route.path, CORSMiddleware(route, **CORS))


def disposition(file_name: str) -> str:
    """Return the header by which a browser saves an answer under a name."""
    return f'attachment; filename="{file_name}"'


def download(
    request: Request,
    downloads: Downloads,
    pieces: Generator[bytes, None, None],
    headers: dict[str, str],
    media_type: str,
) -> Response:
    """Send a long answer piece by piece, or say that too many are under way."""
    if request.method == "HEAD":
        response = Response(headers=headers, media_type=media_type)
        del response.headers["content-length"]  # unknown until the file is made
        return response
    if downloads.is_full:
        message = "too many downloads at the moment; try again in a few seconds"
        return error_answer(503, "busy", message, headers={"Retry-After": RETRY_SECONDS})
    return Download(pieces, downloads, headers, media_type)
