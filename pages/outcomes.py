"""Outcomes of requests.

What became of the requests: how many of each outcome, and from which applicants?
"""

import streamlit as st

from gipcore.ui import data, outcomes
from gipcore.ui.addresses import addresses
from gipcore.ui.filters import NEWEST_YEAR, WITHOUT_UNBALANCED, controls
from gipcore.ui.html import show
from gipcore.ui.language import say
from gipcore.ui.outcomes import TOTAL, OutcomeView, basis
from gipcore.ui.outcomes_flow import draw_paths
from gipcore.ui.outcomes_years import draw_outcome_years
from gipcore.ui.parts import citation, download, heading, sentence, title, twin
from gipcore.ui.query import choose, parameters, switch
from gipcore.ui.scope import draw_scope

FILTERS = ("region", "level", "function", WITHOUT_UNBALANCED, "search", "office")
SHOWN = ("counts", "shares")

title(say("outcomes.title"), say("outcomes.lead"))
answer = st.container()  # above the filters, so that a phone shows it first
asked = controls(NEWEST_YEAR, *FILTERS)
view = OutcomeView(basis(asked))
draw_scope(view)
outcomes.basis_note(view, asked)

heading(say("outcomes.groups"), say("outcomes.groups_lead"))
with st.container(horizontal=True, key="opened", width=640):
    opened = choose("group", say("outcomes.open"), outcomes.opening_choices())
    whose = choose("who", say("outcomes.who"), outcomes.applicant_choices(), TOTAL)
with answer:
    sentence(outcomes.answer(view, opened, whose))
outcomes.draw_outcomes(view, opened, whose)
twin(outcomes.outcome_table(view.lines(opened), whose, is_one=view.is_one))

draw_outcome_years(asked, opened, whose)

heading(say("outcomes.applicants"), say("outcomes.applicants_lead"))
sentence(outcomes.applicant_sentence(view))
choices = {code: say(f"outcomes.{code}") for code in SHOWN}
shown = switch("show", say("outcomes.show"), choices, SHOWN[0])
show(outcomes.heat_table(view.outcomes, as_shares=shown == "shares"))

draw_paths(view)

download(
    say("outcomes.download", reports=view.reports), "api/v1/reports.csv", **parameters(view.query)
)
download(say("outcomes.download_cells"), "api/v1/cells.csv", **parameters(view.query))
addresses(("outcomes", view.query), ("totals", view.query), ("coverage", view.query))
citation(say("outcomes.title"), data.state())
