"""The list of offices.

Which offices are there, and which one am I looking for?
"""

from gipcore.ui import data, tables
from gipcore.ui.browsing import has_regions, region_way, regions_table
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

SIZE = 50

title(say("offices.title"), say("offices.lead"))
query = controls("search", "region", "level", "function")
coverage = data.coverage(query)

if query.search is None:
    regions = data.breakdown(query, "region")
    heading(say("offices.browse"))
    show(region_way(query, "offices"))
    if has_regions(regions, query):
        show(regions_table(regions, query, "offices"))

if not coverage.offices:
    empty(say("offices.none"), say("offices.none_advice"))
    end()
coverage_line(coverage, query)

heading(say("offices.found", offices=coverage.offices))
offset = paging(coverage.offices, SIZE)
offices = data.offices(query, SIZE, offset)
sentence(
    say(
        "offices.sentence",
        offices=coverage.offices,
        reports=coverage.reports,
        unbalanced=coverage.unbalanced,
    )
)
show(tables.offices_table(offices))
download(say("offices.download"), "api/v1/offices.csv", **parameters(query))
citation(say("offices.title"), data.state())
