"""One report as a plain page: real tables, its findings and its text; for print and for search."""

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from anyio import to_thread
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from gipcore.checks.catalogue import sentence, severity_text
from gipcore.checks.outcome import Outcome, Verdict
from gipcore.checks.wording import CANNOT_TELL
from gipcore.export.filters import BadParameterError
from gipcore.export.form_layout import Box, FormTable, form_tables
from gipcore.export.tables import page_address
from gipcore.form.editions import CELLS, EDITIONS
from gipcore.form.report import Passage, Report, State
from gipcore.store import reading
from gipcore.store.rows import ReportRow, StoredReport
from gipcore.store.snapshots import LENGTH
from gipcore.web import words
from gipcore.web.answering import Answer, understood
from gipcore.web.database import Databases
from gipcore.web.errors import not_found
from gipcore.web.linked_data import dataset_of_report, script
from gipcore.web.negotiation import is_known
from gipcore.web.one_report import REVISION, revision_asked
from gipcore.web.plain import (
    asked_language,
    in_chinese,
    in_languages,
    plain_document,
    read_aloud,
    report_page,
)
from gipcore.web.shell import plain_page
from gipcore.web.streaming import WORKERS
from gipcore.words import Language, Text

BLANK, NOT_APPLICABLE, CONFLICT, ABSENT = "[x]", "[z]", "[!]", "[p]"
MARKS = {
    State.BLANK: BLANK,
    State.UNREADABLE: BLANK,
    State.NOT_APPLICABLE: NOT_APPLICABLE,
    State.CONFLICT: CONFLICT,
}


def print_page(databases: Databases) -> Route:
    """Return the route of the page, in the language that the URL asks for."""

    def answer_to(request: Request) -> Response:
        try:
            answer = understood(databases, request, apart=(REVISION,), filters=())
            revision = revision_asked(answer)
        except BadParameterError as fault:
            return _not_understood(request, fault)
        if is_known(request, answer.tag):
            return answer.unchanged()
        engine = answer.database.engine
        found = reading.report(engine, request.path_params["report_id"], revision)
        if found is None:
            return not_found(request)
        text = reading.passages(engine, found.row.id, found.row.revision)
        language = asked_language(request)
        title = _title(found.row, language)
        document = plain_document(
            request,
            title,
            Markup("\n").join(_parts(found, text, answer, language)),
            head=_head(found.row, answer, language),
        )
        made = HTMLResponse(document.html, headers={**document.headers, **answer.headers()})
        return answer.unless_held(request, made)

    async def endpoint(request: Request) -> Response:
        return await to_thread.run_sync(answer_to, request, limiter=WORKERS)

    return Route("/reports/{report_id}", endpoint)


def _not_understood(request: Request, fault: BadParameterError) -> Response:
    said = words.BAD_PARAMETER
    message = Text(*(said.within(each).format(name=fault.parameter) for each in Language))
    return plain_page(request, 400, words.BAD_PARAMETER_TITLE, message)


def _title(row: ReportRow, language: Language) -> str:
    is_english = language is Language.EN
    name = row.office_name_en if is_english and row.office_name_en else row.office_name
    return words.REPORT_TITLE.within(language).format(office=name, year=row.year)


def _head(row: ReportRow, answer: Answer, language: Language) -> Markup:
    """Return what search engines read: an older revision, too, has the newest's address."""
    data = dataset_of_report(row, answer.origin, language)
    described = Markup('<meta name="description" content="{}">\n').format(data["description"])
    addresses = {each: report_page(answer.origin.site, row.id, each) for each in Language}
    return described + in_languages(addresses, language) + script(data)


