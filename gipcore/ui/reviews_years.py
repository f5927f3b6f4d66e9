"""Corrected cases by year: how many of those concluded, for reconsideration and litigation."""

from dataclasses import replace

from gipcore.form import reviews
from gipcore.metrics.reviews import by_route, litigation
from gipcore.store.query import Query
from gipcore.ui import data
from gipcore.ui.language import say, tell
from gipcore.ui.outcomes_years import YearShare, draw_share_years
from gipcore.ui.parts import heading

CELLS = {
    f"{line.id}.{column.id}": f"{line.id}_{column.id}"
    for line in reviews.LINES
    for column in reviews.COLUMNS
}


def corrected_by_year(asked: Query) -> dict[str, list[YearShare]]:
    """Return the shares of corrected cases by what they are of, the earliest year first."""
    every = replace(asked, year=None)
    found: dict[str, list[YearShare]] = {}
    for year, added in data.yearly_sums(every, tuple(CELLS)).items():
        figures = {name: added[cell].total for cell, name in CELLS.items()}
        reports = max(cell.reports for cell in added.values())
        for cases in (by_route(figures)[0], litigation(figures)):
            what = say("reviews.corrected_of_route", route=tell(cases.label))
            line = YearShare(year, what, cases.corrected, reports, replace(every, year=year))
            found.setdefault(what, []).append(line)
    return found


def draw_corrected_years(asked: Query) -> None:
    """Draw how the shares of corrected cases went over the years, unless there is only one."""
    panels = corrected_by_year(asked)
    if any(len(years) < 2 for years in panels.values()) or not panels:
        return
    heading(say("outcomes.by_year"), say("reviews.by_year_lead"))
    draw_share_years("reviews", panels, {})
