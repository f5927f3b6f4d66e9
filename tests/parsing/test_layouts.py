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
