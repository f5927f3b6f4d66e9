"""Which figure of the form words mean, and the cells that claims are made of."""

from dataclasses import dataclass

Cells = tuple[str, ...]

RECEIVED: Cells = ("received.total",)
DISPOSED: Cells = ("disposed.total",)
BROUGHT: Cells = ("brought_forward.total",)
CARRIED: Cells = ("carried_forward.total",)
INFLOW: Cells = (*RECEIVED, *BROUGHT)
RECONSIDERATION: Cells = ("reconsideration.total",)
DIRECT: Cells = ("litigation_direct.total",)
AFTER: Cells = ("litigation_after_reconsideration.total",)
LITIGATION: Cells = (*DIRECT, *AFTER)
REVIEWS: Cells = (*RECONSIDERATION, *LITIGATION)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The cells that words speak of, the words, and their other readings.

    `scope` are words by which the number may be less than those cells, or None.
    """

    cells: Cells
    says: str
    alternatives: tuple[Cells, ...] = ()
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A number of a sentence; `leaves_rest` if it is a part and its whole is not yet reached."""

    meaning: Meaning | None
    value: int
    start: int
    end: int
    leaves_rest: bool
