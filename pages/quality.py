"""Data quality.

Which reports do not balance, since when, by how much, in which cells, what does the office say,
and which offices have not published?
"""

import streamlit as st

from gipcore.ui import data, panel
from gipcore.ui.addresses import addresses
from gipcore.ui.filters import controls
from gipcore.ui.language import say
from gipcore.ui.parts import citation, coverage_line, empty, end, sentence, tiles, title
from gipcore.ui.quality import Panel

FILTERS = (
    *("year", "region", "level", "function", "check", "severity", "balanced"),
    *("replied", "search", "office"),
)

title(say("quality.title"), say("quality.lead"))
answer = st.container()  # above the filters, so that a phone shows it first
found = Panel(controls(*FILTERS))
panel.draw_office(found)
if not found.coverage.reports and not found.coverage.not_parsed:
    coverage_line(found.coverage, found.query)
    empty(say("quality.no_reports"), say("site.widen"))
    panel.draw_missing(found)
    end()
with answer:
    sentence(found.sentence())
tiles(found.tiles())
coverage_line(found.coverage, found.query)

panel.draw_counts(found)
panel.draw_unbalanced(found)
panel.draw_findings(found)
panel.draw_gone(found)
panel.draw_missing(found)
panel.draw_rejected(found)
addresses(
    ("coverage", found.query),
    ("counts_by_check", found.query),
    ("counts_by_year", found.query),
    ("counts_by_region", found.query),
    ("counts_by_level", found.query),
)
citation(say("quality.title"), data.state())
