"""Year to year: what a report begins with is what the one before it ended with."""

from collections.abc import Iterable
from dataclasses import dataclass

from gipcore.checks.equation import EQUALS, PLUS, add_up, agree, strongest, write_figure
from gipcore.checks.kinds import FROM_CELLS, Check
from gipcore.checks.outcome import Outcome, Reason, Verdict
from gipcore.checks.subject import Subject

MINUS = " - "


@dataclass(frozen=True, slots=True)
class Roll:
    """A cell that continues a cell of the year before, with what this year added and took away."""

    cell: str
    previous: str
    added: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RollForward(Check):
    """A figure follows from that of the year before, one outcome a figure.

    The cells of an outcome are those of the report itself. The figure of the year before is the
    second in `detail`, as in `12 = 10 + 3 - 1`, and its cell stands on the card.
    """

    rolls: tuple[Roll, ...]
    reasons: tuple[Reason, ...] = (*FROM_CELLS, Reason.NO_PREVIOUS_REPORT)

    def outcomes(self, subject: Subject) -> Iterable[Outcome]:
        """Compare every figure with the year before."""
        before = subject.before
        if before is None:
            return [self.not_applicable(Reason.NO_PREVIOUS_REPORT)]
        return [self._outcome(roll, subject, before) for roll in self.rolls]

    def roll_of(self, cell: str) -> Roll:
        """Return how a cell continues the year before."""
        return next(roll for roll in self.rolls if roll.cell == cell)

    def _outcome(self, roll: Roll, subject: Subject, before: Subject) -> Outcome:
        left, *obstacles = add_up((roll.cell,), subject)
        opening, unknown = add_up((roll.previous,), before)
        added, not_added = add_up(roll.added, subject)
        taken, not_taken = add_up(roll.taken, subject)
        reason = strongest(*obstacles, unknown, not_added, not_taken)
        right = None
        if opening is not None and added is not None and taken is not None:
            right = opening + added - taken
        if left is None or right is None:
            verdict = Verdict.NOT_APPLICABLE
        else:
            verdict = Verdict.PASSED if agree(left, right) else Verdict.FAILED
        return Outcome(
            self.code,
            verdict,
            self.severity,
            (roll.cell,),
            (*roll.added, *roll.taken),
            left,
            right,
            reason,
            (),
            "" if verdict is Verdict.PASSED else _figures(roll, subject, before),
        )


def _figures(roll: Roll, subject: Subject, before: Subject) -> str:
    terms = [write_figure(roll.previous, before)]
    terms += [PLUS + write_figure(name, subject) for name in roll.added]
    terms += [MINUS + write_figure(name, subject) for name in roll.taken]
    return write_figure(roll.cell, subject) + EQUALS + "".join(terms)


def read_terms(detail: str) -> tuple[str, ...]:
    """Split the figures of an outcome into its terms, in the order of its roll."""
    left, _, right = detail.partition(EQUALS)
    return (left, *right.replace(MINUS, PLUS).split(PLUS))
