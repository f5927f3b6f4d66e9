"""The checks, and each by itself.

What is a report held to, on what grounds, and how many reports fail?
"""

from dataclasses import replace

from gipcore.ui import checks, data, filters
from gipcore.ui.addresses import addresses
from gipcore.ui.findings import cards_by_report
from gipcore.ui.html import link, paragraph, show
from gipcore.ui.language import say
from gipcore.ui.parts import citation, empty, end, heading, sentence, tiles, title
from gipcore.ui.query import address, asked

LATEST = 5

code = asked("check", filters.check_choices())
if not code:
    title(say("checks.title"), say("checks.lead"))
    for name, table in checks.families(data.finding_counts(data.EVERYTHING)):
        heading(name)
        show(table)
    citation(say("checks.title"), data.state())
    end()

query = replace(data.EVERYTHING, check=code)
title(checks.check_name(code), checks.explained(code))
show(checks.neighbours(code))

heading(say("checks.formula_heading"))
show(checks.check_facts(code))

heading(say("checks.results"))
count = checks.count_of(query)
tiles(checks.tiles(count))
sentence(say("findings.cannot_tell"))

heading(say("checks.by_year"))
show(checks.years_table(checks.counts_by_year(query)))

heading(say("checks.latest"))
findings = data.count_findings(query)
if findings:
    cards_by_report(data.findings(query, limit=LATEST))
    everything = address("quality", check=code)
    show(paragraph(link(say("checks.all_findings", findings=findings), everything)))
else:
    empty(say("checks.nothing"), say("checks.nothing_advice"))
addresses(("counts_by_check", query))
citation(checks.check_name(code), data.state())