def _parts(
    found: StoredReport, text: tuple[Passage, ...], answer: Answer, language: Language
) -> Iterator[Markup]:
    def say(words_of_it: Text) -> str:
        return words_of_it.within(language)

    row = found.row
    if answer.origin.is_synthetic:
        yield Markup("<p><strong>{}</strong></p>").format(say(words.SYNTHETIC))
    newest = max(found.revisions)
    if row.revision != newest:
        said = say(words.OLDER_REVISION).format(revision=row.revision, newest=newest)
        address = report_page("", row.id, language)
        yield Markup('<p><strong>{}</strong> <a href="{}">{}</a></p>').format(
            said, address, say(words.TO_NEWEST)
        )
    yield _ways(found, answer, language)
    yield _facts(found, answer, language)
    failed = [outcome for outcome in found.outcomes if outcome.verdict is Verdict.FAILED]
    yield Markup("<h2>{}</h2>").format(say(words.FINDINGS_HEADING))
    yield _findings(failed, language)
    yield Markup("<h2>{}</h2>\n<p>{}</p>").format(say(words.TABLES_HEADING), say(words.MARKS_NOTE))
    marked = {cell for outcome in failed for cell in outcome.cells}
    titles = {table.number: table.title for table in EDITIONS[found.report.form].tables}
    for table in form_tables(found.report):
        yield _table(table, titles[table.number].zh, found.report, marked)
    if text:
        yield Markup("<h2>{}</h2>").format(say(words.TEXT_HEADING))
        yield from (_passage(passage) for passage in text if passage.section)


def _ways(found: StoredReport, answer: Answer, language: Language) -> Markup:
    row, here = found.row, _older(found)
    other = Language.ZH if language is Language.EN else Language.EN
    on_site = "&lang=en" if language is Language.EN else ""
    given = "" if here is None else f"?{REVISION}={here}"
    links = (
        (page_address(answer.origin, "report", report=row.id) + on_site, words.TO_REPORT),
        (page_address(answer.origin, "office", office=row.office_id) + on_site, words.TO_OFFICE),
        (f"/api/v1/reports/{quote(row.id)}{given}", words.AS_JSON),
        (report_page("", row.id, other, here), words.OTHER_LANGUAGE),
    )
    joined = Markup(" · ").join(
        Markup('<a href="{}">{}</a>').format(address, said.within(language))
        for address, said in links
    )
    return Markup("<nav><p>{}</p></nav>").format(joined)


def _older(found: StoredReport) -> int | None:
    """Return the revision that is shown; None for the newest, which needs no naming."""
    return None if found.row.revision == max(found.revisions) else found.row.revision


def _facts(found: StoredReport, answer: Answer, language: Language) -> Markup:
    row = found.row
    title = EDITIONS[found.report.form].title.within(language)
    time = None if row.read_at is None else row.read_at.isoformat(timespec="seconds")
    facts: Mapping[Text, object] = {
        words.OFFICE: _office(row, language),
        words.REGION: row.region_name and _in_chinese(row.region_name, language),
        words.YEAR: row.year,
        words.EDITION: title,
        words.PRINTED_TITLE: row.title and _in_chinese(row.title, language),
        words.DOCUMENT: read_aloud(f"{row.source_file} (SHA-256 {row.source_sha256})", language),
        words.READ_AT: time,
        words.REVISION: _revisions(found, language),
        words.TO_CITE: _citation(row, answer, language),
    }
    items = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(name.within(language), value)
        for name, value in facts.items()
        if value is not None
    )
    return Markup("<dl>{}</dl>").format(items)


def _in_chinese(text: str, language: Language) -> Markup:
    return in_chinese(text) if language is Language.EN else escape(text)


def _office(row: ReportRow, language: Language) -> Markup:
    name = _in_chinese(row.office_name, language)
    if language is Language.EN and row.office_name_en:
        return Markup("{} ({})").format(row.office_name_en, name)
    return name


def _revisions(found: StoredReport, language: Language) -> Markup:
    """Return the number of the revision shown, and the others as links."""
    shown, newest = found.row.revision, max(found.revisions)
    return Markup(" · ").join(
        Markup("{}").format(number)
        if number == shown
        else Markup('<a href="{}">{}</a>').format(
            report_page("", found.row.id, language, revision=None if number == newest else number),
            number,
        )
        for number in found.revisions
    )


