"""The tables of a comparison: the offices in one year, over the years, and in the funnel."""

from collections.abc import Iterable

from markupsafe import Markup

from gipcore.form import reviews
from gipcore.metrics.flow import FLOW
from gipcore.metrics.funnel import limits
from gipcore.metrics.indicators import INDICATORS, RECONSIDERATION_CORRECTED, Indicator
from gipcore.metrics.peers import Quartiles
from gipcore.metrics.share import Share
from gipcore.store.rows import PeerRow
from gipcore.ui.compare import Compared, Comparison
from gipcore.ui.figures import count, interval_words, mark, number, percent, share_words
from gipcore.ui.findings import balance_tag, office_link
from gipcore.ui.html import Column, Content, Row, element, join, link, table
from gipcore.ui.language import say, tell
from gipcore.ui.query import address

Line = str | list[Content]
LISTED = 100  # peers listed on the page; the file has all


def year_table(view: Comparison) -> Markup:
    """Return the figures of the year: a column an office, and one of the peers if there are any."""
    has_peers = view.peers is not None and view.peers.peers.are_enough
    of_requests = [each for each in INDICATORS if each.parts]
    of_reviews = [each for each in INDICATORS if not each.parts]
    routes = [(tell(line.label), f"{line.id}_total") for line in reviews.LINES]
    balance = [_balance(one, view.year) for one in view.compared]
    lines: list[Line] = [
        say("compare.requests"),
        *(_count_line(view, say(f"columns.{name}"), name) for name in FLOW),
        [say("columns.balance"), *balance, "–"],
        say("compare.shares"),
        *(_share_line(view, indicator) for indicator in of_requests),
        say("compare.reviews"),
        *(_count_line(view, label, name) for label, name in routes),
        *(_share_line(view, indicator) for indicator in of_reviews),
    ]
    columns = [
        Column(say("columns.item")),
        *(Column(_head(one, view.year), is_number=True) for one in view.compared),
        *([Column(say("compare.peers_median"), is_number=True)] * has_peers),
    ]
    caption = say("compare.year_caption", year=view.year)
    return table(
        caption, columns, [_row(line, len(columns)) for line in lines], "gip-compared gip-fixed"
    )


def _row(line: Line, width: int) -> Row:
    """Return a line as wide as the table; words alone head a group of lines."""
    if isinstance(line, str):
        return Row([line, *[""] * (width - 1)], "gip-group")
    return Row(line[:width])


def _head(one: Compared, year: int) -> Markup:
    letter = element("b", one.letter, css="gip-letter")
    named = link(one.name, address("office", office=one.office.id, year=year))
    return join([letter, " ", named])


def _count_line(view: Comparison, label: str, name: str) -> list[Content]:
    among = view.among(name) if name in FLOW else None
    return [
        label,
        *(
            count(one.count(name, view.year)) if view.year in one.reports else mark("[n]")
            for one in view.compared
        ),
        "–" if among is None else _among(among, is_share=False),
    ]


def _share_line(view: Comparison, indicator: Indicator) -> list[Content]:
    among = view.among(indicator.name)
    shares = [one.share(indicator, view.year) for one in view.compared]
    return [
        tell(indicator.title),
        *(share_cell(share) for share in shares),
        "–" if among is None else _among(among, is_share=True),
    ]


def share_cell(share: Share | None) -> Content:
    """Return a share with its interval below it; [n] where there is no report."""
    if share is None:
        return mark("[n]")
    if share.interval is None:
        return share_words(share)
    return share_words(share) + element("small", interval_words(share))


def _among(among: Quartiles, *, is_share: bool) -> Markup:
    write = percent if is_share else _rounded
    middle = f"{write(among.lower)} – {write(among.upper)}"
    return join([write(among.median), element("small", middle)])


def _rounded(figure: float) -> str:
    return number(round(figure))


def _balance(one: Compared, year: int) -> Content:
    report = one.reports.get(year)
    return mark("[n]") if report is None else balance_tag(report)


def years_table(view: Comparison) -> Markup:
    """Return what the small multiples draw: a line for each office and year."""
    shown = dict.fromkeys((view.indicator, RECONSIDERATION_CORRECTED))
    rows = [
        [
            join([one.letter, " ", one.name]),
            str(year),
            *(
                count(one.count(name, year)) if year in one.reports else mark("[n]")
                for name in ("received_total", "disposed_total")
            ),
            *(share_cell(one.share(indicator, year)) for indicator in shown),
        ]
        for one in view.compared
        for year in view.years
    ]
    columns = [
        Column(say("columns.office")),
        Column(say("columns.year")),
        Column(say("columns.received_total"), is_number=True),
        Column(say("columns.disposed_total"), is_number=True),
        *(Column(tell(indicator.title), is_number=True) for indicator in shown),
    ]
    return table(say("compare.years_caption"), columns, rows, "gip-compared gip-fixed")


def funnel_table(view: Comparison) -> Markup:
    """Return the share of each office with its interval, the limits for it, and where it lies."""
    rows = []
    for one in view.compared:
        share = one.share(view.indicator, view.year)
        inner = outer = "–"
        if view.position(one) is not None and share is not None and view.target is not None:
            found = limits(view.target, share.denominator or 0)
            inner = f"{percent(found.inner.low)} – {percent(found.inner.high)}"
            outer = f"{percent(found.outer.low)} – {percent(found.outer.high)}"
        rows.append(
            [
                join([one.letter, " ", one.name]),
                mark("[n]") if share is None else share_words(share),
                "–" if share is None else interval_words(share),
                inner,
                outer,
                _position_words(view, one),
            ]
        )
    columns = [
        Column(say("columns.office")),
        Column(tell(view.indicator.title)),
        Column(say("columns.interval"), is_number=True),
        Column(say("compare.limits_95"), is_number=True),
        Column(say("compare.limits_998"), is_number=True),
        Column(say("compare.position")),
    ]
    return table(say("compare.funnel_caption", year=view.year), columns, rows)


def _position_words(view: Comparison, one: Compared) -> str:
    position = view.position(one)
    if position is not None:
        return say(f"compare.position_{position}")
    return "–" if view.is_alike(one) else say("compare.not_alike")


def peers_table(shares: Iterable[tuple[PeerRow, Share]]) -> Markup:
    """Return peers in the order of the register with their share."""
    rows = [
        [
            office_link(row.office_id, row.office_name, row.office_name_en),
            share_words(share),
            interval_words(share),
        ]
        for row, share in shares
    ]
    columns = [
        Column(say("columns.office")),
        Column(say("columns.share_of_disposed")),
        Column(say("columns.interval"), is_number=True),
    ]
    return table(say("compare.peers_caption"), columns, rows)
