"""The paths of requests drawn as streams, an extra for those who like them, with their table."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from gipcore.metrics import paths
from gipcore.metrics.flow import flow
from gipcore.metrics.outcomes import GROUPS, TOTAL
from gipcore.metrics.paths import Link
from gipcore.ui import charts
from gipcore.ui.charts import Palette
from gipcore.ui.figures import number
from gipcore.ui.html import Column, table
from gipcore.ui.language import say, tell
from gipcore.ui.outcomes import OutcomeView
from gipcore.ui.parts import sentence, twin

STEP = 44  # pixels of height for each place at the end of a path
LETTERS = 12  # of a label on a line
PALE = "66"  # how thick a stream is coloured
FLOW = ("received", "brought_forward", "disposed", "carried_forward")


def draw_paths(view: OutcomeView) -> None:
    """Draw, folded away, how requests went from where they came to what became of them.

    It ends at the groups: their leaves would be too many streams to be told apart.
    """
    totals = {line: view.figures.get(f"{line}.{TOTAL}") for line in FLOW}
    found = flow({f"{line}_total": figure for line, figure in totals.items()})
    with st.expander(say("outcomes.paths"), key="paths", on_change="rerun") as fold:
        if not fold.open:
            return
        if found is None:
            sentence(say("summary.flow_unknown"))
            return
        links = paths.paths(found, view.outcomes)
        difference = paths.gap(found, view.outcomes)
        words = say(
            "outcomes.paths_gap" if difference else "outcomes.paths_said",
            incoming=number(found.incoming),
            outgoing=number(found.incoming - difference),
            gap=number(abs(difference)),
        )
        sentence(words)
        if links:
            figure = streams(links, _names(), charts.palette())
            charts.draw(figure, words, key="paths_drawn")
            twin(links_table(links))


def streams(links: Sequence[Link], names: Mapping[str, str], colours: Palette) -> go.Figure:
    """Return links as streams between the places they join."""
    places = list(dict.fromkeys(place for link in links for place in (link.source, link.target)))
    into = {
        place: sum(link.requests for link in links if link.target == place)
        or sum(link.requests for link in links if link.source == place)
        for place in places
    }
    shades = {place: _shade(place, colours) for place in places}
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            node={
                "label": [f"{charts.broken(names[p], LETTERS)} {number(into[p])}" for p in places],
                "color": [shades[place] for place in places],
                "pad": 18,
                "thickness": 14,
                "line": {"width": 0},
                "hovertemplate": "%{label}<extra></extra>",
            },
            link={
                "source": [places.index(link.source) for link in links],
                "target": [places.index(link.target) for link in links],
                "value": [link.requests for link in links],
                "color": [shades[link.target] + PALE for link in links],
                "hovertemplate": "%{source.label} → %{target.label}<extra></extra>",
            },
            textfont={"color": colours.ink, "size": 12, "shadow": "none"},
        )
    )
    ends = {link.target for link in links} - {link.source for link in links}
    return charts.plain(figure, max(280, len(ends) * STEP + 60), has_legend=False)


def _shade(place: str, colours: Palette) -> str:
    if place == paths.GAP:
        return colours.gap
    if place in (paths.RECEIVED, paths.BROUGHT_FORWARD, paths.HANDLED):
        return colours.quiet
    return colours.third if place == paths.CARRIED_FORWARD else colours.first


def _names() -> dict[str, str]:
    """Return the places in words."""
    return {
        **{group: tell(label) for group, label in GROUPS.items()},
        paths.RECEIVED: say("ledger.received"),
        paths.BROUGHT_FORWARD: say("ledger.brought_forward"),
        paths.HANDLED: say("outcomes.handled"),
        paths.CARRIED_FORWARD: say("ledger.carried_forward"),
        paths.GAP: say("ledger.gap"),
    }


def links_table(links: Sequence[Link]) -> Markup:
    """Return the links as a table."""
    names = _names()
    rows = [[names[link.source], names[link.target], number(link.requests)] for link in links]
    columns = [
        Column(say("outcomes.from")),
        Column(say("outcomes.to")),
        Column(say("columns.requests"), is_number=True),
    ]
    return table(say("outcomes.paths_caption"), columns, rows)
