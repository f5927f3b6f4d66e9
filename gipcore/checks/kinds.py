"""The kinds of checks: each is an identity card and a way to reach outcomes."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import ClassVar

from gipcore.checks.equation import (
    Equation,
    Judgement,
    add_up,
    agree,
    judge,
    strongest,
    write_figures,
)
from gipcore.checks.layout import Layout
from gipcore.checks.outcome import Outcome, Reason, Severity, Verdict
from gipcore.checks.subject import Subject
from gipcore.form.model import Column, Line, Presence
from gipcore.form.report import Claim, ClaimKind
from gipcore.form.requests import COLUMNS as EVERY_COLUMN
from gipcore.words import Source, Text

FROM_CELLS = (
    Reason.BLANK_CELL,
    Reason.UNREADABLE_CELL,
    Reason.LINE_ABSENT,
    Reason.LINE_NOT_IN_EDITION,
    Reason.TABLE_NOT_READ,
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Check(ABC):
    """The identity card of a check.

    `source` is None for a comparison that no notice prescribes. `reasons` are all the reasons for
    which the check may be not applicable.
    """

    is_arithmetic: ClassVar[bool] = False

    code: str
    name: str
    title: Text
    explanation: Text
    formula: Text
    severity: Severity
    source: Source | None = None
    reasons: tuple[Reason, ...] = FROM_CELLS

    @abstractmethod
    def outcomes(self, subject: Subject) -> Iterable[Outcome]:
        """Run the check on a report; gives at least one outcome."""

    def not_applicable(self, reason: Reason) -> Outcome:
        """Return the outcome of a check that finds nothing it could be run on."""
        return Outcome(self.code, Verdict.NOT_APPLICABLE, self.severity, reason=reason)


class EquationCheck(Check):
    """A check that is a number of equations between cells of table 3 or 4, one outcome each.

    An equation whose `line` the report does not print is left out. When none is left, one outcome
    not applicable names the cells that a complete report has.
    """

    __slots__ = ()
    is_arithmetic = True

    @abstractmethod
    def equations(self, layout: Layout) -> Iterator[Equation]:
        """Write out the equations for a layout of the form."""

    def outcomes(self, subject: Subject) -> Iterable[Outcome]:
        """Judge every equation that the report has."""
        equations = _equations(self, subject.layout)
        lines = subject.lines
        found = [
            self._outcome(equation, subject)
            for equation in equations
            if equation.line is None or equation.line in lines
        ]
        return found or [self._nothing_printed(equations, subject)]

    def _outcome(self, equation: Equation, subject: Subject) -> Outcome:
        found = judge(equation, subject)
        return Outcome(
            self.code,
            found.verdict,
            self.severity,
            equation.left,
            equation.right,
            found.left,
            found.right,
            found.reason,
            (),
            "" if found.verdict is Verdict.PASSED else write_figures(equation, subject),
        )

    def _nothing_printed(self, equations: tuple[Equation, ...], subject: Subject) -> Outcome:
        layout = subject.layout
        tables = {layout.table_of[equation.line] for equation in equations if equation.line}
        expected = [e for e in equations if e.line in layout.required_ids]
        return Outcome(
            self.code,
            Verdict.NOT_APPLICABLE,
            self.severity,
            tuple(name for equation in expected for name in equation.left),
            tuple(name for equation in expected for name in equation.right),
            reason=Reason.LINE_ABSENT if tables & subject.tables else Reason.TABLE_NOT_READ,
        )


@cache
def _equations(check: EquationCheck, layout: Layout) -> tuple[Equation, ...]:
    return tuple(check.equations(layout))


def _names(lines: Iterable[Line], column: Column) -> tuple[str, ...]:
    return tuple(f"{line.id}.{column.id}" for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Balance(EquationCheck):
    """In equals out: the sum of the left lines is the sum of the right lines, in each column."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    columns: tuple[Column, ...] = EVERY_COLUMN

    def equations(self, layout: Layout) -> Iterator[Equation]:
        """Give one equation a column."""
        for column in self.columns:
            yield Equation(_names(self.left, column), _names(self.right, column))


