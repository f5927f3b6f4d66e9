"""The description of the data routes: for programs as OpenAPI, for people as a page."""

from collections.abc import Iterator

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from gipcore.export.columns import AnyTable
from gipcore.export.filters import FILTERS
from gipcore.export.tables import EVERY_TABLE
from gipcore.web.openapi import filters_of, openapi
from gipcore.web.plain import plain_document
from gipcore.web.words import API_TITLE

EXAMPLES = (
    ("/api/v1/reports.json?year=2025", "one year's reports, in pages"),
    ("/api/v1/cells.csv?cell=received.total", "one figure of every report"),
    ("/api/v1/findings.csv?check=C301&region=41", "what one check found in a province"),
    ("/api/v1/offices.xlsx?level=county", "offices of a level, for Excel"),
    (
        "/api/v1/cells.json?office=xigong-government-office&year=2025&cell=received.total",
        "one figure",
    ),
    ("/api/v1/totals.csv?year=2025&unbalanced=false", "each cell added up over reports"),
    ("/api/v1/outcomes.csv?year=2025&unbalanced=false", "outcomes of requests by applicant"),
    ("/api/v1/shares.csv?year=2025&indicator=granted_share", "one share with its interval"),
    ("/api/v1/counts_by_region.csv?year=2025", "reports and findings by region"),
    ("/api/v1/reports.csv?columns=office_name,year,received_total", "three columns of all"),
    ("/api/v1/cells.parquet?year=2025", "every figure of a year, with types"),
    ("/bundle.zip", "everything, described by datapackage.json"),
    ("/bundle.zip?format=parquet", "the same as Parquet"),
)
CODE = """import pandas
cells = pandas.read_csv("{site}/api/v1/cells.csv?cell=received.total")

import duckdb
duckdb.sql("SELECT year, sum(value) FROM cells GROUP BY year")"""


def describing() -> list[Route]:
    """Return the routes of both descriptions."""
    return [Route("/v1/openapi.json", _openapi), Route("/v1/docs", _docs)]


async def _openapi(_: Request) -> Response:
    return JSONResponse(openapi(), headers={"Cache-Control": "no-cache"})


async def _docs(request: Request) -> Response:
    site = escape(str(request.base_url).removesuffix("/api/").rstrip("/"))
    parts = [
        Markup(
            "<p>Every figure of this site can be fetched by its own address, with the same names "
            "and filters as on the pages. Answers carry an ETag and Last-Modified; CORS is open "
            "for GET. <code>X-Snapshot</code> names the state of the data: "
            "<code>/api/v1/changes.csv?since=</code> takes it and tells what changed since. For "
            'programs: <a href="/api/v1/openapi.json">openapi.json</a>.</p>'
            "<h2>Addresses</h2><ul>"
        ),
        *(
            Markup('<li><a href="{0}"><code>{0}</code></a>: {1}</li>').format(address, words)
            for address, words in EXAMPLES
        ),
        Markup(
            "<li><code>/api/v1/reports/ID</code>: one report with cells, places, claims, "
            "outcomes</li><li><code>/reports/ID</code>: the same as a page for print</li></ul>"
            "<p>JSON comes in pages of <code>limit</code> rows (most 1000); <code>next</code> is "
            "the address of the page that follows. CSV has any length. <code>columns</code> takes "
            "names of columns with commas between, in the order wanted. A fault is "
            '<code>{"error": {"code", "message", "parameter"}}</code>.</p>'
        ),
        Markup("<h2>In two lines</h2><pre>{}</pre>").format(CODE.replace("{site}", site)),
        Markup("<h2>Filters</h2><table><thead><tr><th>name<th>takes</thead><tbody>"),
        *(
            Markup("<tr><td><code>{}</code><td>{}").format(filter.name, filter.takes)
            for filter in FILTERS.values()
        ),
        Markup("</tbody></table>"),
        *(part for table in EVERY_TABLE.values() for part in _table(table)),
    ]
    body = Markup('<div lang="en">{}</div>').format(Markup("").join(parts))
    document = plain_document(request, API_TITLE, body)
    return HTMLResponse(document.html, headers=document.headers)


def _table(table: AnyTable) -> Iterator[Markup]:
    yield Markup("<h2 id={0}>{1} (<span lang=zh-CN>{2}</span>) <code>{0}</code></h2>").format(
        table.name, table.title.en, table.title.zh
    )
    yield Markup("<p>Filters: {}</p>").format(
        Markup(", ").join(
            Markup("<code>{}</code>").format(name) for name in (*table.keys, *filters_of(table))
        )
    )
    yield Markup(
        "<table><thead><tr><th>column<th>kind<th>meaning<th lang=zh-CN>含义</thead><tbody>"
    )
    for column in table.columns:
        yield Markup("<tr><td><code>{}</code><td>{}<td>{}<td lang=zh-CN>{}").format(
            column.name, column.kind.value, column.label.en, column.label.zh
        )
    yield Markup("</tbody></table>")
