"""A table with only the columns and the rows that were asked for, by their public names."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine

from gipcore.export.columns import AnyTable, Origin
from gipcore.export.computed import count_of, page_of
from gipcore.export.filters import BadParameterError, shown
from gipcore.store.query import Query

COLUMNS = "columns"  # the parameter, in addresses and on the command line
BETWEEN = ","
NOWHERE = Origin("", is_synthetic=False)


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


def with_keys(table: AnyTable, given: Mapping[str, str]) -> AnyTable:
    """Return a table with only the rows that its keys ask for; a key without a value asks nothing.

    Raises BadParameterError for a value that no row can have.
    """
    wanted = {name: given[name] for name in table.keys if given.get(name)}
    for name, value in wanted.items():
        if value not in table.keys[name]:
            raise BadParameterError(
                name, f"{name} takes {', '.join(table.keys[name])}, not “{shown(value)}”"
            )
    if not wanted:
        return table
    if table.narrow is not None:
        return table.narrow(wanted)
    readers = {column.name: column.value for column in table.columns if column.name in wanted}

    def rows(engine: Engine, query: Query) -> Iterator[Any]:
        for row in table.rows(engine, query):
            if all(readers[name](row, NOWHERE) == value for name, value in wanted.items()):
                yield row

    return replace(table, rows=rows, page=page_of(rows), count=count_of(rows))
