"""A few offices side by side: which, in which year, beside which peers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from gipcore.form.report import Number
from gipcore.metrics.funnel import Position, pooled, position
from gipcore.metrics.indicators import INDICATORS, Indicator, measure
from gipcore.metrics.peers import FEWEST_PEERS, Quartiles, shares_of
from gipcore.metrics.share import Share
from gipcore.store.query import Query
from gipcore.store.rows import OfficeRow, PeerRow, ReportRow
from gipcore.ui import data
from gipcore.ui.findings import office_words
from gipcore.ui.language import say, tell
from gipcore.ui.peers import PeerView, peers_of
from gipcore.ui.query import choose, several, switch

MOST = 5  # offices side by side
OFFICES = "office"  # the parameter that lists them, as everywhere
LETTERS = "ABCDE"
PANELS = ("received_total", "disposed_total")  # counts drawn over the years, on one scale
BY_NAME = {indicator.name: indicator for indicator in INDICATORS}
WIDTH = 300  # pixels of the list of shares
DEFAULT_SHARE = "granted_share"


@dataclass(frozen=True)
class Compared:
    """One office of the comparison: its letter, and its reports by year."""

    letter: str
    office: OfficeRow
    reports: Mapping[int, ReportRow]

    @property
    def name(self) -> str:
        """Return its name in the language of the visit."""
        return office_words(self.office.name, self.office.name_en)

    def count(self, name: str, year: int) -> Number | None:
        """Return a headline figure of a year; None when there is none."""
        report = self.reports.get(year)
        return None if report is None else report.headline.get(name)

    def share(self, indicator: Indicator, year: int) -> Share | None:
        """Return a share of a year; None without a report."""
        report = self.reports.get(year)
        return None if report is None else measure(indicator, report.headline)


@dataclass(frozen=True)
class Comparison:
    """The offices compared in one year, the share looked at, and their peers."""

    compared: tuple[Compared, ...]
    year: int
    indicator: Indicator

    @cached_property
    def years(self) -> range:
        """Return every year from the first report to the last."""
        known = [year for one in self.compared for year in one.reports]
        return range(min(known), max(known) + 1)

    @cached_property
    def peers(self) -> PeerView | None:
        """Return the peers of the first office that has a report, and of those of its kind."""
        found = [one.reports[self.year] for one in self.compared if self.year in one.reports]
        if not found:
            return None
        first = found[0]
        alike = [each for each in found[1:] if _kind(each) == _kind(first)]
        return peers_of(first, alike)

    @cached_property
    def of_unlike_kind(self) -> bool:
        """Tell whether the offices differ in level or function."""
        return len({(one.office.level, one.office.function) for one in self.compared}) > 1

    @cached_property
    def without_report(self) -> tuple[Compared, ...]:
        """Return the offices that have no report on the year."""
        return tuple(one for one in self.compared if self.year not in one.reports)

    @cached_property
    def peer_shares(self) -> tuple[tuple[PeerRow, Share], ...]:
        """Return the peers that have the share, with it."""
        return () if self.peers is None else shares_of(self.indicator, self.peers.rows)

    @cached_property
    def target(self) -> float | None:
        """Return the share of all peers together; None when there are too few to speak of."""
        if len(self.peer_shares) < FEWEST_PEERS:
            return None
        return pooled(share for _, share in self.peer_shares)

    def is_alike(self, one: Compared) -> bool:
        """Tell whether the report of an office is of the kind that the peers are of."""
        report = one.reports.get(self.year)
        if report is None or self.peers is None:
            return False
        query = self.peers.query
        return _kind(report) == (query.level, query.function, query.form)

    def position(self, one: Compared) -> Position | None:
        """Return where in the funnel the share of an office lies; None when it cannot be placed."""
        share = one.share(self.indicator, self.year)
        if share is None or self.target is None or not self.is_alike(one):
            return None
        return position(share, self.target)

    def among(self, name: str, year: int | None = None) -> Quartiles | None:
        """Return the quartiles of an indicator or figure among the peers."""
        return None if self.peers is None else self.peers.among(name, year)

    @property
    def query(self) -> Query:
        """Return the query for all reports of the offices."""
        return Query(office=",".join(one.office.id for one in self.compared))


def _kind(report: ReportRow) -> tuple[str | None, str | None, str | None]:
    return report.level, report.function, report.form


def chosen_offices() -> tuple[OfficeRow, ...]:
    """Return the offices that the URL lists."""
    return several(OFFICES, data.office, MOST)


def comparison(offices: tuple[OfficeRow, ...]) -> Comparison | None:
    """Draw the year and the share, and return the comparison; None when no office has a report."""
    found = data.reports(Query(office=",".join(office.id for office in offices)))
    compared = tuple(
        Compared(letter, office, {row.year: row for row in found if row.office_id == office.id})
        for letter, office in zip(LETTERS, offices, strict=False)
    )
    years = sorted({row.year for row in found}, reverse=True)
    if not years:
        return None
    shared = [year for year in years if all(year in one.reports for one in compared)]
    newest = str((shared or years)[0])
    choices = {str(year): str(year) for year in years}
    with st.container(horizontal=True, key="controls", vertical_alignment="bottom"):
        with st.container(width="content"):
            chosen = switch("year", say("filters.year"), choices, newest)
        with st.container(key="choose_share", width=WIDTH):
            indicator = _indicator()
    return Comparison(compared, int(chosen), indicator)


def _indicator() -> Indicator:
    choices = {name: tell(indicator.title) for name, indicator in BY_NAME.items()}
    return BY_NAME[choose("share", say("compare.share"), choices, DEFAULT_SHARE)]
