"""Download.

Which rows and columns can I take away, and what is their address?
"""

from gipcore.ui import data, file_tables
from gipcore.ui.file_tables import FILTERS, PREVIEWED, FileView
from gipcore.ui.filters import controls
from gipcore.ui.html import show
from gipcore.ui.language import say
from gipcore.ui.parts import citation, coverage_line, empty, end, heading, title

title(say("download.title"), say("download.lead"))
name = file_tables.choose_table()
query = controls(*FILTERS[name])
view = FileView(name, query, file_tables.choose_columns(name))
coverage_line(data.coverage(query), query)

rows, columns = f"{view.rows:,}", len(view.table.columns)
lead = say("download.rows_lead")
heading(say("download.rows", rows=rows, columns=columns), lead)
if not view.rows:
    empty(say("download.none"), say("site.widen"))
    file_tables.draw_everything()
    end()
file_tables.draw_formats(view)

heading(say("download.preview"), say("download.preview_lead", shown=min(view.rows, PREVIEWED)))
show(file_tables.file_preview(view))
show(file_tables.dictionary(view))
file_tables.draw_programs(view)
file_tables.draw_everything()
citation(say("download.title"), data.state())
