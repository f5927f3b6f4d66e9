"""The list of offices.

Which offices are there, and which one am I looking for?
"""

from dataclasses import replace

from gipcore.ui import data, tables
from gipcore.ui.addresses import addresses
from gipcore.ui.browsing import has_regions, region_way, regions_table, ways_on
from gipcore.ui.figures import number
from gipcore.ui.filters import controls
from gipcore.ui.html import show
from gipcore.ui.language import say
from gipcore.ui.parts import (
    citation,
    coverage_line,
    download,
    empty,
    end,
    heading,
    paging,
    sentence,
    title,
)
from gipcore.ui.query import parameters
from gipcore.ui.search import find_box, show_found

SIZE = 50
FEW, MANY = 1, 10  # so many offices of a name are seen at once, the surest need no list

title(say("offices.title"), say("offices.lead"))
words = find_box("search")
query = replace(controls("region", "level", "function"), search=words)
coverage = data.coverage(query)
if words is not None and not FEW <= coverage.offices <= MANY:
    show_found(words, with_rest=False)

if query.search is None:
    regions = data.breakdown(query, "region")
    heading(say("offices.browse"))
    show(region_way(query, "offices"))
    if has_regions(regions, query):
        show(regions_table(regions, query, "offices"))

if not coverage.offices:
    if words is not None:
        end()
    empty(say("offices.none"), say("offices.none_advice"))
    end()
coverage_line(coverage, query)
if words is None:
    show(ways_on(query))

heading(say("offices.found", offices=number(coverage.offices)))
offset = paging(coverage.offices, SIZE)
offices = data.offices(query, SIZE, offset)
sentence(
    say(
        "offices.sentence",
        offices=coverage.offices,
        reports=number(coverage.reports),
        unbalanced=number(coverage.unbalanced),
    )
)
show(tables.offices_table(offices))
download(say("offices.download"), "api/v1/offices.csv", **parameters(query))
addresses(("coverage", query), ("counts_by_region", query))
citation(say("offices.title"), data.state())
