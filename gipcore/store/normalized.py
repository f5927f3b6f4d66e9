"""Reports that are kept as JSON files of the schema `gip-report/1`."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from gipcore.errors import InvalidDataError
from gipcore.form.report import Report
from gipcore.form.report_json import SCHEMA, report_from_json
from gipcore.register.rows import DATA
from gipcore.store.records import Reading

REPORTS = DATA / "reports"
SHA256 = re.compile(r"[0-9a-f]{64}")
MOST_BYTES = 1 << 50
BEGINNING = 4096
REMEDY = "compare it with the JSON that `python -m gipcore parse` prints"


def is_normalized(data: bytes) -> bool:
    """Tell whether a file is meant as a normalized report."""
    return data.lstrip().startswith(b"{") and SCHEMA.encode() in data[:BEGINNING]


def read_normalized(data: bytes, where: str) -> Reading:
    """Read a normalized report; a `read_at` beside its `schema` is when its document was read.

    Raises InvalidDataError with the file and its fault.
    """
    try:
        found = json.loads(data, parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise InvalidDataError(f"{where}: broken JSON ({fault}); {REMEDY}") from fault
    if not isinstance(found, dict):
        raise InvalidDataError(f"{where}: not an object; {REMEDY}")
    report = report_from_json(found, where=where)
    _check(report, where)
    return Reading(report, _moment(found.get("read_at"), where))


def normalized_files(folder: Path = REPORTS) -> list[Path]:
    """Return the files of the project's own normalized reports, in order of their names."""
    return sorted(folder.glob("*.json"))


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no figure")


def _moment(given: object, where: str) -> datetime | None:
    if given is None:
        return None
    try:
        moment = datetime.fromisoformat(str(given))
    except ValueError as fault:
        raise InvalidDataError(f"{where}: read_at is {given!r}, not a time") from fault
    if moment.tzinfo is None:
        raise InvalidDataError(f"{where}: read_at is {given!r}, without its time zone")
    return moment


def _check(report: Report, where: str) -> None:
    """Check what the types of a report promise and JSON does not."""
    if not SHA256.fullmatch(report.source.sha256):
        raise InvalidDataError(f"{where}: sha256 is not 64 hexadecimal digits")
    if not 0 <= report.source.bytes < MOST_BYTES:
        raise InvalidDataError(f"{where}: a document of {report.source.bytes} bytes cannot be")
    for name, text in _texts(report):
        if not isinstance(text, str):
            raise InvalidDataError(f"{where}: {name} is {text!r}, not text; {REMEDY}")


def _texts(report: Report) -> Iterator[tuple[str, Any]]:
    optional = {
        "the title": report.title,
        "the office's name": report.office.name,
        "the office's id": report.office.id,
        "the office's region": report.office.region_code,
        "the office's suggestion": report.office.suggestion,
    }
    yield from ((name, text) for name, text in optional.items() if text is not None)
    for claim in report.claims:
        if claim.scope is not None:
            yield "the scope of a claim", claim.scope
    for row in report.unread:
        yield from (("an unread row", row.place), ("an unread row", row.text))
    for repair in report.repairs:
        yield from (("a repair", text) for text in (repair.place, repair.detail, *repair.cells))
    for section in report.sections:
        yield from (("a section", section.title), ("a section", section.place))
