"""What running a check gives: a verdict with both sides, the cells and a reason."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gipcore.form.report import Number


class Verdict(StrEnum):
    """Three verdicts; `not_applicable` always has a reason."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"


class Severity(StrEnum):
    """How much a failure matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Reason(StrEnum):
    """Why a check could not be decided."""

    BLANK_CELL = "blank_cell"
    UNREADABLE_CELL = "unreadable_cell"
    LINE_NOT_IN_EDITION = "line_not_in_edition"
    LINE_ABSENT = "line_absent"
    NO_PREVIOUS_REPORT = "no_previous_report"
    NO_CLAIM = "no_claim"
    ONE_YEAR_NAMED = "one_year_named"
    NARROWER_SCOPE = "narrower_scope"
    TABLE_NOT_READ = "table_not_read"
    NO_YEAR = "no_year"
    NO_EDITION_IN_FORCE = "no_edition_in_force"
    NO_HEADINGS = "no_headings"
    OFFICE_NOT_KNOWN = "office_not_known"
    NO_OFFICE = "no_office"
    NO_REGION = "no_region"
    NO_OTHER_REPORTS = "no_other_reports"
    TOO_FEW_FIGURES = "too_few_figures"
    NOT_A_WHOLE_AREA = "not_a_whole_area"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One check on one place of one report; `difference` is left minus right.

    `places` are places in the document for findings without cells of their own (claims, repairs).
    """

    code: str
    verdict: Verdict
    severity: Severity
    left_cells: tuple[str, ...] = ()
    right_cells: tuple[str, ...] = ()
    left: Number | None = None
    right: Number | None = None
    reason: Reason | None = None
    places: tuple[str, ...] = ()
    detail: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the cells of both sides, each once."""
        return tuple(dict.fromkeys((*self.left_cells, *self.right_cells)))

    @property
    def difference(self) -> Number | None:
        """Return left minus right; None when a side is unknown."""
        if self.left is None or self.right is None:
            return None
        difference = self.left - self.right
        return round(difference, 6) if isinstance(difference, float) else difference


def outcome_to_json(outcome: Outcome) -> dict[str, Any]:
    """Return the JSON object of the contract, with the two sides' cells named besides."""
    return {
        "code": outcome.code,
        "verdict": outcome.verdict.value,
        "severity": outcome.severity.value,
        "cells": list(outcome.cells),
        "left": outcome.left,
        "right": outcome.right,
        "difference": outcome.difference,
        "reason": None if outcome.reason is None else outcome.reason.value,
        "left_cells": list(outcome.left_cells),
        "right_cells": list(outcome.right_cells),
        "places": list(outcome.places),
        "detail": outcome.detail,
    }
