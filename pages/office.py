"""One office over its years.

What did this office report, year by year, does it add up, and how is it among its peers?
"""

from gipcore.ui import data, drawings, report_tables, scorecard, summary, tables, views
from gipcore.ui.addresses import addresses, of_peers, of_report
from gipcore.ui.findings import cards, office_words, questions
from gipcore.ui.html import show
from gipcore.ui.language import say
from gipcore.ui.parts import (
    citation,
    coverage_line,
    download,
    empty,
    end,
    heading,
    note,
    sentences,
    title,
)
from gipcore.ui.query import A_YEAR, named, stand, switch, written
from gipcore.ui.search import find_offices

office = named("office", data.office)
if office is None:
    title(say("site.office"), say("office.pick_lead"))
    find_offices()
    show(tables.offices_table(views.offered_offices()))
    end()
find_offices()

name = office_words(office.name, office.name_en)
title(name, summary.office_line(office), names_tab=True)
rows = {str(row.year): row for row in views.reports_of(office)}
if not rows:
    empty(say("office.no_report"), say("office.no_report_advice"))
    show(summary.no_report_ways(office))
    end()
wanted = written("year", A_YEAR)
year = max(rows)
if len(rows) > 1:
    year = switch("year", say("filters.year"), {year: year for year in rows}, year)
if wanted is not None and wanted[0] not in rows:
    note(say("office.other_year", asked=wanted[0], year=year))
stand("year", year)
view = views.report_view(rows[year].id)
assert view is not None
card = scorecard.scorecard(view, tuple(rows.values()))

heading(say("office.in_short", year=year))
sentences(card.sentences)
show(scorecard.ways(card, office))
heading(say("office.ledger"), say("office.ledger_lead"))
drawings.draw_ledger(view.row, view.flow)

heading(say("office.outcomes"), say("office.outcomes_lead"))
scorecard.draw_shares(card)
show(scorecard.to_outcomes(view.row))

heading(say("office.reviews"), say("office.reviews_lead"))
drawings.draw_reviews(view.figures)
scorecard.draw_corrected(card)
show(scorecard.to_reviews(view.row))

lead = say("findings.cannot_tell") if view.findings else ""
heading(say("office.findings"), lead, anchor=scorecard.FINDINGS)
if view.findings:
    cards(view.findings)
else:
    empty(say("findings.none"), say("findings.none_here"))
questions(view.questions)
show(scorecard.to_findings(office))

if view.claims:
    heading(say("office.claims"), say("office.claims_lead"))
    show(report_tables.claims_table(view.claims))

is_series = len(rows) > 1
lead = say("office.years_lead", years=len(rows)) if is_series else say("office.one_year")
heading(say("office.years"), lead, anchor=scorecard.YEARS)
if is_series:
    drawings.draw_years(tuple(rows.values()))
show(tables.reports_table(rows.values(), with_office=False))
drawings.draw_chain(views.chain_of(office))
coverage_line(views.coverage_of(office), views.of_office(office))
download(say("office.download"), "api/v1/reports.csv", office=office.id)
show(summary.as_json(view))
of_year = of_report(office.id, view.row.year)
addresses(
    ("shares", of_year),
    ("outcomes", of_year),
    ("reviews", of_year),
    ("cells", of_year),
    *of_peers(card.peers),
)
citation(name, data.state())
