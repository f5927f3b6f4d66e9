"""What a table of a file is made of: columns with names, kinds and words, and how to read rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import Engine

from gipcore.store.query import Query
from gipcore.words import Text

Row = TypeVar("Row")
Value = str | int | float | bool | datetime | tuple[str, ...] | None


class Kind(StrEnum):
    """What the values of a column are; each may also be empty, which means unknown."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    TIME = "time"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file comes from: the address of the site, and whether its country is made up."""

    site: str
    is_synthetic: bool


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its public name, what its values are, and its words for the data dictionary."""

    name: str
    kind: Kind
    label: Text
    value: Callable[[Row, Origin], Value]


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a table; `after` asks for those that follow, None when there are no more."""

    rows: tuple[Row, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """One table that can be had as a file: its columns, and how its rows are read.

    `rows` streams all rows of a query in constant memory, `page` reads some after a place,
    `count` tells how many there are. `places` is the pattern of what `after` takes. `keys` are
    columns by whose values single rows are asked for, with the values there are; `narrow` returns
    the table with only those rows, where it is not enough to leave the others out. `facts` are
    what JSON says of the whole beside its rows.
    """

    name: str
    title: Text
    columns: tuple[Column[Row], ...]
    rows: Callable[[Engine, Query], Iterator[Row]]
    page: Callable[[Engine, Query, int, str | None], Page[Row]]
    count: Callable[[Engine, Query], int]
    places: str = ".{1,200}"
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: Callable[[Engine, Query], Mapping[str, Any]] | None = None
    narrow: "Callable[[Mapping[str, str]], Table[Row]] | None" = None


AnyTable = Table[Any]


def attribute(name: str, kind: Kind, zh: str, en: str) -> Column[Any]:
    """Declare a column that is the row's attribute of the same name."""

    def value(row: object, _: Origin) -> Value:
        found: Value = getattr(row, name)
        return found

    return Column(name, kind, Text(zh, en), value)


def read_of(name: str, kind: Kind, zh: str, en: str, read: Callable[[Any], Value]) -> Column[Any]:
    """Declare a column that is read from the row alone."""
    return Column(name, kind, Text(zh, en), lambda row, _: read(row))


IS_SYNTHETIC: Column[Any] = Column(
    "is_synthetic",
    Kind.BOOLEAN,
    Text("是否为模拟数据", "Whether the data are made up for trying out"),
    lambda _, origin: origin.is_synthetic,
)
