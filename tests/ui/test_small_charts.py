"""The charts of a comparison and of a scorecard leave room for what they say."""

from gipcore.metrics.peers import Quartiles
from gipcore.metrics.share import share_of
from gipcore.ui.charts import LIGHT
from gipcore.ui.compare_charts import Panel, multiples
from gipcore.ui.scorecard_charts import ShareLine, share_lines

YEARS = range(2023, 2026)
LETTER = 7  # pixels that a figure takes at the least
WORDS = {name: name for name in ("own", "middle", "median")}


def panel(*own, others=(), is_share=False):
    among = {year: Quartiles(lower=1, median=2, upper=3, of=40) for year in YEARS}
    lines = [dict(zip(YEARS, line, strict=True)) for line in (own, *others)]
    return Panel("title", lines[0], lines[1:], among, 2000, is_share)


def test_last_figure_of_a_line_has_room_beside_the_panel():
    few = multiples([panel(1, 2, 3)], YEARS, "nothing", LIGHT)
    many = multiples([panel(1, 2, 3), panel(1, 2, 1274)], YEARS, "nothing", LIGHT)
    assert few.layout.margin.r >= LETTER
    assert many.layout.margin.r >= len("1,274") * LETTER


def test_words_of_an_empty_panel_stand_over_no_line():
    others = [(5, 6, 7)]
    empty = panel(None, None, None, others=others)
    figure = multiples([panel(1, 2, 3, others=others), empty], YEARS, "nothing", LIGHT)
    lines = [trace for trace in figure.data if trace.yaxis == "y2"]
    assert lines
    assert figure.layout.yaxis2.range == figure.layout.yaxis.range
    assert all(point is None for line in lines for point in line.y)
    assert [each.text for each in figure.layout.annotations].count("nothing") == 1


def test_dot_at_the_edge_of_a_chart_is_whole():
    lines = [ShareLine("none", share_of(0, 40), None), ShareLine("all", share_of(40, 40), None)]
    dots = share_lines(lines, WORDS, LIGHT).data[-1]
    assert list(dots.x) == [0, 1]
    assert dots.cliponaxis is False
