"""Tables whose few rows are worked out of many reports, as the pages show them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

from sqlalchemy import Engine

from gipcore.export.columns import IS_SYNTHETIC, Column, Kind, Page, Table, read_of
from gipcore.export.paging import POSITION, position_of
from gipcore.metrics.share import Share
from gipcore.store.query import Query
from gipcore.words import Text

Row = TypeVar("Row")


def computed(
    name: str,
    title: Text,
    columns: tuple[Column[Row], ...],
    make: Callable[[Engine, Query], Iterable[Row]],
    keys: Mapping[str, tuple[str, ...]] | None = None,
) -> Table[Row]:
    """Declare a table that is made at once and then cut into pages."""
    columns = (*columns, IS_SYNTHETIC)
    return Table(
        name, title, columns, rows_of(make), page_of(make), count_of(make), POSITION, keys or {}
    )


def rows_of(
    make: Callable[[Engine, Query], Iterable[Row]],
) -> Callable[[Engine, Query], Iterator[Row]]:
    """Return how the rows are streamed."""
    return lambda engine, query: iter(make(engine, query))


def page_of(
    make: Callable[[Engine, Query], Iterable[Row]],
) -> Callable[[Engine, Query, int, str | None], Page[Row]]:
    """Return how the rows are paged, by how many were before."""

    def page(engine: Engine, query: Query, limit: int, after: str | None) -> Page[Row]:
        start = position_of(after)
        rows = tuple(islice(make(engine, query), start, start + limit + 1))
        return Page(rows[:limit], str(start + limit) if len(rows) > limit else None)

    return page


def count_of(
    make: Callable[[Engine, Query], Iterable[Row]],
) -> Callable[[Engine, Query], int]:
    """Return how the rows are counted."""
    return lambda engine, query: sum(1 for _ in make(engine, query))


def share_columns(read: Callable[[Row], Share], of_zh: str, of_en: str) -> tuple[Column[Row], ...]:
    """Declare the columns of a share: what it is of, itself, its interval, whether it is shown."""

    def bound(share: Share, name: str) -> float | None:
        found: float | None = getattr(share.interval, name, None)
        return found

    return (
        read_of("denominator", Kind.NUMBER, of_zh, of_en, lambda row: read(row).denominator),
        read_of(
            "share",
            Kind.NUMBER,
            "占比（0 到 1），不满足条件时为空",
            "Share from 0 to 1; empty where there is none",
            lambda row: read(row).share,
        ),
        read_of(
            "interval_low",
            Kind.NUMBER,
            "95% 区间下限（Wilson）",
            "Lower end of the 95 % interval (Wilson)",
            lambda row: bound(read(row), "low"),
        ),
        read_of(
            "interval_high",
            Kind.NUMBER,
            "95% 区间上限（Wilson）",
            "Upper end of the 95 % interval (Wilson)",
            lambda row: bound(read(row), "high"),
        ),
        read_of(
            "standing",
            Kind.TEXT,
            "占比能否给出，不能时的原因",
            "Whether the share can be given: normal, small_number, or why not",
            lambda row: read(row).standing.value,
        ),
    )
