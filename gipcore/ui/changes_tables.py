"""Tables of what changed: figures of two reports line by line, revisions, findings."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from gipcore.checks.catalogue import sentence
from gipcore.checks.outcome import Outcome, Verdict
from gipcore.form.model import Line, Table
from gipcore.form.report import Value
from gipcore.metrics.differences import CellBeside, by_line
from gipcore.store.rows import ReportRow, StoredReport
from gipcore.ui.figures import day, number, printed, signed
from gipcore.ui.findings import severity_tag
from gipcore.ui.form_view import UNITS
from gipcore.ui.html import Column, Content, element, join, link, table
from gipcore.ui.language import language, say, tell
from gipcore.ui.query import address
from gipcore.ui.summary import format_words

WIDTH = 4  # columns: what it is, the earlier figure, the later figure, their difference


def cells_table(form: Table, cells: Sequence[CellBeside], before: str, now: str) -> Markup:
    """Return the cells of one table of the form with both figures; `before` and `now` name them."""
    caption = table_words(form)
    head = element("th", say("changes.line"), scope="col") + join(
        element("th", words, scope="col", css="gip-number")
        for words in (before, now, say("changes.difference"))
    )
    bodies = join(element("tbody", _line(each)) for each in by_line(cells))
    drawn = element(
        "table",
        element("caption", caption) + element("thead", element("tr", head)) + bodies,
        css="gip-table gip-changes",
    )
    return element("div", drawn, css="gip-scroll", tabindex=0, role="region", aria_label=caption)


def table_words(form: Table) -> str:
    """Say a table of the form by its number and title."""
    name = say("form.table", number=form.number)
    return say("changes.caption", table=name, title=tell(form.title))


def _line(cells: Sequence[CellBeside]) -> Markup:
    """Return the rows of one line: its words, then a row for each of its columns."""
    title = element("th", tell(cells[0].cell.line.label), scope="rowgroup", colspan=WIDTH)
    return element("tr", title, css="gip-group") + join(map(_row, cells))


def _row(beside: CellBeside) -> Markup:
    pieces = [
        element("th", _column_words(beside), scope="row"),
        element("td", _figure(beside.before), css="gip-number"),
        element("td", _figure(beside.now), css="gip-number"),
        element("td", signed(beside.difference), css="gip-number"),
    ]
    return element("tr", join(pieces), css="gip-differs" if beside.is_changed else None)


def _column_words(beside: CellBeside) -> str:
    """Say the column of a cell, with its unit where it does not count."""
    words, unit = tell(beside.cell.column.label), beside.cell.unit
    return say(UNITS[unit], column=words) if unit in UNITS else words


def _figure(value: Value | None) -> Markup:
    """Return a figure, with the printed text where that is not the figure itself."""
    shown = printed(value)
    if value is None or not value.raw.strip() or value.raw.strip() in (shown, str(value.number)):
        return join([shown])
    return join([shown, " ", element("small", f"「{value.raw.strip()}」", css="gip-muted")])


def lines_list(lines: Iterable[Line]) -> Markup:
    """Return lines of the form as a list."""
    return element("ul", join(element("li", tell(line.label)) for line in lines))


def readings_table(readings: Iterable[StoredReport], changed: Mapping[int, int]) -> Markup:
    """Return the revisions of a report; `changed` counts the cells that each of them changed."""
    rows: list[list[Content]] = [
        [
            say("changes.reading_column", revision=stored.row.revision),
            element("span", day(stored.row.read_at), css="gip-day"),
            _document(stored.row),
            number(changed.get(stored.row.revision, 0)) if stored.row.revision > 1 else "–",
            number(sum(outcome.verdict is Verdict.FAILED for outcome in stored.outcomes)),
        ]
        for stored in readings
    ]
    columns = [
        Column(say("changes.reading")),
        Column(say("columns.read_at"), is_plain=True),
        Column(say("columns.document"), is_plain=True),
        Column(say("changes.changed_cells"), is_number=True),
        Column(say("columns.findings"), is_number=True),
    ]
    return table(say("changes.readings_caption"), columns, rows, css="gip-readings", is_list=True)


def _document(row: ReportRow) -> Markup:
    """Return the name of a document, its format and the beginning of its hash."""
    code = element("code", row.source_sha256[:12], title=row.source_sha256)
    below = join([format_words(row.source_format), code], by=" ")
    return join([row.source_file, element("div", below, css="gip-muted gip-small")])


def findings_list(title: str, found: Sequence[Outcome]) -> Markup:
    """Return findings under a heading, a sentence each; nothing when there are none."""
    if not found:
        return Markup("")
    items = join(element("li", _finding(outcome)) for outcome in found)
    return element("h3", title) + element("ul", items, css="gip-plain")


def _finding(outcome: Outcome) -> Markup:
    code = link(outcome.code, address("methods", check=outcome.code))
    return join([severity_tag(outcome.severity), code, sentence(outcome, language())], by=" ")
