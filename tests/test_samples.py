"""The five sample documents against their hand-checked figures, where the samples are at hand."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gipcore.checks.outcome import Severity, Verdict
from gipcore.checks.run import run_checks
from gipcore.form.report import OfficeName
from gipcore.form.report_json import report_from_json
from gipcore.ingest import read_report

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT.parent / "shared" / "reports"
CONTRACT = ROOT.parent / "shared" / "contract" / "cells.csv"
DOCUMENTS = sorted(SAMPLES.glob("*.txt"))
pytestmark = pytest.mark.skipif(
    not DOCUMENTS,
    reason="the sample documents (../shared/reports) are the offices' own texts and not in the "
    "repository; their figures are, in data/reports/",
)


def committed():
    reports = {}
    for file in (ROOT / "data" / "reports").glob("*.json"):
        report = report_from_json(json.loads(file.read_text(encoding="utf-8")), where=file.name)
        reports[report.source.file] = report
    return reports


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name[:3])
def test_every_cell_of_a_sample_is_read(file) -> None:
    truth = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    report = read_report(file)
    assert {name: value.number for name, value in report.cells.items()} == truth["cells"]
    assert (report.office.name, report.year) == (truth["office"], truth["year"])
    assert report.unread == ()


def test_only_002_disagrees_with_its_text_and_all_balance() -> None:
    failed = {
        file.name[:3]: [
            (outcome.code, outcome.left, outcome.right)
            for outcome in run_checks(read_report(file))
            if outcome.verdict is Verdict.FAILED and outcome.severity is not Severity.NOTICE
        ]
        for file in DOCUMENTS
    }
    expected = {file.name[:3]: [] for file in DOCUMENTS}
    assert failed == expected | {"002": [("C801", 134, 117)]}


def test_only_002_says_all_answered_beside_requests_carried_forward() -> None:
    found = {
        file.name[:3]: [
            (outcome.verdict.value, outcome.left, outcome.right)
            for outcome in run_checks(read_report(file))
            if outcome.code == "C805" and outcome.left is not None
        ]
        for file in DOCUMENTS
    }
    said = {"002": [("failed", 0, 2)], "004": [("passed", 0, 0)]}
    assert {name: outcomes for name, outcomes in found.items() if outcomes} == said


def figures_of(report):
    """Leave out the sentences, which are not committed, and what the register adds."""
    return replace(report, office=OfficeName(report.office.name), passages=())


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name[:3])
def test_the_committed_report_is_what_the_program_reads_today(file) -> None:
    assert figures_of(committed()[file.name]) == figures_of(read_report(file))


@pytest.mark.parametrize("file", sorted((SAMPLES / "figures").glob("*.json")), ids=lambda f: f.stem)
def test_the_committed_transcription_has_the_figures_of_its_source(file) -> None:
    truth = json.loads(file.read_text(encoding="utf-8"))
    report = committed()[file.name]
    assert {name: value.number for name, value in report.cells.items()} == truth["cells"]
    said = [{"cells": list(claim.cells), "value": claim.value} for claim in report.claims]
    given = [{"cells": c["cells"], "value": c["value"]} for c in truth["claims"]]
    assert said == given


def test_the_cell_names_are_those_of_the_contract() -> None:
    kept = Path(__file__).parent / "form" / "cells.csv"
    assert kept.read_bytes() == CONTRACT.read_bytes()
