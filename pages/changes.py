"""Two years of one office side by side.

What changed from one year to another, in the figures and in the text, and what was repeated?
"""

from gipcore.ui import changes, data, tables, views
from gipcore.ui.changes_parts import choose_two, draw_cells, draw_text
from gipcore.ui.findings import office_words
from gipcore.ui.html import link, show
from gipcore.ui.language import say
from gipcore.ui.parts import (
    citation,
    coverage_line,
    empty,
    end,
    heading,
    sentences,
    title,
)
from gipcore.ui.query import address, named, switch
from gipcore.ui.search import find_offices

SHOWN = ("changed", "all")

office = named("office", data.office)
if office is None:
    title(say("site.changes"), say("changes.pick_lead"))
    find_offices()
    show(tables.offices_table(views.offered_offices()))
    end()

name = say("changes.title", office=office_words(office.name, office.name_en))
rows = {row.year: row for row in views.reports_of(office)}  # the newest first
back = link(say("changes.to_office"), address("office", office=office.id))
title(name, changes.lead(say("changes.lead"), back), names_tab=True)
coverage_line(views.coverage_of(office), views.of_office(office))
years = {str(year): str(year) for year in rows}
if len(years) < 2:
    empty(say("changes.one_year" if years else "changes.no_year"), say("changes.one_year_advice"))
    end()

labels = say("changes.later_year"), say("changes.earlier_year")
before, year = choose_two("year", *labels, years)
view = changes.comparison(rows[int(before)].id, rows[int(year)].id)

heading(say("changes.in_short", before=before, now=year))
sentences(changes.years_sentences(view))
show(changes.years_links(view))

heading(say("changes.tables"), say("changes.tables_lead"))
choices = {code: say(f"changes.show_{code}") for code in SHOWN}
shown = switch("show", say("changes.show"), choices, SHOWN[0])
draw_cells(view, before, year, is_all=shown == "all")

heading(say("changes.text"), say("changes.text_lead"), anchor=changes.TEXT)
draw_text(view.text)
citation(name, data.state())
