"""Checking a visitor's draft: read within bounds, kept in the visit alone, gone with it.

Nothing of a draft goes into a cache, a file, the database or the log.
"""

import logging
import os
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore

from gipcore.checks.outcome import Outcome
from gipcore.checks.run import run_checks
from gipcore.errors import GipError
from gipcore.export.repair_list import comparable
from gipcore.form.report import Report
from gipcore.ingest import known_office, read_reports
from gipcore.ui.language import language

LOG = logging.getLogger(__name__)
AT_ONCE = max(2, os.cpu_count() or 1)  # drafts that are read at a time, by all visitors together
WAIT_SECONDS = 20.0
MOST_DOCUMENTS, MOST_SECONDS = 20, 240  # of one archive
SEVERAL, FAULT = "several_reports", "program_fault"

_places = BoundedSemaphore(AT_ONCE)


class BusyError(GipError):
    """Too many drafts are being read; nothing was done with this one."""

    code = "busy"


@dataclass(frozen=True, slots=True)
class Given:
    """A file or text as the visitor gave it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as read, with what its checks gave; `previous` is what it was compared with."""

    name: str
    report: Report
    outcomes: tuple[Outcome, ...]
    previous: Report | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that gave no report, and why."""

    name: str
    code: str


Found = Draft | Refused


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of all that a visitor gave; `is_cut` says that documents were left unread."""

    found: tuple[Found, ...]
    is_cut: bool
    previous: Report | Refused | None = None


def check_draft(given: Given, previous: Given | None, step: Callable[[int], None]) -> Checked:
    """Read a draft, or each one of an archive, and check it; `step` hears which one it is.

    Raises BusyError where no place to read becomes free in time.
    """
    with _a_place():
        before = None if previous is None else _only(_read(previous))
        last_year = before if isinstance(before, Report) else None
        found: list[Found] = []
        end = time.monotonic() + MOST_SECONDS
        step(1)
        for name, result in _read(given):
            if len(found) == MOST_DOCUMENTS or time.monotonic() > end:
                return Checked(tuple(found), is_cut=True, previous=before)
            found.append(_checked(name, result, last_year))
            step(len(found) + 1)
        return Checked(tuple(found), is_cut=False, previous=before)


@contextmanager
def _a_place() -> Iterator[None]:
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise BusyError("too many drafts are being read; try again in a minute")
    try:
        yield
    finally:
        _places.release()


def _read(given: Given) -> Iterator[tuple[str, Report | Refused]]:
    """Yield each document of a file; a fault of the program is noted without its words."""
    try:
        for name, result in read_reports(given.data, given.name):
            yield name, Refused(name, result.code) if isinstance(result, GipError) else result
    except Exception as fault:  # noqa: BLE001 - the words of a fault may be the document's
        _note(fault)
        yield given.name, Refused(given.name, FAULT)


def _only(results: Iterator[tuple[str, Report | Refused]]) -> Report | Refused | None:
    """Return the one report of last year's file."""
    found = [result for _, (_, result) in zip(range(MOST_DOCUMENTS), results, strict=False)]
    reports = [result for result in found if isinstance(result, Report)]
    if len(reports) > 1:
        return Refused("", SEVERAL)
    return reports[0] if reports else next(iter(found), None)


def _checked(name: str, result: Report | Refused, last_year: Report | None) -> Found:
    if isinstance(result, Refused):
        return result
    previous, _ = comparable(result, last_year, language())
    try:
        outcomes = run_checks(result, previous, known_office(result))
        return Draft(name, result, outcomes, previous)
    except Exception as fault:  # noqa: BLE001 - as above
        _note(fault)
        return Refused(name, FAULT)


def _note(fault: Exception) -> None:
    """Log where the program failed, but not on what."""
    frames = traceback.extract_tb(fault.__traceback__)
    where = frames[-1] if frames else None
    place = f"{where.filename}:{where.lineno}" if where else "?"
    LOG.error("self-check: %s at %s", type(fault).__name__, place)
