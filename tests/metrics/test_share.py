"""Shares are shown only where the counts can bear them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gipcore.metrics.interval import Z_998, wilson
from gipcore.metrics.share import Standing, share_of, total_of


@pytest.mark.parametrize(
    ("count", "denominator", "parts", "standing"),
    [
        (12, 37, (12, 25), Standing.NORMAL),
        (12, 30, (), Standing.NORMAL),
        (3, 29, (), Standing.SMALL_NUMBER),
        (3, 10, (), Standing.SMALL_NUMBER),
        (3, 9, (), Standing.TOO_FEW),
        (0, 0, (), Standing.ZERO_DENOMINATOR),
        (3, None, (), Standing.NO_DENOMINATOR),
        (None, 40, (), Standing.NO_COUNT),
        (12, 37, (12, 24), Standing.UNBALANCED),
        (12, 37, (12, None), Standing.UNBALANCED),
        (41, 40, (), Standing.UNBALANCED),
        (-1, 40, (), Standing.UNBALANCED),
    ],
)
def test_standing_follows_the_denominator(count, denominator, parts, standing):
    assert share_of(count, denominator, parts).standing is standing


def test_share_below_ten_is_withheld_but_the_counts_stay():
    share = share_of(3, 4)
    assert (share.count, share.denominator, share.share, share.interval) == (3, 4, None, None)


def test_share_is_count_by_denominator():
    share = share_of(12, 37)
    assert share.share == pytest.approx(12 / 37)
    assert share.interval is not None
    assert share.interval.low < share.share < share.interval.high


def test_total_with_an_unknown_part_is_unknown():
    assert total_of([1, None, 2]) is None
    assert total_of([]) is None
    assert total_of([0, 0]) == 0


def test_wilson_interval_of_known_cases():
    # Published worked example: 10 of 100 gives 5.5 % to 17.4 %.
    interval = wilson(10, 100)
    assert interval.low == pytest.approx(0.0552, abs=1e-4)
    assert interval.high == pytest.approx(0.1744, abs=1e-4)
    assert wilson(0, 12).low == 0
    assert wilson(12, 12).high == 1


@pytest.mark.parametrize(("count", "total"), [(1, 0), (5, 4), (-1, 4)])
def test_wilson_refuses_what_is_no_share(count, total):
    with pytest.raises(ValueError, match="no interval"):
        wilson(count, total)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_widens_with_the_level(pair):
    count, total = pair
    narrow, wide = wilson(count, total), wilson(count, total, Z_998)
    assert 0 <= wide.low <= narrow.low <= count / total + 1e-12
    assert count / total - 1e-12 <= narrow.high <= wide.high <= 1
