"""A report and its outcomes in few bytes, and back again without loss.

Cells are written by their numbers instead of their names, so a body can be read only together with
the form of the database's schema version.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from gipcore.checks.outcome import Outcome, Reason, Severity, Verdict
from gipcore.form.editions import CELLS
from gipcore.form.report import Report, State, Value
from gipcore.form.report_json import report_from_json, report_to_json

NAMES = tuple(CELLS)
NUMBERS = {name: number for number, name in enumerate(NAMES)}
STATES = tuple(State)
STATE_NUMBERS = {state: number for number, state in enumerate(STATES)}


def encode_report(report: Report) -> bytes:
    """Return the report as JSON, without its text; equal reports give equal bytes."""
    data = report_to_json(replace(report, cells={}, passages=()))
    data["cells"] = [
        [NUMBERS[name], value.number, STATE_NUMBERS[value.state], value.raw, value.place]
        for name, value in sorted(report.cells.items(), key=lambda item: NUMBERS[item[0]])
    ]
    return _encode(data)


def decode_report(encoded: bytes) -> Report:
    """Return the report that was encoded."""
    data = _decode(encoded)
    cells = {
        NAMES[number]: Value(value, STATES[state], raw, place)
        for number, value, state, raw, place in data["cells"]
    }
    data["cells"] = {}
    return replace(report_from_json(data, where="the database"), cells=cells)


def decode_printed(encoded: bytes) -> dict[int, tuple[str, str]]:
    """Return the raw text and the place of each cell of an encoded report, by the cell's number."""
    return {number: (raw, place) for number, _, _, raw, place in _decode(encoded)["cells"]}


def encode_outcomes(outcomes: Sequence[Outcome]) -> bytes:
    """Return the outcomes of a report as JSON; equal outcomes give equal bytes."""
    return _encode(
        [
            [
                outcome.code,
                outcome.verdict.value,
                outcome.severity.value,
                _numbers(outcome.left_cells),
                _numbers(outcome.right_cells),
                outcome.left,
                outcome.right,
                None if outcome.reason is None else outcome.reason.value,
                outcome.places,
                outcome.detail,
            ]
            for outcome in outcomes
        ]
    )


def decode_outcomes(encoded: bytes) -> tuple[Outcome, ...]:
    """Return the outcomes that were encoded."""
    return tuple(
        Outcome(
            code,
            Verdict(verdict),
            Severity(severity),
            _names(left_cells),
            _names(right_cells),
            left,
            right,
            None if reason is None else Reason(reason),
            tuple(places),
            detail,
        )
        for (
            code,
            verdict,
            severity,
            left_cells,
            right_cells,
            left,
            right,
            reason,
            places,
            detail,
        ) in _decode(encoded)
    )


def compress(encoded: bytes) -> bytes:
    """Return a body as the database keeps it."""
    return zlib.compress(encoded, 6)


def decompress(body: bytes) -> bytes:
    """Return what was compressed."""
    return zlib.decompress(body)


def digest(*parts: object) -> str:
    """Return a hash of plain values and bytes, the same on every machine and at any time."""
    found = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.hexdigest()


def _numbers(cells: Iterable[str]) -> list[int]:
    return [NUMBERS[cell] for cell in cells]


def _names(numbers: Iterable[int]) -> tuple[str, ...]:
    return tuple(NAMES[number] for number in numbers)


def _encode(data: object) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _decode(encoded: bytes) -> Any:  # noqa: ANN401 - JSON is of any shape
    return json.loads(encoded.decode("utf-8", "surrogatepass"))
