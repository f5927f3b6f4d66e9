"""What other offices' reports say, as far as a check needs it; only the database knows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from gipcore.form.report import Number


@dataclass(frozen=True, slots=True)
class Twin:
    """Another report with the same figures."""

    office: str
    year: int


@dataclass(frozen=True, slots=True)
class Twins:
    """Which reports have just the same figures; `named` are some of them, `reports` counts all."""

    reports: int
    named: tuple[Twin, ...] = ()


@dataclass(frozen=True, slots=True)
class Peers:
    """How a figure changed from the year before at offices of the same level and function.

    `typical` is the median of the logarithms of the changes, `spread` how far they lie from it.
    """

    reports: int
    typical: float
    spread: float


@dataclass(frozen=True, slots=True)
class OwnOffices:
    """The sum of a figure over a government's own offices, and how many of them have it."""

    reports: int
    total: Number


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a report is compared with; by cell where it is a figure. None: nobody looked."""

    twins: Twins | None = None
    peers: Mapping[str, Peers] = field(default_factory=lambda: MappingProxyType({}))
    own_offices: Mapping[str, OwnOffices] = field(default_factory=lambda: MappingProxyType({}))


NOTHING_KNOWN = Surroundings()
