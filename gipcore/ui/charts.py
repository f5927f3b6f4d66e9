"""Charts: figures are made from numbers and words alone, and drawn with their sentence as text."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from textwrap import wrap
from typing import ParamSpec

import plotly.graph_objects as go
import streamlit as st
from plotly.subplots import make_subplots

from gipcore.form.editions import EDITION_2021
from gipcore.form.report import Number
from gipcore.metrics.flow import Flow

WHITE = "#FFFFFF"
BAR = 34  # pixels a horizontal bar takes
MARGIN = {"l": 8, "r": 12, "t": 8, "b": 8}
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
KEPT = 200  # figures
Given = ParamSpec("Given")


@dataclass(frozen=True, slots=True)
class Palette:
    """Four colours that stand 3:1 against their background, and one for what does not add up."""

    first: str
    second: str
    third: str
    quiet: str
    gap: str
    ink: str
    line: str


LIGHT = Palette("#12436D", "#28A197", "#F46A25", "#6B7280", "#A8201A", "#1F2933", "#D5DADF")
DARK = Palette("#6BACE6", "#3FC1B4", "#F79A66", "#9AA5B1", "#FF9D94", "#E6EAEE", "#3A434D")


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of bar: its name, its figures by category, and which colour it has."""

    name: str
    figures: Sequence[Number | None]
    colour: str
    texts: Sequence[str] = ()


def palette() -> Palette:
    """Return the colours for the scheme that the visitor's browser shows."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def draw(figure: go.Figure, sentence: str, key: str) -> None:
    """Draw a chart; the sentence is what it says to those who do not see it."""
    st.plotly_chart(_inked(figure, palette()), alt=sentence, key=key, config=CONFIG)


def kept(make: Callable[Given, go.Figure]) -> Callable[Given, go.Figure]:
    """Keep the figures that a function makes of numbers and words: a rerun asks for the same.

    A figure takes ten times as long to make as to send. Nobody may change one that is kept.
    """

    @wraps(make)
    def found(*arguments: Given.args, **named: Given.kwargs) -> go.Figure:
        colours = palette()
        asked = repr((make.__module__, make.__name__, colours, arguments, named))
        return _keep(asked, lambda: _inked(make(*arguments, **named), colours))

    return found


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _keep(asked: str, _make: Callable[[], go.Figure]) -> go.Figure:
    return _make()


def _inked(figure: go.Figure, colours: Palette) -> go.Figure:
    """Make the letters as dark as the page's own, where the theme would have them pale."""
    if figure.layout.font.color == colours.ink:
        return figure
    figure.update_layout(font={"color": colours.ink})
    figure.update_annotations(font={"color": colours.ink})
    axis = {"tickfont": {"color": colours.ink}, "title": {"font": {"color": colours.ink}}}
    figure.update_xaxes(**axis)
    return figure.update_yaxes(**axis)


@kept
def bars(categories: Sequence[str], series: Sequence[Series], wide: int = 12) -> go.Figure:
    """Return horizontal bars; several series are stacked, unknown figures leave a gap."""
    names = [broken(category, wide) for category in categories]
    figure = go.Figure(
        [
            go.Bar(
                y=names,
                x=list(one.figures),
                name=one.name,
                orientation="h",
                marker={"color": one.colour},
                text=list(one.texts) or [_text(figure) for figure in one.figures],
                textposition="auto" if len(series) > 1 else "outside",
                insidetextanchor="middle",
                insidetextfont={"color": readable_on(one.colour)},
                textangle=0,
                cliponaxis=False,
                hovertemplate="%{y} · %{fullData.name} %{x:,}<extra></extra>",
            )
            for one in series
        ]
    )
    figure.update_yaxes(type="category")
    if len(series) == 1:  # room for the words at the end of the longest bar
        most = max((figure for figure in series[0].figures if figure is not None), default=0)
        figure.update_xaxes(range=[0, (most or 1) * 1.6])
    lines = sum(max(1, name.count("<br>") * 0.7 + 1) for name in names)
    figure.update_layout(barmode="stack", bargap=0.32, uniformtext={"minsize": 11, "mode": "hide"})
    return plain(figure, round(lines * BAR) + 36, has_legend=len(series) > 1)


