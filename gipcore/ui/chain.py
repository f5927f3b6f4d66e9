"""The years of an office as a chain: what each took over, and whether the links hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from markupsafe import Markup

from gipcore.checks.outcome import Verdict
from gipcore.store.rows import ChainYear
from gipcore.ui.figures import count, signed
from gipcore.ui.findings import BETWEEN_YEARS, MARKED
from gipcore.ui.html import Column, Content, element, join, link, table
from gipcore.ui.language import say
from gipcore.ui.query import address

SIGNS = {"holds": "✓", "broken": "✗", "undecided": "○", "missing": "…"}


class Link(StrEnum):
    """How one year stands to the year before."""

    HOLDS = "holds"
    BROKEN = "broken"
    UNDECIDED = "undecided"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Step:
    """A year with its link to the year before; the first has none."""

    year: ChainYear
    link: Link | None


def steps(years: Sequence[ChainYear]) -> tuple[Step, ...]:
    """Return the years in order with their links; a link to or from a missing year is missing."""
    linked = [Step(year, None) for year in years[:1]]
    linked += [Step(year, _link(before, year)) for before, year in pairwise(years)]
    return tuple(linked)


def _link(before: ChainYear, year: ChainYear) -> Link:
    if before.report_id is None or year.report_id is None:
        return Link.MISSING
    if year.verdict is Verdict.PASSED:
        return Link.HOLDS
    return Link.BROKEN if year.verdict is Verdict.FAILED else Link.UNDECIDED


def chain_sentence(years: Sequence[ChainYear]) -> str:
    """Say how many links hold, which are broken, and which years are missing."""
    found = steps(years)
    counts = {kind: sum(step.link is kind for step in found) for kind in Link}
    said = say(
        "chain.sentence",
        links=sum(step.link not in (None, Link.MISSING) for step in found),
        holds=counts[Link.HOLDS],
        broken=counts[Link.BROKEN],
        undecided=counts[Link.UNDECIDED],
    )
    broken = [str(step.year.year) for step in found if step.link is Link.BROKEN]
    missing = [str(year.year) for year in years if year.report_id is None]
    if broken:
        said += say("chain.broken_in", years=say("site.comma").join(broken))
    if missing:
        said += say("chain.missing_in", years=say("site.comma").join(missing))
    return said


def chain_drawing(years: Sequence[ChainYear]) -> Markup:
    """Return the chain as a list: a box for each year, between them a link that says how it is."""
    items = []
    for step in steps(years):
        if step.link is not None:
            items.append(_drawn_link(step))
        items.append(_drawn_year(step.year))
    label = say("chain.title")
    return element("ol", join(items), css="gip-chain", aria_label=label)


def _drawn_link(step: Step) -> Markup:
    kind = step.link or Link.MISSING
    words = element("b", SIGNS[kind], aria_hidden="true") + _link_words(step)
    return element("li", words, css=f"gip-link gip-{kind}")


def _link_words(step: Step) -> Content:
    """Say how a link is; a broken one leads to the cells in the report."""
    if step.link is not Link.BROKEN:
        return element("span", say(f"chain.{step.link}"))
    difference = step.year.difference
    words = (
        say("chain.broken_by", difference=signed(difference))
        if difference
        else say("chain.broken_columns")
    )
    target = address("report", report=step.year.report_id, check=BETWEEN_YEARS) + f"#{MARKED}"
    return link(words, target)


def _drawn_year(year: ChainYear) -> Markup:
    if year.report_id is None:
        body = element("strong", str(year.year)) + element("span", say("chain.no_report"))
        return element("li", body, css="gip-year gip-absent")
    head = element("strong", link(str(year.year), address("report", report=year.report_id)))
    pairs = (
        (say("columns.brought_forward_total"), count(year.brought_forward)),
        (say("columns.carried_forward_total"), count(year.carried_forward)),
    )
    figures = join(
        element("div", element("dt", name) + element("dd", figure)) for name, figure in pairs
    )
    return element("li", head + element("dl", figures), css="gip-year")


def chain_table(years: Sequence[ChainYear]) -> Markup:
    """Return the chain as a table, the newest year first."""
    rows: list[list[Content]] = []
    for step in reversed(steps(years)):
        year = step.year
        is_missing = year.report_id is None
        rows.append(
            [
                str(year.year)
                if is_missing
                else link(str(year.year), address("report", report=year.report_id)),
                "–" if is_missing else count(year.brought_forward),
                "–" if is_missing else count(year.carried_forward),
                "–" if step.link is None else f"{SIGNS[step.link]} {say(f'chain.{step.link}')}",
                "–" if year.difference is None else signed(year.difference),
            ]
        )
    columns = [
        Column(say("columns.year")),
        Column(say("columns.brought_forward_total"), is_number=True),
        Column(say("columns.carried_forward_total"), is_number=True),
        Column(say("columns.to_year_before")),
        Column(say("findings.difference"), is_number=True),
    ]
    return table(say("chain.caption"), columns, rows)
