"""The Wilson score interval of a share."""

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959964
Z_998 = 3.090232


@dataclass(frozen=True, slots=True)
class Interval:
    """The bounds of a share, both between 0 and 1."""

    low: float
    high: float


def wilson(count: float, total: float, z: float = Z_95) -> Interval:
    """Return the interval of `count` out of `total`; raises ValueError unless 0 ≤ count ≤ total."""
    if total <= 0 or not 0 <= count <= total:
        raise ValueError(
            f"no interval for {count} of {total}: count must lie in 0…total, total > 0"
        )
    share = count / total
    spread = z * z / total
    middle = (share + spread / 2) / (1 + spread)
    reach = z / (1 + spread) * sqrt(share * (1 - share) / total + spread / (4 * total))
    return Interval(
        0.0 if count == 0 else max(0.0, middle - reach),
        1.0 if count == total else min(1.0, middle + reach),
    )
