"""A funnel: how far shares of small and large numbers stray from one share by chance alone.

The limits are those of the score test: a share lies outside them exactly when its Wilson interval
of the same level does not hold the target.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log, sqrt

from gipcore.metrics.interval import Z_95, Z_998, Interval
from gipcore.metrics.share import Share

STEPS = 60  # points of a limit's curve


class Position(StrEnum):
    """Where a share lies: within the 95 % limits, or beyond these or the 99.8 % limits."""

    WITHIN = "within"
    ABOVE_95 = "above_95"
    BELOW_95 = "below_95"
    ABOVE_998 = "above_998"
    BELOW_998 = "below_998"


@dataclass(frozen=True, slots=True)
class Limits:
    """Both pairs of limits for shares of `total`."""

    total: float
    inner: Interval
    outer: Interval


def pooled(shares: Iterable[Share]) -> float | None:
    """Return the share of all of them together; None when there is nothing to take it of."""
    count = total = 0.0
    for share in shares:
        if share.count is not None and share.denominator is not None:
            count += share.count
            total += share.denominator
    return count / total if total else None


def limits(target: float, total: float) -> Limits:
    """Return how far a share of `total` may stray from the target by chance."""
    return Limits(total, _limits(target, total, Z_95), _limits(target, total, Z_998))


def curve(target: float, least: float, most: float) -> tuple[Limits, ...]:
    """Return the limits from the least total to the most, closer together where they are small."""
    step = log(most / least) / (STEPS - 1)
    return tuple(limits(target, least * exp(step * number)) for number in range(STEPS))


def position(share: Share, target: float) -> Position | None:
    """Return where a share lies; None when there is no share."""
    if share.share is None or not share.denominator:
        return None
    found = limits(target, share.denominator)
    if share.share > found.outer.high:
        return Position.ABOVE_998
    if share.share < found.outer.low:
        return Position.BELOW_998
    if share.share > found.inner.high:
        return Position.ABOVE_95
    return Position.BELOW_95 if share.share < found.inner.low else Position.WITHIN


def _limits(target: float, total: float, z: float) -> Interval:
    reach = z * sqrt(target * (1 - target) / total)
    return Interval(max(0.0, target - reach), min(1.0, target + reach))
