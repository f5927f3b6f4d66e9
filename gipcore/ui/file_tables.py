"""What a file holds: its first rows as they will be, and its columns explained."""

from collections.abc import Iterable

from markupsafe import Markup

from gipcore.export.columns import AnyTable, Origin
from gipcore.ui import data
from gipcore.ui.html import Column, element, table
from gipcore.ui.language import say, tell


def file_preview(file: AnyTable, rows: Iterable[object]) -> Markup:
    """Return the first rows of a file as it will be, states and all."""
    origin = Origin(site="", is_synthetic=data.state().is_synthetic)
    cells = [[_file_value(column.value(row, origin)) for column in file.columns] for row in rows]
    columns = [Column(element("code", column.name)) for column in file.columns]
    return table(tell(file.title), columns, cells, css="gip-raw")


def _file_value(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def dictionary_table(file: AnyTable) -> Markup:
    """Return the columns of a file with their kinds and meanings."""
    rows = [
        [element("code", column.name), say(f"kinds.{column.kind.value}"), tell(column.label)]
        for column in file.columns
    ]
    columns = [
        Column(say("columns.column")),
        Column(say("columns.kind")),
        Column(say("columns.meaning")),
    ]
    return table(tell(file.title), columns, rows)