@dataclass(frozen=True, slots=True)
class Sum:
    """A line that adds up other lines."""

    total: Line
    parts: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Footing(EquationCheck):
    """Parts add up down: a line is the sum of its parts, in each column.

    A total that the form does not require (a subtotal) is checked only where it is printed.
    """

    sums: tuple[Sum, ...]
    columns: tuple[Column, ...] = EVERY_COLUMN

    def equations(self, layout: Layout) -> Iterator[Equation]:
        """Give one equation a total and column."""
        for added in self.sums:
            parts = layout.printed(added.parts)
            if parts == (added.total,):
                continue  # the one row stands in place of its leaves: nothing to add
            is_optional = added.total.presence is not Presence.REQUIRED
            for column in self.columns:
                yield Equation(
                    _names((added.total,), column),
                    _names(parts, column),
                    added.total.id if is_optional else None,
                )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CrossFooting(EquationCheck):
    """Parts add up across: one column is the sum of others, on each line that is printed."""

    total: Column
    parts: tuple[Column, ...]
    lines: tuple[Line, ...]

    def equations(self, layout: Layout) -> Iterator[Equation]:
        """Give one equation a line of the edition."""
        for line in self.lines:
            if line.id in layout.names:
                left = (f"{line.id}.{self.total.id}",)
                right = tuple(f"{line.id}.{column.id}" for column in self.parts)
                yield Equation(left, right, line.id)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Agreement(Check):
    """Text and table agree: a figure stated in the text is the sum of the cells it speaks of.

    A claim belongs to the check that has its kind in `kinds` and the first of its cells in `about`.
    """

    about: frozenset[str]
    kinds: frozenset[ClaimKind] = frozenset({ClaimKind.COUNT})
    reasons: tuple[Reason, ...] = (*FROM_CELLS, Reason.NO_CLAIM, Reason.NARROWER_SCOPE)

    def outcomes(self, subject: Subject) -> Iterable[Outcome]:
        """Compare every claim that belongs here."""
        found = [
            self._compare(claim, subject)
            for claim in subject.report.claims
            if claim.kind in self.kinds and claim.cells and claim.cells[0] in self.about
        ]
        return found or [self.not_applicable(Reason.NO_CLAIM)]

    def _compare(self, claim: Claim, subject: Subject) -> Outcome:
        cells, found = _judge_claim(claim, subject)
        return Outcome(
            self.code,
            found.verdict,
            self.severity,
            (),
            cells,
            found.left,
            found.right,
            found.reason,
            (claim.place,),
            claim.quote,
        )


def _judge_claim(claim: Claim, subject: Subject) -> tuple[tuple[str, ...], Judgement]:
    """Judge a claim: one reading that agrees is enough, one that is unknown leaves it open."""
    value = claim.value
    readings = [(cells, *add_up(cells, subject)) for cells in _readings(claim, subject)]
    for cells, total, _ in readings:
        if total is not None and agree(value, total):
            return cells, Judgement(Verdict.PASSED, value, total)
    cells, total, _ = readings[0]
    unknown = strongest(*(obstacle for _, _, obstacle in readings))
    if unknown is not None:
        every = tuple(dict.fromkeys(name for names, _, _ in readings for name in names))
        return every, Judgement(Verdict.NOT_APPLICABLE, value, None, unknown)
    if claim.scope:
        reason = Reason.NARROWER_SCOPE
        return cells, Judgement(Verdict.NOT_APPLICABLE, value, total, reason)
    return cells, Judgement(Verdict.FAILED, value, total)


def _readings(claim: Claim, subject: Subject) -> list[tuple[str, ...]]:
    """Return the readings of a claim, without those on rows that the report need not print.

    A group of dispositions is the sum of its leaves, or a subtotal that few reports have.
    """
    every = [claim.cells, *claim.alternatives]
    can_have = subject.layout.required_ids | subject.lines
    printed = [
        cells for cells in every if all(name.rpartition(".")[0] in can_have for name in cells)
    ]
    return printed or every[:1]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Condition(Check):
    """What no other kind can say: a small function, with its sentences.

    The sentences may name `{place} {cells} {lines} {left} {right} {detail}` of the outcome. Where
    its detail is `word: rest`, `{fault}` are the words that `faults` has for the word, and `{rest}`
    is the rest. Where the detail has facts such as `peers=20`, they may name these too; so may
    the words of a fault.
    """

    find: Callable[[Check, Subject], Iterable[Outcome]]
    when_passed: Text
    when_failed: Text
    faults: Mapping[str, Text] = field(default_factory=dict)

    def outcomes(self, subject: Subject) -> Iterable[Outcome]:
        """Run the function."""
        return self.find(self, subject)
