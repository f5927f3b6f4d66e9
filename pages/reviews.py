"""Reconsideration and litigation.

How many decisions were taken to reconsideration or court, and with what result?
"""

from gipcore.ui import data, tables, views
from gipcore.ui.drawings import draw_reviews
from gipcore.ui.figures import interval_words, share_words
from gipcore.ui.filters import BALANCED_ONLY, controls
from gipcore.ui.html import show
from gipcore.ui.language import say, tell
from gipcore.ui.parts import (
    citation,
    coverage_line,
    download,
    empty,
    end,
    heading,
    note,
    tiles,
    title,
)
from gipcore.ui.query import parameters

title(say("reviews.title"), say("reviews.lead"))
query = controls("year", "region", "level", "function", BALANCED_ONLY)
view = views.SumView(query)
if not view.reports:
    empty(say("site.no_reports"), say("site.widen"))
    end()
coverage_line(view.coverage, view.left_out)

heading(say("reviews.results"), say("reviews.results_lead"))
draw_reviews(view.figures)
show(tables.review_table(view.figures))

heading(say("reviews.corrected"), say("reviews.corrected_lead"))
tiles(
    (
        tell(indicator.title),
        share_words(share),
        say("shares.interval", interval=interval_words(share)) if share.interval else "",
    )
    for indicator, share in view.corrected
)

heading(say("reviews.reports"), say("reviews.reports_lead", reports=len(view.reviewed)))
if view.is_cut_off:
    note(say("reviews.cut_off", reports=views.LOOKED_AT))
if view.reviewed:
    show(tables.reviewed_reports_table(view.reviewed))
else:
    empty(say("reviews.none"), say("site.widen"))
download(say("reviews.download"), "api/v1/reports.csv", **parameters(query))
citation(say("reviews.title"), data.state())
