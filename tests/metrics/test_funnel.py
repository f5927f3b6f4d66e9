"""Funnel limits, held against the interval they invert and against the binomial law itself."""

from math import comb

import pytest

from gipcore.metrics.funnel import Position, curve, limits, pooled, position
from gipcore.metrics.interval import Z_95, Z_998, wilson
from gipcore.metrics.share import share_of


def chance_outside(target, total, interval):
    """Return how often chance alone puts a share outside of limits, by adding up the binomial."""
    return sum(
        comb(total, count) * target**count * (1 - target) ** (total - count)
        for count in range(total + 1)
        if not interval.low <= count / total <= interval.high
    )


@pytest.mark.parametrize("target", [0.2, 0.5, 0.7])
@pytest.mark.parametrize("total", [200, 700])
def test_chance_alone_leaves_the_limits_as_often_as_they_say(target, total):
    found = limits(target, total)
    assert chance_outside(target, total, found.inner) == pytest.approx(0.05, abs=0.015)
    assert chance_outside(target, total, found.outer) == pytest.approx(0.002, abs=0.0015)


@pytest.mark.parametrize("target", [0.07, 0.5, 0.93])
@pytest.mark.parametrize("total", [10, 37, 400])
def test_share_lies_outside_exactly_when_its_wilson_interval_does_not_hold_the_target(
    target, total
):
    found = limits(target, total)
    for count in range(total + 1):
        for interval, z in ((found.inner, Z_95), (found.outer, Z_998)):
            around = wilson(count, total, z)
            holds = around.low <= target <= around.high
            assert (interval.low <= count / total <= interval.high) is holds, count


@pytest.mark.parametrize(
    ("count", "wanted"),
    [
        (50, Position.WITHIN),
        (59, Position.WITHIN),
        (61, Position.ABOVE_95),
        (70, Position.ABOVE_998),
        (39, Position.BELOW_95),
        (30, Position.BELOW_998),
    ],
)
def test_position_names_the_limit_that_is_passed(count, wanted):
    assert position(share_of(count, 100), 0.5) is wanted


def test_too_few_requests_have_no_position():
    assert position(share_of(9, 9), 0.1) is None


def test_limits_stay_between_nothing_and_all():
    found = limits(0.02, 10)
    assert (found.inner.low, found.outer.low) == (0, 0)
    assert limits(0.99, 10).outer.high == 1


def test_curve_narrows_from_the_least_to_the_most():
    points = curve(0.3, 10, 5000)
    assert points[0].total == pytest.approx(10)
    assert points[-1].total == pytest.approx(5000)
    reaches = [point.outer.high - point.outer.low for point in points]
    assert reaches == sorted(reaches, reverse=True)


def test_pooled_share_weighs_by_requests():
    assert pooled([share_of(10, 10), share_of(0, 90)]) == 0.1
    assert pooled([]) is None
