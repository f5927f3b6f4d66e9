"""Indicators name figures that exist, and measure them under the share rules."""

import pytest

from gipcore.metrics.indicators import (
    DISCLOSED,
    DISPOSITIONS,
    GRANTED,
    INDICATORS,
    LITIGATION_CORRECTED,
    RECONSIDERATION_CORRECTED,
    measure,
)
from gipcore.metrics.share import Standing
from gipcore.store.headline import HEADLINE_NAMES

FIGURES = {
    "granted_total": 12,
    "partially_granted_total": 3,
    "denied_total": 5,
    "unable_to_provide_total": 10,
    "not_processed_total": 6,
    "other_handling_total": 1,
    "disposed_total": 37,
}


def test_every_indicator_is_made_of_headline_figures():
    named = {
        name
        for indicator in INDICATORS
        for name in (*indicator.numerator, *indicator.denominator, *indicator.parts)
    }
    assert named <= set(HEADLINE_NAMES)
    assert len({indicator.name for indicator in INDICATORS}) == len(INDICATORS)


def test_every_disposition_is_measured():
    measured = {name for indicator in INDICATORS for name in indicator.numerator}
    assert set(DISPOSITIONS) <= measured


def test_disposition_share_is_of_the_total_disposed_of():
    assert measure(GRANTED, FIGURES).share == pytest.approx(12 / 37)
    assert measure(DISCLOSED, FIGURES).count == 15


def test_dispositions_that_do_not_add_up_give_no_share():
    share = measure(GRANTED, {**FIGURES, "denied_total": 6})
    assert (share.share, share.standing) == (None, Standing.UNBALANCED)


def test_blank_total_is_no_denominator_and_never_zero():
    share = measure(GRANTED, {**FIGURES, "disposed_total": None})
    assert (share.denominator, share.standing) == (None, Standing.NO_DENOMINATOR)


def test_corrected_share_leaves_pending_cases_out():
    figures = {
        "reconsideration_upheld": 6,
        "reconsideration_corrected": 3,
        "reconsideration_other_outcome": 1,
        "reconsideration_pending": 90,
        "reconsideration_total": 100,
    }
    share = measure(RECONSIDERATION_CORRECTED, figures)
    assert (share.count, share.denominator) == (3, 10)
    assert share.share == pytest.approx(0.3)


def test_litigation_takes_both_routes_together():
    routes = ("litigation_direct", "litigation_after_reconsideration")
    figures = {
        f"{route}_{result}": 2
        for route in routes
        for result in ("upheld", "corrected", "other_outcome")
    }
    share = measure(LITIGATION_CORRECTED, figures)
    assert (share.count, share.denominator) == (4, 12)
