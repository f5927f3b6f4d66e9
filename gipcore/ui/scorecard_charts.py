"""The chart of a scorecard: shares with their intervals over the middle half of the peers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from gipcore.metrics.peers import Quartiles
from gipcore.metrics.share import Share, Standing
from gipcore.ui.charts import Palette, kept, plain

LINE = 54  # pixels of one share
MARKS = {Standing.NORMAL: "circle", Standing.SMALL_NUMBER: "circle-open"}


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One share to draw: its label (lines parted by <br>), and the peers' quartiles of it."""

    label: str
    share: Share
    among: Quartiles | None


@kept
def share_lines(
    lines: Sequence[ShareLine], words: Mapping[str, str], colours: Palette
) -> go.Figure:
    """Return shares as points with their intervals, each over the middle half of its peers.

    `words` has the names of the office (`own`), the middle half (`middle`) and the `median`. A
    share of few requests is hollow; one of too few is not drawn, its label has the counts.
    """
    labels = [line.label for line in lines]
    placed = [line for line in lines if line.among is not None]
    figure = go.Figure()
    if placed:
        among = [line.among for line in placed if line.among is not None]
        names = [line.label for line in placed]
        figure.add_bar(
            y=names,
            base=[each.lower for each in among],
            x=[each.upper - each.lower for each in among],
            orientation="h",
            width=0.5,
            name=words["middle"],
            marker={
                "color": colours.line,
                "line": {"color": colours.quiet, "width": 1},
            },
            hovertemplate="%{y}<br>%{base:.1%} – %{x:.1%}<extra>%{fullData.name}</extra>",
        )
        figure.add_scatter(
            y=names,
            x=[each.median for each in among],
            mode="markers",
            cliponaxis=False,
            name=words["median"],
            marker={
                "symbol": "line-ns",
                "size": 18,
                "line": {"color": colours.quiet, "width": 2},
            },
            hovertemplate="%{y}<br>%{x:.1%}<extra>%{fullData.name}</extra>",
        )
    shown = [line for line in lines if line.share.share is not None]
    figure.add_scatter(
        y=[line.label for line in shown],
        x=[line.share.share for line in shown],
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [_above(line.share) for line in shown],
            "arrayminus": [_below(line.share) for line in shown],
            "color": colours.first,
            "thickness": 2,
        },
        mode="markers",
        cliponaxis=False,
        name=words["own"],
        marker={
            "symbol": [MARKS[line.share.standing] for line in shown],
            "size": 11,
            "color": colours.first,
            "line": {"color": colours.first, "width": 2},
        },
        hovertemplate="%{y}<br>%{x:.1%}<extra>%{fullData.name}</extra>",
    )
    figure = plain(figure, LINE * len(lines) + 46, has_legend=True)
    figure.update_yaxes(
        categoryorder="array",
        categoryarray=labels,
        autorange="reversed",
        automargin=True,
        showgrid=False,
    )
    figure.update_xaxes(
        range=[-0.01, 1.01],
        tickformat=".0%",
        tickvals=[0, 0.25, 0.5, 0.75, 1],
        gridcolor=colours.line,
        side="top",
    )
    return figure.update_layout(margin={"l": 8, "r": 16, "t": 26, "b": 44})


def _above(share: Share) -> float:
    assert share.interval is not None and share.share is not None
    return share.interval.high - share.share


def _below(share: Share) -> float:
    assert share.interval is not None and share.share is not None
    return share.share - share.interval.low
