"""The charts of a comparison: small multiples over years on one scale, and a funnel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10

import plotly.graph_objects as go
from markupsafe import escape
from plotly.subplots import make_subplots

from gipcore.form.editions import EDITION_2021
from gipcore.form.report import Number
from gipcore.metrics.funnel import curve
from gipcore.metrics.peers import Quartiles
from gipcore.ui.charts import Palette, broken, kept, plain

TITLE = 9  # Chinese signs of a line of a panel's title, on a phone too
PANEL = 118  # pixels of one panel
MOST_POINTS = 3000
FUNNEL = 430
SIDES = ("middle right", "middle left", "top center", "bottom center", "top right")
ROOM = 1.12  # above the highest figure of a scale
LETTER = 8  # pixels of one letter of a line's last figure, which stands beside it

Line = Mapping[int, Number | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: its title, the line of the office, the lines of the others, the peers' middle."""

    title: str
    own: Line
    others: Sequence[Line]
    among: Mapping[int, Quartiles | None]
    most: float
    is_share: bool


@kept
def multiples(panels: Sequence[Panel], years: range, nothing: str, colours: Palette) -> go.Figure:
    """Return the panels of one office, one below the other; a line breaks at a missing year.

    An upright line stands where the form was changed; `nothing` are the words of an empty panel.
    """
    figure = make_subplots(
        rows=len(panels),
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.12,
        subplot_titles=[broken(panel.title, TITLE) for panel in panels],
    )
    span = list(years)
    empty = {
        row
        for row, panel in enumerate(panels, start=1)
        if all(point is None for point in panel.own.values())
    }
    for row, panel in enumerate(panels, start=1):
        traces = [*_middle(panel, span, colours), *_lines(panel, span, colours)]
        if row in empty:  # the axes alone, which the words stand in
            traces = [go.Scatter(x=span, y=[None] * len(span))]
        for trace in traces:
            figure.add_trace(trace, row=row, col=1)
        figure.update_yaxes(
            range=[0, panel.most * ROOM or 1],
            tickformat=".0%" if panel.is_share else ",",
            nticks=3,
            gridcolor=colours.line,
            row=row,
            col=1,
        )
    if span[0] < EDITION_2021.first_year <= span[-1]:
        change = EDITION_2021.first_year - 0.5
        figure.add_vline(x=change, line={"dash": "dash", "width": 1, "color": colours.quiet})
    figure.update_xaxes(
        tickvals=[span[0], span[-1]] if len(span) > 1 else span,
        tickformat="d",
        range=[span[0] - 0.5, span[-1] + 0.5],
        showgrid=False,
    )
    figure.update_annotations(x=0, xanchor="left", align="left", xshift=-30, font={"size": 12})
    for row in empty:
        figure.add_annotation(
            text=nothing,
            xref="x domain",
            yref="y domain",
            x=0.5,
            y=0.5,
            showarrow=False,
            font={"size": 12},
            row=row,
            col=1,
        )
        figure.update_yaxes(showgrid=False, row=row, col=1)
    figure = plain(figure, PANEL * len(panels) + 40, has_legend=False)
    widest = max(  # of all the offices, whose panels are then equally wide
        len(_label(point, panel.is_share))
        for panel in panels
        for line in (panel.own, *panel.others)
        for point in line.values()
    )
    return figure.update_layout(margin={"l": 8, "r": 8 + LETTER * widest, "t": 26, "b": 8})


