"""Outcomes of requests.

What became of the requests: how many of each outcome, and from which applicants?
"""

import streamlit as st

from gipcore.ui import data, tables, views
from gipcore.ui.drawings import draw_outcomes
from gipcore.ui.filters import NEWEST_YEAR, WITHOUT_UNBALANCED, controls, group_choices
from gipcore.ui.html import show
from gipcore.ui.language import say
from gipcore.ui.parts import (
    citation,
    coverage_line,
    download,
    heading,
    no_reports,
    sums_note,
    title,
    twin,
)
from gipcore.ui.query import choose, parameters, switch

SHOWN = ("counts", "shares")

title(say("outcomes.title"), say("outcomes.lead"))
query = controls(NEWEST_YEAR, "region", "level", "function", WITHOUT_UNBALANCED)
view = views.SumView(query)
if not view.reports:
    no_reports(view.coverage, query, view.left_out)
coverage_line(view.coverage, query, view.left_out)
sums_note()

heading(say("outcomes.groups"), say("outcomes.groups_lead"))
with st.container(key="opened", width=320):
    opened = choose("group", say("outcomes.open"), group_choices(say("outcomes.six_groups")))
lines = view.outcomes.leaves_of(opened) if opened else view.outcomes.groups
draw_outcomes(lines)
twin(tables.disposition_table(lines, of_many=True))

heading(say("outcomes.applicants"), say("outcomes.applicants_lead"))
choices = {code: say(f"outcomes.{code}") for code in SHOWN}
shown = switch("show", say("outcomes.show"), choices, SHOWN[0])
show(tables.heat_table(view.outcomes, as_shares=shown == "shares"))

download(say("outcomes.download"), "api/v1/reports.csv", **parameters(query))
citation(say("outcomes.title"), data.state())
