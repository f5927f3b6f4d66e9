"""A few offices side by side.

How do these offices differ, over the years and among their peers?
"""

from gipcore.ui import compare, compare_parts, compare_tables, data, views
from gipcore.ui.addresses import addresses, of_peers
from gipcore.ui.html import show
from gipcore.ui.language import say
from gipcore.ui.parts import citation, coverage_line, empty, end, heading, title

title(say("compare.title"), say("compare.lead"))
chosen = compare.chosen_offices()
is_looking = compare_parts.choose_offices(chosen)
if not chosen:
    coverage_line(data.coverage(data.EVERYTHING))
    if not is_looking:
        empty(say("compare.none"), say("compare.none_advice"))
        compare_parts.offer(say("compare.begin"), list(views.offered_offices()[:6]), ())
    end()
view = compare.comparison(chosen)
if view is None:
    empty(say("office.no_report"), say("office.no_report_advice"))
    end()
if not is_looking:
    compare_parts.offer_peers(view, chosen)
compare_parts.draw_notes(view)

heading(say("compare.in_year", year=view.year), say("compare.in_year_lead"))
show(compare_tables.year_table(view))
compare_parts.draw_rule(view)
compare_parts.draw_multiples(view)
compare_parts.draw_funnel(view)
compare_parts.draw_files(view)
addresses(("shares", view.query), *of_peers(view.peers))
citation(say("compare.title"), data.state())
