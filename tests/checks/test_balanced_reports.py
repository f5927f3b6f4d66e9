"""Random reports that balance raise nothing; one cell changed raises exactly what it must."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gipcore.checks.catalogue import ARITHMETIC_CODES, check, sentence
from gipcore.checks.outcome import Verdict
from gipcore.checks.run import run_checks
from gipcore.form.editions import CELLS, EDITIONS
from gipcore.form.model import EditionId
from gipcore.form.report import Number, Report
from gipcore.words import Language
from tests.checks.case_files import report_of, required_names

APPLICANTS = (
    "natural_person",
    "business",
    "research_institution",
    "public_interest_organization",
    "legal_services",
    "other_organization",
)
RESULTS = ("upheld", "corrected", "other_outcome", "pending")
BLOCKS = {
    "reconsideration": "C401",
    "litigation_direct": "C402",
    "litigation_after_reconsideration": "C403",
}
GROUPS = ("denied", "unable_to_provide", "not_processed", "other_handling")
FLOW = ("received", "brought_forward", "carried_forward")
counts = st.one_of(st.just(0), st.integers(0, 40), st.integers(0, 10**6))

Figures = dict[str, Number]
Printed = tuple[EditionId, bool, frozenset[str], Figures]


@st.composite
def balanced(draw: st.DrawFn) -> Printed:
    """Draw an edition, how （六） is printed, the subtotals printed, and figures that balance."""
    form = draw(st.sampled_from(EditionId))
    one_row = form is EditionId.Y2021 and draw(st.booleans())
    possible = GROUPS[:3] if one_row or form is EditionId.Y2019 else GROUPS
    subtotals = draw(st.frozensets(st.sampled_from(possible)))
    figures = {name: draw(counts) for name in required_names(form, one_row=one_row)}
    lines = {CELLS[name].line.id for name in figures if CELLS[name].table == 3}
    leaves = sorted(lines - {*FLOW, "disposed"})
    for column in APPLICANTS:
        disposed = sum(figures[f"{leaf}.{column}"] for leaf in leaves)
        figures[f"disposed.{column}"] = disposed
        flow = disposed + figures[f"carried_forward.{column}"]
        brought = draw(st.integers(0, int(flow)))
        figures[f"brought_forward.{column}"] = brought
        figures[f"received.{column}"] = flow - brought
        for group in subtotals:
            figures[f"{group}.{column}"] = sum(
                figures[f"{leaf}.{column}"] for leaf in leaves if leaf.startswith(f"{group}.")
            )
    for line in lines | subtotals:
        figures[f"{line}.total"] = sum(figures[f"{line}.{column}"] for column in APPLICANTS)
    for block in BLOCKS:
        figures[f"{block}.total"] = sum(figures[f"{block}.{result}"] for result in RESULTS)
    return form, one_row, subtotals, figures


def report_with(form: EditionId, one_row: bool, figures: Figures) -> Report:
    return report_of(form, figures, one_row=one_row)


def arithmetic_failures(report: Report) -> set[tuple[str, str]]:
    """Return the code of every failed equation with its column, or its line where it has one."""
    found = set()
    for outcome in run_checks(report):
        if outcome.code in ARITHMETIC_CODES and outcome.verdict is Verdict.FAILED:
            columns = {name.rpartition(".")[2] for name in outcome.cells}
            (left,) = {name.rpartition(".")[0] for name in outcome.left_cells[:1]}
            is_column = len(columns) == 1
            found.add((outcome.code, columns.pop() if is_column else left))
    return found


def equations_with(name: str, form: EditionId, one_row: bool, subtotals: frozenset[str]) -> set:
    """Name the equations that a cell stands in, by the contract and without our own kinds."""
    line, _, column = name.rpartition(".")
    table = CELLS[name].table
    if table == 2:
        return set()
    if table == 4:
        return {(BLOCKS[line], line)}
    found = {("C303", line)}
    if line in FLOW:
        return found | {("C301", column)}
    if line == "disposed":
        return found | {("C301", column), ("C302", column)}
    is_group_row = line in GROUPS
    stands_for_leaves = line == "other_handling" and (one_row or form is EditionId.Y2019)
    if is_group_row and not stands_for_leaves:
        return found | {("C304", column)}
    found.add(("C302", column))
    if line.partition(".")[0] in subtotals and not is_group_row:
        found.add(("C304", column))
    return found


@settings(deadline=None)
@given(balanced())
def test_balanced_report_raises_nothing(printed: Printed) -> None:
    form, one_row, _, figures = printed
    outcomes = run_checks(report_with(form, one_row, figures))
    assert [o.code for o in outcomes if o.verdict is Verdict.FAILED] == []


@settings(deadline=None)
@given(balanced(), st.data())
def test_one_changed_cell_fails_exactly_its_equations(printed: Printed, data: Any) -> None:
    form, one_row, subtotals, figures = printed
    name = data.draw(st.sampled_from(sorted(figures)))
    change = data.draw(st.integers(1, 1000))
    changed = {**figures, name: figures[name] + change}
    expected = equations_with(name, form, one_row, subtotals)
    assert arithmetic_failures(report_with(form, one_row, changed)) == expected


@settings(deadline=None)
@given(balanced(), st.data(), st.sampled_from(["blank", "unreadable ?", "conflict 1 ≠ 2"]))
def test_cell_without_a_number_is_neither_failure_nor_pass(
    printed: Printed, data: Any, state: str
) -> None:
    form, one_row, _, figures = printed
    name = data.draw(st.sampled_from(sorted(figures)))
    outcomes = run_checks(report_of(form, {**figures, name: state}, one_row=one_row))
    for outcome in outcomes:
        if outcome.code in ARITHMETIC_CODES and name in outcome.cells:
            assert outcome.verdict is Verdict.NOT_APPLICABLE
            assert outcome.reason in check(outcome.code).reasons
        if outcome.code in ARITHMETIC_CODES:
            assert outcome.verdict is not Verdict.FAILED


any_value = st.one_of(
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.sampled_from(["blank", "unreadable x", "conflict 1 ≠ 2", "not_applicable"]),
)


@settings(deadline=None)
@given(
    st.sampled_from(EditionId),
    st.dictionaries(st.sampled_from(sorted(CELLS)), any_value, max_size=60),
    st.frozensets(
        st.sampled_from([line.id for t in EDITIONS[EditionId.Y2021].tables for line in t.lines])
    ),
)
def test_any_report_gets_sound_outcomes(
    form: EditionId, cells: dict[str, Number | str], without: frozenset[str]
) -> None:
    report = report_of(form, cells, without=tuple(without))
    outcomes = run_checks(report)
    for outcome in outcomes:
        is_open = outcome.verdict is Verdict.NOT_APPLICABLE
        assert (outcome.reason is not None) is is_open
        assert outcome.reason is None or outcome.reason in check(outcome.code).reasons
        for language in Language:
            assert "{" not in sentence(outcome, language)
        if outcome.code in ARITHMETIC_CODES and not is_open:
            numbers = {name: report.number(name) for name in outcome.cells}
            assert None not in numbers.values()
            assert outcome.left == sum(numbers[name] or 0 for name in outcome.left_cells)
            assert outcome.right == sum(numbers[name] or 0 for name in outcome.right_cells)
            assert (outcome.difference == 0) is (outcome.verdict is Verdict.PASSED)