def _citation(row: ReportRow, answer: Answer, language: Language) -> Markup:
    """Return a ready-made citation; its address names the revision, which never changes."""
    state = answer.database.state
    cited = words.CITATION.within(language).format(
        what=_title(row, language),
        site=words.SITE_NAME.within(language),
        date="–" if state.built_at is None else f"{state.built_at:%Y-%m-%d}",
        hash=state.content_hash[:LENGTH],
        url=report_page(answer.origin.site, row.id, language, row.revision),
    )
    return read_aloud(cited, language)


def _findings(failed: list[Outcome], language: Language) -> Markup:
    if not failed:
        return Markup("<p>{}</p>").format(words.NO_FINDINGS.within(language))
    items = Markup("").join(
        Markup("<li>{} {}: {}</li>").format(
            severity_text(outcome.severity).within(language),
            outcome.code,
            read_aloud(sentence(outcome, language), language),
        )
        for outcome in failed
    )
    note = CANNOT_TELL.within(language)
    return Markup("<ul>{}</ul>\n<p>{}</p>").format(items, note)


def _table(table: FormTable, title: str, report: Report, marked: set[str]) -> Markup:
    parts: list[tuple[str, list[Markup]]] = []  # the head and the bodies, each with its rows
    for number, boxes in enumerate(table.rows):
        is_head = number < table.heading_rows
        if not parts or number == table.heading_rows or _heads_rows(boxes[0], table):
            parts.append(("thead" if is_head else "tbody", []))
        row = Markup("").join(_box(box, table, report, marked) for box in boxes)
        parts[-1][1].append(Markup("<tr>{}</tr>").format(row))
    drawn = Markup("").join(
        Markup("<{0}>{1}</{0}>").format(name, Markup("").join(rows)) for name, rows in parts
    )
    return Markup(
        '<div class="wide"><table lang="zh-CN"><caption>{}</caption>{}</table></div>'
    ).format(title, drawn)


def _heads_rows(box: Box, table: FormTable) -> bool:
    """Tell whether a heading is as wide as the table: the rows below it are a body of their own."""
    return box.is_heading and box.columns == len(table.widths)


def _scope(box: Box, table: FormTable) -> str:
    """Return what a heading is said of: the rows or the columns that it spans."""
    if _heads_rows(box, table):
        return "rowgroup"
    if box.is_heading:
        return "colgroup" if box.columns > 1 else "col"
    return "rowgroup" if box.rows > 1 else "row"


def _box(box: Box, table: FormTable, report: Report, marked: set[str]) -> Markup:
    spans = Markup("").join(
        Markup(' {}="{}"').format(name, size)
        for name, size in (("rowspan", box.rows), ("colspan", box.columns))
        if size > 1
    )
    if box.cell is None:
        css = Markup(' class="head"') if box.is_heading else Markup("")
        scope = _scope(box, table)
        return Markup('<th scope="{}"{}{}>{}</th>').format(scope, css, spans, box.words)
    value = report.cells.get(box.cell)
    if value is None:
        shown = Markup('<span class="state">{}</span>').format(ABSENT)
    elif value.state is State.NUMBER:
        shown = escape(value.raw or value.number)
    else:
        mark = MARKS[value.state]
        shown = Markup('{} <span class="state">{}</span>').format(value.raw, mark)
    kind = "figure failed" if box.cell in marked else "figure"
    label = CELLS[box.cell].label.zh
    return Markup('<td class="{}" id="{}" title="{}"{}>{}</td>').format(
        kind, box.cell, label, spans, shown
    )


def _passage(passage: Passage) -> Markup:
    is_heading = passage.place.endswith("paragraph 0")
    if is_heading:
        return Markup('<h3 lang="zh-CN">{}</h3>').format(passage.text)
    return Markup('<p lang="zh-CN">{}</p>').format(passage.text)
