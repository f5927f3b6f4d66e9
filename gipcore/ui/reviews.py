"""Reconsideration and litigation on the page: cases by route and result, offices with cases."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from markupsafe import Markup

from gipcore.form import reviews
from gipcore.form.report import Number
from gipcore.metrics.reviews import Cases, all_routes, by_route, litigation
from gipcore.metrics.share import Share
from gipcore.store.headline import REVIEW_NAMES
from gipcore.store.query import Query
from gipcore.store.read_reviews import Order, Reviewed, ReviewedOffice
from gipcore.store.rows import CellSum
from gipcore.ui import charts, data, summary
from gipcore.ui.charts import Series
from gipcore.ui.figures import count, interval_words, number, percent, share_cell, span
from gipcore.ui.findings import office_link
from gipcore.ui.html import Column, Content, element, join, link, paragraph, show, table
from gipcore.ui.language import say, tell
from gipcore.ui.parts import download, empty, heading, paging
from gipcore.ui.query import address, parameters, switch
from gipcore.ui.regions import region_path
from gipcore.ui.views import SumView

SIZE = 25  # offices on a page
FILE_COLUMNS = ("id", "office_id", "office_name", "region_name", "year", *REVIEW_NAMES, "address")


class ReviewView(SumView):
    """The cases in the reports of a query."""

    @property
    def cells(self) -> Mapping[str, CellSum]:
        """Return the sums of table 4 by the names of the headline columns."""
        sums = data.sums(self.query)
        names = (f"{line.id}.{column.id}" for line in reviews.LINES for column in reviews.COLUMNS)
        return {name.replace(".", "_"): sums[name] for name in names}

    @cached_property
    def headline(self) -> Mapping[str, Number | None]:
        """Return what they add up to."""
        return {name: cell.total for name, cell in self.cells.items()}

    @cached_property
    def routes(self) -> tuple[Cases, ...]:
        """Return the cases of each route."""
        return by_route(self.headline)

    @property
    def told(self) -> tuple[Cases, ...]:
        """Return what words tell: reconsideration, and litigation as a whole."""
        return (self.routes[0], litigation(self.headline))

    @property
    def compared(self) -> tuple[Cases, ...]:
        """Return what has a share of corrected cases: each route, and litigation as a whole."""
        return (*self.routes, litigation(self.headline))

    @property
    def is_of_one(self) -> bool:
        """Tell whether it is of one office; the reports of several may hold the same cases."""
        return self.coverage.offices_with_report == 1

    @property
    def with_blanks(self) -> int:
        """Return how many reports leave some cell of table 4 blank, at least."""
        return max(cell.reports - cell.reports_with_number for cell in self.cells.values())

    @cached_property
    def reviewed(self) -> Reviewed:
        """Return how many offices and reports have a case."""
        return data.count_reviewed(self.query)

    def offices(self, order: Order, limit: int, offset: int) -> tuple[ReviewedOffice, ...]:
        """Return some of the offices with a case."""
        return data.reviewed_offices(self.query, order, limit, offset)

    @property
    def of_file(self) -> Query:
        """Return the query for the reports with a case, as a file."""
        return replace(self.query, reviewed=True)


def blanks_note(view: ReviewView) -> None:
    """Say how many reports leave cells blank, if any."""
    if view.with_blanks:
        words = say("reviews.with_blanks", reports=view.with_blanks, of=view.reports)
        show(paragraph(words, css="gip-muted gip-small"))


def draw_cases(view: ReviewView) -> None:
    """Draw what is concluded by route and result, and below it what is pending."""
    if not any(cases.total or cases.concluded or cases.pending for cases in view.routes):
        return
    colours = charts.palette()
    shades = (colours.first, colours.third, colours.second)
    names = [tell(cases.label) for cases in view.routes]
    waiting = [cases for cases in view.routes if cases.pending]
    apart: list[Number | None] = [None] * len(names)
    below: list[Number | None] = [None] * len(waiting)
    series = [
        _series(tell(result.label), [c.results[result.id] for c in view.routes] + below, shade)
        for result, shade in zip(reviews.RESULTS, shades, strict=False)
    ]
    if waiting:
        pending = [cases.pending for cases in waiting]
        series.append(_series(tell(reviews.RESULTS[-1].label), apart + pending, colours.quiet))
        names += [say("reviews.pending_of", route=tell(cases.label)) for cases in waiting]
    words = summary.review_sentence(view.figures)
    charts.draw(charts.bars(names, series), words, key="reviews")


def _series(name: str, figures: Sequence[Number | None], colour: str) -> Series:
    """Return a kind of bar; a bar of no length has no figure to carry."""
    return Series(name, figures, colour, [number(figure) if figure else "" for figure in figures])


def corrected_table(view: ReviewView) -> Markup:
    """Return the share of corrected cases by route, of the concluded ones.

    Those of one office have intervals; sums over several have none: their reports overlap.
    """
    with_interval = view.is_of_one
    rows = [
        [
            tell(cases.label),
            count(cases.concluded),
            share_cell(cases.corrected),
            *([interval_track(cases.corrected)] * with_interval),
            count(cases.pending),
        ]
        for cases in view.compared
    ]
    columns = [
        Column(say("columns.route")),
        Column(say("reviews.concluded"), is_number=True),
        Column(say("reviews.corrected_of_concluded")),
        *([Column(say("columns.interval"))] * with_interval),
        Column(tell(reviews.RESULTS[-1].label), is_number=True),
    ]
    key = "corrected_of_one" if with_interval else "corrected_of_many"
    return table(say(f"reviews.{key}"), columns, rows)


def interval_track(share: Share) -> Content:
    """Draw where a share and its interval lie between 0 and 1, beside the bounds in words."""
    words = interval_words(share)
    if share.interval is None or share.share is None:
        return words
    low, high = share.interval.low, share.interval.high
    style = f"--low:{low:.1%};--wide:{high - low:.1%};--at:{share.share:.1%}"
    track = element("span", element("b"), css="gip-track", style=style, aria_hidden="true")
    return element("span", track + element("span", words), css="gip-tracked")


def corrected_sentence(view: ReviewView) -> str:
    """Say how large the shares of corrected cases are, where there are enough cases for one."""
    said = [
        say(
            "reviews.corrected_said",
            route=tell(cases.label),
            count=number(cases.corrected.count or 0),
            denominator=number(cases.corrected.denominator or 0),
            percent=percent(cases.corrected.share),
        )
        for cases in view.told
        if cases.corrected.share is not None
    ]
    if not said:
        return say("reviews.none_corrected_said")
    return say("reviews.all_corrected_said", routes=say("site.semicolon").join(said))


def draw_offices(view: ReviewView) -> None:
    """Draw the offices with cases, in pages, and the file of their reports."""
    found = view.reviewed
    counts = {"offices": found.offices, "reports": found.reports}
    heading(say("reviews.offices"), say("reviews.offices_lead", **counts))
    if not found.offices:
        empty(say("reviews.none"), say("site.widen"))
        return
    choices = {order.value: say(f"reviews.by_{order.value}") for order in Order}
    order = Order(switch("order", say("reviews.order"), choices, Order.CASES.value))
    offset = paging(found.offices, SIZE)
    show(offices_table(view.offices(order, SIZE, offset)))
    download(
        say("reviews.download", **counts),
        "api/v1/reports.csv",
        **parameters(view.of_file),
        columns=",".join(FILE_COLUMNS),
    )


def offices_table(offices: Iterable[ReviewedOffice]) -> Markup:
    """Return offices with their cases by route, what is corrected of those concluded, pending."""
    rows = [_office_row(office) for office in offices]
    columns = [
        Column(say("columns.office")),
        *(Column(tell(line.label), is_number=True) for line in reviews.LINES),
        Column(say("reviews.corrected_of_concluded")),
        Column(say("columns.interval"), is_number=True),
        Column(tell(reviews.RESULTS[-1].label), is_number=True),
        Column(say("reviews.reports_with_cases")),
    ]
    return table(say("reviews.offices_caption"), columns, rows, is_list=True)


def _office_row(office: ReviewedOffice) -> list[Content]:
    together = all_routes(office.figures)
    totals = (cases.total for cases in by_route(office.figures))
    return [
        _named(office),
        *(count(total) for total in totals),
        share_cell(together.corrected),
        interval_words(together.corrected),
        count(together.pending),
        _reports(office),
    ]


def _named(office: ReviewedOffice) -> Markup:
    """Name an office, linked, with its region below."""
    region = region_path(office.region_code, office.region_name)
    return element(
        "span",
        office_link(office.office_id, office.office_name, office.office_name_en)
        + (element("small", region, css="gip-muted") if region else Markup("")),
        css="gip-named",
    )


def _reports(office: ReviewedOffice) -> Content:
    """Name the report with cases, linked; several by their number and years."""
    if office.reports == 1:
        year = str(office.last_year)
        return link(year, address("report", report=f"{office.office_id}-{year}"))
    years = span((office.first_year, office.last_year))
    return join([say("reviews.several", reports=office.reports), years], by=" ")
