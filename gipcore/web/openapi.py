"""The description of the data routes for programs, made of the columns and filters themselves."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from gipcore.export.bundle import FORMATS_OF_TABLES
from gipcore.export.chosen import COLUMNS
from gipcore.export.columns import AnyTable, Kind
from gipcore.export.files import FORMATS
from gipcore.export.filters import FILTERS, FILTERS_OF_TABLE, NEEDED, takes
from gipcore.export.tables import EVERY_TABLE, served_as
from gipcore.store.snapshots import PATTERN
from gipcore.web import words
from gipcore.web.asking import DEFAULT_LIMIT, MOST_ROWS
from gipcore.web.discovery import FEED_FILTERS
from gipcore.words import Language

Json = dict[str, Any]
VERSION = "1"
XML, ATOM = "application/xml", "application/atom+xml"
SINCE_WHEN = {
    "ETag": "Names this answer; If-None-Match takes it.",
    "Last-Modified": "When the data or the program last changed; If-Modified-Since takes it.",
    "X-Snapshot": "Names the state of the data; `since` of changes takes it.",
}
ROWS = {"X-Total-Count": "How many rows there are in all."}
NEXT = {"Link": 'The address of the next page, rel="next"; not there on the last.'}
SAVED = {"Content-Disposition": "The name that the file is saved under."}
KINDS: Mapping[Kind, Json] = {
    Kind.TEXT: {"type": ["string", "null"]},
    Kind.INTEGER: {"type": ["integer", "null"]},
    Kind.NUMBER: {"type": ["number", "null"]},
    Kind.BOOLEAN: {"type": ["boolean", "null"]},
    Kind.TIME: {"type": ["string", "null"], "format": "date-time"},
    Kind.LIST: {"type": ["array", "null"], "items": {"type": "string"}},
}
FAULTS = {
    "400": "A parameter that cannot be taken; the body names it.",
    "503": "No database at the moment, or too many downloads; try again after Retry-After.",
}
LANGUAGE: Json = {
    "name": "lang",
    "in": "query",
    "description": "Taken for the sake of links from the pages; answers hold both languages.",
    "schema": {"type": "string", "enum": ["zh", "en", ""]},
}


@cache
def openapi() -> Json:
    """Return the OpenAPI 3.1 description of everything below /api/v1, and of what is beside."""
    paths: Json = {}
    for table in EVERY_TABLE.values():
        paths[f"/api/v1/{table.name}.json"] = _operation(_page_of(table))
        for suffix in served_as(table):
            paths[f"/api/v1/{table.name}.{suffix}"] = _operation(_file_of(table, suffix))
    paths["/api/v1/reports/{report_id}"] = _operation(_one_report())
    paths["/bundle.zip"] = _operation(_bundle())
    paths["/reports/{report_id}"] = _operation(_print_page())
    paths["/feed.xml"] = _operation(_feed())
    paths["/sitemap.xml"] = _operation(_plain("sitemap", "The sitemaps there are", XML))
    paths["/robots.txt"] = _operation(_fixed("robots", "What crawlers may read", "text/plain"))
    paths["/api/v1/docs"] = _operation(_fixed("docs", "This description for people", "text/html"))
    described = _fixed("openapi", "This description", "application/json")
    paths["/api/v1/openapi.json"] = _operation(described)
    paths["/healthz"] = _operation(_health())
    return {
        "openapi": "3.1.0",
        "info": {
            "title": words.SITE_NAME.within(Language.EN),
            "description": words.DESCRIPTION.within(Language.EN),
            "version": VERSION,
            "license": {"name": "CC0-1.0", "identifier": "CC0-1.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _operation(get: Json) -> Json:
    return {"get": get}


def filters_of(table: AnyTable) -> Iterable[str]:
    """Return the names of the filters that a table takes."""
    return (name for name in FILTERS if takes(table.name, name))


def _parameters(names: Iterable[str], needed: str | None = None) -> list[Json]:
    return [*(_filter(name, is_needed=name == needed) for name in names), LANGUAGE]


def _filter(name: str, *, is_needed: bool) -> Json:
    schema = FILTERS[name].schema
    return {
        "name": name,
        "in": "query",
        "description": f"Only what has it: {FILTERS[name].takes}.",
        "required": is_needed,
        "schema": dict(schema) if is_needed else _or_empty(schema),
    }


def _of_table(table: AnyTable) -> list[Json]:
    """Return the parameters that every form of a table takes."""
    keys = [
        {
            "name": name,
            "in": "query",
            "description": f"Only the rows with this {name}.",
            "schema": {"type": "string", "enum": [*values, ""]},
        }
        for name, values in table.keys.items()
    ]
    filters = _parameters(filters_of(table), NEEDED.get(table.name))
    return [*keys, *filters, _columns_of(table)]


def _or_empty(schema: Mapping[str, Any]) -> Json:
    """Return a schema that takes the empty text too: a form that was left blank filters nothing."""
    found = dict(schema)
    if "enum" in found:
        return found | {"enum": [*found["enum"], ""]}
    pattern = found["pattern"].removeprefix("^").removesuffix("$")
    return found | {"pattern": f"^({pattern})?$"}


def _page_of(table: AnyTable) -> Json:
    paging = [
        {
            "name": "limit",
            "in": "query",
            "description": "The most rows of the answer.",
            "schema": {
                "type": "integer",
                "minimum": 1,
                "maximum": MOST_ROWS,
                "default": DEFAULT_LIMIT,
            },
        },
        {
            "name": "after",
            "in": "query",
            "description": "Where to go on: what `next` of the page before holds.",
            "schema": {"type": "string", "pattern": f"^({table.places})?$"},
        },
    ]
    reference = _reference(f"{table.name}_page")
    responses = _responses("application/json", reference, ROWS | NEXT)
    responses["404"] = _fault("What `after` names is not there, or no longer.")
    return {
        "operationId": f"{table.name}_page",
        "summary": f"{table.title.en}, in pages",
        "parameters": [*_of_table(table), *paging],
        "responses": responses,
    }


def _file_of(table: AnyTable, suffix: str) -> Json:
    responses = _responses(FORMATS[suffix].media_type, {}, ROWS | SAVED)
    if table.name in NEEDED:
        responses["404"] = _fault(f"What `{NEEDED[table.name]}` names is not there.")
    return {
        "operationId": f"{table.name}_{suffix}",
        "summary": f"{table.title.en}, all rows as {suffix}",
        "parameters": _of_table(table),
        "responses": responses,
    }


def _columns_of(table: AnyTable) -> Json:
    names = [column.name for column in table.columns]
    return {
        "name": COLUMNS,
        "in": "query",
        "description": "Only these columns, in this order, with commas between; default all.",
        "style": "form",
        "explode": False,
        "schema": {
            "type": "array",
            "items": {"type": "string", "enum": names},
            "uniqueItems": True,
        },
    }


def _one_report() -> Json:
    named = {
        "name": "report_id",
        "in": "path",
        "required": True,
        "description": "An id of /api/v1/reports.json.",
        "schema": {"type": "string"},
    }
    revision = {
        "name": "revision",
        "in": "query",
        "description": "An older reading of the document; default the newest.",
        "schema": {"type": "string", "pattern": "^[0-9]{0,4}$"},
    }
    responses = _responses("application/json", _reference("report"))
    responses["404"] = _fault("No report has this id, or not this revision.")
    return {
        "operationId": "report",
        "summary": "One report: cells with places, claims, repairs, outcomes",
        "parameters": [named, revision, LANGUAGE],
        "responses": responses,
    }


def _bundle() -> Json:
    return {
        "operationId": "bundle",
        "summary": "All tables as tidy CSV or Parquet with a data dictionary and datapackage.json",
        "parameters": [
            *_parameters(name for name in FILTERS if name not in FILTERS_OF_TABLE),
            {
                "name": "format",
                "in": "query",
                "description": "The format of the tables within; default csv.",
                "schema": {"type": "string", "enum": [*FORMATS_OF_TABLES, ""]},
            },
        ],
        "responses": _responses("application/zip", {}, SAVED),
    }


def _print_page() -> Json:
    found = _one_report()
    responses = _responses("text/html", {})
    page: Json = {"content": {"text/html": {}}}
    responses["400"] = page | {"description": FAULTS["400"]}
    responses["404"] = page | {"description": "No report has this id, or not this revision."}
    summary = "One report as a page for print, without scripts"
    return found | {"operationId": "print_page", "summary": summary, "responses": responses}


def _feed() -> Json:
    return {
        "operationId": "feed",
        "summary": "Atom: the reports last read or revised, each with its gravest findings",
        "parameters": _parameters(FEED_FILTERS),
        "responses": _responses(ATOM, {}),
    }


def _plain(name: str, summary: str, media_type: str) -> Json:
    """Return a route that takes nothing but a language, and whose answer follows the data."""
    taken = {"parameters": [LANGUAGE], "responses": _responses(media_type, {})}
    return {"operationId": name, "summary": summary, **taken}


def _fixed(name: str, summary: str, media_type: str) -> Json:
    """Return a route whose answer is the same whatever the data are."""
    answer = {"description": "The answer.", "content": {media_type: {}}}
    return {"operationId": name, "summary": summary, "responses": {"200": answer}}


def _health() -> Json:
    return {
        "operationId": "health",
        "summary": "Whether the site can answer, and the state of its database",
        "responses": {
            "200": {
                "description": "It can.",
                "content": {"application/json": {"schema": _reference("health")}},
            },
            "503": _fault(FAULTS["503"]),
        },
    }


def _responses(media_type: str, schema: Json, others: Mapping[str, str] | None = None) -> Json:
    """Return the answers of a route; `others` are its own headers with what they say."""
    headers = {**SINCE_WHEN, **(others or {})}
    found: Json = {
        "200": {
            "description": "The answer.",
            "headers": {
                name: {"description": says, "schema": {"type": "string"}}
                for name, says in headers.items()
            },
            "content": {media_type: {"schema": schema} if schema else {}},
        },
        "304": {"description": "What If-None-Match or If-Modified-Since names is still so."},
    }
    return found | {status: _fault(text) for status, text in FAULTS.items()}


def _fault(description: str) -> Json:
    content = {"application/json": {"schema": _reference("fault")}}
    return {"description": description, "content": content}


def _reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(properties: Json, *, is_open: bool = False) -> Json:
    found = {"type": "object", "properties": properties, "required": list(properties)}
    return found if is_open else found | {"additionalProperties": False}


def _row_of(table: AnyTable) -> Json:
    """Return the schema of a row; none of its parts is required, since columns can be chosen."""
    properties = {
        column.name: {**KINDS[column.kind], "description": column.label.en}
        for column in table.columns
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _schemas() -> Json:
    text, count = {"type": "string"}, {"type": "integer", "minimum": 0}
    maybe = {"type": ["string", "null"]}
    snapshot = {
        "type": "string",
        "pattern": f"^{PATTERN}$",
        "description": "What names this state of the data: citations carry it, `since` takes it.",
    }
    state: Json = {"version": text, "snapshot": snapshot}
    state |= {"schema_version": count, "built_at": maybe, "read_at": maybe}
    state |= {"offices": count, "reports": count, "is_synthetic": {"type": "boolean"}}
    found: Json = {
        "database": _object(state),
        "fault": _object({"error": _object({"code": text, "message": text, "parameter": maybe})}),
        "health": _object({"status": {"const": "ok"}, "database": _reference("database")}),
        "report": _report(),
    }
    found["changes_facts"] = _object(
        {
            "snapshot": text,
            "newest": text,
            "is_current": {"type": "boolean"},
            "is_proved": {
                "type": ["boolean", "null"],
                "description": "Whether the hash cited comes out of what is kept; null: not tried.",
            },
            "reports_new": count,
            "reports_revised": count,
        }
    )
    for table in EVERY_TABLE.values():
        found[f"{table.name}_row"] = _row_of(table)
        facts = {} if table.facts is None else {"facts": _reference(f"{table.name}_facts")}
        found[f"{table.name}_page"] = _object(
            {
                **facts,
                "total": count,
                "count": count,
                "limit": count,
                "next": maybe,
                "database": _reference("database"),
                "rows": {"type": "array", "items": _reference(f"{table.name}_row")},
            }
        )
    return found


def _report() -> Json:
    """Return the schema of a report; its parts are those of `gip-report/1`."""
    objects: Json = {"type": "array", "items": {"type": "object"}}
    maybe = {"type": ["string", "null"]}
    value = _object(
        {
            "value": {"type": ["number", "null"]},
            "state": {
                "enum": ["number", "blank", "unreadable", "not_applicable", "conflict"],
            },
            "raw": {"type": "string"},
            "place": {"type": "string"},
        }
    )
    return _object(
        {
            "schema": {"const": "gip-report/1"},
            "id": {"type": "string"},
            "revision": {"type": "integer"},
            "revisions": {"type": "array", "items": {"type": "integer"}},
            "source": {"type": "object"},
            "office": {"type": "object"},
            "year": {"type": "integer"},
            "form": {"type": "string"},
            "title": maybe,
            "cells": {"type": "object", "additionalProperties": value},
            "claims": objects,
            "unread": objects,
            "repairs": objects,
            "outcomes": objects,
            "address": {"type": "string"},
        },
        is_open=True,
    )
