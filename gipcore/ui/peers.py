"""The peers on a page: those of one office or of several, and the rule that chose them in words."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from gipcore.metrics.peers import (
    Area,
    Peers,
    Quartiles,
    find_peers,
)
from gipcore.store.query import Query
from gipcore.store.rows import PeerRow, RegionRow, ReportRow
from gipcore.ui import data
from gipcore.ui.figures import percent
from gipcore.ui.filters import function_words, level_words
from gipcore.ui.html import Content, join, link
from gipcore.ui.language import say
from gipcore.ui.query import ANY, asked, same_view
from gipcore.ui.regions import region_name, way_to

WITH_ERRORS = "all"
SWITCH = "peers"  # the parameter that takes in the reports with errors


@dataclass(frozen=True)
class PeerView:
    """The peers of a report, of one kind and year.

    `query` finds all reports of the kind, `but` are the offices compared among them.
    """

    peers: Peers
    query: Query
    but: tuple[str, ...]
    with_errors: bool

    @property
    def rows(self) -> tuple[PeerRow, ...]:
        """Return the peers that count."""
        return self.peers.rows

    @cached_property
    def counted(self) -> Query:
        """Return the query for just the reports that count, the offices compared among them."""
        return self.query if self.with_errors else replace(self.query, errors=False)

    def among(self, name: str, year: int | None = None) -> Quartiles | None:
        """Return the quartiles of an indicator or figure among the peers.

        Of another year they are those of the same area and kind, whatever the edition.
        """
        if year in (None, self.query.year):
            return data.peer_quartiles(self.counted, self.but)[name]
        return data.peer_quartiles(replace(self.counted, year=year, form=None), self.but)[name]


def peers_of(report: ReportRow, beside: Collection[ReportRow] = ()) -> PeerView | None:
    """Return the peers of a report, and of others beside it that are of the same kind.

    None when level or function of its office is not known.
    """
    with_errors = asked(SWITCH, {WITH_ERRORS: ANY}) == WITH_ERRORS
    if report.level is None or report.function is None:
        return None
    kind = Query(year=report.year, level=report.level, function=report.function, form=report.form)

    def of_area(area: Area) -> Query:
        return replace(kind, region=area.code)

    compared = (report, *beside)
    but = tuple(sorted(row.office_id for row in compared))
    found = find_peers(
        [Area(region.level, region.code) for region in _areas(compared)],
        lambda area: data.peer_figures(of_area(area)),
        but=but,
        with_errors=with_errors,
    )
    return PeerView(found, of_area(found.area), but, with_errors)


def _areas(reports: Collection[ReportRow]) -> list[RegionRow]:
    """Return the regions that all reports' offices lie in, above their own, the smallest first."""
    ways = [way_to(report.region_code) for report in reports]
    levels = {report.level for report in reports}
    shared = set.intersection(*({region.code for region in way} for way in ways))
    wide = [region for region in ways[0] if region.code in shared and region.level not in levels]
    return wide[::-1]


def area_words(area: Area) -> str:
    """Say an area."""
    region = data.region(area.code) if area.code else None
    return say("compare.country") if region is None else region_name(region)


def rule(view: PeerView) -> Content:
    """Say who the peers are and why, how many are left out, and offer the switch for these."""
    peers, query = view.peers, view.query
    facts = {
        "level": level_words(query.level),
        "function": function_words(query.function),
        "year": query.year,
        "form": query.form,
    }
    if not peers.rows:
        pieces: list[Content] = [say("compare.no_peers", **facts)]
    else:
        area = area_words(peers.area)
        pieces = [say("compare.rule", area=area, peers=len(peers.rows), **facts)]
        if peers.narrower:
            tried = say("site.comma").join(
                say("compare.tried", area=area_words(step.area), peers=step.peers)
                for step in peers.narrower
            )
            pieces.append(say("compare.widened", tried=tried, area=area))
        if not peers.are_enough:
            pieces.append(say("compare.too_few_peers"))
    if view.with_errors:
        pieces += [say("compare.errors_counted"), _switch("compare.leave_out", None)]
    elif peers.left_out:
        pieces += [
            say("compare.errors_left_out", reports=peers.left_out),
            _switch("compare.take_in", WITH_ERRORS),
        ]
    return join(pieces)


def _switch(key: str, code: str | None) -> Content:
    return link(say(key), same_view(**{SWITCH: code}))


def middle_words(among: Quartiles | None) -> str:
    """Write the middle half of the peers' shares; a dash when there are too few."""
    return "–" if among is None else f"{percent(among.lower)} – {percent(among.upper)}"
