"""Citing a view for good: which state of the data was seen, and what has changed since."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from gipcore.checks.catalogue import sentence
from gipcore.export.changes import CHANGES
from gipcore.export.filters import BadParameterError, query_from
from gipcore.form.report import State
from gipcore.store.query import Query
from gipcore.store.read_changes import Change, ChangeRow
from gipcore.store.rows import DatabaseState
from gipcore.store.snapshots import FORM, Snapshot, snapshot_named
from gipcore.store.snapshots import snapshot_of as snapshot_of
from gipcore.ui import data
from gipcore.ui.figures import day, number
from gipcore.ui.findings import cell_words, office_link
from gipcore.ui.html import Column, Content, element, join, link, table
from gipcore.ui.language import language, say
from gipcore.ui.query import address, parameters, route, same_view, written

SNAPSHOT = "snapshot"
LISTED = 40  # changes on the page; the rest is in the file
OF_REPORTS = ("year", "region", "level", "function", "office", "search", "form")


def snapshot_note(state: DatabaseState) -> Content | None:
    """Say whether a cited view shows the data as cited, and what changed since, cell by cell."""
    found = written(SNAPSHOT, FORM)
    cited = None if found is None else snapshot_named(found[0])
    if found is None or cited is None:
        return None
    if cited.is_of(state):
        return say("site.as_cited", hash=cited.hash)
    away = link(say("site.without_snapshot"), same_view(snapshot=None))
    if not cited.can_be_before(state):
        return join([say("snapshot.unknown", name=found[0]), away], by=" ")
    past = data.past(cited)
    words = [
        say(
            "site.superseded",
            date=day(cited.moment),
            hash=cited.hash,
            new=number(past.reports_new),
            revised=number(past.reports_revised),
        )
    ]
    if past.is_proved is False:
        words.append(say("snapshot.unproved"))
    said = join([*words, away], by=" ")
    return said + _changes(replace(_query_of_view(), since=found[0]), cited)


def _query_of_view() -> Query:
    """Return which reports the page's address chooses, as far as it says so itself."""
    given = {name: code for name, code in st.query_params.items() if name in OF_REPORTS}
    office, _, year = (st.query_params.get("report") or "").rpartition("-")
    if office:
        given |= {"office": office, "year": year}
    found = Query()
    for name, code in given.items():
        try:
            found = replace(found, **{name: getattr(query_from({name: code}), name)})
        except BadParameterError:  # such as all years; the page itself notes what it cannot take
            continue
    return found


def _changes(query: Query, cited: Snapshot) -> Markup:
    """Return the changes, folded away, and the ways to all of them as files."""
    rows = data.changes_since(replace(query, since=None), cited, LISTED + 1)
    if not rows:
        return element("p", say("snapshot.none_here"))
    ways: list[Content] = [
        link(suffix.upper(), route(f"api/v1/{CHANGES.name}.{suffix}", **parameters(query)))
        for suffix in ("csv", "json")
    ]
    shown = rows[:LISTED]
    is_cut = len(rows) > LISTED
    words = (
        say("snapshot.see_first", shown=LISTED)
        if is_cut
        else say("snapshot.see", changes=number(len(rows)))
    )
    files = element("p", join([say("snapshot.all"), join(ways, by=" · ")]))
    return element("details", element("summary", words) + changes_table(shown) + files)


def changes_table(rows: Sequence[ChangeRow]) -> Markup:
    """Return changes as a table: of which report, what, as it was cited, as it is now."""
    lines = [
        [
            office_link(row.report.office_id, row.report.office_name, row.report.office_name_en),
            link(str(row.report.year), address("report", report=row.report.id)),
            *_what(row),
        ]
        for row in rows
    ]
    columns = [
        Column(say("columns.office")),
        Column(say("columns.report")),
        Column(say("snapshot.what")),
        Column(say("snapshot.then")),
        Column(say("snapshot.now")),
    ]
    return table(say("snapshot.caption"), columns, lines)


def _what(row: ChangeRow) -> tuple[Content, Content, Content]:
    """Return what changed, what it was, and what it is."""
    if row.cell is not None:
        old, new = (
            _printed(raw, state)
            for raw, state in (
                (row.cell.old_raw, row.cell.old_state),
                (row.cell.new_raw, row.cell.new_state),
            )
        )
        return cell_words(row.cell.cell), old, new
    name = say(f"snapshot.{row.change.value}")
    if row.finding is not None:
        words = f"{row.finding.code} {sentence(row.finding, language())}"
        return (name, words, "–") if row.change is Change.FINDING_GONE else (name, "–", words)
    then = "–" if row.revision_then is None else say("snapshot.reading", revision=row.revision_then)
    now = say("snapshot.reading", revision=row.report.revision)
    return link(name, address("revisions", report=row.report.id)), then, now


def _printed(raw: str | None, state: State | None) -> str:
    """Write a figure as printed; what is not in the document or blank says so."""
    if state is None:
        return "[p]"
    return raw if raw and raw.strip() else "[x]"
