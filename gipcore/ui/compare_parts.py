"""The parts of the page of comparison: choosing offices, its charts, and their sentences."""

from collections.abc import Callable

import streamlit as st

from gipcore.form.report import Number
from gipcore.metrics.funnel import Position
from gipcore.metrics.indicators import RECONSIDERATION_CORRECTED, Indicator
from gipcore.metrics.peers import Quartiles
from gipcore.metrics.share import FEWEST
from gipcore.store.rows import OfficeRow
from gipcore.ui import charts, compare_tables, data
from gipcore.ui.compare import LETTERS, MOST, OFFICES, PANELS, Compared, Comparison
from gipcore.ui.compare_charts import MOST_POINTS, Dot, Panel, funnel, multiples
from gipcore.ui.figures import number, percent
from gipcore.ui.findings import office_words
from gipcore.ui.html import element, join, paragraph, plainly, show
from gipcore.ui.language import say, tell
from gipcore.ui.parts import (
    coverage_line,
    download,
    empty,
    heading,
    note,
    open_or_fold,
    sentence,
    twin,
)
from gipcore.ui.peers import middle_words, rule
from gipcore.ui.query import parameters
from gipcore.ui.regions import region_path
from gipcore.ui.search import PARAMETER, find_box
from gipcore.ui.summary import run_on

OFFERED = 6  # offices offered to add


def choose_offices(chosen: tuple[OfficeRow, ...]) -> bool:
    """Draw the offices chosen, each with a way to leave it out, and the box to add another.

    Return whether one is being looked for; then nothing else need be offered.
    """
    if chosen:
        with st.container(horizontal=True, key="chosen"):
            for letter, office in zip(LETTERS, chosen, strict=False):
                _chip(letter, office, chosen)
    if len(chosen) == MOST:
        show(paragraph(say("compare.full", most=MOST), css="gip-muted gip-small"))
        return False
    words = find_box()
    if words is None:
        return False
    found = [each.office for each in data.find_offices(words) if each.office not in chosen]
    if found:
        offer(say("compare.found"), found[:OFFERED], chosen)
    else:
        empty(say("compare.none_found"), say("compare.none_found_advice"))
    return True


def _chip(letter: str, office: OfficeRow, chosen: tuple[OfficeRow, ...]) -> None:
    name = office_words(office.name, office.name_en)
    st.button(
        f"**{letter}** {plainly(name)} ✕",
        key=f"leave_out_{office.id}",
        on_click=_compare,
        args=([other.id for other in chosen if other != office],),
    )


def _compare(ids: list[str]) -> None:
    """Write the offices into the URL; what was looked for is done with."""
    if ids:
        st.query_params[OFFICES] = ",".join(ids)
    else:
        st.query_params.pop(OFFICES, None)
    st.query_params.pop(PARAMETER, None)


def offer(words: str, offices: list[OfficeRow], chosen: tuple[OfficeRow, ...]) -> None:
    """Draw offices that can be added with one press."""
    ids = [office.id for office in chosen]
    with st.container(key="offered"):
        show(paragraph(words))
        for office in offices:
            region = region_path(office.region_code, office.region_name)
            name = plainly(office_words(office.name, office.name_en))
            st.button(
                f"＋ {name} :small[{plainly(region)}]" if region else f"＋ {name}",
                key=f"add_{office.id}",
                type="tertiary",
                on_click=_compare,
                args=([*ids, office.id],),
            )


def offer_peers(view: Comparison, chosen: tuple[OfficeRow, ...]) -> None:
    """Offer some peers to add where the comparison has one office."""
    if len(chosen) > 1:
        return
    if view.peers is None or not view.peers.rows:
        sentence(say("compare.add_any"))
        return
    near = [data.office(row.office_id) for row in view.peers.rows[:OFFERED]]
    offer(say("compare.add_peer"), [office for office in near if office is not None], chosen)


def draw_notes(view: Comparison) -> None:
    """Say what is not alike among the offices, and who has no report."""
    if view.of_unlike_kind:
        note(say("compare.unlike", first=view.compared[0].letter))
    if view.without_report:
        missing = say("site.comma").join(f"{one.letter} {one.name}" for one in view.without_report)
        note(say("compare.without_report", year=view.year, offices=missing))


def draw_rule(view: Comparison) -> None:
    """Say who the peers are and why, and how much of the register they are."""
    if view.peers is None:
        show(element("p", say("office.no_kind"), css="gip-coverage"))
    else:
        show(element("p", rule(view.peers), css="gip-coverage"))
        if view.peers.rows:
            coverage_line(data.coverage(view.peers.query), view.peers.query)


def draw_multiples(view: Comparison) -> None:
    """Draw the offices over the years, a column each, every row on one scale."""
    finding = _finding(view)
    heading(finding, say("compare.multiples_lead"))
    shown = [name for name in _shares(view) if _has_any(view, name)]
    figures: list[tuple[str, str, Callable[[Compared, int], Number | None], bool]] = [
        (name, say(f"columns.{name}"), _count_of(name), False) for name in PANELS
    ]
    figures += [(each.name, tell(each.title), _share_of(each), True) for each in shown]
    colours = charts.palette()
    with st.container(key="multiples"):
        columns = st.columns(len(view.compared), gap="small")
    for column, one in zip(columns, view.compared, strict=True):
        panels = [
            Panel(
                title,
                {year: value(one, year) for year in view.years},
                [
                    {year: value(other, year) for year in view.years}
                    for other in view.compared
                    if other != one
                ],
                {year: view.among(name, year) for year in view.years},
                _most(view, name, is_share=is_share),
                is_share,
            )
            for name, title, value, is_share in figures
        ]
        with column:
            show(element("h3", join([element("b", one.letter, css="gip-letter"), " ", one.name])))
            figure = multiples(panels, view.years, say("compare.nothing_drawn"), colours)
            charts.draw(figure, _of_office(one, view), key=f"multiples_{one.letter}")
    sentence(say("compare.multiples_sentence"))
    twin(compare_tables.years_table(view))


