"""Charts say what the figures say: gaps stay gaps, and the ledger draws its difference."""

from gipcore.metrics.flow import Flow
from gipcore.ui.charts import DARK, LIGHT, Series, bars, ledger, years

WORDS = {
    name: name
    for name in (
        "incoming",
        "outgoing",
        "received",
        "brought_forward",
        "disposed",
        "carried_forward",
        "gap",
    )
}


def luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_colours_stand_out_from_their_background():
    for palette, background in ((LIGHT, "#FFFFFF"), (DARK, "#11161C")):
        for colour in (palette.first, palette.second, palette.third, palette.quiet, palette.gap):
            assert contrast(colour, background) >= 3, colour


def test_figures_within_a_bar_stand_out_from_it():
    for palette in (LIGHT, DARK):
        for colour in (palette.first, palette.second, palette.third, palette.quiet):
            figure = bars(["a"], [Series("s", [1], colour), Series("t", [2], colour)])
            assert contrast(figure.data[0].insidetextfont.color, colour) >= 4.5, colour


def test_unknown_figure_is_drawn_as_nothing_not_as_zero():
    figure = bars(["a", "b"], [Series("s", [None, 3], "#12436D")])
    assert list(figure.data[0].x) == [None, 3]
    assert list(figure.data[0].text) == ["", "3"]


def test_years_are_names_not_numbers_on_an_axis():
    assert bars(["2023", "2019"], [Series("s", [1, 2], "#12436D")]).layout.yaxis.type == "category"


def test_several_series_are_stacked_with_a_legend():
    figure = bars(["a"], [Series("s", [1], "#12436D"), Series("t", [2], "#28A197")])
    assert figure.layout.barmode == "stack"
    assert figure.layout.showlegend


def test_figure_is_kept_for_the_same_numbers_and_never_for_others():
    series = Series("s", [1, 2], LIGHT.first)
    kept = bars(["a", "b"], [series])
    assert bars(["a", "b"], [Series("s", [1, 2], LIGHT.first)]) is kept
    for other in (Series("s", [1, 3], LIGHT.first), Series("s", [1, 2], LIGHT.second)):
        assert bars(["a", "b"], [other]) is not kept
    assert bars(["a", "c"], [series]) is not kept
    assert kept.layout.font.color == LIGHT.ink


def test_ledger_that_balances_has_no_gap():
    figure = ledger(Flow(117, 0, 115, 2), WORDS, LIGHT)
    assert [trace.name for trace in figure.data] == [
        "received 117",
        "brought_forward 0",
        "disposed 115",
        "carried_forward 2",
    ]


def test_ledger_draws_the_gap_on_the_shorter_side():
    figure = ledger(Flow(100, 10, 90, 5), WORDS, LIGHT)
    gap = figure.data[-1]
    assert (gap.name, list(gap.x), list(gap.y)) == ("gap 15", [15], ["outgoing"])
    assert list(ledger(Flow(90, 0, 95, 5), WORDS, LIGHT).data[-1].y) == ["incoming"]


def test_line_breaks_at_a_missing_year_on_one_scale():
    panels = {"received": {2021: 3, 2024: 90}, "disposed": {2021: 3, 2024: None}}
    figure = years(panels, "new edition", LIGHT)
    assert list(figure.data[0].y) == [3, None, None, 90]
    assert not figure.data[0].connectgaps
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range


def test_change_of_edition_is_marked_where_the_years_span_it():
    spanned = years({"r": {2019: 1, 2021: 2}}, "new edition", LIGHT)
    assert spanned.layout.shapes
    assert spanned.layout.xaxis.ticktext == ("2019", "2020", "2021<br>new edition")
    without = years({"r": {2021: 1, 2023: 2}}, "new edition", LIGHT)
    assert not without.layout.shapes
    assert without.layout.xaxis.ticktext == ("2021", "2022", "2023")


def test_long_labels_are_broken_into_lines():
    figure = bars(["2.没有现成信息需要另行制作", "short"], [Series("s", [1, 2], "#12436D")])
    assert "<br>" in figure.data[0].y[0]
    assert figure.data[0].y[1] == "short"
