"""The parts of the pages that put two reports side by side: figures, text, findings."""

import streamlit as st

from gipcore.metrics.repeated import Kind, TextComparison
from gipcore.ui.changes import Comparison, FindingChanges, text_sentence
from gipcore.ui.changes_tables import cells_table, findings_list, lines_list, table_words
from gipcore.ui.changes_text import text_changes
from gipcore.ui.html import element, join, paragraph, show
from gipcore.ui.language import say
from gipcore.ui.parts import empty, note, sentences
from gipcore.ui.query import Choices, choose

WIDTH = 170


def choose_two(name: str, later: str, earlier: str, choices: Choices) -> tuple[str, str]:
    """Draw which two to put side by side; return the earlier and the later.

    The codes are numbers, at least two of them, the latest first. `name` is the parameter of the
    later one, the earlier is `before`; it falls back to the one right before the later.
    """
    with st.container(horizontal=True, key="controls", vertical_alignment="bottom"):
        with st.container(key="filter_now", width=WIDTH):
            followers = {code: choices[code] for code in list(choices)[:-1]}
            latest = next(iter(followers))
            now = choose(name, later, followers, latest, resets=("before",))
        with st.container(key="filter_before", width=WIDTH):
            earlier_ones = {code: choices[code] for code in choices if int(code) < int(now)}
            before = choose("before", earlier, earlier_ones, next(iter(earlier_ones)))
    return before, now


def draw_cells(view: Comparison, before: str, now: str, *, is_all: bool) -> None:
    """Draw each table of the form: the cells that differ, or all that can be compared.

    `before` and `now` head the columns of figures.
    """
    for table in view.now.report.edition.tables:
        cells = [beside for beside in view.cells if beside.cell.table == table.number]
        shown = cells if is_all else [beside for beside in cells if beside.is_changed]
        if shown:
            show(cells_table(table, shown, before, now))
        else:
            key = "changes.same_table" if cells else "changes.nothing_to_compare"
            same = paragraph(say(key, cells=len(cells)))
            show(element("h3", table_words(table)) + same)
    if view.apart:
        words = say("changes.apart", lines=len(view.apart))
        show(element("details", element("summary", words) + lines_list(view.apart)))


def draw_text(text: TextComparison | None, *, is_all: bool = True) -> None:
    """Draw the passages of two texts, or only those that changed."""
    if text is None:
        empty(say("changes.no_text"), say("changes.no_text_advice"))
        return
    if text.is_cut_off:
        note(say("changes.cut_off"))
    changed = [passage for passage in text.passages if passage.kind is not Kind.UNCHANGED]
    if not changed and not is_all:
        advice = say("changes.same_text_advice", passages=len(text.passages))
        empty(say("changes.same_text"), advice)
        return
    sentences(
        [text_sentence(text)] if is_all else [text_sentence(text), say("changes.only_changed")]
    )
    show(text_changes(text.passages if is_all else changed))


def draw_findings(found: FindingChanges) -> None:
    """Draw the findings that are gone, new, and still there."""
    parts = {"gone": found.gone, "new": found.new, "stay": found.stay}
    if not any(parts.values()):
        empty(say("changes.no_findings"), say("changes.no_findings_advice"))
    show(
        join(
            findings_list(say(f"changes.findings_{part}", findings=len(outcomes)), outcomes)
            for part, outcomes in parts.items()
        )
    )
