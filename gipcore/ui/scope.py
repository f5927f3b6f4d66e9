"""What a page of sums is of: one office or many, how much of the register, with which caution."""

from gipcore.ui import data
from gipcore.ui.html import show
from gipcore.ui.parts import coverage_line, no_reports, sums_note
from gipcore.ui.quality_tables import of_offices
from gipcore.ui.views import SumView


def draw_scope(view: SumView) -> None:
    """Say what the sums cover; end the page where there is nothing to add up."""
    offices = data.offices_named(view.query)
    if offices:
        show(of_offices(offices))
    if not view.reports:
        no_reports(view.coverage, view.query, view.left_out)
    coverage_line(view.coverage, view.query, view.left_out)
    if view.reports > 1:
        sums_note()
