"""The findings of a report through its revisions: since when it has each, and which are gone.

A finding of two revisions is the same when it is of the same check on the same cells of both sides;
one about words says the same but for its figures; one without cells names the same detail. So a
changed figure in a relation that still fails is the old finding, not a new one.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gipcore.checks.outcome import Outcome, Verdict
from gipcore.form.report import Report
from gipcore.store.prepare import is_listed

FIGURES = re.compile(r"[\d.,，%％\s]+")
Relation = tuple[object, ...]


class Version(Protocol):
    """A revision with what was found in it."""

    @property
    def revision(self) -> int:
        """Return its number."""

    @property
    def read_at(self) -> datetime | None:
        """Return when it was read, None when that is not known."""

    @property
    def report(self) -> Report:
        """Return the report it is of."""

    @property
    def outcomes(self) -> Sequence[Outcome]:
        """Return all its outcomes."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A failure of an older revision that the newest has not.

    `seen` is the last revision that had it, `next` the one after; `ordinal` counts within the
    failures and questions of that check in `seen`.
    """

    outcome: Outcome
    ordinal: int
    first_seen: datetime | None
    seen: Version
    next: Version
    verdict_now: Verdict | None


@dataclass(frozen=True, slots=True)
class History:
    """When each listed outcome of the newest revision was first seen, and what is gone."""

    first_seen: tuple[datetime | None, ...]
    gone: tuple[Gone, ...] = ()


def trace(versions: Sequence[Version]) -> History:
    """Return the history of the findings of the last of a report's revisions.

    A finding is seen when the first revision that has it was read, even if one between had it not.
    """
    *older, newest = versions
    if not older:
        return History(tuple(newest.read_at for _ in filter(is_listed, newest.outcomes)))
    found = [by_relation(version.outcomes) for version in versions]
    now = found[-1]

    def first_seen(relation: Relation, verdict: Verdict) -> datetime | None:
        return next(
            version.read_at
            for version, outcomes in zip(versions, found, strict=True)
            if _has(outcomes, relation, verdict)
        )

    gone: dict[Relation, Gone] = {}
    for place in reversed(range(len(older))):
        ordinals: Counter[str] = Counter()
        for relation, outcome in found[place].items():
            ordinals[outcome.code] += is_listed(outcome)
            if outcome.verdict is not Verdict.FAILED or relation in gone:
                continue
            if _has(now, relation, Verdict.FAILED):
                continue
            gone[relation] = Gone(
                outcome,
                ordinals[outcome.code],
                first_seen(relation, Verdict.FAILED),
                versions[place],
                versions[place + 1],
                now[relation].verdict if relation in now else None,
            )
    return History(
        tuple(
            first_seen(relation, outcome.verdict)
            for relation, outcome in now.items()
            if is_listed(outcome)
        ),
        tuple(gone.values()),
    )


def _has(outcomes: dict[Relation, Outcome], relation: Relation, verdict: Verdict) -> bool:
    found = outcomes.get(relation)
    return found is not None and found.verdict is verdict and is_listed(found)


def by_relation(outcomes: Sequence[Outcome]) -> dict[Relation, Outcome]:
    """Return outcomes in their order by what they are about; several alike are counted through."""
    counts: Counter[Relation] = Counter()
    found = {}
    for outcome in outcomes:
        relation = _relation(outcome)
        counts[relation] += 1
        found[*relation, counts[relation]] = outcome
    return found


def _relation(outcome: Outcome) -> Relation:
    words = ""
    if not outcome.cells:
        words = outcome.detail
    elif outcome.places:
        words = FIGURES.sub("", outcome.detail)
    return outcome.code, outcome.left_cells, outcome.right_cells, words
