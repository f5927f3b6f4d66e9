"""One report as published.

What does this report print, cell by cell, and which cells do not add up?
"""

import streamlit as st

from gipcore.ui import data, drill_down, filters, report_tables, summary, tables, views
from gipcore.ui.figures import legend
from gipcore.ui.findings import cards, office_words, questions
from gipcore.ui.form_view import BELOW, FormView
from gipcore.ui.html import facts, show
from gipcore.ui.language import say
from gipcore.ui.parts import (
    citation,
    download,
    empty,
    end,
    heading,
    note,
    open_or_fold,
    sentence,
    sentences,
    title,
)
from gipcore.ui.query import asked, given, named, switch
from gipcore.ui.search import find_offices

view = named("report", views.report_view)
if view is None:
    title(say("site.report"), say("report.pick_lead"))
    unknown = summary.no_such_report(given("report"))
    if unknown is not None:
        note(unknown)
    find_offices()
    tables.draw_offered(views.offered_reports())
    end()

office = office_words(view.row.office_name, view.row.office_name_en)
name = say("report.title", office=office, year=view.row.year)
title(name, summary.report_line(view), names_tab=True)
sentences(summary.report_sentences(view))
show(summary.report_ways(view))
marked = asked("check", filters.check_choices())

first, second = st.container(), st.container()
with second if marked else first:
    lead = say("findings.cannot_tell") if view.findings else ""
    heading(say("report.findings", findings=len(view.failed)), lead)
    if view.findings:
        cards(view.findings)
    else:
        empty(say("findings.none"), say("findings.none_here"))
    questions(view.questions)

with first if marked else second:
    if marked:
        drill_down.draw(view, marked)
    heading(say("report.tables"), say("report.tables_lead"))
    choices = {code: say(f"report.below_{code}") for code in BELOW}
    below = switch("below", say("report.below"), choices, BELOW[0])
    of = (view.row.office_id, view.row.year)
    form = FormView(view.report, view.failing_cells, marked, below, view.sides_of(marked), of)
    for table in form.tables():
        show(table)
    show(legend())

heading(say("report.claims"), say("office.claims_lead") if view.claims else "")
if view.claims:
    show(report_tables.claims_table(view.claims))
    drill_down.draw_text(view)
else:
    empty(say("report.no_claims"), say("report.no_claims_advice"))

is_mended = bool(view.report.repairs or view.report.unread)
heading(say("report.reading"), say("report.reading_lead") if is_mended else "")
if is_mended:
    show(report_tables.reading_table(view.report.repairs, view.report.unread))
else:
    empty(say("report.read_clean"), say("report.read_clean_advice"))

heading(say("report.checked"))
sentence(report_tables.checks_sentence(view.stored.outcomes))
checks = report_tables.outcomes_table(view.stored.outcomes)
open_or_fold(say("report.checks_list"), checks, is_long=True)

heading(say("report.provenance"))
show(facts(summary.provenance(view)))
download(
    say("report.download"), "api/v1/reports.csv", office=view.row.office_id, year=view.row.year
)
show(summary.as_json(view))
citation(name, data.state())
