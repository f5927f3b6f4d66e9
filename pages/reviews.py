"""Reconsideration and litigation.

How many decisions were taken to reconsideration or court, with what result, and whose?
"""

import streamlit as st

from gipcore.ui import data, reviews, summary, tables
from gipcore.ui.addresses import addresses
from gipcore.ui.filters import NEWEST_YEAR, WITHOUT_UNBALANCED, controls
from gipcore.ui.html import show
from gipcore.ui.language import say
from gipcore.ui.parts import citation, heading, sentence, title, twin
from gipcore.ui.reviews import ReviewView
from gipcore.ui.reviews_years import draw_corrected_years
from gipcore.ui.scope import draw_scope

FILTERS = ("region", "level", "function", WITHOUT_UNBALANCED, "search", "office")

title(say("reviews.title"), say("reviews.lead"))
answer = st.container()  # above the filters, so that a phone shows it first
view = ReviewView(controls(NEWEST_YEAR, *FILTERS))
draw_scope(view)
with answer:
    sentence(summary.review_sentence(view.figures))
reviews.blanks_note(view)

heading(say("reviews.results"), say("reviews.results_lead"))
reviews.draw_cases(view)
twin(tables.review_table(view.figures))

heading(say("reviews.corrected"), say("reviews.corrected_lead"))
sentence(reviews.corrected_sentence(view))
show(reviews.corrected_table(view))

draw_corrected_years(view.query)

reviews.draw_offices(view)
addresses(("reviews", view.query), ("reviewed_offices", view.query), ("totals", view.query))
citation(say("reviews.title"), data.state())
