"""How tables are read page by page: at a number of rows, or after the id of a row."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Engine

from gipcore.errors import WrongUseError
from gipcore.export.columns import Page
from gipcore.export.filters import UNKNOWN_PLACE, BadParameterError
from gipcore.store.query import Query


class HasId(Protocol):
    """A row that an id names."""

    @property
    def id(self) -> str:
        """Return the id."""


Row = TypeVar("Row")
Identified = TypeVar("Identified", bound=HasId)
POSITION = "[0-9]{1,9}"


def position_of(after: str | None) -> int:
    """Return where a table paged by position goes on; raises BadParameterError."""
    if after is None:
        return 0
    if not (after.isascii() and after.isdigit() and len(after) <= 9):
        raise BadParameterError("after", "after takes the value that the page before gave")
    return int(after)


def by_position(
    read: Callable[..., tuple[Row, ...]],
) -> Callable[[Engine, Query, int, str | None], Page[Row]]:
    """Return how a table is paged whose pages go on at a number of rows."""

    def page(engine: Engine, query: Query, limit: int, after: str | None) -> Page[Row]:
        start = position_of(after)
        rows = read(engine, query, limit=limit + 1, offset=start)
        return Page(rows[:limit], str(start + limit) if len(rows) > limit else None)

    return page


def by_id(
    read: Callable[..., tuple[Identified, ...]],
) -> Callable[[Engine, Query, int, str | None], Page[Identified]]:
    """Return how a table is paged whose pages go on after the id of a row."""

    def page(engine: Engine, query: Query, limit: int, after: str | None) -> Page[Identified]:
        try:
            rows = read(engine, query, limit=limit + 1, after=after)
        except WrongUseError as error:
            raise BadParameterError("after", error.message, code=UNKNOWN_PLACE) from None
        return Page(rows[:limit], rows[limit - 1].id if len(rows) > limit else None)

    return page
