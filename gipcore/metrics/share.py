"""One share with its denominator, and the rules that say when it may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gipcore.form.report import Number
from gipcore.metrics.interval import Interval, wilson

FEWEST = 10  # below this a share says more than the counts can bear
SMALL = 30  # below this it is shown muted


class Standing(StrEnum):
    """Whether a share may be shown, and if not why."""

    NORMAL = "normal"
    SMALL_NUMBER = "small_number"
    TOO_FEW = "too_few"
    NO_COUNT = "no_count"
    NO_DENOMINATOR = "no_denominator"
    ZERO_DENOMINATOR = "zero_denominator"
    UNBALANCED = "unbalanced"


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `denominator`; `share` and `interval` are None unless the standing allows them."""

    count: Number | None
    denominator: Number | None
    share: float | None
    interval: Interval | None
    standing: Standing


def total_of(parts: Sequence[Number | None]) -> Number | None:
    """Add up; None when there is no part or any part is unknown (a blank cell is not zero)."""
    known = [part for part in parts if part is not None]
    return sum(known) if parts and len(known) == len(parts) else None


def share_of(
    count: Number | None, denominator: Number | None, parts: Sequence[Number | None] = ()
) -> Share:
    """Return a share under the small-number rules.

    `parts` are all the figures that must add up to the denominator; when they are given and do
    not, or one is unknown, the denominator fails its own balance and there is no share.
    """
    standing = _standing(count, denominator, parts)
    if standing not in (Standing.NORMAL, Standing.SMALL_NUMBER):
        return Share(count, denominator, None, None, standing)
    assert count is not None and denominator is not None
    return Share(count, denominator, count / denominator, wilson(count, denominator), standing)


def _standing(
    count: Number | None, denominator: Number | None, parts: Sequence[Number | None]
) -> Standing:
    if denominator is None:
        return Standing.NO_DENOMINATOR
    if count is None:
        return Standing.NO_COUNT
    if parts and total_of(parts) != denominator:
        return Standing.UNBALANCED
    if denominator == 0:
        return Standing.ZERO_DENOMINATOR
    if not 0 <= count <= denominator:
        return Standing.UNBALANCED
    if denominator < FEWEST:
        return Standing.TOO_FEW
    return Standing.SMALL_NUMBER if denominator < SMALL else Standing.NORMAL
