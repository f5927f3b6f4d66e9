"""Normalized reports: read back whole, and every fault named."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from gipcore.errors import InvalidDataError
from gipcore.form.report_json import report_to_json
from gipcore.store.normalized import is_normalized, normalized_files, read_normalized
from tests.factories import balanced, claim_of_received, make_report

REPORT = make_report(figures=balanced(3), claims=(claim_of_received(3, "本机关"),))
Change = Callable[[dict[str, Any]], object]


def encoded(**changes: object) -> bytes:
    return json.dumps(report_to_json(REPORT) | changes).encode()


def test_report_comes_back(tmp_path):
    assert read_normalized(encoded(), "a.json").report == REPORT
    assert read_normalized(encoded(outcomes=[], more=1), "a.json").report == REPORT


def test_time_of_reading_may_stand_beside():
    assert read_normalized(encoded(), "a").read_at is None
    found = read_normalized(encoded(read_at="2026-11-21T10:00:00+08:00"), "a").read_at
    assert found == datetime(2026, 11, 21, 2, tzinfo=UTC)


def test_own_reports_are_all_read():
    files = normalized_files()
    assert len(files) >= 10
    for file in files:
        assert is_normalized(file.read_bytes())
        assert read_normalized(file.read_bytes(), file.name).report.year


def test_other_files_are_not_taken_for_reports():
    for data in (b"", b"{}", b"[1]", b"gip-report/1", "一、总体情况".encode()):
        assert not is_normalized(data)


def source(**changes: object) -> dict[str, object]:
    return report_to_json(REPORT)["source"] | changes


@pytest.mark.parametrize(
    "data",
    [
        b'{"schema": "gip-report/1"',
        b'{"schema": "gip-report/1"}',
        b'["gip-report/1"]',
        b"\xff\xfe gip-report/1",
        b'{"schema": "gip-report/1", "a": ' + b"[" * 100_000,
        encoded(schema="gip-report/2"),
        encoded(read_at="yesterday"),
        encoded(read_at="2026-11-21T10:00:00"),
        encoded(title=["no", "text"]),
        encoded(office={"name": 5}),
        encoded(office={"name": "甲", "id": {}}),
        encoded(source=source(sha256="zz")),
        encoded(source=source(sha256="../../etc/passwd")),
        encoded(source=source(bytes=-1)),
        encoded(source=source(bytes=10**30)),
        encoded(unread=[{"place": None, "text": "a"}]),
        encoded(
            cells={"received.total": {"value": 10**400, "state": "number", "raw": "", "place": ""}}
        ),
        encoded(
            cells={"received.total": {"value": "3", "state": "number", "raw": "", "place": ""}}
        ),
        encoded(cells={"no.such.cell": {"value": 3, "state": "number", "raw": "", "place": ""}}),
        encoded(claims=[{"cells": ["received.total"], "value": "x", "quote": "", "place": ""}]),
        encoded().replace(b'"value": 3', b'"value": NaN', 1),
        encoded().replace(b'"value": 3', b'"value": Infinity', 1),
        encoded().replace(b'"value": 3', b'"value": 1e999', 1),
        encoded().replace(b'"value": 3', b'"value": ' + b"9" * 5000, 1),
    ],
)
def test_fault_is_named_with_its_file(data: bytes):
    with pytest.raises(InvalidDataError, match=r"^a\.json: "):
        read_normalized(data, "a.json")
