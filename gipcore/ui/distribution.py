"""How much of what was asked for each report grants: a dot each, or bars where there are many."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat

import plotly.graph_objects as go
from markupsafe import Markup

from gipcore.metrics.indicators import GRANTED, measure
from gipcore.metrics.peers import FEWEST_PEERS, Quartiles, quartiles
from gipcore.metrics.share import FEWEST, Share
from gipcore.store.query import Query
from gipcore.store.reading import Distribution
from gipcore.store.rows import ReportRow
from gipcore.ui import charts, data
from gipcore.ui.charts import MARGIN, Palette
from gipcore.ui.figures import interval_words, number, share_words
from gipcore.ui.findings import office_link, office_words
from gipcore.ui.html import Column, link, paragraph, show, table
from gipcore.ui.language import say
from gipcore.ui.parts import heading, sentence, twin
from gipcore.ui.query import address

STEP = 5  # per cent a bar or a stack of dots is wide
STEPS = 100 // STEP
TICKS = tuple(range(0, 101, 20))
MOST_DOTS = 60  # beyond this reports are counted, not drawn one by one
FEWEST_DRAWN = 3
DOT = 15  # pixels
BARS_HEIGHT = 190
AXIS_HEIGHT, BELOW = 96, 52  # pixels of the axis with its title


@dataclass(frozen=True)
class Spread:
    """The shares of a query's reports, and the reports themselves where they are few."""

    query: Query
    reports: int

    @cached_property
    def distribution(self) -> Distribution:
        """Return how many reports have which share."""
        return data.granted(self.query)

    @cached_property
    def rows(self) -> tuple[ReportRow, ...]:
        """Return the reports one by one; none where they are too many for that."""
        return data.reports(self.query, limit=MOST_DOTS) if self.reports <= MOST_DOTS else ()

    @cached_property
    def shares(self) -> Mapping[str, Share]:
        """Return the share of each report by its id."""
        return {row.id: measure(GRANTED, row.headline) for row in self.rows}

    @property
    def drawn(self) -> tuple[ReportRow, ...]:
        """Return the reports that have a dot."""
        shares = self.shares
        return tuple(r for r in self.rows if not r.errors and shares[r.id].share is not None)

    @cached_property
    def quarters(self) -> Quartiles | None:
        """Return the quartiles, in whole per cent; None when there are too few reports."""
        by_percent = self.distribution.by_percent
        every = chain.from_iterable(repeat(share, n) for share, n in by_percent.items())
        return quartiles(tuple(every))

    @property
    def steps(self) -> Counter[int]:
        """Return how many reports are in each step; 100 % is in the last."""
        steps: Counter[int] = Counter()
        for percent, reports in self.distribution.by_percent.items():
            steps[step_of(percent)] += reports
        return steps


