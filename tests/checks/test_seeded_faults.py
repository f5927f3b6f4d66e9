"""Each of a thousand seeded faults is found by exactly the right check; clean reports have none.

Exactly: the sums of the form that fail are those that the printed figures break, each by the
difference that they have; of the other checks only the one fails that the fault is for, on its
cells and by its difference.
"""

from collections import Counter
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from gipcore.checks.catalogue import ARITHMETIC_CODES, all_checks
from gipcore.form.model import EditionId
from tests.checks.drafts import as_broken, draft, failures
from tests.checks.faults import KINDS, SHIFTING, SHIFTS, STRAIGHT, WAYS, Fault, in_format
from tests.documents.factory import html_page

FAULTS = {kind.__name__: tuple(kind()) for kind in KINDS}
CLEAN_REPORTS = 1000
# These look at what is not on the form: names, years and words, and have cases of their own.
SEEDED_ELSEWHERE = {"C107", "C108", "C804", "C805", "C806"}


def assert_found(fault: Fault, data: bytes | None = None) -> None:
    failed = failures(fault.draft.outcomes(data))
    sums = {as_broken(outcome) for outcome in failed if outcome.code in ARITHMETIC_CODES}
    others = Counter(
        (outcome.code, frozenset(outcome.cells), outcome.difference)
        for outcome in failed
        if outcome.code not in (*ARITHMETIC_CODES, *fault.allowed)
    )
    assert sums == fault.draft.broken(), fault
    assert others == Counter(fault.others), fault
    assert fault.code in {outcome.code for outcome in failed}, fault


@pytest.mark.parametrize("kind", FAULTS)
def test_fault_is_found_by_exactly_the_right_check(kind: str) -> None:
    for fault in FAULTS[kind]:
        assert_found(fault)


def test_fault_is_found_in_a_printed_file(real_browser: Browser) -> None:
    browser_page = real_browser.new_page()
    for edition in (*EditionId, *EditionId):
        fault = in_format("pdf", edition)
        browser_page.set_content(html_page(fault.draft.form()))
        assert_found(fault, browser_page.pdf(format="A4"))
    browser_page.close()


def test_every_check_and_every_cell_that_adds_up_has_a_fault() -> None:
    every = [fault for faults in FAULTS.values() for fault in faults]
    assert len(every) >= 1000
    codes = {fault.code for fault in every}
    assert codes | SEEDED_ELSEWHERE >= {check.code for check in all_checks()}
    for edition in EditionId:
        changed = {
            name
            for fault in FAULTS["one_cell"]
            if fault.draft.edition is edition
            for _, left, right, _ in fault.draft.broken()
            for name in left | right
        }
        clean = {name for name in draft(0, edition).figures if not name.startswith("proactive.")}
        assert clean <= changed


@pytest.mark.parametrize(("edition", "one_row"), WAYS)
def test_clean_report_raises_nothing(edition: EditionId, one_row: bool) -> None:
    for seed in range(CLEAN_REPORTS * 2 // 3 // len(WAYS) + 1):
        layout = replace(STRAIGHT[seed % len(STRAIGHT)], six_is_one_row=one_row)
        clean = draft(10_000 + seed, edition, layout)
        assert not clean.broken()
        assert failures(clean.outcomes()) == [], clean


def test_clean_report_in_a_shifting_layout_raises_no_arithmetic() -> None:
    for seed in range(CLEAN_REPORTS // 6):
        clean = draft(20_000 + seed, layout=SHIFTING[seed % len(SHIFTING)])
        assert {outcome.code for outcome in failures(clean.outcomes())} <= SHIFTS, clean


def test_clean_page_raises_nothing() -> None:
    for seed in range(CLEAN_REPORTS // 6):
        clean = draft(30_000 + seed, format="html")
        assert failures(clean.outcomes()) == [], clean
