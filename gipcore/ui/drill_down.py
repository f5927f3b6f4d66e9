"""From a finding into its report: the finding, the words of the text, the cells in the tables."""

import streamlit as st

from gipcore.store.query import Query
from gipcore.ui import data, finding_tables, report_tables, summary
from gipcore.ui.findings import cards, reply_quotes
from gipcore.ui.html import element, paragraph, show
from gipcore.ui.language import say
from gipcore.ui.parts import heading, note, open_or_fold
from gipcore.ui.passages import claims_of, quotations
from gipcore.ui.views import ReportView

LISTED = 6  # cells listed at once; more are folded away


def draw(view: ReportView, code: str) -> None:
    """Draw the findings of a check in a report, with the text they speak of and their cells."""
    found = view.findings_by(code)
    heading(say("report.asked", check=code), say("findings.cannot_tell"))
    note(summary.marked_note(view, code))
    if not found:
        _draw_gone(view, code)
        return
    claims = [c for one in found for c in claims_of(one.outcome, view.report.claims)]
    places = [place for one in found for place in one.places]
    text = quotations(places, claims, view.text)
    if text:
        first, second = st.columns(2, gap="medium")
        with first:
            cards(found)
        with second:
            show(element("h3", say("report.in_the_text")) + text)
    else:
        cards(found)
        if claims:
            show(paragraph(say("report.no_text"), css="gip-muted gip-small"))
    cells = view.cells_of(code)
    if cells:
        table = report_tables.cells_table(view.report, cells)
        open_or_fold(say("report.marked_cells"), table, is_long=len(cells) > LISTED)


def _draw_gone(view: ReportView, code: str) -> None:
    """Draw what the check found in older revisions, where the newest has it no more."""
    query = Query(office=view.row.office_id, year=view.row.year, check=code)
    gone = data.gone_findings(query, LISTED)
    if gone:
        show(finding_tables.gone_table(gone))
        show(reply_quotes(reply for one in gone for reply in one.replies))


def draw_text(view: ReportView) -> None:
    """Draw, folded away, the paragraphs that state figures, with the figures marked."""
    claims = view.report.claims
    text = quotations([claim.place for claim in claims], claims, view.text)
    if text:
        show(element("details", element("summary", say("report.see_text")) + text))
