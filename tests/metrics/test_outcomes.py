"""Outcome groups add up their leaves and never a subtotal besides."""

import pytest

from gipcore.form.requests import COLUMNS, LEAVES, TOTAL
from gipcore.metrics.outcomes import GROUPS, disclosed, outcomes
from gipcore.metrics.share import Standing


def figures(count=1, columns=COLUMNS):
    found = {f"{leaf.id}.{column.id}": count for leaf in LEAVES for column in columns}
    found |= {f"disposed.{column.id}": count * len(LEAVES) for column in columns}
    return found


def group(found, name):
    return next(line for line in found.groups if line.id == name)


def test_six_groups_hold_21_leaves():
    found = outcomes(figures())
    assert len(found.groups) == len(GROUPS) == 6
    assert len(found.leaves) == 21
    assert sum(len(found.leaves_of(line.id)) for line in found.groups) == 21


def test_group_is_the_sum_of_its_leaves():
    denied = group(outcomes(figures(2)), "denied")
    assert denied.counts["total"] == 16
    assert denied.shares["total"].share == pytest.approx(16 / 42)


def test_printed_subtotal_is_not_added_to_its_leaves():
    found = outcomes({**figures(2), "denied.total": 16})
    assert group(found, "denied").counts["total"] == 16


def test_one_row_for_other_handling_stands_for_its_leaves():
    reported = {
        name: count for name, count in figures().items() if not name.startswith("other_handling.")
    }
    found = outcomes({**reported, "other_handling.total": 3})
    assert group(found, "other_handling").counts["total"] == 3
    assert group(found, "other_handling").shares["total"].standing is Standing.SMALL_NUMBER


def test_sums_of_many_take_leaves_and_one_row():
    found = outcomes({**figures(), "other_handling.total": 4}, of_many=True)
    assert group(found, "other_handling").counts["total"] == 7


def test_blank_leaf_leaves_its_group_unknown():
    found = outcomes({**figures(), "denied.state_secret.total": None})
    denied = group(found, "denied")
    assert denied.counts["total"] is None
    assert denied.shares["total"].standing is Standing.NO_COUNT
    assert group(found, "granted").shares["total"].standing is Standing.UNBALANCED


def test_column_that_fails_its_balance_has_no_share():
    found = outcomes({**figures(), f"disposed.{TOTAL.id}": 22})
    assert group(found, "granted").shares["total"].standing is Standing.UNBALANCED
    assert group(found, "granted").shares["natural_person"].share is not None


def test_disclosed_in_full_or_in_part_is_of_all_disposed_of():
    share = disclosed(outcomes({**figures(), "disposed.total": 21}))
    assert (share.count, share.denominator) == (2, 21)
    assert disclosed(outcomes({**figures(), "disposed.total": 22})).share is None
