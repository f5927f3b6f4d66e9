"""Long answers as files that a browser saves."""

from collections.abc import Generator

from starlette.requests import Request
from starlette.responses import Response

from gipcore.web.errors import RETRY_SECONDS, error_answer
from gipcore.web.streaming import Download, Downloads


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
