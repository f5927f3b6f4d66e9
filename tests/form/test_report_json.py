"""Reports to JSON and back, and files that are not what they should be."""

import json
from pathlib import Path

import pytest

from gipcore.errors import InvalidDataError
from gipcore.form.report_json import report_from_json, report_to_json

REPORTS = sorted((Path(__file__).parents[2] / "data" / "reports").glob("*.json"))


def normalized() -> dict:
    return json.loads(REPORTS[0].read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", REPORTS, ids=lambda file: file.stem)
def test_a_committed_report_survives_the_way_in_and_out(file) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    assert data.pop("read_at")
    assert report_to_json(report_from_json(data, where=file.name)) == data


def test_ten_reports_are_committed() -> None:
    assert len(REPORTS) == 10


def test_a_claim_in_words_keeps_its_kind_and_a_count_does_not_name_it() -> None:
    data = normalized()
    count = {
        "cells": ["carried_forward.total"],
        "value": 0,
        "quote": "结转…0",
        "place": "section 1",
    }
    data["claims"] = [count, count | {"kind": "all_answered", "quote": "均…答复"}]
    claims = report_to_json(report_from_json(data, where="x.json"))["claims"]
    assert [claim.get("kind") for claim in claims] == [None, "all_answered"]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["schema"], "gip-report/0", "schema is"),
        (["cells", "received.total", "value"], "12", "state number but value"),
        (["cells", "received.total", "value"], float("nan"), "state number but value"),
        (["cells", "received.total", "value"], float("inf"), "state number but value"),
        (["cells", "received.total", "value"], True, "state number but value"),
        (["cells", "received.total", "state"], "blank", "state blank beside value"),
        (["cells", "received.total", "state"], "guessed", "not a gip-report/1 object"),
        (["cells", "nonsense"], {"value": 1}, "no cell is named “nonsense”"),
        (["claims"], [{"cells": ["nonsense"]}], "which is no cell"),
        (["year"], "twenty", "not a gip-report/1 object"),
        (["office"], None, "not a gip-report/1 object"),
    ],
)
def test_a_wrong_file_is_named_with_its_fault(path, value, message) -> None:
    data = normalized()
    target = data
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    with pytest.raises(InvalidDataError, match=message) as caught:
        report_from_json(data, where="x.json")
    assert "x.json" in str(caught.value)
