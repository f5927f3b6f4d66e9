"""Reports to and from the JSON of the contract (`gip-report/1`)."""

from collections.abc import Mapping
from typing import Any

from gipcore.errors import InvalidDataError
from gipcore.form.editions import CELLS
from gipcore.form.model import EditionId
from gipcore.form.report import (
    Claim,
    ClaimKind,
    OfficeName,
    Passage,
    Repair,
    RepairCode,
    Report,
    SectionHeading,
    SourceFile,
    State,
    Unread,
    Value,
)

SCHEMA = "gip-report/1"
Json = dict[str, Any]
MOST = 10**15  # more than any count; NaN and infinities are not less


def report_to_json(report: Report) -> Json:
    """Return the JSON object of a report, cells in the order of the form, without outcomes.

    `passages` and the office's `suggestion` are there only when the report has them.
    """
    found: Json = {
        "schema": SCHEMA,
        "source": {
            "file": report.source.file,
            "sha256": report.source.sha256,
            "format": report.source.format,
            "bytes": report.source.bytes,
        },
        "office": {
            "name": report.office.name,
            "id": report.office.id,
            "region_code": report.office.region_code,
        },
        "year": report.year,
        "form": report.form.value,
        "title": report.title,
        "cells": {
            name: _value_to_json(report.cells[name]) for name in CELLS if name in report.cells
        },
        "claims": [_claim_to_json(claim) for claim in report.claims],
        "unread": [{"place": row.place, "text": row.text} for row in report.unread],
        "repairs": [_repair_to_json(repair) for repair in report.repairs],
        "sections": [
            {"number": found.number, "title": found.title, "place": found.place}
            for found in report.sections
        ],
        "years_named": dict(report.years_named),
    }
    if report.office.suggestion is not None:
        found["office"]["suggestion"] = report.office.suggestion
    if report.passages:
        found["passages"] = [
            {"section": passage.section, "text": passage.text, "place": passage.place}
            for passage in report.passages
        ]
    return found


def _value_to_json(value: Value) -> Json:
    return {
        "value": value.number,
        "state": value.state.value,
        "raw": value.raw,
        "place": value.place,
    }


def _claim_to_json(claim: Claim) -> Json:
    """Return the JSON object of a claim, whose `kind` is there only when it is no count."""
    kind = {} if claim.kind is ClaimKind.COUNT else {"kind": claim.kind.value}
    return {
        "cells": list(claim.cells),
        "value": claim.value,
        "quote": claim.quote,
        "place": claim.place,
        "scope": claim.scope,
        "says": claim.says,
        "alternatives": [list(cells) for cells in claim.alternatives],
        **kind,
    }


def _repair_to_json(repair: Repair) -> Json:
    return {
        "code": repair.code.value,
        "place": repair.place,
        "detail": repair.detail,
        "cells": list(repair.cells),
    }


def report_from_json(data: Mapping[str, Any], *, where: str) -> Report:
    """Build a report from its JSON object.

    `where` names the file for messages. Raises InvalidDataError with the place of the fault.
    """
    if data.get("schema") != SCHEMA:
        raise InvalidDataError(
            f"{where}: schema is {data.get('schema')!r}, expected {SCHEMA!r}; "
            "make the file anew with `python -m gipcore parse`"
        )
    try:
        return _report(data, where)
    except InvalidDataError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise InvalidDataError(
            f"{where}: not a {SCHEMA} object ({type(fault).__name__}: {fault}); "
            "compare it with the JSON that `python -m gipcore parse` prints"
        ) from fault


def _report(data: Mapping[str, Any], where: str) -> Report:
    return Report(
        source=SourceFile(
            file=str(data["source"]["file"]),
            sha256=str(data["source"]["sha256"]),
            format=str(data["source"]["format"]),
            bytes=int(data["source"]["bytes"]),
        ),
        office=OfficeName(
            name=data["office"]["name"],
            id=data["office"].get("id"),
            region_code=data["office"].get("region_code"),
            suggestion=data["office"].get("suggestion"),
        ),
        year=None if data["year"] is None else int(data["year"]),
        form=EditionId(data["form"]),
        title=data["title"],
        cells={name: _value_from_json(name, cell, where) for name, cell in data["cells"].items()},
        claims=tuple(_claim_from_json(claim, where) for claim in data.get("claims", ())),
        unread=tuple(Unread(row["place"], row["text"]) for row in data.get("unread", ())),
        repairs=tuple(
            Repair(
                RepairCode(repair["code"]),
                repair["place"],
                repair["detail"],
                tuple(repair.get("cells", ())),
            )
            for repair in data.get("repairs", ())
        ),
        sections=tuple(
            SectionHeading(int(found["number"]), found["title"], found["place"])
            for found in data.get("sections", ())
        ),
        years_named={key: int(year) for key, year in data.get("years_named", {}).items()},
        passages=tuple(
            Passage(int(found["section"]), str(found["text"]), str(found["place"]))
            for found in data.get("passages", ())
        ),
    )


def _value_from_json(name: str, cell: Mapping[str, Any], where: str) -> Value:
    if name not in CELLS:
        raise InvalidDataError(f"{where}: no cell is named “{name}”; see the data dictionary")
    number, state = cell["value"], State(cell["state"])
    is_figure = _is_finite(number)
    if state is State.NUMBER and not is_figure:
        raise InvalidDataError(f"{where}: cell {name} has state number but value {number!r}")
    if state in (State.BLANK, State.UNREADABLE, State.NOT_APPLICABLE) and number is not None:
        raise InvalidDataError(f"{where}: cell {name} has state {state} beside value {number!r}")
    return Value(number, state, str(cell["raw"]), str(cell["place"]))


def _is_finite(number: object) -> bool:
    """Tell whether a JSON value is a number to count with (JSON lets NaN and Infinity through)."""
    if not isinstance(number, int | float) or isinstance(number, bool):
        return False
    return abs(number) < MOST


def _claim_from_json(claim: Mapping[str, Any], where: str) -> Claim:
    cells = tuple(claim["cells"])
    alternatives = tuple(tuple(names) for names in claim.get("alternatives", ()))
    for name in (*cells, *(name for names in alternatives for name in names)):
        if name not in CELLS:
            raise InvalidDataError(f"{where}: a claim names “{name}”, which is no cell")
    if not _is_finite(claim["value"]):
        raise InvalidDataError(f"{where}: a claim has the value {claim['value']!r}")
    return Claim(
        cells=cells,
        value=claim["value"],
        quote=str(claim["quote"]),
        place=str(claim["place"]),
        scope=claim.get("scope"),
        says=str(claim.get("says", "")),
        alternatives=alternatives,
        kind=ClaimKind(claim.get("kind", ClaimKind.COUNT)),
    )
