"""Random reports in random layouts read back: every cell right, nothing invented."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gipcore.documents.reader import read_document
from gipcore.form.model import EditionId
from gipcore.form.report import Report, SourceFile
from gipcore.parsing.parse import parse_document
from tests.parsing.layouts import (
    APPLICANTS,
    OFFICE,
    Gaps,
    Layout,
    Lines,
    balanced_figures,
    requests_lines,
    write,
)

SHIFTABLE = [line.id for line in requests_lines(EditionId.Y2021, False) if "." in line.id]


def parsed(text: str) -> Report:
    data = text.encode()
    document = read_document(data, "report.txt")
    return parse_document(document, SourceFile("report.txt", "0" * 64, document.format, len(data)))


def assert_reads(figures: dict, text: str, edition: EditionId) -> Report:
    report = parsed(text)
    read = {name: value.number for name, value in report.cells.items()}
    assert read == figures
    assert report.form is edition
    assert report.unread == ()
    return report


layouts = st.builds(
    Layout,
    gaps=st.sampled_from(Gaps),
    lines=st.sampled_from(Lines),
    is_markdown=st.booleans(),
    has_hash_headings=st.booleans(),
    has_spaces_in_labels=st.booleans(),
    is_full_width=st.booleans(),
    numbering=st.sampled_from(["1.", "1、", "1．", "1. "]),
    six_is_one_row=st.booleans(),
    pads_rows=st.booleans(),
    shifted_lines=st.frozensets(st.sampled_from(SHIFTABLE), max_size=3),
)


@settings(max_examples=200, deadline=None)
@given(layout=layouts, edition=st.sampled_from(EditionId), seed=st.integers(0, 10**6))
def test_every_cell_is_read_in_any_layout(layout, edition, seed) -> None:
    figures = balanced_figures(Random(seed), edition, layout.six_is_one_row)
    year = 2020 if edition is EditionId.Y2019 else 2023
    report = assert_reads(figures, write(figures, layout, edition=edition, year=year), edition)
    assert report.office.name == OFFICE
    assert report.year == year


@pytest.mark.parametrize("gaps", Gaps)
def test_a_shifted_row_is_read_by_its_label_and_reported(gaps) -> None:
    figures = balanced_figures(Random(7), EditionId.Y2021)
    line = "not_processed.reissue"
    layout = Layout(gaps=gaps, shifted_lines=frozenset({line}))
    report = assert_reads(
        figures, write(figures, layout, edition=EditionId.Y2021, year=2024), EditionId.Y2021
    )
    shifted = [repair for repair in report.repairs if repair.code == "row_shifted"]
    if gaps is Gaps.VANISHED:  # every label stands at the edge: the row is like the others
        return
    assert [repair.cells[0].rpartition(".")[0] for repair in shifted] == [line]
    assert shifted[0].place.startswith("table 3, row ")


def test_a_blank_cell_is_blank_and_never_zero() -> None:
    figures = balanced_figures(Random(1), EditionId.Y2021)
    blanks = ("granted.total", "received.business", "reconsideration.total")
    figures |= dict.fromkeys(blanks)
    report = assert_reads(
        figures, write(figures, Layout(), edition=EditionId.Y2021, year=2024), EditionId.Y2021
    )
    assert {report.cells[name].state for name in blanks} == {"blank"}


def test_a_line_with_all_cells_blank_is_there_and_blank() -> None:
    figures = balanced_figures(Random(2), EditionId.Y2021)
    blanks = [name for name in figures if name.startswith("denied.state_secret.")]
    figures |= dict.fromkeys(blanks)
    assert_reads(
        figures, write(figures, Layout(), edition=EditionId.Y2021, year=2024), EditionId.Y2021
    )


NOTED = [*SHIFTABLE, "received", "disposed", "proactive.normative_documents"]


@settings(max_examples=60, deadline=None)
@given(
    gaps=st.sampled_from(Gaps),
    lines=st.sampled_from([Lines.TABS, Lines.CELLS, Lines.CELLS_APART, Lines.CELLS_PIPE_LINE]),
    is_markdown=st.booleans(),
    noted=st.frozensets(st.sampled_from(NOTED), max_size=4),
    seed=st.integers(0, 10**6),
)
def test_notes_in_cells_are_kept_apart_in_any_layout(gaps, lines, is_markdown, noted, seed) -> None:
    figures = balanced_figures(Random(seed), EditionId.Y2021)
    layout = Layout(gaps=gaps, lines=lines, is_markdown=is_markdown, noted_lines=noted)
    text = write(figures, layout, edition=EditionId.Y2021, year=2023)
    report = assert_reads(figures, text, EditionId.Y2021)
    told = {r.cells[0].rpartition(".")[0] for r in report.repairs if r.code == "note_removed"}
    assert told == noted


@settings(max_examples=60, deadline=None)
@given(
    organizations=st.permutations(APPLICANTS[1:-1]),
    gaps=st.sampled_from(Gaps),
    lines=st.sampled_from([Lines.TABS, Lines.CELLS, Lines.CELLS_APART]),
    is_markdown=st.booleans(),
    seed=st.integers(0, 10**6),
)
def test_columns_in_another_order_are_read_by_their_header(
    organizations, gaps, lines, is_markdown, seed
) -> None:
    figures = balanced_figures(Random(seed), EditionId.Y2021)
    order = (APPLICANTS[0], *organizations, APPLICANTS[-1])
    layout = Layout(gaps=gaps, lines=lines, is_markdown=is_markdown, applicants=order)
    text = write(figures, layout, edition=EditionId.Y2021, year=2023)
    report = assert_reads(figures, text, EditionId.Y2021)
    shifted = [repair for repair in report.repairs if repair.code == "row_shifted"]
    assert bool(shifted) == (order != APPLICANTS)


@settings(max_examples=60, deadline=None)
@given(
    gaps=st.sampled_from(Gaps),
    is_markdown=st.booleans(),
    remarked=st.frozensets(st.sampled_from(SHIFTABLE), min_size=1, max_size=3),
    seed=st.integers(0, 10**6),
)
def test_remarks_behind_the_figures_are_no_figures(gaps, is_markdown, remarked, seed) -> None:
    figures = balanced_figures(Random(seed), EditionId.Y2021)
    layout = Layout(gaps=gaps, is_markdown=is_markdown, remarked_lines=remarked)
    text = write(figures, layout, edition=EditionId.Y2021, year=2023)
    report = assert_reads(figures, text, EditionId.Y2021)
    told = {r.cells[0].rpartition(".")[0] for r in report.repairs if r.code == "extra_cell"}
    assert told == remarked


@settings(max_examples=60, deadline=None)
@given(six_is_one_row=st.booleans(), gaps=st.sampled_from(Gaps), seed=st.integers(0, 10**6))
def test_long_labels_of_pasted_lines_go_on_below_their_figures(six_is_one_row, gaps, seed) -> None:
    figures = balanced_figures(Random(seed), EditionId.Y2021, six_is_one_row)
    layout = Layout(gaps=gaps, lines=Lines.SPACES, six_is_one_row=six_is_one_row, wraps_labels=True)
    report = parsed(write(figures, layout, edition=EditionId.Y2021, year=2023))
    flagged = {cell for repair in report.repairs for cell in repair.cells}
    wrong = {name for name, value in report.cells.items() if value.number != figures[name]}
    assert wrong <= flagged
    assert len(report.cells) >= len(figures) - 7


def test_a_header_repeated_over_each_piece_of_a_markdown_table_is_no_row() -> None:
    figures = balanced_figures(Random(8), EditionId.Y2021)
    written = write(figures, Layout(is_markdown=True), edition=EditionId.Y2021, year=2023)
    lines = written.split("\n")
    start = next(i for i, line in enumerate(lines) if "申请人情况" in line)
    header = lines[start : start + 4]
    for label in ("（四）无法提供", "（七）总计"):
        at = next(i for i, line in enumerate(lines) if label in line)
        lines[at:at] = ["", "续表", "", *header]
    report = assert_reads(figures, "\n".join(lines), EditionId.Y2021)
    assert report.repairs == ()
