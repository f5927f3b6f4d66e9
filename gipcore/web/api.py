"""The data over HTTP: each table as JSON in pages and as CSV of any length, filtered by name."""

import re
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from os import environ
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from anyio import to_thread
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router

import gipcore
from gipcore.export import csv_file
from gipcore.export.columns import AnyTable, Origin
from gipcore.export.filters import FILTERS, BadParameterError, query_from
from gipcore.export.tables import TABLES, records
from gipcore.store.query import Query
from gipcore.web.database import Database, Databases
from gipcore.web.errors import HANDLERS, RETRY_SECONDS, error_answer
from gipcore.web.negotiation import is_known
from gipcore.web.streaming import WORKERS, Download, Downloads

ROOT = "/api/v1"
DEFAULT_LIMIT, MOST_ROWS = 100, 1000
PAGING = ("limit", "after")
LANGUAGE = "lang"  # pages put it on every link; a file holds both languages anyway
EXPOSED = ("X-Total-Count", "ETag", "Link", "Content-Disposition")
REVALIDATE = "public, no-cache"  # kept, but asked about each time: a 304 costs nothing

_HOST = re.compile(r"[A-Za-z0-9.\-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request understood: its filters, and which rows of the answer it wants."""

    parameters: dict[str, str]
    query: Query
    limit: int
    after: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a route answers from: the request, the database now, and the tag of the answer."""

    asked: Asked
    database: Database
    origin: Origin
    tag: str


def api(databases: Databases) -> BaseRoute:
    """Return everything below /api."""
    downloads = Downloads()
    routes = [
        Route(f"/v1/{table.name}.{suffix}", endpoint)
        for table in TABLES.values()
        for suffix, endpoint in (
            ("json", _json_endpoint(table, databases)),
            ("csv", _csv_endpoint(table, databases, downloads)),
        )
    ]
    cors = Middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["If-None-Match"],
        expose_headers=list(EXPOSED),
    )
    handlers = {kind: handler for kind, handler in HANDLERS.items() if kind is not Exception}
    errors = Middleware(ExceptionMiddleware, handlers=handlers)
    return Mount(
        "/api", app=Router(routes, redirect_slashes=False, middleware=[cors, errors]), name="api"
    )


def _json_endpoint(table: AnyTable, databases: Databases) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        return await to_thread.run_sync(_json, table, databases, request, limiter=WORKERS)

    return endpoint


def _json(table: AnyTable, databases: Databases, request: Request) -> Response:
    answer = _understood(table, databases, request, PAGING)
    if is_known(request, answer.tag):
        return _unchanged(answer.tag)
    asked, database = answer.asked, answer.database
    page = table.page(database.engine, asked.query, asked.limit, asked.after)
    total = table.count(database.engine, asked.query)
    following = None
    if page.after is not None:
        given = {**asked.parameters, "limit": str(asked.limit), "after": page.after}
        following = f"{ROOT}/{table.name}.json?{urlencode(given)}"
    body = {
        "total": total,
        "count": len(page.rows),
        "limit": asked.limit,
        "next": following,
        "database": database_facts(database),
        "rows": records(table, page.rows, answer.origin),
    }
    headers = _headers(answer.tag, total)
    if following is not None:
        headers["Link"] = f'<{following}>; rel="next"'
    return JSONResponse(body, headers=headers)


def _csv_endpoint(
    table: AnyTable, databases: Databases, downloads: Downloads
) -> Callable[[Request], Any]:
    def counted(request: Request) -> tuple[Answer, int | None]:
        answer = _understood(table, databases, request, ())
        if is_known(request, answer.tag):
            return answer, None
        return answer, table.count(answer.database.engine, answer.asked.query)

    async def endpoint(request: Request) -> Response:
        answer, total = await to_thread.run_sync(counted, request, limiter=WORKERS)
        if total is None:
            return _unchanged(answer.tag)
        headers = _headers(answer.tag, total)
        headers["Content-Disposition"] = f'attachment; filename="{file_name(table, answer)}"'
        if request.method == "HEAD":
            response = Response(headers=headers, media_type=csv_file.MEDIA_TYPE)
            del response.headers["content-length"]  # unknown until the file is made
            return response
        if downloads.is_full:
            message = "too many downloads at the moment; try again in a few seconds"
            return error_answer(503, "busy", message, headers={"Retry-After": RETRY_SECONDS})
        return Download(_pieces(table, answer), downloads, headers, csv_file.MEDIA_TYPE)

    return endpoint


def _pieces(table: AnyTable, answer: Answer) -> Generator[bytes, None, None]:
    rows = table.rows(answer.database.engine, answer.asked.query)
    yield from csv_file.csv_chunks(table.columns, rows, answer.origin)


def _understood(
    table: AnyTable, databases: Databases, request: Request, paging: tuple[str, ...]
) -> Answer:
    """Read the request and the database; raises BadParameterError and StoreError."""
    asked = read_parameters(request, paging)
    database = databases.current()
    origin = Origin(site_address(request), database.state.is_synthetic)
    names = ",".join(column.name for column in table.columns)
    content = (code_version(), database.state.content_hash, origin.site, names, request.url.path)
    given = (*sorted(asked.parameters.items()), asked.limit, asked.after)
    digest = sha256(repr((content, given)).encode()).hexdigest()[:24]
    return Answer(asked, database, origin, f'W/"{digest}"')


def read_parameters(request: Request, paging: tuple[str, ...] = ()) -> Asked:
    """Read the parameters of the URL; raises BadParameterError for one that cannot be taken."""
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in given:
            raise BadParameterError(name, f"{name} is given more than once")
        given[name] = value
    language = given.pop(LANGUAGE, "")
    if language not in ("", "zh", "en"):
        raise BadParameterError(LANGUAGE, "lang takes zh or en")
    paged = {name: given.pop(name) for name in paging if name in given}
    for name in given:
        if name not in FILTERS:
            there_are = ", ".join((*FILTERS, *paging, LANGUAGE))
            raise BadParameterError(
                name[:60], f"no such parameter; there are: {there_are}", code="unknown_parameter"
            )
    query = query_from(given)
    kept = {name: value for name, value in given.items() if value != ""}
    return Asked(kept, query, _limit(paged.get("limit")), paged.get("after") or None)


def _limit(given: str | None) -> int:
    if not given:
        return DEFAULT_LIMIT
    if given.isascii() and given.isdigit() and len(given) <= 4 and 1 <= int(given) <= MOST_ROWS:
        return int(given)
    raise BadParameterError("limit", f"limit takes a number from 1 to {MOST_ROWS}")


def _headers(tag: str, total: int) -> dict[str, str]:
    return {
        "ETag": tag,
        "Cache-Control": REVALIDATE,
        "X-Total-Count": str(total),
    }


def _unchanged(tag: str) -> Response:
    headers = {"ETag": tag, "Cache-Control": REVALIDATE, "Vary": "Accept-Encoding"}
    return Response(status_code=304, headers=headers)


def database_facts(database: Database) -> dict[str, Any]:
    """Return what is public of the database's state."""
    state = database.state
    return {
        "version": state.content_hash,
        "schema_version": state.schema_version,
        "built_at": _iso(state.built_at),
        "read_at": _iso(state.read_at),
        "offices": state.offices,
        "reports": state.reports,
        "is_synthetic": state.is_synthetic,
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")


def file_name(table: AnyTable, answer: Answer) -> str:
    """Return a name that tells the table, the filters that fit in one, and the content."""
    synthetic = "synthetic-" if answer.origin.is_synthetic else ""
    filters = [
        re.sub(r"[^A-Za-z0-9_-]", "-", value)
        for name, value in sorted(answer.asked.parameters.items())
        if name != "search"
    ]
    version = answer.database.state.content_hash[:8]
    return "-".join([f"{synthetic}gip", table.name, *filters, version]) + ".csv"


def site_address(request: Request) -> str:
    """Return the site's own address: GIP_SITE_URL, or the one that was asked.

    Empty when the request names no plausible host; addresses are then relative to the site.
    """
    configured = environ.get("GIP_SITE_URL")
    if configured:
        return configured.rstrip("/")
    host = request.headers.get("host", "")
    return f"{request.url.scheme}://{host}" if _HOST.fullmatch(host) else ""


@cache
def code_version() -> str:
    """Return what names the running code, so that no answer of an older one is taken for good."""
    digest = sha256()
    for file in sorted(Path(gipcore.__path__[0]).rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
