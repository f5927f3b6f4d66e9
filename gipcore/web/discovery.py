"""How the site is found: robots.txt, the sitemap, and the feed of what is new."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from html import escape
from urllib.parse import urlencode

from anyio import to_thread
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gipcore.checks.catalogue import sentence
from gipcore.checks.outcome import Verdict
from gipcore.export.columns import Origin
from gipcore.export.tables import page_address
from gipcore.store import reading
from gipcore.store.query import Query
from gipcore.store.read_recent import (
    Block,
    addresses,
    blocks,
    office_blocks,
    offices_with_reports,
    recent_reports,
)
from gipcore.store.rows import ReportRow
from gipcore.web import words
from gipcore.web.answering import Answer, understood
from gipcore.web.asking import LANGUAGE, site_address
from gipcore.web.database import Databases
from gipcore.web.errors import not_found
from gipcore.web.negotiation import is_known
from gipcore.web.plain import asked_language, language_tag, report_page
from gipcore.web.streaming import WORKERS
from gipcore.words import Language

XML = "application/xml; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
HEAD = Markup('<?xml version="1.0" encoding="UTF-8"?>\n')
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
NOWHERE = Origin("", is_synthetic=False)  # for an address within the site
ENTRIES = 50
SENTENCES = 5  # of the findings of an entry
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLOCK = re.compile(r"reports-([12][0-9]{3})-([0-9]{1,3})\.xml")
_OFFICES = re.compile(r"offices-([0-9]{1,3})\.xml")
FEED_FILTERS = ("region", "level", "function", "office", "year")

Made = Callable[[Request, Answer], Response]


def discovery(databases: Databases, pages: Iterable[str]) -> list[Route]:
    """Return the routes; `pages` are the paths of the pages, for the sitemap."""
    listed = tuple(pages)

    def route(path: str, make: Made, filters: tuple[str, ...] = ()) -> Route:
        def answer_to(request: Request) -> Response:
            answer = understood(databases, request, filters=filters)
            if is_known(request, answer.tag):
                return answer.unchanged()
            return answer.unless_held(request, make(request, answer))

        async def endpoint(request: Request) -> Response:
            return await to_thread.run_sync(answer_to, request, limiter=WORKERS)

        return Route(path, endpoint)

    return [
        Route("/robots.txt", _robots),
        route("/sitemap.xml", _index),
        route("/sitemaps/{name}", partial(_sitemap, listed)),
        route("/feed.xml", _feed, FEED_FILTERS),
    ]


async def _robots(request: Request) -> Response:
    lines = [
        "User-agent: *",
        "Disallow: /_stcore/",
        "Disallow: /media/",
        "Disallow: /api/v1/*after=",
        f"Sitemap: {site_address(request)}/sitemap.xml",
    ]
    headers = {"Cache-Control": "public, max-age=86400"}
    return Response("\n".join(lines) + "\n", headers=headers, media_type="text/plain")


def _index(_: Request, answer: Answer) -> Response:
    site = answer.origin.site
    engine = answer.database.engine
    names = [
        "pages",
        *(f"offices-{number}" for number in office_blocks(engine)),
        *(f"reports-{block.year}-{block.number}" for block in blocks(engine)),
    ]
    items = Markup("").join(
        Markup("<sitemap><loc>{}/sitemaps/{}.xml</loc></sitemap>\n").format(site, name)
        for name in names
    )
    body = HEAD + Markup('<sitemapindex xmlns="{}">\n{}</sitemapindex>\n').format(SITEMAPS, items)
    return Response(body, headers=answer.headers(), media_type=XML)


def _sitemap(pages: tuple[str, ...], request: Request, answer: Answer) -> Response:
    name = request.path_params["name"]
    if name == "pages.xml":
        found: list[tuple[str, datetime | None]] = [(path, None) for path in pages]
    elif offices := _OFFICES.fullmatch(name):
        ids = offices_with_reports(answer.database.engine, int(offices[1]))
        found = [(page_address(NOWHERE, "office", office=office), None) for office in ids]
    elif block := _BLOCK.fullmatch(name):
        listed = addresses(answer.database.engine, Block(int(block[1]), int(block[2])))
        found = [(report_page("", one.report_id, Language.ZH), one.read_at) for one in listed]
    else:
        return not_found(request)
    if not found:
        return not_found(request)
    site = answer.origin.site
    items = "".join(_location(site, path, time) for path, time in found)
    start = f'<urlset xmlns="{SITEMAPS}" xmlns:xhtml="{XHTML}">'
    return Response(f"{HEAD}{start}\n{items}</urlset>\n", headers=answer.headers(), media_type=XML)


def _location(site: str, path: str, time: datetime | None) -> str:
    """Return a page with the address in each language; a file has up to 50,000 of them."""
    address = escape(f"{site}{path}")
    english = f"{address}{'&amp;' if '?' in path else '?'}lang=en"
    changed = "" if time is None else f"<lastmod>{_iso(time)}</lastmod>"
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag}" href="{other}"/>'
        for tag, other in (("zh-CN", address), ("en", english), ("x-default", address))
    )
    return f"<url><loc>{address}</loc>{changed}{others}</url>\n"


def _feed(request: Request, answer: Answer) -> Response:
    """Answer with Atom: the reports last read or revised, each with its gravest findings."""
    language = asked_language(request)
    asked = answer.asked
    query = Query(**{n: getattr(asked.query, n) for n in FEED_FILTERS})
    rows = recent_reports(answer.database.engine, query, limit=ENTRIES)
    site = answer.origin.site
    given = sorted(asked.parameters.items())
    if language is not Language.ZH:
        given.append((LANGUAGE, language.value))
    address = f"/feed.xml?{urlencode(given)}" if given else "/feed.xml"
    state = answer.database.state
    updated = max(filter(None, (state.read_at, state.built_at)), default=LONG_AGO)
    title = words.FEED_TITLE.within(language)
    if answer.origin.is_synthetic:
        title = f"{words.SYNTHETIC.within(language)} {title}"
    parts = [
        Markup('<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{}">\n').format(
            language_tag(language)
        ),
        Markup("<title>{}</title>\n<id>{}{}</id>\n").format(title, site or "urn:gip", address),
        Markup("<updated>{}</updated>\n").format(_iso(updated)),
        Markup('<link rel="self" href="{0}{1}"/>\n<link href="{0}/"/>\n').format(site, address),
        Markup("<author><name>{}</name></author>\n").format(words.SITE_NAME.within(language)),
        *(_entry(row, answer, language) for row in rows),
        Markup("</feed>\n"),
    ]
    body = NOT_IN_XML.sub("", HEAD + Markup("").join(parts))
    return Response(body, headers=answer.headers(), media_type=ATOM)


def _entry(row: ReportRow, answer: Answer, language: Language) -> Markup:
    site = answer.origin.site
    is_english = language is Language.EN
    name = row.office_name_en if is_english and row.office_name_en else row.office_name
    title = words.REPORT_TITLE.within(language).format(office=name, year=row.year)
    if row.revision > 1:
        title += words.REVISED.within(language).format(revision=row.revision)
    address = f"{site}/reports/{row.id}" + ("?lang=en" if is_english else "")
    return Markup(
        "<entry><title>{}</title><id>{}</id><updated>{}</updated>"
        '<link href="{}"/><summary>{}</summary></entry>\n'
    ).format(
        title,
        f"{site or 'urn:gip'}/reports/{row.id}#{row.revision}",
        _iso(row.read_at or LONG_AGO),
        address,
        _summary(row, answer, language),
    )


def _summary(row: ReportRow, answer: Answer, language: Language) -> str:
    count = row.errors + row.warnings + row.notices
    if not count:
        return words.NO_FINDINGS.within(language)
    query = Query(office=row.office_id, year=row.year)
    found = reading.findings(answer.database.engine, query, limit=SENTENCES, verdict=Verdict.FAILED)
    said = [sentence(finding.outcome, language) for finding in found]
    return words.FINDINGS_COUNT.within(language).format(findings=count) + " ".join(said)


def _iso(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
