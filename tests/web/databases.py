"""Databases to serve: the project's real reports, and many made from one of them."""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from gipcore.form.report import OfficeName, Report, SourceFile
from gipcore.form.report_json import report_from_json
from gipcore.register.rows import load_register
from gipcore.store.building import new_database
from gipcore.store.records import Reading

REPORTS = Path(__file__).parents[2] / "data" / "reports"
READ_AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


def real_reports() -> list[Report]:
    """Return the normalized reports of the project, in the order of their files."""
    return [
        report_from_json(json.loads(file.read_text(encoding="utf-8")), where=file.name)
        for file in sorted(REPORTS.glob("*.json"))
    ]


def build(place: Path | str, reports: Iterable[Report], *, is_synthetic: bool = False) -> str:
    """Build a database of these reports in a file or at an address; return its address.

    One that is there already is replaced.
    """
    url = place if isinstance(place, str) else f"sqlite:///{place}"
    with new_database(url, load_register(), is_synthetic=is_synthetic) as writer:
        for report in reports:
            writer.save(Reading(report, READ_AT))
    return url


def many(number: int) -> Iterable[Report]:
    """Yield as many reports as wanted, all with the figures of one that does not balance."""
    unbalanced = next(report for report in real_reports() if "hongze-2023" in report.source.file)
    for place in range(number):
        office = OfficeName(f"第{place}号县人民政府")
        source = SourceFile(f"{place}.txt", f"{place:064x}", "text", 1)
        yield replace(unbalanced, office=office, source=source)


def multiply_reports(file: Path, times: int) -> None:
    """Copy each row of reports many times, for a long answer from a database quickly made."""
    with closing(sqlite3.connect(file)) as connection, connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(report)")]
        assert columns[0] == "number"
        others = ", ".join(f'"{column}"' for column in columns[1:])
        connection.execute(
            f"""WITH RECURSIVE copy(place) AS
                (SELECT 1 UNION ALL SELECT place + 1 FROM copy WHERE place < {times - 1})
                INSERT INTO report SELECT number + place * (1 << 30), {others} FROM report, copy"""
        )
