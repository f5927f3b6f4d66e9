"""The headline figures: the wide columns of a report's row, each the sum of named cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gipcore.form import requests, reviews
from gipcore.form.report import Number, Report


@dataclass(frozen=True, slots=True)
class HeadlineColumn:
    """One wide column: the cell that prints the figure, and the leaves it is the sum of if not.

    A group of leaves has no line of its own on the form, but some reports print one.
    """

    name: str
    cell: str
    leaves: tuple[str, ...] = ()

    def value(self, report: Report) -> Number | None:
        """Return the figure; None when any part of it is not a number (never 0 for a blank)."""
        parts = [report.number(name) for name in self.leaves]
        numbers = [part for part in parts if part is not None]
        if parts and len(numbers) == len(parts):
            return sum(numbers)
        return report.number(self.cell)


def _request_columns() -> tuple[HeadlineColumn, ...]:
    lines = (
        requests.RECEIVED,
        requests.BROUGHT_FORWARD,
        requests.DISPOSED,
        requests.CARRIED_FORWARD,
        requests.GRANTED,
        requests.PARTIALLY_GRANTED,
    )
    single = tuple(HeadlineColumn(f"{line.id}_total", f"{line.id}.total") for line in lines)
    groups = tuple(
        HeadlineColumn(
            f"{group}_total", f"{group}.total", tuple(f"{leaf.id}.total" for leaf in leaves)
        )
        for group, leaves in requests.LEAVES_BY_GROUP.items()
    )
    return single + groups


def _review_columns() -> tuple[HeadlineColumn, ...]:
    return tuple(
        HeadlineColumn(f"{line.id}_{column.id}", f"{line.id}.{column.id}")
        for line in reviews.LINES
        for column in reviews.COLUMNS
    )


REVIEWS = _review_columns()
HEADLINE = _request_columns() + REVIEWS
HEADLINE_NAMES = tuple(column.name for column in HEADLINE)
REVIEW_NAMES = tuple(column.name for column in REVIEWS)


def cases(figures: Mapping[str, Number | None]) -> Number | None:
    """Return how many cases a report's headline figures tell of; None when of none.

    A route counts as its total or its results say, whichever is more: one of them may be blank.
    """

    def of_route(route: str) -> Number:
        printed = [figures[f"{route}_{result.id}"] or 0 for result in reviews.RESULTS]
        return max(sum(printed), figures[f"{route}_{reviews.TOTAL.id}"] or 0)

    return sum(of_route(line.id) for line in reviews.LINES) or None


def headline(report: Report) -> Mapping[str, Number | None]:
    """Return the headline figures of a report, by column name in the order of the form."""
    return MappingProxyType({column.name: column.value(report) for column in HEADLINE})
