"""Check a draft.

Before this report is published: which figures disagree, in which cells, and by how much?
"""

import streamlit as st

from gipcore.ui import report_tables, self_check_form, self_check_result
from gipcore.ui.figures import legend
from gipcore.ui.html import show
from gipcore.ui.language import say
from gipcore.ui.parts import empty, end, heading, title
from gipcore.ui.self_check import Refused

title(say("self_check.title"), say("self_check.lead"))
checked = self_check_form.ask()
if checked is None:
    self_check_form.expectations()
    end()

found = self_check_result.pick(checked)
if isinstance(found, Refused):
    self_check_result.refusal(found)
    st.button(say("self_check.clear"), on_click=self_check_form.forget)
    end()

self_check_result.head(found, checked.previous)
self_check_result.repairs(found)
self_check_result.downloads(found)
st.button(say("self_check.clear"), on_click=self_check_form.forget)

heading(say("self_check.tables"), say("report.tables_lead"))
for table in self_check_result.form_view(found).tables():
    show(table)
show(legend())

heading(say("report.claims"), say("office.claims_lead"))
claims = self_check_result.claims(found)
if claims:
    show(report_tables.claims_table(claims))
else:
    empty(say("report.no_claims"), say("report.no_claims_advice"))

heading(say("report.reading"), say("report.reading_lead"))
if found.report.repairs or found.report.unread:
    show(report_tables.reading_table(found.report.repairs, found.report.unread))
else:
    empty(say("report.read_clean"), say("report.read_clean_advice"))

heading(say("report.checked"), say("report.checked_lead"))
show(report_tables.outcomes_table(found.outcomes))
