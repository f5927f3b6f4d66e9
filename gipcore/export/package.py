"""What goes with the tables of a bundle: data dictionary, readme and Frictionless description."""

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import StringIO
from typing import Any

from gipcore.checks.catalogue import all_checks
from gipcore.export.columns import AnyTable, Kind, Origin
from gipcore.form.editions import CELLS
from gipcore.form.proactive import BLOCKS
from gipcore.store.rows import DatabaseState

NAME = "gip"
LICENCE = {
    "name": "CC0-1.0",
    "path": "https://creativecommons.org/publicdomain/zero/1.0/",
    "title": "CC0 1.0 Universal",
}
TYPES: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.INTEGER: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.BOOLEAN: {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    Kind.TIME: {"type": "datetime", "format": "any"},
    Kind.LIST: {"type": "string"},
}
MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
KEYS = {
    "reports": ("office_id", "offices"),
    "cells": ("report_id", "reports"),
    "findings": ("report_id", "reports"),
    "gone_findings": ("report_id", "reports"),
}
DICTIONARY = (
    ("file", "File that the name stands in"),
    ("name", "Name of a column, or of a cell of the form"),
    ("kind", "Kind of its values"),
    ("label_zh", "Meaning in Chinese"),
    ("label_en", "Meaning in English"),
)
CHECKS = (
    ("code", "Code of the check"),
    ("name", "Name of the check"),
    ("severity", "error, warning or notice"),
    ("title_zh", "What it holds, in Chinese"),
    ("title_en", "What it holds, in English"),
    ("formula_zh", "Its formula, in Chinese"),
    ("formula_en", "Its formula, in English"),
)


def dictionary_csv(tables: Iterable[AnyTable], suffix: str = "csv") -> str:
    """Return every column of every file and every cell of the form, with words in two languages."""
    rows = [
        (f"{table.name}.{suffix}", column.name, column.kind.value, column.label.zh, column.label.en)
        for table in tables
        for column in table.columns
    ]
    rows += [
        (f"cells.{suffix}: cell", name, cell.unit.value, cell.label.zh, cell.label.en)
        for name, cell in CELLS.items()
    ]
    return _csv(DICTIONARY, rows)


def checks_csv() -> str:
    """Return the checks that findings name."""
    rows = [
        (c.code, c.name, c.severity.value, c.title.zh, c.title.en, c.formula.zh, c.formula.en)
        for c in all_checks()
    ]
    return _csv(CHECKS, rows)


def _csv(columns: Iterable[tuple[str, str]], rows: Iterable[tuple[str, ...]]) -> str:
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([name for name, _ in columns])
    writer.writerows(rows)
    return buffer.getvalue()


def describe(
    tables: Iterable[AnyTable],
    state: DatabaseState,
    origin: Origin,
    filters: dict[str, str],
    suffix: str = "csv",
) -> dict[str, Any]:
    """Return the Frictionless description (`datapackage.json`) of a bundle."""
    synthetic = "SYNTHETIC DATA, NOT REAL REPORTS. " if origin.is_synthetic else ""
    made = state.built_at or datetime.now(UTC)
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "id": state.content_hash,
        "title": f"{synthetic}政府信息公开年报数据 Disclosure reports of China",
        "description": f"{synthetic}Figures as printed in the annual government information "
        "disclosure reports of Chinese administrative organs. Nothing is corrected or filled in.",
        **({"homepage": origin.site} if origin.site else {}),
        "version": state.content_hash[:12],
        "created": made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "licenses": [LICENCE],
        "gip:filters": filters,
        "resources": [*(_resource(table, suffix) for table in tables), *_lists()],
    }


def _resource(table: AnyTable, suffix: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [
            {
                "name": column.name,
                **_type(column.kind, suffix),
                "title": column.label.en,
                "description": column.label.zh,
            }
            for column in table.columns
        ],
        "missingValues": [""],
        "primaryKey": ["id"],
    }
    key = KEYS.get(table.name)
    if key is not None:
        field, resource = key
        reference = {"resource": resource, "fields": ["id"]}
        schema["foreignKeys"] = [{"fields": [field], "reference": reference}]
    return {**_file(table.name, suffix), "title": table.title.en, "schema": schema}


def _lists() -> Iterator[dict[str, Any]]:
    for name, columns in (("data_dictionary", DICTIONARY), ("checks", CHECKS)):
        fields = [{"name": name, "type": "string", "title": words} for name, words in columns]
        yield {**_file(name), "schema": {"fields": fields, "missingValues": [""]}}


def _type(kind: Kind, suffix: str) -> dict[str, Any]:
    """Return what the values of a column are; in Parquet lists stay lists."""
    return {"type": "array"} if kind is Kind.LIST and suffix != "csv" else TYPES[kind]


def _file(name: str, suffix: str = "csv") -> dict[str, Any]:
    found = {
        "name": name,
        "path": f"{name}.{suffix}",
        "profile": "tabular-data-resource",
        "format": suffix,
        "mediatype": MEDIA_TYPES[suffix],
    }
    return {**found, "encoding": "utf-8"} if suffix == "csv" else found


def readme(
    state: DatabaseState, origin: Origin, filters: dict[str, str], suffix: str = "csv"
) -> str:
    """Return the text that explains a bundle to whoever opens it."""
    read = state.read_at.date().isoformat() if state.read_at else "unknown"
    made = state.built_at.date().isoformat() if state.built_at else "unknown"
    chosen = ", ".join(f"{name}={value}" for name, value in filters.items()) or "none: everything"
    marked = (
        "\n**模拟数据，不是真实报告。Synthetic data, no real reports.**\n"
        if origin.is_synthetic
        else ""
    )
    defused = (
        "Text that a spreadsheet would run as a formula has an apostrophe in front.\n\n"
        if suffix == "csv"
        else ""
    )
    editions = ", ".join(edition.value for edition in BLOCKS)
    return f"""# 政府信息公开年报数据 / Disclosure reports of China
{marked}
- Snapshot: `{state.content_hash}`
- Sources read until: {read}; statistics made: {made}
- Filters: {chosen}
- Address: {origin.site or "unknown"}

| file | a row is |
|---|---|
| offices.{suffix} | an office of the register, or one that a report names |
| reports.{suffix} | the newest revision of an office's report on a year, with its main figures |
| cells.{suffix} | one figure of a report, by the name of its cell (editions {editions}) |
| findings.{suffix} | one check that a report fails, with both sides and their cells |
| gone_findings.{suffix} | one that an older revision failed and the newest does not |
| checks.csv | one check: what must hold |
| data_dictionary.csv | one column of these files, or one cell of the form, in Chinese and English |
| datapackage.json | the same for programs (Frictionless) |

数字照原样收录：不更正、不填补、不推测；空白不等于 0，状态另成一列（`state`）。
Figures stand as printed. A blank is not 0: the state of a figure has a column of its own. Where two
printed figures disagree, arithmetic cannot tell which figure is wrong.

{defused}```python
import pandas
cells = pandas.read_{suffix}("cells.{suffix}")
cells[cells.cell == "received.total"].groupby("year").value.sum()
```

Licence: {LICENCE["title"]}, {LICENCE["path"]}
"""
