"""Outcomes of requests on the page: groups and leaves by applicant, as bars and as a heat table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from gipcore.form import requests
from gipcore.form.report import Number
from gipcore.metrics.outcomes import (
    COLUMNS,
    GROUPS,
    TOTAL,
    OutcomeLine,
    Outcomes,
    adds_up,
    by_applicant,
    disclosed,
    outcomes,
)
from gipcore.metrics.share import Share
from gipcore.store.query import Query
from gipcore.ui import charts, data, summary
from gipcore.ui.charts import Series
from gipcore.ui.figures import count, interval_words, number, percent, share_cell, share_words
from gipcore.ui.filters import group_choices
from gipcore.ui.html import (
    Cell,
    Column,
    Content,
    Row,
    element,
    join,
    link,
    paragraph,
    show,
    table,
)
from gipcore.ui.language import language, say, tell
from gipcore.ui.parts import sentence
from gipcore.ui.query import Choices, address, parameters, same_view
from gipcore.ui.views import SumView
from gipcore.words import Language, Text

LETTERS = 12  # of a bar's name on a line
EVERY_LEAF = "leaves"  # the choice that opens all groups at once
DARKEST = 45  # per cent of the accent in the darkest cell, so that its figure stays readable
NAMES = {column.id: column.label for column in requests.COLUMNS}
# The form has its total last, where a phone would not show it.
TOTAL_FIRST = (TOTAL, *(column for column in COLUMNS if column != TOTAL))


@dataclass(frozen=True)
class OutcomeView(SumView):
    """The outcomes of the requests in the reports of a query."""

    @cached_property
    def outcomes(self) -> Outcomes:
        """Return the outcomes of the requests."""
        return outcomes(self.figures, of_many=not self.is_one)

    @property
    def is_one(self) -> bool:
        """Tell whether it is one report, whose shares have intervals; sums overlap."""
        return self.reports == 1

    def lines(self, opened: str) -> tuple[OutcomeLine, ...]:
        """Return the groups, or the leaves of what is opened; never both together."""
        if not opened:
            return self.outcomes.groups
        found = self.outcomes
        return found.leaves if opened == EVERY_LEAF else found.leaves_of(opened)

    @property
    def applicants(self) -> tuple[tuple[str, Share], ...]:
        """Return how many requests of each kind of applicant were disposed of, of all."""
        return by_applicant(self.outcomes)


def basis(asked: Query) -> Query:
    """Return the reports that shares are taken of, of those that are asked for.

    Where reports without a failure leave cells blank, what they add up to need not be the total:
    then only those whose tables balance count, if there are any.
    """
    balanced = replace(asked, balanced=True, unbalanced=None)
    if asked.unbalanced is not False or adds_up(OutcomeView(asked).outcomes):
        return asked
    return balanced if data.count_reports(balanced) else asked


def basis_note(view: OutcomeView, asked: Query) -> None:
    """Say which reports are in no figure of the page, and why; or how shares can be had."""
    found = data.balance(asked)
    if asked.unbalanced is None and asked.balanced is None:
        if not view.is_one and not adds_up(view.outcomes) and found.balanced:
            way = link(say("outcomes.only_balanced"), same_view(balanced="true"))
            show(paragraph(join([say("outcomes.no_shares"), way]), css="gip-small"))
        return
    unbalanced = link(
        say("outcomes.of_unbalanced", reports=found.unbalanced),
        address("quality", **parameters(replace(asked, balanced=False, unbalanced=None))),
    )
    said: list[Content] = [unbalanced] * bool(found.unbalanced)
    if view.query.balanced and found.undecided:
        said.append(say("outcomes.of_undecided", reports=found.undecided))
    if said:
        counted = say("outcomes.counted", reports=view.reports)
        show(paragraph(join([counted, *said]), css="gip-muted gip-small"))


def opening_choices() -> Choices:
    """Return what can be shown: the groups, the leaves of one, all leaves."""
    return {**group_choices(say("outcomes.six_groups")), EVERY_LEAF: say("outcomes.every_leaf")}


def applicant_choices() -> Choices:
    """Return whose requests can be shown, all first."""
    first = {TOTAL: say("outcomes.all_applicants")}
    return first | {column.id: tell(column.label) for column in requests.APPLICANTS}


def told_of(found: Outcomes, opened: str, column: str) -> tuple[str, Share]:
    """Return what the answer is of, and its share: the group opened, or else what was granted."""
    for line in found.groups:
        if line.id == opened:
            return tell(line.label), line.shares[column]
    return say("outcomes.disclosed"), disclosed(found, column)


def answer(view: OutcomeView, opened: str, column: str) -> Content:
    """Say how many of the requests disposed of had the outcome that is opened."""
    outcome, share = told_of(view.outcomes, opened, column)
    whose = "" if column == TOTAL else say("outcomes.whose", applicants=tell(NAMES[column]))
    before, after = say("outcomes.answer", outcome=outcome, share="{share}").split("{share}")
    return join([whose, before, share_words(share), after])


def draw_outcomes(view: OutcomeView, opened: str, column: str) -> None:
    """Draw groups or leaves as bars, with their counts and shares of a column's total."""
    lines = view.lines(opened)
    if opened in GROUPS:
        words = group_sentence(lines, column)
        sentence(join([answer(view, opened, column), words]))
    else:
        words = outcome_sentence(lines, column)
        sentence(words)
    counts = [line.counts[column] for line in lines]
    if any(counts):
        texts = [_bar_text(line.shares[column]) for line in lines]
        series = Series(say("columns.requests"), counts, charts.palette().first, texts)
        is_of_one_group = lines[0].is_leaf and len({line.group for line in lines}) == 1
        names = [leaf_name(line.label) if is_of_one_group else tell(line.label) for line in lines]
        figure = charts.bars(names, [series], LETTERS)
        charts.draw(figure, words, key="outcomes")


