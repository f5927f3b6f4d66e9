"""Tables over many reports: offices, reports, years, outcomes, reviews, checks."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from gipcore.form import reviews
from gipcore.form.report import Number
from gipcore.labels import words
from gipcore.store.rows import Balance, OfficeRow, RejectedRow, ReportRow, YearTotal
from gipcore.ui.figures import (
    count,
    day,
    number,
)
from gipcore.ui.filters import function_words, level_words
from gipcore.ui.findings import balance_tag, office_link
from gipcore.ui.html import Column, Content, element, join, link, show, table
from gipcore.ui.language import say, tell
from gipcore.ui.parts import empty
from gipcore.ui.query import address
from gipcore.ui.regions import region_path

FLOW = ("received_total", "brought_forward_total", "disposed_total", "carried_forward_total")


def offices_table(offices: Iterable[OfficeRow]) -> Markup:
    """Return offices with their regions, years and open findings."""
    rows = [
        [
            office_link(office.id, office.name, office.name_en),
            region_path(office.region_code, office.region_name) or "–",
            level_words(office.level),
            function_words(office.function),
            element("span", year_span(office), css="gip-day"),
            number(office.reports),
            number(office.findings_open),
        ]
        for office in offices
    ]
    columns = [
        Column(say("columns.office")),
        Column(say("columns.region"), is_plain=True),
        Column(say("columns.level"), is_plain=True),
        Column(say("columns.function"), is_plain=True),
        Column(say("columns.years")),
        Column(say("columns.reports"), is_number=True),
        Column(say("columns.findings"), is_number=True),
    ]
    return table(say("columns.offices_caption"), columns, rows, "gip-titled", is_list=True)


def year_span(office: OfficeRow) -> str:
    """Write the years that an office has reports on."""
    if office.first_year is None:
        return "–"
    if office.first_year == office.last_year:
        return str(office.first_year)
    return f"{office.first_year}–{office.last_year}"


def reports_table(reports: Iterable[ReportRow], *, with_office: bool = True) -> Markup:
    """Return reports with the flow of their requests and whether they balance."""
    rows = [
        [
            *(
                [office_link(report.office_id, report.office_name, report.office_name_en)]
                * with_office
            ),
            link(str(report.year), address("report", report=report.id)),
            *(count(report.headline.get(name)) for name in FLOW),
            balance_tag(report),
            number(report.errors + report.warnings + report.notices),
        ]
        for report in reports
    ]
    columns = [
        *([Column(say("columns.office"))] * with_office),
        Column(say("columns.report"), is_plain=True),
        *(Column(say(f"columns.{name}"), is_number=True) for name in FLOW),
        Column(say("columns.balance"), is_plain=True),
        Column(say("columns.findings"), is_number=True),
    ]
    return table(say("columns.reports_caption"), columns, rows, is_list=True)


def draw_offered(reports: Sequence[ReportRow]) -> None:
    """Draw reports to choose from, or say that there is none at all yet."""
    if reports:
        show(reports_table(reports))
    else:
        empty(say("overview.nothing_yet"), say("overview.comes_later"))


def years_table(totals: Iterable[YearTotal]) -> Markup:
    """Return the sums of the flow by year, each with the number of reports it is of."""
    rows = [
        [
            str(total.year),
            number(total.reports),
            *(count(total.headline.get(name)) for name in FLOW),
        ]
        for total in sorted(totals, key=lambda total: -total.year)
    ]
    columns = [
        Column(say("columns.year")),
        Column(say("columns.reports"), is_number=True),
        *(Column(say(f"columns.{name}"), is_number=True) for name in FLOW),
    ]
    return table(say("columns.years_caption"), columns, rows)


def balance_table(by_year: Mapping[int, Balance]) -> Markup:
    """Return how many reports of each year balance."""
    rows = [
        [
            str(year),
            number(entry.balanced),
            number(entry.undecided),
            number(entry.unbalanced),
            number(entry.reports),
        ]
        for year, entry in by_year.items()
    ]
    columns = [
        Column(say("columns.year")),
        Column(say("findings.balances"), is_number=True),
        Column(say("findings.undecided"), is_number=True),
        Column(say("findings.unbalanced"), is_number=True),
        Column(say("columns.reports"), is_number=True),
    ]
    return table(say("columns.balance_caption"), columns, rows)


def flow_table(figures: Mapping[str, Number | None]) -> Markup:
    """Return the four figures of the ledger as a table."""
    rows = [[say(f"columns.{name}"), count(figures.get(name))] for name in FLOW]
    columns = [Column(say("columns.item")), Column(say("columns.requests"), is_number=True)]
    return table(say("columns.flow_caption"), columns, rows)


def review_table(figures: Mapping[str, Number | None]) -> Markup:
    """Return results by route; pending stands apart from what is concluded."""
    rows = [
        [
            tell(line.label),
            *(count(figures.get(f"{line.id}.{column.id}")) for column in reviews.COLUMNS),
        ]
        for line in reviews.LINES
    ]
    columns = [
        Column(say("columns.route")),
        *(Column(tell(column.label), is_number=True) for column in reviews.COLUMNS),
    ]
    return table(say("columns.reviews_caption"), columns, rows)


def rejected_table(documents: Iterable[RejectedRow]) -> Markup:
    """Return documents that gave no report, why, and when they were read."""
    rows = [
        [
            document.file_name,
            _why_rejected(document),
            "–"
            if document.office_id is None or document.office_name is None
            else office_link(document.office_id, document.office_name, document.office_name_en),
            "–" if document.year is None else str(document.year),
            element("span", day(document.read_at), css="gip-day"),
        ]
        for document in documents
    ]
    columns = [
        Column(say("columns.document")),
        Column(say("columns.why_rejected")),
        Column(say("columns.office")),
        Column(say("columns.year")),
        Column(say("columns.read_at")),
    ]
    return table(say("columns.rejected_caption"), columns, rows)


def _why_rejected(document: RejectedRow) -> Content:
    """Say why a document was rejected; the program's own words stand where we have none."""
    said = rejection_words(document.code)
    return said or join([document.code, document.reason], by=say("site.colon"))


def rejection_words(code: str) -> str:
    """Say what the code of a rejected document means; "" when there are no words for it."""
    key = f"rejections.{code}"
    return say(key) if key in words() else ""
