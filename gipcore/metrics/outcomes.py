"""What became of the requests: six groups, their 21 leaves, seven applicant columns."""

from collections.abc import Mapping
from dataclasses import dataclass

from gipcore.form import requests
from gipcore.form.report import Number
from gipcore.metrics.share import Share, share_of, total_of
from gipcore.words import Text

Figures = Mapping[str, Number | None]  # by cell name
ByColumn = Mapping[str, Number | None]

COLUMNS = tuple(column.id for column in requests.COLUMNS)
TOTAL = requests.TOTAL.id
AS_ONE = requests.OTHER_HANDLING_AS_ONE.id
GROUPS: dict[str, Text] = {
    requests.GRANTED.id: requests.GRANTED.label,
    requests.PARTIALLY_GRANTED.id: requests.PARTIALLY_GRANTED.label,
    **requests.GROUPS,
}
LEAVES_BY_GROUP = {
    requests.GRANTED.id: (requests.GRANTED,),
    requests.PARTIALLY_GRANTED.id: (requests.PARTIALLY_GRANTED,),
    **requests.LEAVES_BY_GROUP,
}


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One line of the table of outcomes; a group's figures are the sums of its leaves.

    `shares` are of 总计 in the same column.
    """

    id: str
    label: Text
    group: str
    is_leaf: bool
    counts: ByColumn
    shares: Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The six groups, each with its leaves, and the line 总计 that their shares are of."""

    groups: tuple[OutcomeLine, ...]
    leaves: tuple[OutcomeLine, ...]
    disposed: ByColumn

    def leaves_of(self, group: str) -> tuple[OutcomeLine, ...]:
        """Return the leaves of one group, in the order of the form."""
        return tuple(leaf for leaf in self.leaves if leaf.group == group)


def outcomes(figures: Figures, *, of_many: bool = False) -> Outcomes:
    """Arrange the figures of one report, or (`of_many`) the sums over several, as outcomes.

    Some reports print （六） as one row in place of its leaves: sums over several take both.
    """
    disposed = {column: figures.get(f"{requests.DISPOSED.id}.{column}") for column in COLUMNS}
    groups = {group: _group_counts(group, figures, of_many) for group in GROUPS}

    def line(id: str, label: Text, group: str, counts: ByColumn, *, is_leaf: bool) -> OutcomeLine:
        shares = {
            column: share_of(
                counts[column], disposed[column], [groups[other][column] for other in groups]
            )
            for column in COLUMNS
        }
        return OutcomeLine(id, label, group, is_leaf, counts, shares)

    return Outcomes(
        tuple(
            line(group, label, group, groups[group], is_leaf=False)
            for group, label in GROUPS.items()
        ),
        tuple(
            line(
                leaf.id,
                leaf.label,
                group,
                {column: figures.get(f"{leaf.id}.{column}") for column in COLUMNS},
                is_leaf=True,
            )
            for group, leaves in LEAVES_BY_GROUP.items()
            for leaf in leaves
        ),
        disposed,
    )


def disclosed(found: Outcomes, column: str = TOTAL) -> Share:
    """Return how many requests of a column were granted, in full or in part, of all disposed of."""
    counts = {line.id: line.counts[column] for line in found.groups}
    together = total_of(
        [counts[line.id] for line in (requests.GRANTED, requests.PARTIALLY_GRANTED)]
    )
    return share_of(together, found.disposed[column], list(counts.values()))


def adds_up(found: Outcomes) -> bool:
    """Tell whether the groups are known and add up to the total, so that shares can be taken."""
    disposed = found.disposed[TOTAL]
    return disposed is not None and disposed == total_of(
        [line.counts[TOTAL] for line in found.groups]
    )


def by_applicant(found: Outcomes) -> tuple[tuple[str, Share], ...]:
    """Return how many requests of each kind of applicant were disposed of, of all."""
    kinds = [column.id for column in requests.APPLICANTS]
    parts = [found.disposed[kind] for kind in kinds]
    whole = found.disposed[TOTAL]
    return tuple((kind, share_of(found.disposed[kind], whole, parts)) for kind in kinds)


def _group_counts(group: str, figures: Figures, of_many: bool) -> dict[str, Number | None]:
    counts: dict[str, Number | None] = {}
    for column in COLUMNS:
        leaves = [figures.get(f"{leaf.id}.{column}") for leaf in LEAVES_BY_GROUP[group]]
        printed = figures.get(f"{group}.{column}")
        if of_many and group == AS_ONE:
            known = [figure for figure in (*leaves, printed) if figure is not None]
            counts[column] = total_of(known)
        else:
            added = total_of(leaves)
            counts[column] = printed if added is None else added
    return counts
