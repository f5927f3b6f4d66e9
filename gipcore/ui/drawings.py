"""The charts of the pages: rows go in, a chart with its sentence and its table comes out."""

from collections.abc import Mapping, Sequence

from gipcore.form import reviews
from gipcore.form.report import Number
from gipcore.metrics.flow import Flow
from gipcore.store.rows import ChainYear, ReportRow
from gipcore.ui import chain, charts, summary, tables
from gipcore.ui.charts import Series
from gipcore.ui.data import Balance
from gipcore.ui.findings import CHAIN
from gipcore.ui.html import show
from gipcore.ui.language import say, tell
from gipcore.ui.parts import heading, open_or_fold, sentence, twin

LEDGER_WORDS = (
    "incoming",
    "outgoing",
    "received",
    "brought_forward",
    "disposed",
    "carried_forward",
    "gap",
)
TREND = ("received_total", "disposed_total", "carried_forward_total")


def draw_balance(by_year: Mapping[int, Balance]) -> None:
    """Draw how many reports of each year balance."""
    colours = charts.palette()
    entries = tuple(by_year.values())
    series = [
        Series(say("findings.balances"), [e.balanced for e in entries], colours.second),
        Series(say("findings.undecided"), [e.undecided for e in entries], colours.quiet),
        Series(say("findings.unbalanced"), [e.unbalanced for e in entries], colours.third),
    ]
    words = summary.balance_sentence(by_year)
    sentence(words)
    charts.draw(charts.bars([str(year) for year in by_year], series), words, key="balance")
    twin(tables.balance_table(by_year))


def draw_ledger(row: ReportRow, flow: Flow | None) -> None:
    """Draw the flow of one report, unless a figure of it is unknown."""
    if flow is not None and (flow.incoming or flow.outgoing):
        names = {name: say(f"ledger.{name}") for name in LEDGER_WORDS}
        figure = charts.ledger(flow, names, charts.palette())
        sentence(summary.sides_sentence(flow))
        charts.draw(figure, summary.flow_sentence(flow), key="ledger")
    twin(tables.flow_table(row.headline))


def draw_reviews(figures: Mapping[str, Number | None]) -> None:
    """Draw results by route with their table, which is folded away where there are no cases."""
    colours = charts.palette()
    shades = (colours.first, colours.third, colours.second, colours.quiet)
    series = [
        Series(
            tell(result.label),
            [figures.get(f"{line.id}.{result.id}") for line in reviews.LINES],
            shade,
        )
        for result, shade in zip(reviews.RESULTS, shades, strict=True)
    ]
    words = summary.review_sentence(figures)
    sentence(words)
    if any(figure for one in series for figure in one.figures):
        names = [tell(line.label) for line in reviews.LINES]
        charts.draw(charts.bars(names, series), words, key="reviews")
        show(tables.review_table(figures))
    else:
        open_or_fold(say("columns.reviews_caption"), tables.review_table(figures), is_long=True)


def draw_years(rows: Sequence[ReportRow]) -> None:
    """Draw how the flow of one office went over its years."""
    panels = {
        say(f"columns.{name}"): {row.year: row.headline.get(name) for row in rows} for name in TREND
    }
    revised = [row.year for row in rows if row.revision > 1]
    words = summary.run_on(summary.years_sentence(rows), summary.marks_sentence(rows, revised))
    sentence(words)
    figure = charts.years(panels, say("office.edition_change"), charts.palette(), revised)
    charts.draw(figure, words, key="years")


def draw_chain(years: Sequence[ChainYear]) -> None:
    """Draw what each year of an office took over from the one before, with its broken links."""
    if not years:
        return
    heading(say("chain.title"), say("chain.lead"), anchor=CHAIN)
    sentence(chain.chain_sentence(years))
    show(chain.chain_drawing(years))
    twin(chain.chain_table(years))
