"""The data over HTTP: each table as JSON in pages and as files of any length, filtered by name."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import Any, BinaryIO
from urllib.parse import urlencode

from anyio import to_thread
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router

from gipcore.export import csv_file
from gipcore.export.chosen import COLUMNS, with_columns, with_keys
from gipcore.export.columns import AnyTable
from gipcore.export.files import FORMATS, Format, TooManyRowsError, records
from gipcore.export.tables import EVERY_TABLE, served_as
from gipcore.web.answering import Answer, understood
from gipcore.web.database import Databases, database_facts
from gipcore.web.describing import describing
from gipcore.web.errors import HANDLERS
from gipcore.web.negotiation import is_known
from gipcore.web.one_report import one_report
from gipcore.web.sending import CORS, disposition, download
from gipcore.web.streaming import WORKERS, Downloads

ROOT = "/api/v1"
PAGING = ("limit", "after")
PIECE = 256 * 1024


def api(databases: Databases, downloads: Downloads) -> BaseRoute:
    """Return everything below /api."""
    routes = [
        Route(f"/v1/{table.name}.{suffix}", endpoint)
        for table in EVERY_TABLE.values()
        for suffix, endpoint in (
            ("json", _json_endpoint(table, databases)),
            *(
                (name, _file_endpoint(table, databases, downloads, name))
                for name in served_as(table)
            ),
        )
    ]
    routes += [one_report(databases), *describing()]
    cors = Middleware(CORSMiddleware, **CORS)
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
    answer, table = _understood(table, databases, request, PAGING)
    if is_known(request, answer.tag):
        return answer.unchanged()
    asked, database = answer.asked, answer.database
    page = table.page(database.engine, asked.query, asked.limit, asked.after)
    total = table.count(database.engine, asked.query)
    following = None
    if page.after is not None:
        given = asked.parameters | asked.apart | {"limit": str(asked.limit), "after": page.after}
        following = f"{ROOT}/{table.name}.json?{urlencode(given)}"
    body: dict[str, Any] = {
        "total": total,
        "count": len(page.rows),
        "limit": asked.limit,
        "next": following,
        "database": database_facts(database),
        "rows": list(records(table.columns, page.rows, answer.origin)),
    }
    if table.facts is not None:
        body["facts"] = dict(table.facts(database.engine, asked.query))
    headers = answer.headers() | {"X-Total-Count": str(total)}
    if following is not None:
        headers["Link"] = f'<{following}>; rel="next"'
    return answer.unless_held(request, JSONResponse(body, headers=headers))


def _understood(
    table: AnyTable, databases: Databases, request: Request, paging: tuple[str, ...] = ()
) -> tuple[Answer, AnyTable]:
    """Read the request; return what is answered from, and the table as far as it is wanted."""
    answer = understood(databases, request, table=table, apart=(*paging, COLUMNS, *table.keys))
    apart = answer.asked.apart
    return answer, with_columns(with_keys(table, apart), apart.get(COLUMNS, ""))


Pieces = Callable[[AnyTable, Answer], Generator[bytes, None, None]]


def _file_endpoint(
    table: AnyTable, databases: Databases, downloads: Downloads, suffix: str
) -> Callable[[Request], Any]:
    pieces = _csv if suffix == "csv" else _made_whole(suffix)  # others cannot be sent while made
    media_type = FORMATS[suffix].media_type

    def counted(request: Request) -> tuple[Answer, AnyTable, int | None]:
        answer, wanted = _understood(table, databases, request)
        if is_known(request, answer.tag):
            return answer, wanted, None
        rows = wanted.count(answer.database.engine, answer.asked.query)
        _check_length(suffix, rows)
        return answer, wanted, rows

    async def endpoint(request: Request) -> Response:
        answer, wanted, total = await to_thread.run_sync(counted, request, limiter=WORKERS)
        if total is None:
            return answer.unchanged()
        headers = answer.headers() | {"X-Total-Count": str(total)}
        headers["Content-Disposition"] = disposition(answer.file_name(table.name, suffix))
        made = download(request, downloads, pieces(wanted, answer), headers, media_type)
        return answer.unless_held(request, made)

    return endpoint


def _check_length(suffix: str, rows: int) -> None:
    most = FORMATS[suffix].most_rows
    if most is not None and rows > most:
        raise TooManyRowsError(
            f"{rows:,} rows are asked for, and a file of {suffix} is made of {most:,} at most; "
            "take csv, which has no limit, or narrow the filters, by year or region for example"
        )


def _csv(table: AnyTable, answer: Answer) -> Generator[bytes, None, None]:
    rows = table.rows(answer.database.engine, answer.asked.query)
    yield from csv_file.csv_chunks(table.columns, rows, answer.origin)


def _made_whole(suffix: str) -> Pieces:
    format = FORMATS[suffix]

    def pieces(table: AnyTable, answer: Answer) -> Generator[bytes, None, None]:
        with _made(format, table, answer) as file:
            while piece := file.read(PIECE):
                yield piece

    return pieces


@contextmanager
def _made(format: Format, table: AnyTable, answer: Answer) -> Iterator[BinaryIO]:
    """Make a file on disk, where its length costs no memory, and lend it from its beginning."""
    with TemporaryFile() as file:
        rows = table.rows(answer.database.engine, answer.asked.query)
        format.write(file, table, rows, answer.origin)
        file.seek(0)
        yield file
