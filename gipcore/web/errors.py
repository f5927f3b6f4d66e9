"""How faults are answered: JSON for programs, a plain page for people, never a traceback."""

import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from gipcore.errors import StoreError
from gipcore.export.files import TooManyRowsError
from gipcore.export.filters import NOT_THERE, BadParameterError
from gipcore.web import words
from gipcore.web.shell import plain_page

RETRY_SECONDS = "10"
FOR_PROGRAMS = (
    *("/api", "/healthz", "/bundle.zip", "/feed.xml"),
    *("/sitemap.xml", "/sitemaps", "/robots.txt"),
)

# An address of a database may hold a password, a path tells of the machine: not for the public.
_ADDRESS = re.compile(r"“[^”]*”|\"[^\"]*\"|\S*:/\S*?(?=:?(?:\s|$))|(?<![\w.])/\S+?(?=:?(?:\s|$))")

log = logging.getLogger(__name__)


def is_for_programs(path: str) -> bool:
    """Tell whether a path is answered in JSON whatever happens."""
    return any(path == start or path.startswith(f"{start}/") for start in FOR_PROGRAMS)


def error_answer(
    status: int,
    code: str,
    message: str,
    *,
    parameter: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the JSON object of a fault."""
    error = {"code": code, "message": message, "parameter": parameter}
    given = {"Cache-Control": "no-store", **(headers or {})}
    return JSONResponse({"error": error}, status, given)


def not_found(request: Request) -> Response:
    """Return 404 in the form that the path's reader understands."""
    if is_for_programs(request.url.path):
        message = "there is nothing at this address; see /api/v1/offices.json, reports, findings"
        return error_answer(404, "not_found", message)
    return plain_page(request, 404, words.NOT_FOUND_TITLE, words.NOT_FOUND)


def on_http_error(request: Request, error: HTTPException) -> Response:
    """Answer a fault that routing or a route raised."""
    if error.status_code == HTTPStatus.NOT_FOUND:
        return not_found(request)
    if is_for_programs(request.url.path):
        code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
        message = f"{request.method} is not answered here; use GET or HEAD"
        if error.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            message = error.detail
        return error_answer(error.status_code, code, message, headers=error.headers)
    return Response(error.detail, error.status_code, error.headers, "text/plain")


def on_bad_parameter(request: Request, error: BadParameterError) -> Response:
    """Answer a parameter that cannot be taken."""
    status = 404 if error.code in NOT_THERE else 400
    return error_answer(status, error.code, error.message, parameter=error.parameter)


def on_too_many_rows(request: Request, error: TooManyRowsError) -> Response:
    """Answer what is longer than its format is made for: no parameter is wrong."""
    return error_answer(400, error.code, error.message)


def on_store_error(request: Request, error: StoreError) -> Response:
    """Answer while the database is absent, old, or being made."""
    log.warning("%s %s: %s", request.method, request.url.path, error.message)
    message = _ADDRESS.sub("…", error.message)
    return error_answer(503, error.code, message, headers={"Retry-After": RETRY_SECONDS})


def on_fault(request: Request, error: Exception) -> Response:
    """Answer a fault of the program; the server logs it with its traceback."""
    if is_for_programs(request.url.path):
        return error_answer(500, "internal", words.FAULT.en)
    return plain_page(request, 500, words.FAULT_TITLE, words.FAULT)


HANDLERS: Mapping[Any, Any] = {
    HTTPException: on_http_error,
    BadParameterError: on_bad_parameter,
    TooManyRowsError: on_too_many_rows,
    StoreError: on_store_error,
    Exception: on_fault,
}
