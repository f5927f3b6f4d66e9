"""The database of the project's own reports, and one of hostile reports beside them."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from gipcore.form.report import Report
from gipcore.form.report_json import report_from_json
from gipcore.register.rows import load_register
from gipcore.store.building import new_database
from gipcore.store.records import Reading

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "data" / "reports"
READ_AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


def published() -> list[Report]:
    """Return the reports that the repository keeps."""
    files = sorted(REPORTS.glob("*.json"))
    return [
        report_from_json(json.loads(file.read_text(encoding="utf-8")), where=file.name)
        for file in files
    ]


def make_database(file: Path, reports: Iterable[Report]) -> str:
    """Make a database of reports; return its address."""
    url = f"sqlite:///{file}"
    with new_database(url, load_register()) as writer:
        for report in reports:
            writer.save(Reading(report, read_at=READ_AT))
    return url