def group_sentence(leaves: Iterable[OutcomeLine], column: str) -> str:
    """Say which leaf of a group is the most frequent; nothing where none is above zero."""
    most = max(leaves, key=lambda leaf: leaf.counts[column] or 0)
    figure = most.counts[column]
    if not figure:
        return ""
    return say("outcomes.most_of_group", outcome=leaf_name(most.label), count=number(figure))


def outcome_sentence(lines: Sequence[OutcomeLine], column: str) -> str:
    """Say which outcome is the most frequent, and of how many requests of whom."""
    said = summary.outcome_sentence(lines, column)
    if column == TOTAL:
        return said
    return say("outcomes.whose", applicants=tell(NAMES[column])) + said


def _bar_text(share: Share) -> str:
    if share.count is None:
        return "[x]"
    if share.share is None:
        return number(share.count)
    return say("shares.bar", count=number(share.count), percent=percent(share.share))


def outcome_table(lines: Iterable[OutcomeLine], column: str, *, is_one: bool) -> Markup:
    """Return outcomes with counts and shares of all disposed of; of one report with intervals."""
    rows = [
        [
            tell(line.label),
            share_cell(line.shares[column]),
            *([interval_words(line.shares[column])] * is_one),
        ]
        for line in lines
    ]
    columns = [
        Column(say("columns.outcome")),
        Column(say("columns.share_of_disposed")),
        *([Column(say("columns.interval"), is_number=True)] * is_one),
    ]
    return table(say("columns.dispositions_caption"), columns, rows)


def applicant_sentence(view: OutcomeView) -> str:
    """Say who asked the most, of all requests disposed of."""
    known = [(kind, share) for kind, share in view.applicants if share.count]
    if not known:
        return say("outcomes.no_applicants")
    kind, share = max(known, key=lambda entry: entry[1].count or 0)
    key = "outcomes.applicants_said" if share.share is not None else "outcomes.applicants_no_share"
    return say(
        key,
        applicants=tell(NAMES[kind]),
        count=number(share.count or 0),
        denominator="[x]" if share.denominator is None else number(share.denominator),
        percent="" if share.share is None else percent(share.share),
    )


def heat_table(found: Outcomes, *, as_shares: bool) -> Markup:
    """Return the groups with their leaves by applicant, darker where more requests fall.

    The total stands before the applicants that it is of.
    """
    most = max((n for leaf in found.leaves for n in leaf.counts.values() if n), default=0)
    rows: list[Row] = []
    for group in found.groups:
        leaves = found.leaves_of(group.id)
        is_alone = len(leaves) == 1
        rows.append(Row(_heat_cells(group, as_shares, most if is_alone else 0), "gip-group"))
        if not is_alone:
            rows += [Row(_heat_cells(leaf, as_shares, most), "gip-leaf") for leaf in leaves]
    total = [count(found.disposed[column]) for column in TOTAL_FIRST]
    rows.append(Row([tell(requests.DISPOSED.label), *total], "gip-group"))
    columns = [
        Column(say("columns.outcome")),
        *(Column(tell(NAMES[column]), is_number=True) for column in TOTAL_FIRST),
    ]
    caption = say("columns.heat_shares" if as_shares else "columns.heat_counts")
    return table(caption, columns, rows, "gip-fixed")


def _heat_cells(line: OutcomeLine, as_shares: bool, most: Number) -> list[Content | Cell]:
    cells: list[Content | Cell] = [leaf_name(line.label) if line.is_leaf else tell(line.label)]
    for column in TOTAL_FIRST:
        figure, share = line.counts[column], line.shares[column]
        shown = _as_share(share) if as_shares else count(figure)
        heat = round(DARKEST * (figure or 0) / most) if most and column != TOTAL else 0
        cells.append(Cell(shown, heat) if heat else shown)
    return cells


def leaf_name(label: Text) -> str:
    """Return the name of a leaf below its group, which in Chinese need not be said again."""
    return tell(label).split(" ", 1)[-1] if language() is Language.ZH else tell(label)


def _as_share(share: Share) -> Content:
    """Write a share, with its count and denominator on demand; a dash where there is none."""
    if share.share is None or share.count is None or share.denominator is None:
        return "–"
    counts = say("shares.of", count=number(share.count), denominator=number(share.denominator))
    return element("span", percent(share.share), title=counts)
