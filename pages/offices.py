"""The list of offices.

Which offices are there, and which one am I looking for?
"""

from gipcore.ui import data, tables
from gipcore.ui.filters import controls
from gipcore.ui.html import element, join, link, show
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
from gipcore.ui.query import address, parameters
from gipcore.ui.regions import region_name, within

SIZE = 50

title(say("offices.title"), say("offices.lead"))
query = controls("search", "region", "level", "function")
coverage = data.coverage(query)

regions = within(query.region)
if regions and query.search is None:
    heading(say("offices.browse"))
    links = [
        link(
            say("offices.region_link", region=region_name(region), offices=region.offices),
            address("offices", **{**parameters(query), "region": region.code}),
        )
        for region in regions
    ]
    show(element("div", join(links), css="gip-links"))

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
