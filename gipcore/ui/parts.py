"""The parts that pages are put together from, between header and footer."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from math import ceil
from typing import NoReturn

import streamlit as st
from markupsafe import Markup, escape

from gipcore.checks.outcome import Severity
from gipcore.errors import GipError
from gipcore.store.query import EVERYTHING, Query
from gipcore.store.rows import Coverage, DatabaseState
from gipcore.ui.figures import day, number
from gipcore.ui.html import Content, element, join, link, paragraph, show
from gipcore.ui.language import say
from gipcore.ui.query import (
    PAGE,
    Ignored,
    address,
    page_number,
    parameters,
    route,
    same_view,
    standing_view,
)
from gipcore.ui.snapshot import snapshot_of

LOG = logging.getLogger(__name__)
SHOWN_OF_IGNORED = 40
ERROR = Severity.ERROR.value
NOT_PUBLISHED = "not-published"  # there, the list of offices that have no report for a year
NOT_PARSED = "not-parsed"  # the list of documents that gave no report, on the page of quality
QUALITY_FILTERS = (
    *("check", "severity", "balanced", "replied"),
    *("year", "region", "level", "function", "office", "search"),
)
CONTENT = "content"  # the anchor of the heading, to which the way past the menu leads


def title(words: Content, lead: Content = "", *, names_tab: bool = False) -> None:
    """Draw the one heading of the page, with the question it answers.

    `names_tab`: the heading names the browser's tab, too, where a page shows one thing of many.
    """
    if names_tab:
        st.set_page_config(page_title=f"{escape(words).striptags()} · {say('site.name')}")
    below = paragraph(lead) if lead else Markup("")
    show(element("header", element("h1", words, id=CONTENT, tabindex=-1) + below, css="gip-title"))


def heading(words: Content, lead: Content = "", *, anchor: str | None = None) -> None:
    """Draw the heading of a part; links reach it by its anchor."""
    below = paragraph(lead, css="gip-muted gip-small") if lead else Markup("")
    show(element("h2", words, id=anchor) + below)


def sentence(words: Content) -> None:
    """Draw what a figure says, in words."""
    show(paragraph(words, css="gip-sentence"))


def sentences(words: Iterable[Content]) -> None:
    """Draw several sentences as one paragraph each."""
    show(join(paragraph(each, css="gip-sentence") for each in words))


def coverage_line(coverage: Coverage, query: Query = EVERYTHING, left_out: int = 0) -> None:
    """Say how much of the register a query covers, with the lists one click away.

    `left_out` are the reports that are not counted because of the filter of balance.
    """
    reports = number(coverage.reports)
    if query.office is None or "," in query.office:
        pieces: list[Content] = [
            say(
                "coverage.offices",
                with_report=number(coverage.offices_with_report),
                offices=coverage.offices,
            ),
            say("coverage.reports", reports=reports),
            _without_report(coverage, query),
        ]
    else:
        pieces = [say("coverage.of_office", reports=reports)]
    pieces += [
        _listed("coverage.not_parsed", coverage.not_parsed, query, f"#{NOT_PARSED}"),
        _listed("coverage.with_errors", coverage.with_errors, _of_errors(query)),
    ]
    if left_out:
        everything = link(say("coverage.show_all"), same_view(balanced="any", page=None))
        which = "all_but_balanced" if query.balanced else "unbalanced"
        pieces.append(join([say(f"coverage.left_out_{which}", reports=left_out), everything]))
    show(element("p", join(pieces, by=say("coverage.stop")), css="gip-coverage"))


def _without_report(coverage: Coverage, query: Query) -> Content:
    """Say how many offices have none, with a link to the list, which is of one year."""
    offices = coverage.offices_without_report
    key = "coverage.without_report_ever" if query.year is None else "coverage.without_report"
    words = say(key, offices=number(offices))
    if not offices or query.year is None:
        return words
    return link(words, address("quality", **_for_quality(query)) + f"#{NOT_PUBLISHED}")


def _of_errors(query: Query) -> Query:
    """Return the query for the errors in the reports that coverage counts."""
    return replace(query, check=None, severity=ERROR, replied=None, balanced=None)


def _for_quality(query: Query) -> dict[str, str]:
    """Return the filters of a query that the page of quality takes."""
    return {name: code for name, code in parameters(query).items() if name in QUALITY_FILTERS}


def _listed(key: str, reports: int, query: Query, fragment: str = "") -> Content:
    """Say how many, with a link to the list of them on the page of quality unless there is none."""
    words = say(key, reports=number(reports))
    if not reports:
        return words
    return link(words, address("quality", **_for_quality(query)) + fragment)


def sums_note() -> None:
    """Say what sums over several reports can and cannot mean."""
    show(paragraph(say("coverage.sums"), css="gip-muted gip-small"))


def no_reports(coverage: Coverage, query: Query, left_out: int) -> NoReturn:
    """Say that nothing is counted, out of how much, and the way to what is left out; end."""
    coverage_line(coverage, query, left_out)
    key = "site.none_counted" if left_out else "site.no_reports"
    empty(say(key), say("site.widen"))
    end()


def tiles(figures: Iterable[tuple[Content, Content, Content]]) -> None:
    """Draw key figures: what, how many, and what it is of."""
    show(
        element(
            "div",
            join(
                element(
                    "dl",
                    element("dt", what)
                    + element("dd", figure)
                    + (element("dd", under, css="gip-under") if under else Markup("")),
                    css="gip-tile",
                )
                for what, figure, under in figures
            ),
            css="gip-tiles",
        )
    )


def empty(words: Content, advice: Content) -> None:
    """Say that there is nothing to show, and what to do next."""
    show(element("div", element("strong", words) + element("span", advice), css="gip-empty"))


class PageEnd(Exception):  # noqa: N818 - no error: the page has said all it has to say
    """Ends a page early; unlike st.stop it lets the router draw what comes after the page."""


def end() -> NoReturn:
    """End the page here."""
    raise PageEnd


def note(words: Content) -> None:
    """Draw a note that must not be missed."""
    show(element("div", words, css="gip-note", role="note"))


def ignored_note(ignored: Ignored) -> None:
    """Name the parameters of the URL that were not used."""
    if ignored:
        named = dict.fromkeys(f"{name}={code[:SHOWN_OF_IGNORED]}" for name, code in ignored)
        note(say("site.ignored", parameters=say("site.comma").join(named)))


def fault(error: GipError) -> None:
    """Say that the data cannot be read just now, and the way out; the log says why.

    The message itself names files of the server, which are no business of a visitor's.
    """
    LOG.error("%s: %s", error.code, error.message)
    title(say("site.fault"))
    empty(say("site.fault_reason"), say("site.fault_advice"))


def twin(table: Markup) -> None:
    """Draw the figures of a chart as a table that opens."""
    show(element("details", element("summary", say("site.as_table")) + table))


def open_or_fold(words: Content, table: Markup, *, is_long: bool) -> None:
    """Draw a table, folded away under its words where it is long."""
    show(element("details", element("summary", words) + table) if is_long else table)


def paging(rows: int, size: int, name: str = PAGE, anchor: str = "") -> int:
    """Draw which part of a long list is shown, with links to the others; return the offset.

    `name` is what the page stands under in the URL, `anchor` where a turned page begins.
    """
    pages = max(1, ceil(rows / size))
    shown = page_number(pages, name)
    if pages > 1:
        pieces: list[Content] = [say("site.page_of", page=shown, pages=pages)]
        for words, target in (("previous", shown - 1), ("next", shown + 1)):
            if 1 <= target <= pages:
                turned = same_view(**{name: str(target)}) + (anchor and f"#{anchor}")
                pieces.append(link(say(f"site.{words}"), turned))
        show(element("nav", join(pieces, by="　"), css="gip-small", aria_label=pieces[0]))
    return (shown - 1) * size


def download(words: Content, path: str, **parameters: object) -> None:
    """Draw a link to a file with exactly the rows of the view, beside its address for programs."""
    target = route(path, **parameters)
    shown = element("code", f"/{target}", css="gip-address", title=f"/{target}")
    show(paragraph(join([link(words, target, css="gip-button"), " ", shown])))


def citation(what: Content, state: DatabaseState) -> None:
    """Draw a ready-made citation; its address names the view, and the state of the data in it."""
    here = (st.context.url or "").partition("?")[0]
    cited = say(
        "site.citation",
        what=what,
        site=say("site.name"),
        date=day(state.built_at),
        hash=state.content_hash[:12],
        url=f"{here}{standing_view(snapshot=snapshot_of(state))}",
    )
    body = paragraph(cited, css="gip-cited")
    show(element("details", element("summary", say("site.cite")) + body))


def footer(state: DatabaseState | None) -> None:
    """Draw the two clocks, the content hash, and where the data can be had."""
    clocks = ""
    if state is not None:
        known = {"built": day(state.built_at), "hash": state.content_hash[:12]}
        read = "" if state.read_at is None else say("site.clock_read", read=day(state.read_at))
        said = read + say("site.clocks", **known)
        clocks = said[:1].upper() + said[1:]
    links = join(
        [
            link(say("site.methods"), address("methods")),
            link(say("site.download"), address("download")),
        ],
        by=" · ",
    )
    body = paragraph(clocks) + paragraph(say("site.promise")) + paragraph(links)
    show(element("footer", body, css="gip-footer"))
