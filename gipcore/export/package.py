"""What goes with the tables of a bundle: data dictionary, readme and Frictionless description."""

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from gipcore.checks.catalogue import all_checks
from gipcore.export.columns import AnyTable, Kind, Origin
from gipcore.form.editions import CELLS
from gipcore.form.proactive import BLOCKS
from gipcore.store.rows import DatabaseState
from gipcore.store.snapshots import snapshot_of

NAME = "gip"
LICENCE = {
    "name": "CC0-1.0",
    "path": "https://creativecommons.org/publicdomain/zero/1.0/",
    "title": "CC0 1.0 Universal",
}
OF_WORDS = {"name": "MIT", "path": "LICENSE.txt", "title": "MIT License"}
OF_PROGRAM = Path(__file__).parents[2] / "LICENSE"
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
        "gip:snapshot": snapshot_of(state),
        "created": made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "licenses": [LICENCE, OF_WORDS],
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
    """Return what the values of a column are.

    Lists stay lists in Parquet. Frictionless has no words for these: its arrays are JSON text.
    """
    return {"type": "any"} if kind is Kind.LIST and suffix != "csv" else TYPES[kind]


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
- Snapshot: `{snapshot_of(state)}`, SHA-256 `{state.content_hash}`
- Changes since: {origin.site}/api/v1/changes.csv?since={snapshot_of(state)}
- Sources read until: {read}; statistics made: {made}
- Filters: {chosen}
- Address: {origin.site or "unknown"}

| file | a row is |
|---|---|
| offices.{suffix} | an office with a report in reports.{suffix} |
| reports.{suffix} | the newest revision of an office's report on a year, with its main figures |
| cells.{suffix} | one figure of a report, by the name of its cell (editions {editions}) |
| findings.{suffix} | one check that a report fails, with both sides and their cells |
| gone_findings.{suffix} | one that an older revision failed and the newest does not |
| checks.csv | one check: what must hold |
| data_dictionary.csv | one column of these files, or one cell of the form, in Chinese and English |
| datapackage.json | the same for programs (Frictionless) |
| LICENSE.txt | what may be done with the figures, and with the words about them |

各文件所含机关、报告一致：offices 只列 reports 中有报告的机关，findings 和 gone_findings 也只列
这些报告的问题。没有报告的机关另有一表：`/api/v1/offices_without_report.csv`，筛选条件相同。
Every file is of the same reports and offices, whatever the filters: offices.{suffix} has the
offices of reports.{suffix} and no others, the findings are of its reports. The offices without a
report are a table of their own: `/api/v1/offices_without_report.csv`, with the same filters.

数字照原样收录：不更正、不填补、不推测；空白不等于 0，状态另成一列（`state`）。
Figures stand as printed. A blank is not 0: the state of a figure has a column of its own. Where two
printed figures disagree, arithmetic cannot tell which figure is wrong.

{defused}```python
import pandas
cells = pandas.read_{suffix}("cells.{suffix}")
cells[cells.cell == "received.total"].groupby("year").value.sum()
```

Licence: {LICENCE["title"]}, {LICENCE["path"]}; for the words of checks and
columns the {OF_WORDS["title"]}. Both in full sentences: {OF_WORDS["path"]}
"""


def licence() -> str:
    """Return what may be done with a bundle: with its figures, and with the words about them."""
    return f"""数据 / Figures

各文件中的数字和名称取自行政机关依法公开的年度报告，属于事实。本项目对这些数据的整理
不主张任何权利（{LICENCE["title"]}）：可以自由使用、复制、改编、再发布，不必征求同意。请注明快照
编号，以便他人找到同样的数字。
The figures and names in these files are facts from annual reports that administrative organs are
bound by law to publish. For having gathered and arranged them this project claims no rights
({LICENCE["title"]}, {LICENCE["path"]}): use, copy,
change and publish them as you like, without asking. Please name the snapshot, so that others can
find the same figures.

原始报告的文字属于各机关，这里只收标题、照原样的数字及其位置，以及核对所引用的片言只语；
对错误的数字不更正，也不作任何保证。
The sentences of the reports are their offices' own; of them only titles, the figures as printed,
their places, and the few words that a finding quotes are here. Wrong figures are not put right,
and nothing is warranted.

说明文字 / Words about the figures

README.md、data_dictionary.csv、checks.csv、datapackage.json 和校验说明是本项目写的，许可如下。
README.md, data_dictionary.csv, checks.csv, datapackage.json and the sentences that explain findings
were written for this project, under these terms:

{OF_PROGRAM.read_text("utf-8")}"""
