"""One office over its years.

What did this office report, year by year, and does it add up?
"""

from gipcore.ui import data, drawings, report_tables, summary, tables, views
from gipcore.ui.changes import years_link
from gipcore.ui.figures import share_words
from gipcore.ui.findings import cards, office_words, questions
from gipcore.ui.html import facts, link, paragraph, show
from gipcore.ui.language import say, tell
from gipcore.ui.parts import (
    citation,
    coverage_line,
    download,
    empty,
    end,
    heading,
    search_offices,
    sentences,
    title,
    twin,
)
from gipcore.ui.query import address, named, switch

office = named("office", data.office)
if office is None:
    title(say("site.office"), say("office.pick_lead"))
    search_offices()
    show(tables.offices_table(views.offered_offices()))
    end()

name = office_words(office.name, office.name_en)
title(name, summary.office_line(office))
rows = {str(row.year): row for row in views.reports_of(office)}
if not rows:
    empty(say("office.no_report"), say("office.no_report_advice"))
    end()
year = switch("year", say("filters.year"), {year: year for year in rows}, max(rows))
view = views.report_view(rows[year].id)
assert view is not None
coverage_line(views.coverage_of(office), views.of_office(office))

heading(say("office.in_short", year=year), say("office.ledger_lead"))
sentences(summary.report_sentences(view))
drawings.draw_ledger(view.row, view.flow)
printed = address("report", report=view.row.id)
show(paragraph(link(say("office.see_report", year=year), printed, css="gip-button")))

if view.claims:
    heading(say("office.claims"), say("office.claims_lead"))
    show(report_tables.claims_table(view.claims))

heading(say("office.findings"), say("findings.cannot_tell"))
if view.findings:
    cards(view.findings)
else:
    empty(say("findings.none"), say("findings.none_here"))
questions(view.questions)

heading(say("office.outcomes"), say("office.outcomes_lead"))
drawings.draw_outcomes(view.outcomes.groups)
twin(tables.disposition_table(view.outcomes.groups))

heading(say("office.reviews"), say("office.reviews_lead"))
drawings.draw_reviews(view.figures)
show(tables.review_table(view.figures))
show(facts((tell(indicator.title), share_words(share)) for indicator, share in view.corrected))

is_series = len(rows) > 1
lead = say("office.years_lead", years=len(rows)) if is_series else say("office.one_year")
heading(say("office.years"), lead)
if is_series:
    drawings.draw_years(tuple(rows.values()))
    show(paragraph(years_link(office, int(year))))
show(tables.reports_table(rows.values(), with_office=False))
drawings.draw_chain(views.chain_of(office))
download(say("office.download"), "api/v1/reports.csv", office=office.id)
citation(name, data.state())
