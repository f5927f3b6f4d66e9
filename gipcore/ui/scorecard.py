"""The scorecard of an office's year: what it says in words, and where it lies among its peers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from gipcore.metrics.outcomes import TOTAL, OutcomeLine
from gipcore.metrics.peers import Band, Quartiles, band_of
from gipcore.metrics.share import Share
from gipcore.store.rows import OfficeRow, ReportRow
from gipcore.ui import charts, summary
from gipcore.ui.changes import years_link
from gipcore.ui.figures import interval_words, number, percent, share_words
from gipcore.ui.findings import CHAIN
from gipcore.ui.html import Column, Content, element, join, link, show, table
from gipcore.ui.language import language, say, tell
from gipcore.ui.parts import sentence
from gipcore.ui.peers import PeerView, middle_words, peers_of, rule
from gipcore.ui.query import address, route
from gipcore.ui.scorecard_charts import ShareLine, share_lines
from gipcore.ui.views import ReportView
from gipcore.words import Language

BEYOND = (Band.LOWER, Band.UPPER)


@dataclass(frozen=True)
class PlacedShare:
    """A share of an office with its place among the peers."""

    label: str
    share: Share
    among: Quartiles | None

    @property
    def band(self) -> Band | None:
        """Return where the share lies; None when it cannot be placed."""
        return band_of(self.share, self.among)


@dataclass(frozen=True)
class Scorecard:
    """One year of an office, beside the year before and its peers."""

    view: ReportView
    before: ReportRow | None

    @property
    def year(self) -> int:
        """Return the year."""
        return self.view.row.year

    @cached_property
    def peers(self) -> PeerView | None:
        """Return the peers; None when level or function of the office is not known."""
        return peers_of(self.view.row)

    @cached_property
    def outcomes(self) -> tuple[PlacedShare, ...]:
        """Return the six groups of outcomes, placed among the peers."""
        return tuple(self._placed_line(line) for line in self.view.outcomes.groups)

    @cached_property
    def reviews(self) -> tuple[PlacedShare, ...]:
        """Return the shares of corrected reviews, placed among the peers."""
        return tuple(
            PlacedShare(tell(indicator.title), share, self._among(indicator.name))
            for indicator, share in self.view.corrected
        )

    def _placed_line(self, line: OutcomeLine) -> PlacedShare:
        among = self._among(f"{line.id}_share")
        return PlacedShare(tell(line.label), line.shares[TOTAL], among)

    def _among(self, name: str) -> Quartiles | None:
        return None if self.peers is None else self.peers.among(name)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return the year in plain words, from the figures."""
        outcomes = summary.outcome_sentence(self.view.outcomes.groups)
        return (
            summary.run_on(summary.flow_sentence(self.view.flow), self._change),
            summary.run_on(outcomes, self._placing),
            summary.run_on(summary.review_sentence(self.view.figures), self._corrected),
            summary.balance_of_tables(self.view),
        )

    @property
    def _change(self) -> str:
        """Say how the requests received changed against the year before."""
        if self.before is None:
            return ""
        now, before = (row.headline.get("received_total") for row in (self.view.row, self.before))
        if now is None or before is None:
            return ""
        if now == before:
            return say("office.same_as_before", before=self.before.year)
        key = "office.more_than_before" if now > before else "office.fewer_than_before"
        return say(key, before=self.before.year, difference=number(abs(now - before)))

    @property
    def _placing(self) -> str:
        """Say which shares lie clear of the middle half of the peers."""
        placed = [each for each in self.outcomes if each.band is not None]
        if not placed or self.peers is None:
            return ""
        clear = [each for each in placed if each.band in BEYOND]
        if not clear:
            return say("office.none_beyond", peers=len(self.peers.rows))
        named = say("site.semicolon").join(
            say(
                f"office.beyond_{each.band}",
                outcome=each.label,
                percent=percent(each.share.share or 0),
                middle=middle_words(each.among),
            )
            for each in clear
        )
        return say("office.beyond", peers=len(self.peers.rows), named=named)

    @property
    def _corrected(self) -> str:
        """Say how many of the concluded cases were corrected, by route."""
        named = [
            say(
                "office.corrected_of",
                route=tell(indicator.title),
                count=number(share.count),
                concluded=number(share.denominator),
            )
            for indicator, share in self.view.corrected
            if share.denominator and share.count is not None
        ]
        if not named:
            return ""
        return say("site.semicolon").join(named) + say("office.stop")


