"""An outcome by year: how many of how many in each, with the share, as a line and a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from gipcore.form.editions import CELLS
from gipcore.metrics.outcomes import GROUPS, TOTAL, Outcomes, adds_up, outcomes
from gipcore.metrics.share import Share
from gipcore.store.query import Query
from gipcore.store.rows import CellSum
from gipcore.ui import charts, data
from gipcore.ui.addresses import ROOT
from gipcore.ui.figures import number, percent, share_cell
from gipcore.ui.html import Column, Content, element, link, show, table
from gipcore.ui.language import say, tell
from gipcore.ui.outcomes import NAMES, told_of
from gipcore.ui.parts import heading, sentence
from gipcore.ui.query import parameters, route, same_view

OF_REQUESTS = tuple(name for name, cell in CELLS.items() if cell.table == 3)
DISPOSED = f"disposed.{TOTAL}"


@dataclass(frozen=True, slots=True)
class YearShare:
    """A share in one year: of what, of how many reports, and the query for these."""

    year: int
    what: str
    share: Share
    reports: int
    query: Query


def outcome_by_year(asked: Query, opened: str, column: str) -> tuple[YearShare, ...]:
    """Return an outcome by year, the earliest first, of the reports that each year's page counts.

    They are chosen as `gipcore.ui.outcomes.basis` chooses them.
    """
    every = replace(asked, year=None)
    balanced = replace(every, balanced=True, unbalanced=None)
    sums = data.yearly_sums(every, OF_REQUESTS)
    others = data.yearly_sums(balanced, OF_REQUESTS) if every.unbalanced is False else {}
    found = []
    for year, added in sums.items():
        query, counted = every, added
        if year in others and not adds_up(_outcomes(added)):
            query, counted = balanced, others[year]
        outcome, share = told_of(_outcomes(counted), opened, column)
        reports = counted[DISPOSED].reports
        found.append(YearShare(year, outcome, share, reports, replace(query, year=year)))
    return tuple(found)


def _outcomes(added: Mapping[str, CellSum]) -> Outcomes:
    figures = {name: cell.total for name, cell in added.items()}
    return outcomes(figures, of_many=added[DISPOSED].reports > 1)


def draw_outcome_years(asked: Query, opened: str, column: str) -> None:
    """Draw how the share of an outcome went over the years, unless there is only one."""
    years = outcome_by_year(asked, opened, column)
    if len(years) < 2:
        return
    whose = "" if column == TOTAL else say("outcomes.whose", applicants=tell(NAMES[column]))
    heading(say("outcomes.by_year"), say("outcomes.by_year_lead"))
    named = {"applicant": column} | ({"outcome": opened} if opened in GROUPS else {})
    draw_share_years("outcomes", {whose + years[0].what: years}, named)


def draw_share_years(
    api: str, panels: Mapping[str, Sequence[YearShare]], named: Mapping[str, str]
) -> None:
    """Draw shares by year on one scale, with what they say in words and the figures as a table.

    `api` is the table of the API that has them, year by year; `named` says which of its rows.
    """
    words = say("site.semicolon").join(_said(name, years) for name, years in panels.items())
    words = say("outcomes.years_said", said=words)
    points = {
        say("outcomes.share_of", outcome=name): {
            each.year: None if each.share.share is None else round(100 * each.share.share, 1)
            for each in years
        }
        for name, years in panels.items()
    }
    is_drawn = any(
        sum(point is not None for point in line.values()) > 1 for line in points.values()
    )
    if is_drawn:
        words += _missing(next(iter(panels.values())))
    sentence(words)
    if is_drawn:
        figure = charts.years(points, say("office.edition_change"), charts.palette())
        charts.draw(figure, words, key=f"{api}_years")
    show(_years_table(api, panels, named))


def _said(name: str, years: Iterable[YearShare]) -> str:
    known = [each for each in years if each.share.share is not None]
    if len(known) < 2:
        return say("outcomes.years_unknown", outcome=name)
    first, last = known[0], known[-1]
    return say(
        "outcomes.years_from",
        outcome=name,
        first=first.year,
        before=_of(first.share),
        last=last.year,
        after=_of(last.share),
    )


def _of(share: Share) -> str:
    counts = {"count": number(share.count or 0), "denominator": number(share.denominator or 0)}
    return say("shares.of", **counts) + say("shares.percent", percent=percent(share.share or 0))


def _missing(years: Sequence[YearShare]) -> str:
    known = {each.year for each in years}
    missing = [str(year) for year in range(min(known), max(known)) if year not in known]
    if not missing:
        return ""
    return say("office.missing_years", years=say("site.comma").join(missing))


def _years_table(
    api: str, panels: Mapping[str, Sequence[YearShare]], named: Mapping[str, str]
) -> Markup:
    rows: list[list[Content]] = []
    for lines in reversed(list(zip(*panels.values(), strict=True))):
        year = str(lines[0].year)
        target = route(f"{ROOT}/{api}.json", **parameters(lines[0].query), **named)
        rows.append(
            [
                link(year, same_view(year=year, page=None)),
                *(share_cell(line.share) for line in lines),
                number(lines[0].reports),
                link(element("span", "JSON"), target),
            ]
        )
    columns = [
        Column(say("columns.year")),
        *(Column(name) for name in panels),
        Column(say("columns.reports"), is_number=True),
        Column(say("outcomes.for_programs")),
    ]
    return table(say(f"{api}.by_year_caption"), columns, rows)
