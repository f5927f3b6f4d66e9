"""A table with only the columns that were asked for, by their public names."""

from dataclasses import replace

from gipcore.export.columns import AnyTable
from gipcore.export.filters import BadParameterError, shown

COLUMNS = "columns"  # the parameter, in addresses and on the command line
BETWEEN = ","


def with_columns(table: AnyTable, given: str) -> AnyTable:
    """Return a table with the columns that a list of names asks for, in its order; empty: all.

    Raises BadParameterError for a name that no column has, and for one that comes twice.
    """
    if not given:
        return table
    known = {column.name: column for column in table.columns}
    names = [name.strip() for name in given.split(BETWEEN)]
    for name in names:
        if name not in known:
            raise BadParameterError(
                COLUMNS,
                f"{table.name} has no column “{shown(name)}”; there are: {', '.join(known)}",
                code="unknown_column",
            )
        if names.count(name) > 1:
            raise BadParameterError(COLUMNS, f"{COLUMNS} names “{name}” twice; once is enough")
    return replace(table, columns=tuple(known[name] for name in names))
