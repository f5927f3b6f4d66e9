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
from gipcore.ui.figures import counts_of, interval_words, number, percent, share_words, why_not
from gipcore.ui.html import Column, Content, element, join, link, paragraph, show, table
from gipcore.ui.language import say, tell
from gipcore.ui.parts import sentence
from gipcore.ui.peers import PeerView, middle_words, peers_of, rule
from gipcore.ui.query import address
from gipcore.ui.scorecard_charts import ShareLine, share_lines
from gipcore.ui.views import ReportView

FINDINGS, YEARS = "findings", "years"  # anchors on the page of an office
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
    def sentences(self) -> tuple[Content, ...]:
        """Return the year in plain words, from the figures; findings are one step away."""
        outcomes = summary.outcome_sentence(self.view.outcomes.groups)
        return (
            summary.run_on(summary.flow_sentence(self.view.flow), self._change),
            summary.run_on(outcomes, self._placing),
            summary.run_on(summary.review_sentence(self.view.figures), self._corrected),
            join([summary.balance_of_tables(self.view), *self._to_findings]),
        )

    @property
    def _to_findings(self) -> tuple[Content, ...]:
        if not self.view.failed:
            return ()
        return " ", link(say("office.see_findings"), f"#{FINDINGS}")

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
                outcome=summary.without_number(each.label),
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
                f"office.{indicator.name}",
                count=number(share.count),
                concluded=number(share.denominator),
            )
            for indicator, share in self.view.corrected
            if share.denominator and share.count is not None
        ]
        if not named:
            return ""
        said = say("site.semicolon").join(named) + say("office.stop")
        return said[:1].upper() + said[1:]


def draw_shares(card: Scorecard) -> None:
    """Draw the shares of the outcomes over the middle half of the peers, with who these are."""
    has_shares = any(each.share.share is not None for each in card.outcomes)
    if has_shares:
        if card.peers is None:
            sentence(say("office.no_kind"))
        else:
            show(element("p", rule(card.peers), css="gip-coverage"))
        words, how = _shares_sentence(card), _how_to_read(card)
        names = {"own": say("office.own"), "middle": say("office.peers_middle")}
        names["median"] = say("office.peers_median")
        lines = [ShareLine(_labelled(each), each.share, each.among) for each in card.outcomes]
        sentence(words)
        charts.draw(share_lines(lines, names, charts.palette()), words + how, key="shares")
        show(paragraph(how, css="gip-muted gip-small"))
    caption = say("office.shares_caption" if has_shares else "office.counts_caption")
    show(shares_table(card.outcomes, say("columns.outcome"), caption))


def draw_corrected(card: Scorecard) -> None:
    """Draw the shares of corrected reviews, unless no case is concluded."""
    if any(each.share.denominator for each in card.reviews):
        caption = say("office.corrected_caption")
        show(shares_table(card.reviews, say("columns.route"), caption))


def _has_peers(card: Scorecard) -> bool:
    return any(each.among is not None for each in card.outcomes)


def _shares_sentence(card: Scorecard) -> str:
    """Say what the chart of the shares shows."""
    if not _has_peers(card):
        return summary.outcome_sentence(card.view.outcomes.groups)
    clear = [summary.without_number(each.label) for each in card.outcomes if each.band in BEYOND]
    key = "office.clear_some" if clear else "office.clear_none"
    return say(key, outcomes=say("site.comma").join(clear))


def _how_to_read(card: Scorecard) -> str:
    """Say what the signs of the chart of the shares mean."""
    return say("office.how_bands" if _has_peers(card) else "office.how_intervals")


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


def ways(card: Scorecard, office: OfficeRow) -> Markup:
    """Return the ways from a scorecard: the printed tables, other forms of it, comparisons."""
    row = card.view.row
    others: list[Content] = [
        link(say("office.compare"), address("compare", office=office.id, year=row.year)),
    ]
    if beside := years_link(office, row.year):
        others.append(beside)
        others.append(link(say("office.to_years"), f"#{YEARS}"))
    others.append(summary.print_link(row))
    if len(card.view.stored.revisions) > 1:
        others.append(link(say("office.revisions"), address("revisions", report=row.id)))
    printed = link(
        say("office.see_report", year=row.year), address("report", report=row.id), css="gip-button"
    )
    return element("p", join([printed, *others]), css="gip-ways")


def to_outcomes(row: ReportRow) -> Markup:
    """Return the way to every outcome of a report by applicant."""
    return _onward("outcomes", row)


def to_reviews(row: ReportRow) -> Markup:
    """Return the way to the reviews of a report."""
    return _onward("reviews", row)


def _onward(page: str, row: ReportRow) -> Markup:
    """Return the way to a page about one report, taken in even where it does not balance."""
    balanced = "any" if row.is_balanced is False else None
    given = address(page, office=row.office_id, year=row.year, balanced=balanced)
    return paragraph(link(say(f"office.to_{page}"), given))


def to_findings(office: OfficeRow) -> Markup:
    """Return the way to the findings of all years of an office; nothing when there are none."""
    if not office.findings_open:
        return Markup("")
    words = say("office.all_findings", findings=number(office.findings_open))
    return paragraph(link(words, address("quality", office=office.id)))


def shares_table(placed: Sequence[PlacedShare], first: str, caption: Content) -> Markup:
    """Return shares with their intervals and, where there are peers, their place among them.

    Why none of them has a share stands in the caption where it is the same for all.
    """
    has_shares = any(each.share.share is not None for each in placed)
    has_peers = has_shares and any(each.among is not None for each in placed)
    reasons = {each.share.standing for each in placed}
    is_one_reason = not has_shares and len(reasons) == 1
    rows = [
        [
            each.label,
            counts_of(each.share) if is_one_reason else share_words(each.share),
            *([interval_words(each.share)] * has_shares),
            *([middle_words(each.among), band_words(each)] * has_peers),
        ]
        for each in placed
    ]
    head = say("columns.share_of_disposed" if has_shares else "columns.requests")
    columns = [Column(first), Column(head, is_plain=True)]
    if has_shares:
        columns.append(Column(say("columns.interval"), is_number=True))
    if has_peers:
        columns += [
            Column(say("office.peers_middle"), is_number=True),
            Column(say("office.among_peers")),
        ]
    if is_one_reason:
        caption = join([caption, " ", why_not(reasons.pop())])
    return table(caption, columns, rows, "" if has_peers else "gip-narrow", is_list=has_peers)


def band_words(placed: PlacedShare) -> str:
    """Say where a share lies among the peers, or why that cannot be said."""
    if placed.band is not None:
        return say(f"office.band_{placed.band}")
    if placed.share.share is None:
        return say("office.band_no_share")
    return say("office.band_no_peers")