def step_of(percent: float) -> int:
    """Return the step that a share in per cent is in."""
    return min(int(percent // STEP), STEPS - 1)


def draw_spread(spread: Spread) -> None:
    """Draw the distribution with its sentence and its table, and say what is not in it."""
    heading(say("overview.spread"), say("overview.spread_lead"))
    words = spread_sentence(spread)
    sentence(words)
    found = spread.distribution
    if found.reports >= FEWEST_DRAWN:
        colours = charts.palette()
        figure = _dots(spread, colours) if spread.rows else _bars(spread, colours)
        charts.draw(figure, words, key="spread")
    if found.with_errors or found.too_few or found.unknown:
        show(paragraph(_without(found), css="gip-muted gip-small"))
    if not spread.rows:
        twin(_steps_table(spread))
    elif found.reports >= FEWEST_DRAWN:
        twin(_reports_table(spread))
    else:
        show(_reports_table(spread))


def spread_sentence(spread: Spread) -> str:
    """Say between which shares the reports lie, and where the middle half of them does."""
    known = tuple(spread.distribution.by_percent)
    reports = spread.distribution.reports
    if not known:
        return say("overview.spread_none")
    if reports == 1:
        return say("overview.spread_one", percent=_percent(known[0]))
    least, most = _percent(known[0]), _percent(known[-1])
    said = say("overview.spread_range", reports=number(reports), least=least, most=most)
    quarters = spread.quarters
    if quarters is None:
        return said + say("overview.spread_few", fewest=FEWEST_PEERS)
    lower, upper = _percent(quarters.lower), _percent(quarters.upper)
    return said + say("overview.spread_middle", lower=lower, upper=upper)


def _without(found: Distribution) -> str:
    counts = {
        "with_errors": found.with_errors,
        "too_few": found.too_few,
        "unknown": found.unknown,
    }
    reasons = [
        say(f"overview.without_{why}", reports=number(reports), fewest=FEWEST)
        for why, reports in counts.items()
        if reports
    ]
    return say("overview.spread_without", reasons=say("site.semicolon").join(reasons))


def _dots(spread: Spread, colours: Palette) -> go.Figure:
    """Return a dot for each report, those of one step above each other."""
    heights: Counter[int] = Counter()
    x, y, words = [], [], []
    for row in sorted(spread.drawn, key=lambda row: spread.shares[row.id].share or 0):
        percent = 100 * (spread.shares[row.id].share or 0)
        heights[step_of(percent)] += 1
        x.append(percent)
        y.append(heights[step_of(percent)])
        name = office_words(row.office_name, row.office_name_en)
        words.append(f"{name} {row.year}<br>{share_words(spread.shares[row.id]).striptags()}")
    marker = {"color": colours.first, "size": DOT - 3, "line": {"width": 1, "color": colours.line}}
    figure = go.Figure(
        go.Scatter(
            x=x,
            y=y,
            mode="markers",
            marker=marker,
            text=words,
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
        )
    )
    highest = max(heights.values())
    figure.update_yaxes(visible=False, range=[0.3, highest + 0.9])
    height = AXIS_HEIGHT + DOT * (highest + 1)
    return _framed(figure, spread.quarters, colours, height, say("overview.spread_dots"))


def _bars(spread: Spread, colours: Palette) -> go.Figure:
    """Return a bar for each step."""
    steps = spread.steps
    counts = [steps[step] for step in range(STEPS)]
    hover = [
        f"{_step_words(step)}<br>{say('overview.spread_count', reports=steps[step])}"
        for step in range(STEPS)
    ]
    figure = go.Figure(
        go.Bar(
            x=[step * STEP + STEP / 2 for step in range(STEPS)],
            y=counts,
            width=STEP * 0.86,
            marker={"color": colours.first},
            text=[f"{count:,}" if count else "" for count in counts],
            textposition="outside",
            textangle=0,
            cliponaxis=False,
            hovertext=hover,
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    figure.update_yaxes(visible=False, range=[0, max(counts) * 1.25])
    height = AXIS_HEIGHT + BARS_HEIGHT
    return _framed(figure, spread.quarters, colours, height, say("overview.spread_bars"))


def _framed(
    figure: go.Figure, quarters: Quartiles | None, colours: Palette, height: int, axis: str
) -> go.Figure:
    """Give a figure its axis of shares, and the band in which the middle half lies."""
    if quarters is not None:
        figure.add_vrect(
            x0=quarters.lower,
            x1=quarters.upper,
            fillcolor=colours.quiet,
            opacity=0.2,
            layer="below",
            line_width=0,
        )
        figure.add_annotation(
            x=(quarters.lower + quarters.upper) / 2,
            y=1,
            yref="paper",
            yanchor="bottom",
            showarrow=False,
            text=say("overview.middle"),
            font={"size": 12},
        )
    figure.update_xaxes(
        range=[-2, 102],
        tickvals=TICKS,
        ticktext=[f"{tick}%" for tick in TICKS],
        title={"text": axis, "font": {"size": 12}},
        showgrid=True,
        gridcolor=colours.line,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(fixedrange=True)
    return figure.update_layout(
        height=height,
        margin={**MARGIN, "t": 24, "b": BELOW},
        showlegend=False,
        font={"size": 13},
        dragmode=False,
        hoverlabel={"align": "left"},
        plot_bgcolor="rgba(0,0,0,0)",
        paper_bgcolor="rgba(0,0,0,0)",
    )


def _reports_table(spread: Spread) -> Markup:
    """Return every report with its count and share, in the order of lists: this is no ranking."""
    rows = [
        [
            office_link(row.office_id, row.office_name, row.office_name_en),
            link(str(row.year), address("report", report=row.id)),
            share_words(spread.shares[row.id]),
            interval_words(spread.shares[row.id]),
        ]
        for row in spread.rows
    ]
    columns = [
        Column(say("columns.office")),
        Column(say("columns.year"), is_plain=True),
        Column(say("overview.granted"), is_plain=True),
        Column(say("columns.interval"), is_number=True),
    ]
    return table(say("overview.spread_reports_caption"), columns, rows, is_list=True)


def _steps_table(spread: Spread) -> Markup:
    steps, quarters = spread.steps, spread.quarters
    rows = [
        [_step_words(step), number(steps[step]), *([_band(step, quarters)] if quarters else [])]
        for step in range(STEPS)
    ]
    columns = [
        Column(say("overview.step")),
        Column(say("columns.reports"), is_number=True),
        *([Column(say("overview.band"))] if quarters else []),
    ]
    return table(say("overview.spread_caption"), columns, rows)


def _band(step: int, quarters: Quartiles) -> str:
    low, high = step * STEP, (step + 1) * STEP
    if high <= quarters.lower:
        return say("overview.band_lower")
    if low >= quarters.upper:
        return say("overview.band_upper")
    is_inside = quarters.lower <= low and high <= quarters.upper
    return say("overview.band_middle" if is_inside else "overview.band_across")


def _step_words(step: int) -> str:
    return say("overview.step_words", low=step * STEP, high=(step + 1) * STEP)


def _percent(percent: float) -> str:
    return f"{round(percent)}%"
