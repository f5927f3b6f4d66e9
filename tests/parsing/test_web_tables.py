"""Web pages with real spans in the variants met: every cell read, blank ones too."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from gipcore.documents.reader import read_document
from gipcore.form.report import SourceFile
from gipcore.parsing.parse import parse_document
from tests.parsing.layouts import OFFICE, balanced_figures
from tests.parsing.web_tables import EDITION, PageLayout, page

layouts = st.builds(
    PageLayout,
    is_total_in_first_row=st.booleans(),
    has_broken_words=st.booleans(),
    has_word_markup=st.booleans(),
    reviews=st.sampled_from(["wide", "split", "upright"]),
    is_one_table=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(layout=layouts, seed=st.integers(0, 10**6), blanks=st.booleans())
def test_every_cell_of_a_page_is_read(layout, seed, blanks) -> None:
    figures = balanced_figures(Random(seed), EDITION)
    if blanks:
        figures = {
            name: value or None if not name.startswith("proactive") else value
            for name, value in figures.items()
        }
    data = page(figures, layout, year=2023, encoding="gb18030")
    document = read_document(data, "content.html")
    source = SourceFile("content.html", "0" * 64, document.format, len(data))
    report = parse_document(document, source)
    assert {name: value.number for name, value in report.cells.items()} == figures
    assert (report.office.name, report.year) == (OFFICE, 2023)
    assert report.unread == ()
    assert not {repair.code for repair in report.repairs} & {"placed_by_order", "row_shifted"}
