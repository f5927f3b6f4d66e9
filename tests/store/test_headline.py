"""The headline figures: sums of leaves, never a guess."""

from gipcore.form.editions import CELLS
from gipcore.form.requests import LEAVES_BY_GROUP
from gipcore.store.headline import HEADLINE, headline
from tests.factories import balanced, make_report, with_subtotal

LEAVES = {
    group: [f"{leaf.id}.total" for leaf in leaves] for group, leaves in LEAVES_BY_GROUP.items()
}


def test_every_part_of_a_headline_is_a_cell():
    for column in HEADLINE:
        assert column.cell in CELLS, column.name
        assert set(column.leaves) <= set(CELLS), column.name


def test_group_is_the_sum_of_its_leaves():
    figures = {name: number for number, name in enumerate(LEAVES["denied"], start=1)}
    assert headline(make_report(figures=figures))["denied_total"] == sum(figures.values())


def test_group_with_a_blank_leaf_is_unknown():
    report = make_report(
        figures=dict.fromkeys(LEAVES["denied"][:3], 2) | {LEAVES["denied"][4]: None}
    )
    assert headline(report)["denied_total"] is None
    assert headline(with_subtotal(report, 9))["denied_total"] == 9


def test_one_row_stands_for_its_leaves():
    group = "other_handling"
    report = make_report(figures={f"{group}.total": 4}, without=tuple(LEAVES[group]))
    assert headline(report)["other_handling_total"] == 4


def test_absent_and_blank_are_unknown_and_zero_is_zero():
    report = make_report(figures={"received.total": None}, without=("disposed.total",))
    found = headline(report)
    assert found["received_total"] is None
    assert found["disposed_total"] is None
    assert found["carried_forward_total"] == 0
    assert headline(make_report(figures=balanced(5)))["received_total"] == 5