def draw_shares(card: Scorecard) -> None:
    """Draw the shares of the outcomes over the middle half of the peers, with who these are."""
    if card.peers is None:
        sentence(say("office.no_kind"))
    else:
        show(element("p", rule(card.peers), css="gip-coverage"))
    if any(each.share.share is not None for each in card.outcomes):
        words = _bands_sentence(card)
        names = {"own": say("office.own"), "middle": say("office.peers_middle")}
        names["median"] = say("office.peers_median")
        lines = [ShareLine(_labelled(each), each.share, each.among) for each in card.outcomes]
        sentence(words)
        charts.draw(share_lines(lines, names, charts.palette()), words, key="shares")
    show(shares_table(card.outcomes, say("columns.outcome"), say("office.shares_caption")))


def _bands_sentence(card: Scorecard) -> str:
    """Say what the chart of the shares shows."""
    if all(each.among is None for each in card.outcomes):
        return say("office.intervals_sentence")
    clear = [each.label for each in card.outcomes if each.band in BEYOND]
    key = "office.clear_some" if clear else "office.clear_none"
    outcomes = say("site.comma").join(clear)
    return say("office.bands_sentence", clear=say(key, outcomes=outcomes))


def _labelled(placed: PlacedShare) -> str:
    """Return the label of a share in the chart: what it is of, and below it how many."""
    share = placed.share
    if share.count is None:
        return f"{placed.label}<br>[x]"
    if share.share is None:
        return f"{placed.label}<br>{number(share.count)}"
    counted = say("shares.bar", count=number(share.count), percent=percent(share.share))
    return f"{placed.label}<br>{counted}"


def scorecard(view: ReportView, rows: Sequence[ReportRow]) -> Scorecard:
    """Return the scorecard of a report; `rows` are all reports of the office."""
    before = next((row for row in rows if row.year == view.row.year - 1), None)
    return Scorecard(view, before)


def ways(card: Scorecard, office: OfficeRow, *, has_chain: bool) -> Markup:
    """Return the ways from a scorecard: the printed tables, other forms of it, comparisons."""
    row = card.view.row
    others: list[Content] = [
        link(say("office.compare"), address("compare", offices=office.id, year=row.year)),
        link(say("office.print"), route(f"reports/{row.id}", **_language())),
        link("JSON", route(f"api/v1/reports/{row.id}")),
    ]
    if beside := years_link(office, row.year):
        others.append(beside)
    if len(card.view.stored.revisions) > 1:
        others.append(link(say("office.revisions"), address("revisions", report=row.id)))
    if has_chain:
        others.append(link(say("chain.title"), f"#{CHAIN}"))
    printed = link(
        say("office.see_report", year=row.year), address("report", report=row.id), css="gip-button"
    )
    return element("p", join([printed, *others]), css="gip-ways")


def _language() -> dict[str, str]:
    return {"lang": Language.EN.value} if language() is Language.EN else {}


def shares_table(placed: Sequence[PlacedShare], first: str, caption: str) -> Markup:
    """Return shares with their intervals and, where there are peers, their place among them."""
    has_peers = any(each.among is not None for each in placed)
    rows = [
        [
            each.label,
            share_words(each.share),
            interval_words(each.share),
            *([middle_words(each.among), band_words(each)] * has_peers),
        ]
        for each in placed
    ]
    columns = [
        Column(first),
        Column(say("columns.share_of_disposed")),
        Column(say("columns.interval"), is_number=True),
    ]
    if has_peers:
        columns += [
            Column(say("office.peers_middle"), is_number=True),
            Column(say("office.among_peers")),
        ]
    return table(caption, columns, rows)


def band_words(placed: PlacedShare) -> str:
    """Say where a share lies among the peers, or why that cannot be said."""
    if placed.band is not None:
        return say(f"office.band_{placed.band}")
    if placed.share.share is None:
        return say("office.band_no_share")
    return say("office.band_no_peers")
