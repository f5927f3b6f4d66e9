"""The findings of a report as the rows that are stored: those it has, and those that are gone."""

from collections import Counter

from gipcore.checks.equation import NO_NUMBER
from gipcore.checks.outcome import Outcome
from gipcore.checks.rests import rests_on
from gipcore.form.report import Report
from gipcore.store.history import History, Version
from gipcore.store.prepare import LONGEST_TEXT, Row, is_listed, stored_number
from gipcore.store.types import plain


def finding_rows(number: int, newest: Version, history: History) -> list[Row]:
    """Return the failed checks and the questions of the newest revision."""
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
                **finding_columns(outcome, newest.report),
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
            **finding_columns(gone.outcome, gone.seen.report),
        }
        for position, gone in enumerate(history.gone)
    ]


def finding_columns(outcome: Outcome, report: Report) -> Row:
    """Return what stands in a row of an outcome itself."""
    return {
        "code": outcome.code,
        "severity": outcome.severity,
        "verdict": outcome.verdict,
        "rests_on_repair": bool(rests_on(outcome, report)),
        "is_replied": False,
        "left_value": stored_number(outcome.left),
        "right_value": stored_number(outcome.right),
        "reason": None if outcome.reason is None else outcome.reason.value,
        "left_cells": outcome.left_cells,
        "right_cells": outcome.right_cells,
        "places": outcome.places,
        "figures": _figures(outcome, report) if outcome.places else (),
        "detail": plain(outcome.detail, LONGEST_TEXT),
    }


def _figures(outcome: Outcome, report: Report) -> tuple[str, ...]:
    """Return the printed figures of a claim's cells, in their order."""
    numbers = [report.number(name) for name in outcome.cells]
    return tuple(NO_NUMBER if number is None else str(number) for number in numbers)
