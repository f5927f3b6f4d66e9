"""The views: the tables with the names of the files, for people who query the database itself."""

from string import Template

from sqlalchemy import Connection

from gipcore.checks.outcome import Severity, Verdict
from gipcore.form.editions import EDITIONS
from gipcore.store.headline import HEADLINE_NAMES
from gipcore.store.models import StoredState
from gipcore.store.types import Coded

HEX = {"sqlite": "lower(hex({0}))", "postgresql": "encode({0}, 'hex')"}


def _words(column: str, coded: Coded[StoredState] | Coded[Severity] | Coded[Verdict]) -> str:
    cases = " ".join(f"WHEN {n} THEN '{m.value}'" for m, n in coded.positions.items())
    return f"CASE {column} {cases} END"


PRESENCE = " ".join(f"WHEN '{id}' THEN f.presence_{id}" for id in EDITIONS)
WORDS = {
    "REPORT": "o.id || '-' || r.year",
    "HEADLINE": ", ".join(f"r.{name}" for name in HEADLINE_NAMES),
    "STATE": _words("coalesce(c.state, 0)", Coded(StoredState)),
    "VERDICT": _words("f.verdict", Coded(Verdict)),
    "SEVERITY": _words("f.severity", Coded(Severity)),
    "PRESENCE": f"CASE r.form {PRESENCE} END",
}

VIEWS = {
    "offices": """
        SELECT o.id, o.name, o.name_en, o.aliases, o.level, o.function, o.region_code,
               g.full_name AS region_name, o.is_registered, o.reports, o.first_year, o.last_year,
               o.findings AS findings_open
        FROM office o LEFT JOIN region g ON g.code = o.region_code""",
    "reports": """
        SELECT $REPORT AS id, o.id AS office_id, o.name AS office_name, r.level, r.function,
               r.region_code, g.full_name AS region_name, r.year, r.form, r.title, r.revision,
               r.is_balanced, r.errors, r.warnings, r.notices, r.read_at,
               d.file_name AS source_file, d.format AS source_format, $SHA256 AS source_sha256,
               $HEADLINE
        FROM report r JOIN office o ON o.number = r.office
             LEFT JOIN region g ON g.code = r.region_code
             LEFT JOIN document d
                  ON d.report = r.number AND d.revision = r.revision AND d.is_source""",
    "cells": """
        SELECT $REPORT AS report_id, o.id AS office_id, r.year, f.name AS cell,
               CASE WHEN c.report IS NULL THEN 0 ELSE c.value END AS value,
               $STATE AS state, coalesce(c.raw, '0') AS raw, c.place
        FROM report r JOIN office o ON o.number = r.office
             JOIN form_cell f ON $PRESENCE IS NOT NULL
             LEFT JOIN cell c ON c.report = r.number AND c.cell = f.number
        WHERE c.report IS NOT NULL OR $PRESENCE = 'required'""",
    "findings": """
        SELECT $REPORT || '-' || f.code || '-' || f.ordinal AS id, f.code AS "check",
               $SEVERITY AS severity, $VERDICT AS verdict, $REPORT AS report_id,
               o.id AS office_id, o.name AS office_name, r.year, f.left_cells, f.right_cells,
               f.left_value AS "left", f.right_value AS "right",
               f.left_value - f.right_value AS difference, f.reason, f.places, f.detail,
               f.rests_on_repair
        FROM finding f JOIN report r ON r.number = f.report JOIN office o ON o.number = r.office""",
}


def create_views(connection: Connection) -> None:
    """Create every view; each reads whole reports' figures as the tables mean them."""
    words = {**WORDS, "SHA256": HEX[connection.dialect.name].format("d.sha256")}
    for name, select in VIEWS.items():
        statement = Template(select).substitute(words)
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {statement}")
