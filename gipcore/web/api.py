"""The data over HTTP: each table as JSON in pages and as CSV of any length, filtered by name."""

import re
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
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
from gipcore.export.files import records
from gipcore.export.filters import check_table_filters
from gipcore.export.tables import TABLES
from gipcore.web.asking import Asked, read_parameters, site_address
from gipcore.web.database import Database, Databases, database_facts
from gipcore.web.errors import HANDLERS, RETRY_SECONDS, error_answer
from gipcore.web.negotiation import is_known
from gipcore.web.streaming import WORKERS, Download, Downloads

ROOT = "/api/v1"
PAGING = ("limit", "after")
EXPOSED = ("X-Total-Count", "ETag", "Link", "Content-Disposition")
REVALIDATE = "public, no-cache"  # kept, but asked about each time: a 304 costs nothing


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
        "rows": list(records(table.columns, page.rows, answer.origin)),
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
    check_table_filters(table.name, asked.parameters)
    database = databases.current()
    origin = Origin(site_address(request), database.state.is_synthetic)
    names = ",".join(column.name for column in table.columns)
    content = (code_version(), database.state.content_hash, origin.site, names, request.url.path)
    given = (*sorted(asked.parameters.items()), asked.limit, asked.after)
    digest = sha256(repr((content, given)).encode()).hexdigest()[:24]
    return Answer(asked, database, origin, f'W/"{digest}"')


def _headers(tag: str, total: int) -> dict[str, str]:
    return {
        "ETag": tag,
        "Cache-Control": REVALIDATE,
        "X-Total-Count": str(total),
    }


def _unchanged(tag: str) -> Response:
    headers = {"ETag": tag, "Cache-Control": REVALIDATE, "Vary": "Accept-Encoding"}
    return Response(status_code=304, headers=headers)


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


@cache
def code_version() -> str:
    """Return what names the running code, so that no answer of an older one is taken for good."""
    digest = sha256()
    for file in sorted(Path(gipcore.__path__[0]).rglob("*")):
        if file.suffix in (".py", ".toml"):
            digest.update(file.read_bytes())
    return digest.hexdigest()
