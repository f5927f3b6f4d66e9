"""The tables of the panel: by check and by part, what does not balance, who has not published."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from markupsafe import Markup

from gipcore.checks.catalogue import ARITHMETIC_CODES, check, severity_text
from gipcore.checks.outcome import Severity
from gipcore.store.rows import (
    BreakdownRow,
    CheckCount,
    FindingRow,
    GoneFindingRow,
    OfficeRow,
    ReportRow,
)
from gipcore.ui import data
from gipcore.ui.figures import day, number, signed
from gipcore.ui.filters import level_words
from gipcore.ui.findings import (
    MARKED,
    SHAPES,
    office_link,
    office_words,
    severity_tag,
)
from gipcore.ui.html import Column, Content, element, join, link, paragraph, table
from gipcore.ui.language import say, tell
from gipcore.ui.quality import By
from gipcore.ui.query import FIRST_PAGES, address, same_view
from gipcore.ui.regions import region_path

FULL = 100  # per cent: the length of the longest bar
UNKNOWN = "-"  # the key of what has no region or level


def checks_table(counts: Sequence[CheckCount]) -> Markup:
    """Return the checks by the reports that fail them, as bars; a click filters the view."""
    failing = sorted((c for c in counts if c.failed), key=lambda c: (-c.failed, c.code))
    most = max((entry.failed for entry in failing), default=0)
    rows = [
        [
            join([severity_tag(entry.severity), " ", _about(entry.code)]),
            _bar(entry.failed, most, same_view(check=entry.code, **FIRST_PAGES)),
            number(entry.passed),
            number(entry.not_applicable),
        ]
        for entry in failing
    ]
    columns = [
        Column(say("columns.check")),
        Column(say("columns.failed")),
        Column(say("columns.passed"), is_number=True),
        Column(say("columns.not_applicable"), is_number=True),
    ]
    held = [entry for entry in counts if not entry.failed]
    body = table(say("columns.checks_caption"), columns, rows, css="gip-bars") if rows else ""
    return join([body, _held(held)])


def _about(code: str) -> Markup:
    words = join([element("b", code), " ", tell(check(code).title)])
    return link(words, address("checks", check=code))


def _held(counts: Sequence[CheckCount]) -> Markup:
    """Name the checks that no report fails."""
    if not counts:
        return Markup("")
    items = element("ul", join(element("li", _about(entry.code)) for entry in counts))
    words = say("quality.held", checks=len(counts))
    return element("details", element("summary", words) + items, css="gip-small")


def breakdown_table(rows: Iterable[BreakdownRow], by: By) -> Markup:
    """Return reports and findings by region, level or year; a click filters the view."""
    found = tuple(rows)
    most = max((row.unbalanced for row in found), default=0)
    lines = [
        [
            _key(row, by),
            number(row.reports),
            _bar(row.unbalanced, most, _narrowed(row, by, balanced="false")),
            number(row.errors),
            number(row.warnings),
            number(row.notices),
            number(row.not_published),
        ]
        for row in found
    ]
    columns = [
        Column(say(f"columns.{by}")),
        Column(say("columns.reports"), is_number=True),
        Column(say("findings.unbalanced")),
        *(Column(_shape(severity), is_number=True) for severity in Severity),
        Column(say("columns.not_published"), is_number=True),
    ]
    severities = join((severity_tag(severity) for severity in Severity), by=" ")
    caption = say("columns.breakdown_caption").split("{severities}")
    return table(join(caption, by=severities), columns, lines, css="gip-bars")


def _shape(severity: Severity) -> Markup:
    words = tell(severity_text(severity))
    shape = element("abbr", SHAPES[severity], title=words, aria_label=words)
    return element("span", shape, css=f"gip-tag gip-{severity.value}")


def _key(row: BreakdownRow, by: By) -> Content:
    if row.key == UNKNOWN:
        return say(f"quality.unknown_{by}")
    words = {
        "region": office_words(row.name, row.name_en),
        "level": level_words(row.key),
        "year": row.key,
    }[by]
    return link(words, _narrowed(row, by) or "")


def _narrowed(row: BreakdownRow, by: By, **others: str) -> str | None:
    """Return the address of this view for one row alone; None for a row that no filter takes."""
    if row.key == UNKNOWN:
        return None
    return same_view(**{by: row.key, **FIRST_PAGES, **others})


def _bar(figure: int, most: int, target: str | None) -> Markup:
    """Return a number with a bar as long as it is part of the largest, leading to its list."""
    words = number(figure)
    shown = element("span", words) if target is None or not figure else link(words, target)
    length = round(FULL * figure / most) if most else 0
    bar = element("i", "", css="gip-bar", style=f"--part:{length}%", aria_hidden="true")
    return element("span", shown + bar, css="gip-barred")


def unbalanced_table(reports: Iterable[ReportRow]) -> Markup:
    """Return reports that do not balance: which relations, by how much, since when, the reply."""
    rows: list[list[Content]] = []
    for report in reports:
        found = data.findings_of(report.office_id, report.year)
        failed = [finding for finding in found if finding.code in ARITHMETIC_CODES]
        rows.append(
            [
                named_office(report),
                link(str(report.year), address("report", report=report.id)),
                number(len(failed)),
                _relations(report, failed),
                signed(_largest(failed)),
                on_day(min((f.first_seen for f in failed if f.first_seen), default=None)),
                reply_words(failed),
            ]
        )
    columns = [
        Column(say("columns.office")),
        Column(say("columns.report")),
        Column(say("quality.times"), is_number=True),
        Column(say("columns.relations")),
        Column(say("columns.largest"), is_number=True),
        Column(say("columns.since")),
        Column(say("columns.reply")),
    ]
    return table(say("columns.unbalanced_caption"), columns, rows, is_list=True)


def named_office(row: ReportRow | FindingRow | GoneFindingRow) -> Markup:
    """Name the office of a row, linked, with its region below."""
    region = region_path(row.region_code, row.region_name)
    return element(
        "span",
        office_link(row.office_id, row.office_name, row.office_name_en)
        + (element("small", region, css="gip-muted") if region else Markup("")),
        css="gip-named",
    )


def _relations(report: ReportRow, failed: Sequence[FindingRow]) -> Markup:
    """Name the relations that do not hold, each leading to its cells in the report."""
    codes = dict.fromkeys(finding.code for finding in failed)
    times = {code: sum(finding.code == code for finding in failed) for code in codes}
    links = (
        link(
            code if times[code] == 1 else f"{code} ×{times[code]}",
            address("report", report=report.id, check=code) + f"#{MARKED}",
        )
        for code in codes
    )
    return join(links, by=say("site.comma"))


def _largest(findings: Iterable[FindingRow]) -> int | float | None:
    differences = [f.difference for f in findings if f.difference is not None]
    return max(differences, key=abs, default=None)


def on_day(moment: datetime | None) -> Markup:
    """Write a day on one line of a table."""
    return element("span", day(moment), css="gip-day")


def reply_words(findings: Iterable[FindingRow]) -> str:
    """Say when the office last replied to some findings; a dash when it has not."""
    dates = [reply.date for finding in findings for reply in finding.replies]
    return say("findings.replied", day=day(max(dates))) if dates else "–"


def offices_list(offices: Iterable[OfficeRow]) -> Markup:
    """Return offices as a list in columns, each with the region it lies in."""
    items = (
        element(
            "li",
            office_link(office.id, office.name, office.name_en)
            + _region(office.region_code, office.region_name),
        )
        for office in offices
    )
    return element("ul", join(items), css="gip-columns")


def _region(code: str | None, full_name: str | None) -> Markup:
    return element("span", region_path(code, full_name), css="gip-muted gip-small")


def of_offices(offices: Iterable[OfficeRow]) -> Markup:
    """Say that the view is of some offices alone, with the way back to all."""
    names = say("site.comma").join(office_words(each.name, each.name_en) for each in offices)
    back = link(say("quality.all_offices"), same_view(office=None, **FIRST_PAGES))
    return paragraph(join([say("quality.of_office", office=names), back], by=" "), css="gip-chip")
