"""The overview.

What is collected here, what does a year add up to, and where does one begin?
"""

from gipcore.ui import data, overview
from gipcore.ui.addresses import addresses, every_year
from gipcore.ui.distribution import Spread, draw_spread
from gipcore.ui.filters import NEWEST_YEAR, controls
from gipcore.ui.findings import cards_by_report
from gipcore.ui.html import element, join, link, show
from gipcore.ui.language import say
from gipcore.ui.parts import citation, coverage_line, empty, end, heading, title
from gipcore.ui.query import address, parameters
from gipcore.ui.search import find_offices

FINDINGS_SHOWN = 3

title(say("overview.title"), say("overview.lead"))
find_offices()
query = controls(NEWEST_YEAR, "region", "level")
coverage = data.coverage(query)
if not coverage.reports:
    overview.say_nothing(query)
    end()
coverage_line(coverage, query)
balance = data.balance(query)
overview.draw_totals(query, coverage, balance)
draw_spread(Spread(query, balance.reports))
overview.draw_new(query)
overview.draw_years(query)
overview.draw_regions(query)

heading(say("overview.findings"), say("findings.cannot_tell"))
findings = data.findings(query, limit=FINDINGS_SHOWN)
if findings:
    cards_by_report(findings)
    show(overview.all_findings_link(query))
else:
    empty(say("findings.none"), say("findings.none_advice"))

filters = parameters(query)
within = {name: code for name, code in filters.items() if name != "year"}
ways = [
    link(say("overview.see_offices"), address("offices", **within)),
    link(say("overview.all_reports"), address("download", **filters)),
]
show(element("p", join(ways), css="gip-ways"))
addresses(
    ("totals", query),
    ("coverage", query),
    ("outcomes", overview.counted_of(query)),
    ("distribution", query),
    ("counts_by_year", every_year(query)),
    ("counts_by_region", query),
)
citation(say("overview.title"), data.state())
