"""Every case file of `cases/` holds, and every check has the cases that it needs."""

from collections import Counter

import pytest

from gipcore.checks.catalogue import all_checks, check, sentence
from gipcore.checks.outcome import Outcome, Verdict
from gipcore.words import Language
from tests.checks.case_files import Case, all_cases

CASES = tuple(all_cases())
# C101 says whether a table was read, which can always be said.
ALWAYS_DECIDED = {"C101"}


def as_expected(outcome: Outcome) -> dict[str, object]:
    return {
        "verdict": str(outcome.verdict),
        "left": outcome.left,
        "right": outcome.right,
        "difference": outcome.difference,
        "reason": outcome.reason and str(outcome.reason),
        "cells": list(outcome.cells),
        "left_cells": list(outcome.left_cells),
        "right_cells": list(outcome.right_cells),
        "places": list(outcome.places),
        "detail": outcome.detail,
        "zh": sentence(outcome, Language.ZH),
        "en": sentence(outcome, Language.EN),
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code} {case.name}")
def test_case_holds(case: Case) -> None:
    outcomes = case.run()
    own = [as_expected(outcome) for outcome in outcomes if outcome.code == case.code]
    assert Counter(outcome["verdict"] for outcome in own) == Counter(case.outcomes)
    for expected in case.expect:
        assert set(expected) <= set(own[0]), f"unknown keys in {expected}"
        found = [{key: outcome[key] for key in expected} for outcome in own]
        assert dict(expected) in found
    failing = {outcome.code for outcome in outcomes if outcome.verdict is Verdict.FAILED}
    assert failing == case.failing


@pytest.mark.parametrize("code", [check.code for check in all_checks()])
def test_check_has_a_case_of_each_verdict(code: str) -> None:
    shown = {verdict for case in CASES if case.code == code for verdict in case.outcomes}
    needed = {str(verdict) for verdict in Verdict}
    if code in ALWAYS_DECIDED:
        needed.remove("not_applicable")
        assert not check(code).reasons
    assert needed <= shown


@pytest.mark.parametrize("code", [check.code for check in all_checks()])
def test_failure_has_a_case_with_its_sentence_in_both_languages(code: str) -> None:
    said = [
        expected
        for case in CASES
        if case.code == code
        for expected in case.expect
        if expected.get("verdict") == "failed" and {"zh", "en"} <= set(expected)
    ]
    assert said


def test_case_file_belongs_to_a_check() -> None:
    assert {case.code for case in CASES} == {check.code for check in all_checks()}


@pytest.mark.parametrize("code", [check.code for check in all_checks()])
def test_reasons_shown_by_cases_are_on_the_card(code: str) -> None:
    shown = {
        outcome.reason
        for case in CASES
        for outcome in case.run()
        if outcome.code == code and outcome.reason is not None
    }
    assert shown <= set(check(code).reasons)
