"""A report and its outcomes as the rows that are stored; pure, without a database."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from gipcore.checks.catalogue import ARITHMETIC_CODES, all_checks
from gipcore.checks.outcome import Outcome, Reason, Severity, Verdict
from gipcore.form.editions import EDITIONS
from gipcore.form.model import EditionId, Presence
from gipcore.form.report import Number, Report, State, Value
from gipcore.store.body import NUMBERS, digest
from gipcore.store.models import StoredBalance, StoredState
from gipcore.store.types import plain

LONGEST_TEXT = 1000
PLAIN_ZERO = "0"
Row = dict[str, Any]

CHECK_NUMBERS = {check.code: number for number, check in enumerate(all_checks())}
STORED = {state: StoredState(state.value) for state in State}


def stored_number(number: Number | None) -> float | None:
    """Return a figure as a column keeps it; None when no column can (the body still has it)."""
    if number is None:
        return None
    try:
        return float(number)
    except OverflowError:
        return None


def given_number(stored: float | None) -> Number | None:
    """Return a stored figure, a whole one as an int."""
    if stored is None:
        return None
    return int(stored) if stored.is_integer() else round(stored, 6)


@cache
def required_names(form: EditionId) -> frozenset[str]:
    """Return the names of the cells that an edition requires."""
    return frozenset(cell.name for cell in EDITIONS[form].required_cells())


@cache
def form_cell_rows() -> tuple[Row, ...]:
    """Return the rows that describe the cells of both editions."""
    by_edition = {
        id: {cell.name: cell for cell in edition.cells} for id, edition in EDITIONS.items()
    }
    rows = []
    for name, number in NUMBERS.items():
        presences: dict[EditionId, Presence | None] = {
            id: EDITIONS[id].presence(cells[name].line) if name in cells else None
            for id, cells in by_edition.items()
        }
        cell = next(cells[name] for cells in reversed(by_edition.values()) if name in cells)
        rows.append(
            {
                "number": number,
                "name": name,
                "table_number": cell.table,
                "line": cell.line.id,
                "line_group": cell.line.group,
                "column_name": cell.column.id,
                "line_zh": cell.line.label.zh,
                "column_zh": cell.column.label.zh,
                "line_en": cell.line.label.en,
                "column_en": cell.column.label.en,
                "unit": cell.unit.value,
                **{f"presence_{id}": found and found.value for id, found in presences.items()},
            }
        )
    return tuple(rows)


def check_rows() -> list[Row]:
    """Return the rows that describe the declared checks."""
    return [
        {
            "number": CHECK_NUMBERS[check.code],
            "code": check.code,
            "severity": check.severity,
            "is_arithmetic": check.is_arithmetic,
            "title_zh": check.title.zh,
            "title_en": check.title.en,
        }
        for check in all_checks()
    ]


@cache
def fingerprint() -> str:
    """Return what names the cells and checks: stored numbers mean these and no others."""
    cells = [(row["name"], row["presence_2019"], row["presence_2021"]) for row in form_cell_rows()]
    checks = [(check.code, check.severity.value) for check in all_checks()]
    return digest(cells, checks)


def cell_rows(number: int, report: Report) -> list[Row]:
    """Return the stored cells: all but plain zeros, and the required ones that are absent."""
    required = required_names(report.form)
    rows = [
        _cell_row(number, name, STORED[value.state], value)
        for name, value in report.cells.items()
        if not (name in required and _is_plain_zero(value))
    ]
    absent = Value(None, State.BLANK, "", "")
    rows += [
        _cell_row(number, name, StoredState.ABSENT, absent)
        for name in required
        if name not in report.cells
    ]
    return sorted(rows, key=lambda row: row["cell"])


def _is_plain_zero(value: Value) -> bool:
    return value.is_number and value.number == 0 and value.raw.strip() == PLAIN_ZERO


def _cell_row(number: int, name: str, state: StoredState, value: Value) -> Row:
    return {
        "report": number,
        "cell": NUMBERS[name],
        "value": stored_number(value.number),
        "state": state,
        "raw": plain(value.raw, LONGEST_TEXT),
        "place": plain(value.place, LONGEST_TEXT),
    }


def claim_rows(number: int, report: Report) -> list[Row]:
    """Return the claims of the text."""
    return [
        {
            "report": number,
            "position": position,
            "cells": claim.cells,
            "value": stored_number(claim.value),
            "says": plain(claim.says, LONGEST_TEXT),
            "quote": plain(claim.quote, LONGEST_TEXT),
            "place": plain(claim.place, LONGEST_TEXT),
            "scope": None if claim.scope is None else plain(claim.scope, LONGEST_TEXT),
        }
        for position, claim in enumerate(report.claims)
    ]


def is_listed(outcome: Outcome) -> bool:
    """Tell whether an outcome stands in lists: a failure, or a question that people must answer."""
    return outcome.verdict is Verdict.FAILED or outcome.reason is Reason.NARROWER_SCOPE


def is_balanced(outcomes: Iterable[Outcome]) -> bool | None:
    """Tell whether the tables balance; None when nothing failed and not all could be decided.

    An arithmetic check without cells had nothing to check (no subtotals are printed).
    """
    arithmetic = [o for o in outcomes if o.code in ARITHMETIC_CODES and (o.cells or o.left)]
    verdicts = {outcome.verdict for outcome in arithmetic}
    if Verdict.FAILED in verdicts:
        return False
    return True if verdicts == {Verdict.PASSED} else None


def balance_of(is_balanced: bool | None) -> StoredBalance:
    """Return what is counted of whether the tables balance."""
    if is_balanced is None:
        return StoredBalance.UNDECIDED
    return StoredBalance.BALANCED if is_balanced else StoredBalance.UNBALANCED


def failures(outcomes: Iterable[Outcome]) -> Mapping[Severity, int]:
    """Return the number of failures by severity."""
    return Counter(o.severity for o in outcomes if o.verdict is Verdict.FAILED)


def verdict_by_code(outcomes: Iterable[Outcome]) -> dict[str, Verdict]:
    """Return one verdict a check: failed with one failure, else passed with one pass."""
    found: dict[str, Verdict] = {}
    for outcome in outcomes:
        known = found.get(outcome.code, Verdict.NOT_APPLICABLE)
        if known is Verdict.FAILED:
            continue
        is_stronger = outcome.verdict is not Verdict.NOT_APPLICABLE
        found[outcome.code] = outcome.verdict if is_stronger else known
    return found


def verdict_bits(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """Return the `checks_*` columns: the bit of each check set where it came to that verdict."""
    bits = dict.fromkeys(Verdict, 0)
    for code, verdict in verdict_by_code(outcomes).items():
        bits[verdict] |= 1 << CHECK_NUMBERS[code]
    return {f"checks_{verdict.value}": found for verdict, found in bits.items()}
