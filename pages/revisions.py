"""The revisions of one report.

What changed between two readings of a report: which figures, which words, which findings?
"""

from gipcore.ui import changes, changes_tables, data, tables, views
from gipcore.ui.changes_parts import choose_two, draw_cells, draw_findings, draw_text
from gipcore.ui.findings import office_words
from gipcore.ui.html import link, show
from gipcore.ui.language import say
from gipcore.ui.parts import citation, empty, end, heading, sentences, title
from gipcore.ui.query import address, named
from gipcore.ui.search import find_offices

stored = named("report", data.report)
if stored is None:
    title(say("site.revisions"), say("changes.pick_report"))
    find_offices()
    tables.draw_offered(views.offered_reports())
    end()

row = stored.row
office = office_words(row.office_name, row.office_name_en)
name = say("changes.readings_title", office=office, year=row.year)
back = link(say("changes.to_report", year=row.year), address("report", report=row.id))
title(name, changes.lead(say("changes.readings_lead"), back), names_tab=True)
readings = changes.readings(stored)
table = changes_tables.readings_table(readings, changes.changed_cells(row.id))
numbers = changes.reading_choices(readings)
if len(numbers) < 2:
    empty(say("changes.one_reading"), say("changes.one_reading_advice"))
    heading(say("changes.readings"))
    show(table)
    end()

labels = say("changes.later_reading"), say("changes.earlier_reading")
before, now = choose_two("revision", *labels, numbers)
view = changes.comparison(row.id, row.id, (int(before), int(now)))

heading(say("changes.between", before=before, now=now))
sentences(changes.cells_sentences(view))

heading(say("changes.tables"), say("changes.tables_lead"))
if view.changed:
    columns = (say("changes.reading_column", revision=each) for each in (before, now))
    draw_cells(view, *columns, is_all=False)
else:
    empty(say("changes.same_figures"), say("changes.same_figures_advice", cells=len(view.cells)))

heading(say("changes.text"), say("changes.text_lead"))
draw_text(view.text, is_all=False)

heading(say("changes.findings"), say("changes.findings_lead"))
draw_findings(changes.finding_changes(view.before, view.now))

heading(say("changes.readings"))
show(table)
citation(name, data.state())
