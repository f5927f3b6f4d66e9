"""Who an office is compared with, and where its share lies among theirs."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import quantiles
from types import MappingProxyType

from gipcore.form.report import Number
from gipcore.metrics.flow import FLOW
from gipcore.metrics.indicators import INDICATORS, Indicator, measure
from gipcore.metrics.share import Share
from gipcore.store.rows import PeerRow

FEWEST_PEERS = 10  # below this the area is widened, and no quarter is spoken of


@dataclass(frozen=True, slots=True)
class Area:
    """Where peers are looked for: a region of this level, or (both None) the whole country."""

    level: str | None
    code: str | None


COUNTRY = Area(None, None)


@dataclass(frozen=True, slots=True)
class TooFew:
    """An area that was too small, and how many peers it has."""

    area: Area
    peers: int


@dataclass(frozen=True, slots=True)
class Peers:
    """The reports that a report is compared with, and how they were found.

    `left_out` are those of the area with an error-level finding that are not among `rows`;
    `narrower` the smaller areas that were tried before.
    """

    area: Area
    rows: tuple[PeerRow, ...]
    left_out: int
    narrower: tuple[TooFew, ...]

    @property
    def are_enough(self) -> bool:
        """Tell whether there are as many as a comparison needs."""
        return len(self.rows) >= FEWEST_PEERS


def find_peers(
    areas: Iterable[Area],
    read: Callable[[Area], Sequence[PeerRow]],
    *,
    but: Collection[str],
    with_errors: bool = False,
) -> Peers:
    """Return the peers in the first area that has enough of them, or in the country.

    `areas` go from the smallest up; `read` gives the reports of an area that are alike (same level,
    function, year and edition). `but` are the offices compared, which are no peers of themselves.
    Reports with an error-level finding do not count unless `with_errors`.
    """
    narrower: list[TooFew] = []
    for area in (*areas, COUNTRY):
        others = [row for row in read(area) if row.office_id not in but]
        rows = tuple(row for row in others if with_errors or not row.errors)
        if len(rows) >= FEWEST_PEERS or area == COUNTRY:
            break
        narrower.append(TooFew(area, len(rows)))
    return Peers(area, rows, len(others) - len(rows), tuple(narrower))


@dataclass(frozen=True, slots=True)
class Quartiles:
    """The values that part some figures into four quarters, and how many figures they are of."""

    lower: float
    median: float
    upper: float
    of: int


def quartiles(values: Sequence[Number]) -> Quartiles | None:
    """Return the quartiles; None for fewer values than a comparison needs."""
    if len(values) < FEWEST_PEERS:
        return None
    lower, median, upper = quantiles(values, n=4, method="inclusive")
    return Quartiles(lower, median, upper, len(values))


class Band(StrEnum):
    """Where among its peers a share lies with its whole interval, or that it cannot be told."""

    LOWER = "lower_quarter"
    MIDDLE = "middle_half"
    UPPER = "upper_quarter"
    ACROSS = "across"


def band_of(share: Share, among: Quartiles | None) -> Band | None:
    """Return the band of a share; None where there is no share or nothing to place it among."""
    if share.interval is None or among is None:
        return None
    low, high = share.interval.low, share.interval.high
    if high < among.lower:
        return Band.LOWER
    if low > among.upper:
        return Band.UPPER
    if among.lower <= low and high <= among.upper:
        return Band.MIDDLE
    return Band.ACROSS


def shares_of(indicator: Indicator, rows: Iterable[PeerRow]) -> tuple[tuple[PeerRow, Share], ...]:
    """Return the reports that have a share to show, with it."""
    measured = ((row, measure(indicator, row.headline)) for row in rows)
    return tuple((row, share) for row, share in measured if share.share is not None)


def share_quartiles(indicator: Indicator, rows: Iterable[PeerRow]) -> Quartiles | None:
    """Return the quartiles of a share; reports of too few requests have none and do not count."""
    return quartiles(
        [share.share for _, share in shares_of(indicator, rows) if share.share is not None]
    )


def count_quartiles(name: str, rows: Iterable[PeerRow]) -> Quartiles | None:
    """Return the quartiles of a headline figure over the reports that have it."""
    figures = (row.headline.get(name) for row in rows)
    return quartiles([figure for figure in figures if figure is not None])


def quartiles_by_name(rows: Sequence[PeerRow]) -> Mapping[str, Quartiles | None]:
    """Return the quartiles of every indicator and of the figures of the flow, by their names."""
    shares = {each.name: share_quartiles(each, rows) for each in INDICATORS}
    return MappingProxyType(shares | {name: count_quartiles(name, rows) for name in FLOW})
