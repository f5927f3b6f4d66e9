"""Columns in another order, missing or added: read as the header has them, or flagged."""

from collections.abc import Callable
from random import Random

import pytest

from gipcore.form.model import EditionId
from gipcore.form.report import State
from tests.parsing.layouts import Layout, Lines, balanced_figures, write
from tests.parsing.test_layouts import assert_reads, parsed

EDITION = EditionId.Y2021
FIGURES = balanced_figures(Random(5), EDITION)
TEXT = write(FIGURES, Layout(), edition=EDITION, year=2023)
Rows = list[list[str]]


def changed(heading: str, change: Callable[[Rows], Rows]) -> str:
    """Return the text with the rows of the table under a heading changed."""
    lines = TEXT.split("\n")
    start = next(i for i, line in enumerate(lines) if line.startswith(heading)) + 2
    end = next(i for i in range(start, len(lines)) if not lines[i])
    rows = change([line.split("\t") for line in lines[start:end]])
    lines[start:end] = ["\t".join(row) for row in rows]
    return "\n".join(lines)


def reordered(order: list[int]) -> Callable[[Rows], Rows]:
    return lambda rows: [[row[place] for place in order] for row in rows]


def codes(report) -> list[str]:
    return [repair.code.value for repair in report.repairs]


ORDERS = {
    "total first": [0, 1, 2, 9, 3, 4, 5, 6, 7, 8],
    "organizations swapped": [0, 1, 2, 3, 5, 4, 6, 7, 8, 9],
    "natural persons last but total": [0, 1, 2, 4, 5, 6, 7, 8, 3, 9],
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_applicants_in_another_order_are_read_by_their_header(order) -> None:
    report = assert_reads(FIGURES, changed("三、收到", reordered(order)), EDITION)
    assert codes(report) == ["row_shifted"]


def test_a_header_that_the_sums_belie_is_not_followed() -> None:
    def misplaced(rows: Rows) -> Rows:
        rows[1][9], rows[2][8], rows[2][9] = "", "", "其他"
        rows[1][8] = "总计"
        return rows

    report = assert_reads(FIGURES, changed("三、收到", misplaced), EDITION)
    assert codes(report) == ["row_shifted"]


def test_a_table_without_a_total_column_has_no_totals() -> None:
    report = parsed(changed("三、收到", lambda rows: [row[:9] for row in rows]))
    reviews = ("reconsideration", "litigation")
    printed = {
        name: number
        for name, number in FIGURES.items()
        if not name.endswith(".total") or name.startswith(reviews)
    }
    assert {name: value.number for name, value in report.cells.items()} == printed
    assert codes(report) == ["cell_missing"]


def test_results_in_another_order_are_read_by_their_header() -> None:
    def swapped(rows: Rows) -> Rows:
        rows[1][:2] = rows[1][1::-1]
        rows[2][5:7], rows[2][10:12] = rows[2][6:4:-1], rows[2][11:9:-1]
        for start in (0, 5, 10):
            rows[3][start : start + 2] = [rows[3][start + 1], rows[3][start]]
        return rows

    report = assert_reads(FIGURES, changed("四、政府", swapped), EDITION)
    assert codes(report) == ["row_shifted"]


@pytest.mark.parametrize("lines", [Lines.TABS, Lines.CELLS])
def test_litigation_before_reconsideration_is_read_by_its_header(lines) -> None:
    def turned(rows: Rows) -> Rows:
        names, figures = rows[1][:5], rows[3]
        courts = ["未经复议直接起诉", "", "", "", "", "复议后起诉", "", "", "", ""]
        return [
            ["行政诉讼", *[""] * 9, "行政复议", *[""] * 4],
            [*courts, *names],
            [*names, *names, *[""] * 5],
            [*figures[5:], *figures[:5]],
        ]

    text = changed("四、政府", turned)
    if lines is Lines.CELLS:
        head, _, table = text.partition("四、政府信息公开行政复议、行政诉讼情况\n")
        table, _, rest = table.partition("五、存在")
        cells = "\n".join(cell for cell in table.replace("\t", "\n").split("\n") if cell)
        text = f"{head}四、政府信息公开行政复议、行政诉讼情况\n{cells}\n五、存在{rest}"
    report = assert_reads(FIGURES, text, EDITION)
    assert codes(report) == ["row_shifted"]


def test_columns_of_table_2_in_another_order_are_read_by_their_header() -> None:
    def turned(rows: Rows) -> Rows:
        return [[row[0], row[3], row[1], row[2]] if row[3] else row for row in rows]

    report = assert_reads(FIGURES, changed("二、主动", turned), EDITION)
    assert codes(report) == ["row_shifted", "row_shifted"]


def test_fees_under_a_header_in_another_unit_are_no_amount_in_wan_yuan() -> None:
    report = parsed(TEXT.replace("本年收费金额", "本年收费金额（单位：元）"))
    value = report.cells["proactive.fees.amount_wan_yuan"]
    assert (value.number, value.state) == (None, State.UNREADABLE)
    with_unit = TEXT.replace("本年收费金额", "本年收费金额（单位：万元）")
    assert_reads(FIGURES, with_unit, EDITION)


@pytest.mark.parametrize("label", ["栏次", ""])
def test_a_row_that_numbers_the_columns_is_no_data(label) -> None:
    numbers = [label, "", "", "1", "2", "3", "4", "5", "6", "7"]
    report = assert_reads(
        FIGURES, changed("三、收到", lambda rows: [*rows[:3], numbers, *rows[3:]]), EDITION
    )
    assert codes(report) == []


def test_remarks_behind_the_figures_are_left_out_and_reported() -> None:
    def remarked(rows: Rows) -> Rows:
        return [
            [*row, "备注" if i == 0 else "" if i != 6 else "含上年"] for i, row in enumerate(rows)
        ]

    report = assert_reads(FIGURES, changed("三、收到", remarked), EDITION)
    assert codes(report) == ["extra_cell"]


@pytest.mark.parametrize("column", [1, 2])
def test_serial_numbers_before_the_figures_are_no_figures(column) -> None:
    def numbered(rows: Rows) -> Rows:
        place = 0 if column == 1 else 3
        return [
            [*row[:place], "序号" if i == 0 else "" if i < 3 else str(i - 2), *row[place:]]
            for i, row in enumerate(rows)
        ]

    report = parsed(changed("三、收到", numbered))
    read = {name: value.number for name, value in report.cells.items()}
    assert all(FIGURES[name] == number for name, number in read.items())
    assert len(read) == len(FIGURES) or report.unread


@pytest.mark.parametrize("word", ["小计", "合计", "总计"])
def test_a_total_within_a_group_is_the_groups(word) -> None:
    subtotal = ["", "", word, *["7"] * 6, "42"]
    report = parsed(changed("三、收到", lambda rows: [*rows[:15], subtotal, *rows[15:]]))
    assert report.number("denied.total") == 42
    assert report.number("disposed.total") == FIGURES["disposed.total"]
    assert {n: v.number for n, v in report.cells.items() if n in FIGURES} == FIGURES


@pytest.mark.parametrize("shift", ["left", "right"])
def test_a_row_whose_figures_may_have_lost_a_cell_is_flagged(shift) -> None:
    def damaged(rows: Rows) -> Rows:
        row = rows[5]
        kept = [*row[:3], *row[4:], ""] if shift == "left" else [*row[:3], "", *row[3:9]]
        return [*rows[:5], kept, *rows[6:]]

    report = parsed(changed("三、收到", damaged))
    flagged = {cell for repair in report.repairs for cell in repair.cells}
    wrong = {name for name, value in report.cells.items() if value.number != FIGURES[name]}
    assert wrong
    assert wrong <= flagged


def test_table_4_that_may_be_shifted_is_flagged() -> None:
    report = parsed(changed("四、政府", lambda rows: [*rows[:3], ["", *rows[3][:14]]]))
    flagged = {cell for repair in report.repairs for cell in repair.cells}
    wrong = {name for name, value in report.cells.items() if value.number != FIGURES[name]}
    assert wrong
    assert wrong <= flagged
