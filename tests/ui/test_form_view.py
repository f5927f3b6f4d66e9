"""The form as printed: marks and states agree with the legend below it."""

from dataclasses import replace

import pytest
from lxml.html import fromstring

from gipcore.checks.catalogue import ARITHMETIC_CODES
from gipcore.checks.outcome import Verdict
from gipcore.checks.run import run_checks
from gipcore.form.report import State, Value
from gipcore.ui.form_view import FormView
from tests.header_scopes import check_scopes
from tests.pages.database import published

NAMES = "//td[.//div[@popover]]"


def changed(**cells):
    """Return a report that balances, with some of its cells as given; None takes one away."""
    report = next(one for one in published() if one.number("received.total") == 117)
    kept = {name: value for name, value in report.cells.items() if cells.get(name, 1) is not None}
    return replace(report, cells={**kept, **{name: v for name, v in cells.items() if v}})


def drawn(report):
    """Return what stands in each cell of the form, by name, and the codes that fail on it."""
    failing = {}
    for outcome in run_checks(report):
        if outcome.verdict is Verdict.FAILED:
            for name in outcome.cells:
                failing.setdefault(name, []).append(outcome.code)
    html = fromstring("<div>" + "".join(FormView(report, failing).tables()) + "</div>")
    cells = {
        cell.xpath(".//div[@popover]//code")[0].text: cell.find("button").text_content()
        for cell in html.xpath(NAMES)
    }
    return cells, failing


BLANK = Value(None, State.BLANK, "", "table 3")
ODD = Value(None, State.UNREADABLE, "若干", "table 3")
FALSE = Value(118, State.NUMBER, "118", "table 3")


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("granted.total", BLANK, "[x]▲"),
        ("granted.total", ODD, "[x]▲"),
        ("received.total", FALSE, "118✗"),
    ],
)
def test_mark_is_that_of_the_gravest_finding(name, value, shown):
    cells, _ = drawn(changed(**{name: value}))
    assert cells[name] == shown


def test_every_cell_of_a_finding_is_marked_and_no_other():
    cells, failing = drawn(changed(**{"received.total": FALSE, "granted.total": BLANK}))
    for name, shown in cells.items():
        codes = set(failing.get(name, ()))
        wanted = "✗" if codes & set(ARITHMETIC_CODES) else "▲" if codes else ""
        assert shown.strip("[]0123456789,.xzp!") == wanted, name


def test_cell_that_the_document_does_not_have_is_not_called_blank():
    cells, _ = drawn(changed(**{"denied.state_secret.total": None, "granted.total": BLANK}))
    assert cells["granted.total"].startswith("[x]")
    absent = [name for name, shown in cells.items() if shown.startswith("[p]")]
    assert absent == ["denied.state_secret.total"]


@pytest.mark.parametrize("report", published(), ids=lambda report: report.source.file)
def test_headings_are_of_the_rows_or_columns_beside_them(report):
    for table in FormView(report).tables():
        assert check_scopes(fromstring(table).find("table")) > 10
