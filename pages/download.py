"""Download.

Which rows and columns can I take away, and what is their address?
"""

from gipcore.ui import data, file_tables, views
from gipcore.ui.filters import controls
from gipcore.ui.html import link, show
from gipcore.ui.language import say, tell
from gipcore.ui.parts import citation, coverage_line, download, empty, end, heading, title
from gipcore.ui.query import parameters, route, switch

PREVIEWED = 10
FIRST = "reports"
FILTERS = {
    "reports": ("year", "region", "level", "function", "form", "balanced", "search"),
    "findings": ("check", "severity", "year", "region", "level", "search"),
    "offices": ("region", "level", "function", "search"),
}

title(say("download.title"), say("download.lead"))
files = views.files()
choices = {name: tell(files[name].title) for name in FILTERS}
name = switch("table", say("download.table"), choices, FIRST)
query = controls(*FILTERS[name])
filters = parameters(query)
rows = data.count_rows(name, query)
coverage_line(data.coverage(query), query)

heading(say("download.rows", rows=f"{rows:,}"), say("download.rows_lead"))
if not rows:
    empty(say("download.none"), say("site.widen"))
    end()
download(say("download.csv", rows=f"{rows:,}"), f"api/v1/{name}.csv", **filters)
show(link(say("download.json"), route(f"api/v1/{name}.json", **filters)))

heading(say("download.preview"), say("download.preview_lead", shown=min(rows, PREVIEWED)))
show(file_tables.file_preview(files[name], data.first_rows(name, query, PREVIEWED)))

heading(say("download.columns"), say("download.columns_lead"))
show(file_tables.dictionary_table(files[name]))

citation(say("download.title"), data.state())
