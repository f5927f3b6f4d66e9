"""The parts of the overview: totals, what is new, years and regions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from markupsafe import Markup

from gipcore.metrics.outcomes import TOTAL
from gipcore.metrics.share import Share
from gipcore.store.query import Query
from gipcore.store.rows import BreakdownRow, CellSum, Coverage, ReportRow, YearTotal
from gipcore.ui import data
from gipcore.ui.browsing import has_regions, region_way, regions_table
from gipcore.ui.data import Balance
from gipcore.ui.figures import count, day, number, share_words
from gipcore.ui.findings import balance_tag, office_link
from gipcore.ui.html import Column, Content, element, join, link, paragraph, show, table
from gipcore.ui.language import say
from gipcore.ui.outcomes import basis
from gipcore.ui.parts import empty, heading, sentence, sums_note, tiles
from gipcore.ui.query import address, parameters, same_view
from gipcore.ui.summary import balance_sentence
from gipcore.ui.views import SumView

NEW_SHOWN = 6
SUMMED = ("received", "disposed", "carried_forward")
IN_TABLE = ("received_total", "disposed_total", "carried_forward_total")


def say_nothing(query: Query) -> None:
    """Say that no report fits, or that there is none at all yet, and what can be done."""
    if data.years():
        clear = link(say("overview.clear"), address("overview"))
        empty(say("site.no_reports"), join([say("site.widen"), clear], by=" "))
    else:
        own = link(say("overview.check_own"), address("check"))
        empty(say("overview.nothing_yet"), join([say("overview.nothing_yet_advice"), own]))


def draw_totals(query: Query, coverage: Coverage, balance: Balance) -> None:
    """Draw the totals of the reports of a query: counts first, and what they are of."""
    year = query.year
    heading(say("overview.totals_all") if year is None else say("overview.totals", year=year))
    sums = data.sums(query)
    figures = {name: _summed(say(f"overview.{name}"), sums[f"{name}.total"]) for name in SUMMED}
    tiles(
        [
            (
                say("overview.reports"),
                number(balance.reports),
                say("overview.reports_of", offices=coverage.offices_with_report),
            ),
            figures["received"],
            figures["disposed"],
            _granted(query, balance),
            figures["carried_forward"],
            _unbalanced(query, balance),
        ]
    )
    sentence(balance_sentence(data.balance_by_year(query)))
    sums_note()


def _summed(what: Content, cell: CellSum) -> tuple[Content, Content, Content]:
    blank = cell.reports - cell.reports_with_number
    under = (
        say("overview.not_summed", reports=cell.reports_with_number, blank=blank)
        if blank
        else say("overview.summed", reports=cell.reports_with_number)
    )
    return what, count(cell.total), under


def _granted(query: Query, balance: Balance) -> tuple[Content, Content, Content]:
    """Return what was granted, and under it the share, of the reports that outcomes are of."""
    share = _share_granted(query)
    under: Content = share_words(share)
    counted = counted_of(query)
    reports = data.count_reports(counted)
    if 0 < reports < balance.reports:
        is_balanced = counted.balanced or not balance.undecided
        key = "overview.of_balanced" if is_balanced else "overview.of_unfailed"
        under = join([say(key, reports=number(reports)), share_words(_share_granted(counted))])
    return say("overview.granted"), count(share.count), under


def counted_of(query: Query) -> Query:
    """Return the reports whose outcomes have shares: those that the page of outcomes counts."""
    return basis(replace(query, unbalanced=False))


def _share_granted(query: Query) -> Share:
    line = next(line for line in SumView(query).outcomes.groups if line.id == "granted")
    return line.shares[TOTAL]


def _unbalanced(query: Query, balance: Balance) -> tuple[Content, Content, Content]:
    if not balance.unbalanced:
        under: Content = say("overview.none_unbalanced", reports=balance.reports)
    else:
        filters = parameters(replace(query, balanced=False))
        under = link(say("overview.see_quality"), address("quality", **filters))
    return say("overview.unbalanced"), number(balance.unbalanced), under


def draw_new(query: Query) -> None:
    """Draw the reports that were read or revised last, of whatever year."""
    rows = data.recent_reports(replace(query, year=None), NEW_SHOWN)
    if not rows:
        return
    heading(say("overview.new"))
    show(_new_table(rows))
    show(paragraph(link(say("overview.feed"), "feed.xml")))


def _new_table(rows: Iterable[ReportRow]) -> Markup:
    lines = [
        [
            office_link(row.office_id, row.office_name, row.office_name_en),
            link(str(row.year), address("report", report=row.id)),
            _what(row),
            balance_tag(row),
            number(row.errors + row.warnings + row.notices),
            element("span", day(row.read_at), css="gip-day"),
        ]
        for row in rows
    ]
    columns = [
        Column(say("columns.office")),
        Column(say("columns.report"), is_plain=True),
        Column(say("overview.what"), is_plain=True),
        Column(say("columns.balance"), is_plain=True),
        Column(say("columns.findings"), is_number=True),
        Column(say("columns.read_at")),
    ]
    return table(say("overview.new_caption"), columns, lines, "gip-titled", is_list=True)


def _what(row: ReportRow) -> Content:
    if row.revision == 1:
        return say("overview.first_reading")
    words = say("overview.revised", revision=row.revision)
    return link(words, address("revisions", report=row.id))


def draw_years(query: Query) -> None:
    """Draw every year with its reports and requests, each leading to its own view."""
    every = replace(query, year=None)
    heading(say("overview.by_year"))
    parts = {row.key: row for row in data.breakdown(every, "year")}
    show(_years_table(data.yearly_totals(every), parts, query))


def _years_table(
    totals: Iterable[YearTotal], parts: Mapping[str, BreakdownRow], query: Query
) -> Markup:
    rows = [
        _year_row(total, parts[str(total.year)], query)
        for total in sorted(totals, key=lambda total: -total.year)
    ]
    columns = [
        Column(say("columns.year")),
        Column(say("columns.reports"), is_number=True),
        Column(say("columns.not_published"), is_number=True),
        Column(say("offices.unbalanced"), is_number=True),
        *(Column(say(f"columns.{name}"), is_number=True) for name in IN_TABLE),
    ]
    return table(say("overview.by_year_caption"), columns, rows)


def _year_row(total: YearTotal, part: BreakdownRow, query: Query) -> list[Content]:
    year = str(total.year)
    is_shown = query.year == total.year
    filters = parameters(replace(query, year=total.year))
    unbalanced: Content = number(part.unbalanced)
    if part.unbalanced:
        unbalanced = link(unbalanced, address("quality", **filters, balanced="false"))
    return [
        element("strong", year, aria_current="true")
        if is_shown
        else link(year, same_view(year=year)),
        number(total.reports),
        number(part.not_published),
        unbalanced,
        *(count(total.headline.get(name)) for name in IN_TABLE),
    ]


def draw_regions(query: Query) -> None:
    """Draw the regions directly below that of a query, each leading to its own view."""
    rows = data.breakdown(query, "region")
    heading(say("overview.by_region"))
    show(region_way(query, "overview"))
    if has_regions(rows, query):
        show(regions_table(rows, query, "overview"))


def all_findings_link(query: Query) -> Markup:
    """Return the way to every finding of a query."""
    findings = data.count_findings(query)
    words = say("overview.all_findings", findings=number(findings))
    return paragraph(link(words, address("quality", **parameters(query))))
