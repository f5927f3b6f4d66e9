"""Revisions of a report: when two readings say the same, and which cells a revision changed."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from gipcore.checks.outcome import Outcome
from gipcore.form.report import Report, Value
from gipcore.store.body import NUMBERS, decode_outcomes, decode_report, decompress, digest
from gipcore.store.models import StoredState
from gipcore.store.prepare import LONGEST_TEXT, STORED, Row, stored_number
from gipcore.store.types import plain


@dataclass(frozen=True)
class StoredRevision:
    """A revision as the database keeps it; decoded only when asked for."""

    revision: int
    read_at: datetime | None
    digest: str
    body: bytes
    packed_outcomes: bytes

    @cached_property
    def report(self) -> Report:
        """Return the report of the revision."""
        return decode_report(decompress(self.body))

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Return all its outcomes."""
        return decode_outcomes(decompress(self.packed_outcomes))


def revision_digest(report_id: str, revision: int, report: bytes, outcomes: bytes) -> str:
    """Return what a revision adds to the content hash."""
    return digest("revision", report_id, revision, report, outcomes)


def document_digest(report_id: str, revision: int, sha256: str) -> str:
    """Return what a document adds to the content hash."""
    return digest("document", report_id, revision, sha256)


def says_the_same(one: Report, other: Report) -> bool:
    """Tell whether two readings agree in edition, figures, states and claims.

    The same report as a web page and as a Word file is no revision: names of files, places and
    the printed form of a figure do not count.
    """
    return _content(one) == _content(other)


def _content(report: Report) -> tuple[object, ...]:
    figures = {name: (value.number, value.state) for name, value in report.cells.items()}
    claims = sorted((c.cells, c.value, c.scope or "") for c in report.claims)
    return report.form, figures, claims


def changed_cell_rows(number: int, revision: int, old: Report, new: Report) -> list[Row]:
    """Return the cells that differ in figure or state."""
    rows = []
    for name, position in NUMBERS.items():
        before, after = old.cells.get(name), new.cells.get(name)
        if _figure(before) == _figure(after):
            continue
        rows.append(
            {
                "report": number,
                "revision": revision,
                "cell": position,
                **_columns("old", before),
                **_columns("new", after),
            }
        )
    return rows


def _figure(value: Value | None) -> tuple[object, ...] | None:
    return None if value is None else (value.number, value.state)


def _columns(prefix: str, value: Value | None) -> Row:
    return {
        f"{prefix}_value": None if value is None else stored_number(value.number),
        f"{prefix}_state": StoredState.ABSENT if value is None else STORED[value.state],
        f"{prefix}_raw": None if value is None else plain(value.raw, LONGEST_TEXT),
    }
