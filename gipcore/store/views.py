"""The views: the tables with the names of the files, for people who query the database itself.

They lack what SQL cannot give: addresses, sentences, replies, cells of other years. `place` is NULL
for a plain printed 0: it stands in the body of the revision.
"""

from string import Template

from sqlalchemy import Connection

from gipcore.checks.outcome import Severity, Verdict
from gipcore.form.editions import EDITIONS
from gipcore.store.headline import HEADLINE_NAMES
from gipcore.store.models import StoredState
from gipcore.store.read_cells import BETWEEN
from gipcore.store.types import Coded

HEX = {"sqlite": "lower(hex({0}))", "postgresql": "encode({0}, 'hex')"}


def _words(column: str, coded: Coded[StoredState] | Coded[Severity] | Coded[Verdict]) -> str:
    cases = " ".join(f"WHEN {n} THEN '{m.value}'" for m, n in coded.positions.items())
    return f"CASE {column} {cases} END"


PRESENCE = " ".join(f"WHEN '{id}' THEN f.presence_{id}" for id in EDITIONS)
BLANK = "[x]"  # the state of a headline figure that is blank, unreadable or absent
WORDS = {
    "REPORT": "o.id || '-' || r.year",
    "HEADLINE": ", ".join(
        f"r.{name}, CASE WHEN r.{name} IS NULL THEN '{BLANK}' END AS {name}_state"
        for name in HEADLINE_NAMES
    ),
    "STATE": _words("coalesce(c.state, 0)", Coded(StoredState)),
    "VERDICT": _words("f.verdict", Coded(Verdict)),
    "VERDICT_NOW": _words("f.verdict_now", Coded(Verdict)),
    "SEVERITY": _words("f.severity", Coded(Severity)),
    "PRESENCE": f"CASE r.form {PRESENCE} END",
    "BETWEEN": BETWEEN,
    "SYNTHETIC": "(SELECT m.is_synthetic FROM meta m) AS is_synthetic",
}

PARTS = {  # of several views
    "OFFICE": """o.id, o.name, o.name_en, o.aliases, o.level, o.function, o.region_code,
               g.full_name AS region_name, o.first_year, o.last_year, o.reports,
               o.findings AS findings_open, o.is_registered, $SYNTHETIC
        FROM office o LEFT JOIN region g ON g.code = o.region_code""",
    "FINDING_ID": "$REPORT || '-' || f.code || '-' || f.ordinal",
    "FINDING": """f.code AS "check", $SEVERITY AS severity, $REPORT AS report_id,
               o.id AS office_id, o.name AS office_name, o.name_en AS office_name_en,
               r.region_code, g.full_name AS region_name, r.level, r.year""",
    "COMPARED": """f.left_cells, f.left_value AS "left", f.right_cells, f.right_value AS "right",
               f.left_value - f.right_value AS difference, f.reason, f.places, f.detail,
               f.figures, f.rests_on_repair, f.first_seen""",
    "OF_REPORT": """JOIN report r ON r.number = f.report JOIN office o ON o.number = r.office
             LEFT JOIN region g ON g.code = r.region_code""",
}
VIEWS = {
    "offices": "SELECT $OFFICE",
    "offices_without_report": "SELECT $OFFICE WHERE o.reports = 0",
    "reports": """
        SELECT $REPORT AS id, o.id AS office_id, o.name AS office_name,
               o.name_en AS office_name_en, r.level, r.function,
               r.region_code, g.full_name AS region_name, r.year, r.form, r.title, r.revision,
               r.is_balanced, r.errors, r.warnings, r.notices, $HEADLINE,
               d.file_name AS source_file, d.format AS source_format, $SHA256 AS source_sha256,
               r.read_at, $SYNTHETIC
        FROM report r JOIN office o ON o.number = r.office
             LEFT JOIN region g ON g.code = r.region_code
             LEFT JOIN document d
                  ON d.report = r.number AND d.revision = r.revision AND d.is_source""",
    "cells": """
        SELECT $REPORT || '$BETWEEN' || f.name AS id, $REPORT AS report_id, o.id AS office_id,
               o.name AS office_name, o.name_en AS office_name_en, r.region_code, r.level,
               r.function, r.year, r.form, f.table_number AS "table", f.name AS cell,
               f.line_zh || '，' || f.column_zh AS label,
               CASE WHEN c.report IS NULL THEN 0 ELSE c.value END AS value,
               $STATE AS state, coalesce(c.raw, '0') AS raw, c.place, $SYNTHETIC
        FROM report r JOIN office o ON o.number = r.office
             JOIN form_cell f ON $PRESENCE IS NOT NULL
             LEFT JOIN cell c ON c.report = r.number AND c.cell = f.number
        WHERE c.report IS NOT NULL OR $PRESENCE = 'required'""",
    "findings": """
        SELECT $FINDING_ID AS id, $FINDING, r.form, $COMPARED, $SYNTHETIC, $VERDICT AS verdict
        FROM finding f $OF_REPORT""",
    "gone_findings": """
        SELECT $FINDING_ID || '-r' || f.seen_revision AS id, $FINDING, f.form, $COMPARED,
               f.seen_revision, f.gone_revision, f.gone_since, $VERDICT_NOW AS verdict_now,
               $SYNTHETIC
        FROM gone_finding f $OF_REPORT""",
}


def create_views(connection: Connection) -> None:
    """Create every view; each reads whole reports' figures as the tables mean them."""
    words = {**WORDS, "SHA256": HEX[connection.dialect.name].format("d.sha256")}
    for name, select in VIEWS.items():
        statement = Template(Template(select).safe_substitute(PARTS)).substitute(words)
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {statement}")
