"""What changed since a state of the data that was cited, a row a change."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine

from gipcore.checks.catalogue import sentence
from gipcore.export.columns import Column, Kind, Table, Value, attribute, read_of
from gipcore.export.computed import computed
from gipcore.export.filters import SINCE, UNKNOWN_SNAPSHOT, BadParameterError
from gipcore.form.editions import CELLS
from gipcore.form.report import State
from gipcore.store.database import database_state
from gipcore.store.query import Query
from gipcore.store.read_changes import Change, ChangeRow, changes, past
from gipcore.store.snapshots import Snapshot, snapshot_named, snapshot_of
from gipcore.words import Language, Text


def snapshot_asked(engine: Engine, query: Query) -> Snapshot:
    """Return the state that a query names.

    Raises BadParameterError for one that can be no state before the newest.
    """
    found = snapshot_named(query.since or "")
    state = database_state(engine)
    if found is None or not (found.is_of(state) or found.can_be_before(state)):
        raise BadParameterError(
            SINCE,
            f"there was no state {query.since} of the data; the newest is {snapshot_of(state)}, "
            "and a citation has its own as snapshot=",
            code=UNKNOWN_SNAPSHOT,
        )
    return found


def _rows(engine: Engine, query: Query) -> Iterator[ChangeRow]:
    return changes(engine, query, snapshot_asked(engine, query))


def past_facts(engine: Engine, query: Query) -> Mapping[str, Any]:
    """Return what can be said of the state that a query names, for JSON."""
    said = past(engine, snapshot_asked(engine, query))
    return {
        "snapshot": query.since,
        "newest": snapshot_of(database_state(engine)),
        "is_current": said.is_current,
        "is_proved": said.is_proved,
        "reports_new": said.reports_new,
        "reports_revised": said.reports_revised,
    }


def _of_report(name: str, kind: Kind, zh: str, en: str) -> Column[ChangeRow]:
    def read(row: ChangeRow) -> Value:
        found: Value = getattr(row.report, name)
        return found

    return read_of("report_id" if name == "id" else name, kind, zh, en, read)


def _of_cell(name: str, kind: Kind, zh: str, en: str) -> Column[ChangeRow]:
    def read(row: ChangeRow) -> Value:
        if row.cell is None:
            return None
        found: Any = getattr(row.cell, name)
        if name.endswith("_state"):
            return "absent" if found is None else State(found).value
        value: Value = found
        return value

    return read_of(name, kind, zh, en, read)


def _label(row: ChangeRow, language: Language) -> str | None:
    return None if row.cell is None else CELLS[row.cell.cell].label.within(language)


def _sentence(row: ChangeRow, language: Language) -> str | None:
    return None if row.finding is None else sentence(row.finding, language)


CHANGES: Table[ChangeRow] = replace(
    computed(
        "changes",
        Text("引用之后的变化", "What changed since a citation"),
        (
            attribute("id", Kind.TEXT, "行的编号", "Id of the row"),
            read_of(
                "change",
                Kind.TEXT,
                "变化的种类",
                "report_new, report_revised, cell_changed, finding_new or finding_gone",
                lambda row: row.change.value,
            ),
            _of_report("id", Kind.TEXT, "报告编号", "Report id"),
            _of_report("office_id", Kind.TEXT, "机关编号", "Office id"),
            _of_report("office_name", Kind.TEXT, "机关名称", "Office"),
            _of_report("office_name_en", Kind.TEXT, "机关英文名称", "Office, in English"),
            _of_report("region_code", Kind.TEXT, "行政区划代码", "Region code"),
            _of_report("year", Kind.INTEGER, "报告年度", "Year that the report is on"),
            _of_report("form", Kind.TEXT, "表格版本", "Edition of the form"),
            attribute(
                "revision_then",
                Kind.INTEGER,
                "引用时的版本；当时没有这份报告则为空",
                "Revision when it was cited; empty if the report was not there",
            ),
            _of_report("revision", Kind.INTEGER, "现在的版本", "Revision now"),
            _of_report("read_at", Kind.TIME, "读取时间", "When it was read"),
            _of_cell("cell", Kind.TEXT, "格的名称", "Name of the cell: line and column"),
            read_of(
                "label",
                Kind.TEXT,
                "格的含义",
                "What the cell counts, in Chinese as on the form",
                lambda row: _label(row, Language.ZH),
            ),
            read_of(
                "label_en",
                Kind.TEXT,
                "格的含义（英文）",
                "What the cell counts, in English",
                lambda row: _label(row, Language.EN),
            ),
            _of_cell("old_value", Kind.NUMBER, "引用时的数值", "Figure when it was cited"),
            _of_cell("old_state", Kind.TEXT, "引用时的状态", "State when it was cited"),
            _of_cell("old_raw", Kind.TEXT, "引用时印出的原文", "Text as printed when it was cited"),
            _of_cell("new_value", Kind.NUMBER, "现在的数值", "Figure now"),
            _of_cell("new_state", Kind.TEXT, "现在的状态", "State now"),
            _of_cell("new_raw", Kind.TEXT, "现在印出的原文", "Text as printed now"),
            read_of(
                "check",
                Kind.TEXT,
                "校验项",
                "Check",
                lambda row: None if row.finding is None else row.finding.code,
            ),
            read_of(
                "severity",
                Kind.TEXT,
                "严重程度",
                "Severity",
                lambda row: None if row.finding is None else row.finding.severity,
            ),
            read_of(
                "sentence_zh",
                Kind.TEXT,
                "问题的说明（中文）",
                "The finding in words, Chinese",
                lambda row: _sentence(row, Language.ZH),
            ),
            read_of(
                "sentence_en",
                Kind.TEXT,
                "问题的说明（英文）",
                "The finding in words, English",
                lambda row: _sentence(row, Language.EN),
            ),
        ),
        _rows,
        {"change": tuple(change.value for change in Change)},
    ),
    facts=past_facts,
)
