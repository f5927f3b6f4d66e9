"""Reconsideration and litigation.

How many decisions were taken to reconsideration or court, and with what result?
"""

from gipcore.ui import data, tables, views
from gipcore.ui.drawings import draw_reviews
from gipcore.ui.figures import share_words
from gipcore.ui.filters import NEWEST_YEAR, WITHOUT_UNBALANCED, controls
from gipcore.ui.html import show
from gipcore.ui.language import say, tell
from gipcore.ui.parts import (
    citation,
    coverage_line,
    download,
    empty,
    heading,
    no_reports,
    note,
    sums_note,
    tiles,
    title,
)
from gipcore.ui.query import parameters

title(say("reviews.title"), say("reviews.lead"))
query = controls(NEWEST_YEAR, "region", "level", "function", WITHOUT_UNBALANCED)
view = views.SumView(query)
if not view.reports:
    no_reports(view.coverage, query, view.left_out)
coverage_line(view.coverage, query, view.left_out)
sums_note()

heading(say("reviews.results"), say("reviews.results_lead"))
draw_reviews(view.figures)
show(tables.review_table(view.figures))

heading(say("reviews.corrected"), say("reviews.corrected_lead"))
tiles((tell(indicator.title), share_words(share), "") for indicator, share in view.corrected)

heading(say("reviews.reports"), say("reviews.reports_lead", reports=len(view.reviewed)))
if view.is_cut_off:
    note(say("reviews.cut_off", reports=views.LOOKED_AT))
if view.reviewed:
    show(tables.reviewed_reports_table(view.reviewed))
else:
    empty(say("reviews.none"), say("site.widen"))
download(say("reviews.download"), "api/v1/reports.csv", **parameters(query))
citation(say("reviews.title"), data.state())
