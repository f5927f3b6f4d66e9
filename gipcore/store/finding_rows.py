"""The findings of a report as the rows that are stored: those it has, and those that are gone."""

from collections import Counter

from gipcore.checks.outcome import Outcome
from gipcore.form.report import Report
from gipcore.store.history import History, Version
from gipcore.store.prepare import LONGEST_TEXT, Row, is_listed, stored_number
from gipcore.store.types import plain


def finding_rows(number: int, newest: Version, history: History) -> list[Row]:
    """Return the failed checks and the questions of the newest revision."""
    repaired = _repaired(newest.report)
    ordinals: Counter[str] = Counter()
    rows: list[Row] = []
    listed = filter(is_listed, newest.outcomes)
    for outcome, first_seen in zip(listed, history.first_seen, strict=True):
        ordinals[outcome.code] += 1
        rows.append(
            {
                "report": number,
                "position": len(rows),
                "ordinal": ordinals[outcome.code],
                "first_seen": first_seen,
                **_columns(outcome, repaired),
            }
        )
    return rows


def gone_rows(number: int, history: History) -> list[Row]:
    """Return the failures that only older revisions have."""
    return [
        {
            "report": number,
            "position": position,
            "ordinal": gone.ordinal,
            "first_seen": gone.first_seen,
            "form": gone.seen.report.form.value,
            "seen_revision": gone.seen.revision,
            "gone_revision": gone.next.revision,
            "gone_since": gone.next.read_at,
            "verdict_now": gone.verdict_now,
            **_columns(gone.outcome, _repaired(gone.seen.report)),
        }
        for position, gone in enumerate(history.gone)
    ]


def _repaired(report: Report) -> frozenset[str]:
    return frozenset(cell for repair in report.repairs for cell in repair.cells)


def _columns(outcome: Outcome, repaired: frozenset[str]) -> Row:
    return {
        "code": outcome.code,
        "severity": outcome.severity,
        "verdict": outcome.verdict,
        "rests_on_repair": not repaired.isdisjoint(outcome.cells),
        "is_replied": False,
        "left_value": stored_number(outcome.left),
        "right_value": stored_number(outcome.right),
        "reason": None if outcome.reason is None else outcome.reason.value,
        "left_cells": outcome.left_cells,
        "right_cells": outcome.right_cells,
        "places": outcome.places,
        "detail": plain(outcome.detail, LONGEST_TEXT),
    }
