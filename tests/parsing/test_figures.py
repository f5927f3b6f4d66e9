"""What stands in a figure's cell and how it is read."""

import pytest

from gipcore.form.report import State
from gipcore.parsing.figures import Kind, read_figure
from gipcore.parsing.reading import value_of

NUMBERS = {
    "0": 0,
    "１２": 12,
    " 7 ": 7,
    "1,036": 1036,
    "1，036": 1036,
    "+1036": 1036,
    "减4": -4,
    "-4": -4,
    "59237.2449": 59237.2449,
    "7545.00": 7545,
    "22（其中修订 16 件）": 22,
    "15件": 15,
    "251000元": 251000,
    "零": 0,
    "〇": 0,
}


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_number_is_read(text, number) -> None:
    figure = read_figure(text)
    assert (figure.kind, figure.number) == (Kind.NUMBER, number)


@pytest.mark.parametrize("text", ["", " ", "\xa0", "\u3000", "\u200b"])
def test_nothing_is_empty(text) -> None:
    assert read_figure(text).kind is Kind.EMPTY


@pytest.mark.parametrize("text", ["/", "-", "—", "――", "无", "\\", "－"])
def test_a_mark_for_no_figure_is_a_dash(text) -> None:
    assert read_figure(text).kind is Kind.DASH


@pytest.mark.parametrize("text", ["1O", "约20", "1/2", "12a", "3.4.5", "9" * 40, "１月", "(1)"])
def test_what_is_no_figure_is_not_guessed(text) -> None:
    assert read_figure(text).kind is Kind.OTHER


@pytest.mark.parametrize(
    ("name", "text", "number", "state"),
    [
        ("received.total", "/", None, State.BLANK),
        ("received.total", "3.5", 3.5, State.NUMBER),
        ("received.total", "减4", None, State.UNREADABLE),
        ("proactive.licences.items_change", "减4", -4, State.NUMBER),
        ("proactive.licences.items_change", "+12", 12, State.NUMBER),
        ("proactive.licences.items_change", "↓69", -69, State.NUMBER),
        ("proactive.licences.items_change", "↑72", 72, State.NUMBER),
        ("proactive.licences.items_change", "新增2项", 2, State.NUMBER),
        ("proactive.licences.items_change", "持平", 0, State.NUMBER),
        ("proactive.licences.items_change", "±0", 0, State.NUMBER),
        ("received.total", "持平", None, State.UNREADABLE),
        ("proactive.fees.amount_wan_yuan", "59237.2449", 59237.2449, State.NUMBER),
        ("proactive.fees.amount_wan_yuan", "59237元", None, State.UNREADABLE),
        ("proactive.fees.amount_wan_yuan", "7.5万元", 7.5, State.NUMBER),
        ("proactive.procurement.amount", "251000元", 251000, State.NUMBER),
        ("received.total", "251000元", None, State.UNREADABLE),
        ("received.total", "1O", None, State.UNREADABLE),
    ],
)
def test_a_figure_is_judged_by_its_cell(name, text, number, state) -> None:
    value = value_of(name, read_figure(text), text, "table 3, row 4, column 2")
    assert (value.number, value.state, value.raw) == (number, state, text)


@pytest.mark.parametrize("text", ["12①", "12²", "12*", "12 ※", "１２③"])
def test_the_mark_of_a_note_is_no_digit(text) -> None:
    figure = read_figure(text)
    assert (figure.kind, figure.number) == (Kind.NUMBER, 12)
    assert figure.note


@pytest.mark.parametrize("text", ["1 2", "1\n2", "0 0 0", "１　２", "12\u2002345"])
def test_two_figures_in_a_cell_are_not_run_together(text) -> None:
    assert read_figure(text).kind is Kind.OTHER