def _middle(panel: Panel, span: Sequence[int], colours: Palette) -> list[go.Scatter]:
    """Return the middle half of the peers as an area, and their median as a dotted line."""
    known = [(year, each) for year in span if (each := panel.among.get(year)) is not None]
    if not known:
        return []
    years = [year for year, _ in known]
    around = {
        "x": years + years[::-1],
        "y": [each.upper for _, each in known] + [each.lower for _, each in known][::-1],
    }
    area = go.Scatter(
        **around,
        fill="toself",
        fillcolor=colours.line,
        line={"width": 0},
        opacity=0.7,
        hoverinfo="skip",
        mode="lines",
    )
    median = go.Scatter(
        x=years,
        y=[each.median for _, each in known],
        mode="lines",
        line={"color": colours.quiet, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
    )
    return [area, median]


def _lines(panel: Panel, span: Sequence[int], colours: Palette) -> list[go.Scatter]:
    thin = [
        go.Scatter(
            x=span,
            y=[other.get(year) for year in span],
            mode="lines",
            line={"color": colours.quiet, "width": 1},
            opacity=0.6,
            connectgaps=False,
            hoverinfo="skip",
        )
        for other in panel.others
    ]
    points = [panel.own.get(year) for year in span]
    last = max((place for place, point in enumerate(points) if point is not None), default=None)
    own = go.Scatter(
        x=span,
        y=points,
        mode="lines+markers+text",
        text=[
            f" <b>{_label(point, panel.is_share)}</b>" if place == last else ""
            for place, point in enumerate(points)
        ],
        textposition="middle right",
        textfont={"color": colours.first},
        line={"color": colours.first, "width": 2.5},
        marker={"size": 6},
        connectgaps=False,
        cliponaxis=False,
        hovertemplate="%{x}: %{y:.1%}<extra></extra>"
        if panel.is_share
        else "%{x}: %{y:,}<extra></extra>",
    )
    return [*thin, own]


def _label(point: Number | None, is_share: bool) -> str:
    if point is None:
        return ""
    return f"{point:.0%}" if is_share else f"{point:,}"


@dataclass(frozen=True, slots=True)
class Dot:
    """One point of a funnel: whose it is, of how many requests, and the share."""

    name: str
    total: Number
    share: float


@kept
def funnel(
    target: float | None,
    peers: Sequence[Dot],
    chosen: Mapping[str, Dot],
    words: Mapping[str, str],
    colours: Palette,
) -> go.Figure:
    """Return shares by the number they are of, with the limits of chance around the target.

    `chosen` are the offices compared, by the letter that names them. `words` has the title
    of the axis (`total`), and the names of the `target` and the `peers`. Of more peers than
    can be drawn every so manieth is.
    """
    every = -(-len(peers) // MOST_POINTS) or 1
    drawn = peers[::every]
    totals = [dot.total for dot in (*drawn, *chosen.values())]
    least, most = min(totals, default=10) * 0.8, max(totals, default=1000) * 1.3
    figure = go.Figure()
    if target is not None:
        _draw_limits(figure, target, least, most, words, colours)
    if drawn:
        figure.add_scatter(
            x=[dot.total for dot in drawn],
            y=[dot.share for dot in drawn],
            text=[escape(dot.name) for dot in drawn],
            mode="markers",
            name=words["peers"],
            marker={"size": 6, "color": colours.quiet, "opacity": 0.55},
            hovertemplate="%{text}<br>%{y:.1%} · %{x:,}<extra></extra>",
        )
    figure.add_scatter(
        x=[dot.total for dot in chosen.values()],
        y=[dot.share for dot in chosen.values()],
        text=[f"<b>{letter}</b>" for letter in chosen],
        customdata=[str(escape(dot.name)) for dot in chosen.values()],
        mode="markers+text",
        textposition=[SIDES[number % len(SIDES)] for number in range(len(chosen))],
        textfont={"size": 16, "color": colours.first},
        marker={
            "size": 13,
            "symbol": "diamond",
            "color": colours.first,
            "line": {"color": colours.ink, "width": 1},
        },
        hovertemplate="%{customdata}<br>%{y:.1%} · %{x:,}<extra></extra>",
        cliponaxis=False,
    )
    shares = [dot.share for dot in (*drawn, *chosen.values())]
    figure = plain(figure, FUNNEL, has_legend=False)
    figure.update_xaxes(
        type="log",
        range=[log10(least), log10(most)],
        tickvals=[10, 30, 100, 300, 1000, 3000, 10000, 30000, 100000],
        tickformat=",",
        showgrid=False,
        title={"text": words["total"], "standoff": 6},
    )
    top = min(1.0, max(shares, default=1.0) * 1.15 + 0.05)
    figure.update_yaxes(
        range=[-0.01, top],
        tickformat=".0%",
        gridcolor=colours.line,
    )
    return figure.update_layout(margin={"l": 8, "r": 20, "t": 10, "b": 8})


def _draw_limits(
    figure: go.Figure,
    target: float,
    least: float,
    most: float,
    words: Mapping[str, str],
    colours: Palette,
) -> None:
    points = curve(target, least, most)
    totals = [point.total for point in points]
    kinds = (
        ("99.8%", "solid", [p.outer.low for p in points], [p.outer.high for p in points]),
        ("95%", "dash", [p.inner.low for p in points], [p.inner.high for p in points]),
    )
    for name, dash, low, high in kinds:
        for edge in (low, high):
            figure.add_scatter(
                x=totals,
                y=edge,
                mode="lines",
                line={"color": colours.second, "width": 1.5, "dash": dash},
                hoverinfo="skip",
            )
        middle = len(points) // 2  # where both are still apart
        figure.add_annotation(
            x=log10(totals[middle]),
            y=high[middle],
            text=name,
            yanchor="bottom",
            xanchor="left",
            showarrow=False,
            font={"size": 12},
        )
    figure.add_scatter(
        x=[least, most],
        y=[target, target],
        mode="lines",
        line={"color": colours.ink, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
    )
    figure.add_annotation(
        x=log10(least),
        y=target,
        text=words["target"],
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        font={"size": 12},
    )