@kept
def ledger(flow: Flow, words: Mapping[str, str], colours: Palette) -> go.Figure:
    """Return both sides of the requests of a year, one above the other, with the gap named.

    `words` has the names of both sides (`incoming`, `outgoing`), of the four figures and the gap.
    The legend names each figure, since a thin piece of a bar has no room for it.
    """
    sides = (words["incoming"], words["outgoing"])
    figure = go.Figure()

    def segment(name: str, colour: str, into: Number | None, out: Number | None) -> None:
        figure.add_bar(
            y=sides,
            x=[into, out],
            name=f"{name} {_text(into if out is None else out)}",
            orientation="h",
            marker={"color": colour},
            text=[_text(into), _text(out)],
            textposition="inside",
            insidetextanchor="middle",
            insidetextfont={"color": readable_on(colour)},
            textangle=0,
            hovertemplate="%{fullData.name}<extra></extra>",
        )

    segment(words["received"], colours.first, flow.received, None)
    segment(words["brought_forward"], colours.quiet, flow.brought_forward, None)
    segment(words["disposed"], colours.second, None, flow.disposed)
    segment(words["carried_forward"], colours.third, None, flow.carried_forward)
    if flow.gap:
        figure.add_bar(
            y=[sides[1] if flow.gap > 0 else sides[0]],
            x=[abs(flow.gap)],
            name=f"{words['gap']} {_text(abs(flow.gap))}",
            orientation="h",
            marker={
                "color": "rgba(0,0,0,0)",
                "line": {"color": colours.gap, "width": 2},
                "pattern": {"shape": "/", "fgcolor": colours.gap},
            },
            hovertemplate="%{fullData.name}<extra></extra>",
        )
    figure.update_layout(barmode="stack", bargap=0.35, uniformtext={"minsize": 11, "mode": "hide"})
    return plain(figure, 190, has_legend=True)


@kept
def years(
    panels: Mapping[str, Mapping[int, Number | None]],
    edition_words: str,
    colours: Palette,
    revised: Collection[int] = (),
) -> go.Figure:
    """Return small multiples over years on one scale; a line breaks where a year is missing.

    The figures of `revised` years are marked [r].
    """
    known = [year for figures in panels.values() for year in figures]
    span = list(range(min(known), max(known) + 1))
    figure = make_subplots(
        rows=len(panels),
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.12,
        subplot_titles=list(panels),
    )
    most = max((n for p in panels.values() for n in p.values() if n is not None), default=0)
    for row, figures in enumerate(panels.values(), start=1):
        points = [figures.get(year) for year in span]
        figure.add_scatter(
            x=span,
            y=points,
            mode="lines+markers+text",
            text=[
                _text(point) + (" [r]" if year in revised and point is not None else "")
                for year, point in zip(span, points, strict=True)
            ],
            textposition="top center",
            line={"color": colours.first, "width": 2},
            marker={"size": 8},
            connectgaps=False,
            hovertemplate="%{x}: %{y:,}<extra></extra>",
            cliponaxis=False,
            row=row,
            col=1,
        )
        figure.update_yaxes(
            range=[0, most * 1.35 or 1],
            nticks=3,
            tickformat=",",
            gridcolor=colours.line,
            row=row,
            col=1,
        )
    ticks = {year: str(year) for year in span}
    first = EDITION_2021.first_year
    if span[0] < first <= span[-1]:  # named below the axis, where no line of figures can run
        figure.add_vline(x=first - 0.5, line={"dash": "dot", "color": colours.quiet})
        ticks[first] += f"<br>{edition_words}"
    figure.update_xaxes(
        tickvals=span,
        ticktext=list(ticks.values()),
        tickangle=0,
        range=[span[0] - 0.4, span[-1] + 0.4],
        showgrid=False,
    )
    figure.update_annotations(x=0, xanchor="left", font={"size": 13}, selector={"xref": "paper"})
    figure = plain(figure, 120 * len(panels) + 56, has_legend=False)
    return figure.update_layout(margin={**MARGIN, "t": 28, "b": 24})


def plain(figure: go.Figure, height: int, *, has_legend: bool) -> go.Figure:
    """Take away what is decoration; leave room for a legend below."""
    figure.update_layout(
        height=height + (34 if has_legend else 0),
        margin=MARGIN,
        showlegend=has_legend,
        legend={
            "orientation": "h",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "x": 0,
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        font={"size": 13},
        dragmode=False,
        hoverlabel={"align": "left"},
        plot_bgcolor="rgba(0,0,0,0)",
        paper_bgcolor="rgba(0,0,0,0)",
    )
    if all(trace.type == "bar" for trace in figure.data):
        figure.update_xaxes(showgrid=False, showticklabels=False, zeroline=False, fixedrange=True)
        figure.update_yaxes(automargin=True, fixedrange=True, autorange="reversed")
        if has_legend:
            figure.update_layout(margin={**MARGIN, "b": 44})
    else:
        figure.update_xaxes(fixedrange=True)
        figure.update_yaxes(fixedrange=True)
    return figure


def _text(figure: Number | None) -> str:
    return "" if figure is None else f"{figure:,}"


def readable_on(colour: str) -> str:
    """Return the darker or lighter ink, whichever stands out more from a colour."""
    return max((LIGHT.ink, WHITE), key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """Return how far two colours stand apart, from 1 to 21, as WCAG 2.2 reckons."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def broken(words: str, wide: int) -> str:
    """Break a long label into lines; Chinese signs take the room of two letters."""
    if words.isascii():
        return "<br>".join(wrap(words, wide * 2)) or words
    pieces = [
        piece[start : start + wide]
        for piece in words.split()
        for start in range(0, len(piece), wide)
    ]
    return "<br>".join(pieces)
