"""Revisions of a report: when two readings say the same, and which cells a revision changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from gipcore.checks.outcome import Outcome
from gipcore.form.report import Report, Value
from gipcore.store.body import NUMBERS, decode_outcomes, decode_report, decompress, digest
from gipcore.store.models import StoredState
from gipcore.store.prepare import LONGEST_TEXT, STORED, Row, stored_number
from gipcore.store.types import plain

PART = re.compile(r"#([0-9]{1,4})$")


@dataclass(frozen=True)
class StoredRevision:
    """A revision as the database keeps it, without its text; decoded only when asked for."""

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
    """Return what a revision adds to the content hash, its text apart."""
    return digest("revision", report_id, revision, report, outcomes)


def text_digest(report_id: str, revision: int, passages: bytes) -> str:
    """Return what the text of a revision adds to the content hash."""
    return digest("text", report_id, revision, passages)


def document_digest(report_id: str, revision: int, sha256: str, part: int) -> str:
    """Return what a document adds to the content hash."""
    return digest("document", report_id, revision, sha256, part)


def part_of(file_name: str) -> int:
    """Return which report of its file one is: `a.docx#2` is the second of a.docx."""
    found = PART.search(file_name)
    return int(found[1]) if found else 1


def says_the_same(one: Report, other: Report) -> bool:
    """Tell whether two readings agree in edition, figures, states and claims, their texts apart.

    The same report as a web page and as a Word file is no revision: names of files, places and
    the printed form of a figure do not count.
    """
    return _content(one) == _content(other)


def _content(report: Report) -> tuple[object, ...]:
    figures = {name: (value.number, value.state) for name, value in report.cells.items()}
    claims = sorted(repr((c.cells, c.value, c.scope or "")) for c in report.claims)
    return report.form, figures, claims


def changed_cell_rows(number: int, revision: int, old: Report, new: Report) -> list[Row]:
    """Return the cells that differ in figure or state, as they are stored."""
    return [
        {
            "report": number,
            "revision": revision,
            "cell": NUMBERS[name],
            **_columns("old", before),
            **_columns("new", after),
        }
        for name, before, after in changed_cells(old, new)
    ]


def changed_cells(old: Report, new: Report) -> Iterator[tuple[str, Value | None, Value | None]]:
    """Yield the cells that differ in figure or state, in the order of the form."""
    for name in NUMBERS:
        before, after = old.cells.get(name), new.cells.get(name)
        if _figure(before) != _figure(after):
            yield name, before, after


def _figure(value: Value | None) -> tuple[object, ...] | None:
    return None if value is None else (value.number, value.state)


def _columns(prefix: str, value: Value | None) -> Row:
    return {
        f"{prefix}_value": None if value is None else stored_number(value.number),
        f"{prefix}_state": StoredState.ABSENT if value is None else STORED[value.state],
        f"{prefix}_raw": None if value is None else plain(value.raw, LONGEST_TEXT),
    }