def _shares(view: Comparison) -> list[Indicator]:
    return list(dict.fromkeys((view.indicator, RECONSIDERATION_CORRECTED)))


def _has_any(view: Comparison, indicator: Indicator) -> bool:
    value = _share_of(indicator)
    return any(value(one, year) is not None for one in view.compared for year in view.years)


def _count_of(name: str) -> Callable[[Compared, int], Number | None]:
    return lambda one, year: one.count(name, year)


def _share_of(indicator: Indicator) -> Callable[[Compared, int], Number | None]:
    def value(one: Compared, year: int) -> Number | None:
        share = one.share(indicator, year)
        return None if share is None else share.share

    return value


def _most(view: Comparison, name: str, *, is_share: bool) -> float:
    """Return the highest figure of a scale; counts share one."""
    names = [name] if is_share else list(PANELS)
    found: list[Number] = []
    for each in names:
        indicator = next((i for i in _shares(view) if i.name == each), None)
        value = _count_of(each) if indicator is None else _share_of(indicator)
        found += [n for o in view.compared for y in view.years if (n := value(o, y)) is not None]
        among = (view.among(each, year) for year in view.years)
        found += [quartiles.upper for quartiles in among if isinstance(quartiles, Quartiles)]
    return float(max(found, default=0))


def _finding(view: Comparison) -> str:
    """Say how many requests each office received in the year."""
    named = say("site.comma").join(
        say("compare.received_by", letter=one.letter, received=_written(one, view.year))
        for one in view.compared
    )
    return say("compare.multiples", year=view.year, named=named)


def _written(one: Compared, year: int) -> str:
    if year not in one.reports:
        return "[n]"
    received = one.count("received_total", year)
    return "[x]" if received is None else number(received)


def _of_office(one: Compared, view: Comparison) -> str:
    named = say("site.comma").join(f"{year}: {_written(one, year)}" for year in view.years)
    return say("compare.over_years", office=f"{one.letter} {one.name}", named=named)


def draw_funnel(view: Comparison) -> None:
    """Draw the share of the offices and of their peers against the number it is of."""
    chosen = {
        one.letter: Dot(one.name, share.denominator or 0, share.share)
        for one in view.compared
        if view.is_alike(one)
        and (share := one.share(view.indicator, view.year)) is not None
        and share.share is not None
    }
    heading(_position_finding(view), say("compare.funnel_lead"))
    if view.target is None:
        empty(say("compare.no_funnel"), say("compare.no_funnel_advice"))
        return
    if not chosen:
        empty(say("compare.no_shares"), say("compare.no_shares_advice", fewest=FEWEST))
        return
    peers = [
        Dot(office_words(row.office_name, row.office_name_en), share.denominator or 0, share.share)
        for row, share in view.peer_shares
        if share.share is not None
    ]
    words = {
        "total": say("compare.total"),
        "target": say("compare.target", percent=percent(view.target)),
        "peers": say("compare.peers"),
    }
    said = _funnel_sentence(view, view.target, len(peers))
    sentence(said)
    figure = funnel(view.target, peers, chosen, words, charts.palette())
    charts.draw(figure, said, key="funnel")
    show(compare_tables.funnel_table(view))
    if peers:
        listed = view.peer_shares[: compare_tables.LISTED]
        key = "compare.all_peers" if len(listed) == len(peers) else "compare.list_peers"
        words_of_list = say(key, shown=len(listed), peers=len(peers))
        open_or_fold(words_of_list, compare_tables.peers_table(listed), is_long=True)


def _position_finding(view: Comparison) -> str:
    """Say where in the funnel each office lies."""
    title = tell(view.indicator.title)
    placed = {one.letter: view.position(one) for one in view.compared}
    by_position: dict[Position, list[str]] = {}
    for letter, position in placed.items():
        if position is not None:
            by_position.setdefault(position, []).append(letter)
    if not by_position:
        return say("compare.funnel", share=title, year=view.year)
    named = say("site.semicolon").join(
        say(
            "compare.lies",
            letters=say("site.comma").join(letters),
            position=say(f"compare.position_{position}"),
        )
        for position, letters in by_position.items()
    )
    return say("compare.funnel_finding", share=title, year=view.year, named=named)


def _funnel_sentence(view: Comparison, target: float, peers: int) -> str:
    said = say(
        "compare.funnel_sentence",
        share=tell(view.indicator.title),
        percent=percent(target),
        peers=peers,
        middle=middle_words(view.among(view.indicator.name)),
    )
    without = 0 if view.peers is None else len(view.peers.rows) - peers
    not_drawn = say("compare.without_share", reports=without) if without else ""
    thinned = say("compare.thinned", most=MOST_POINTS) if peers > MOST_POINTS else ""
    unlike = [one.letter for one in view.compared if not view.is_alike(one)]
    letters = say("site.comma").join(unlike)
    not_alike = say("compare.not_in_funnel", letters=letters) if unlike else ""
    return run_on(said, not_drawn, thinned, not_alike, say("compare.beyond"))


def draw_files(view: Comparison) -> None:
    """Draw the files of just the reports compared, and of the peers."""
    heading(say("compare.files"))
    reports = data.count_reports(view.query)
    download(
        say("compare.download", reports=reports), "api/v1/reports.csv", **parameters(view.query)
    )
    if view.peers is not None and view.peers.rows:
        counted = view.peers.counted
        words = say("compare.download_peers", reports=data.count_reports(counted))
        download(words, "api/v1/reports.csv", **parameters(counted))
