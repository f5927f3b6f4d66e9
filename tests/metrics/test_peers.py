"""Who is compared with whom, and in which quarter of them a share lies."""

import numpy
import pytest

from gipcore.metrics.indicators import DISPOSITIONS, GRANTED
from gipcore.metrics.peers import (
    COUNTRY,
    FEWEST_PEERS,
    Area,
    Band,
    Quartiles,
    band_of,
    count_quartiles,
    find_peers,
    quartiles,
    share_quartiles,
    shares_of,
)
from gipcore.metrics.share import share_of
from gipcore.store.rows import PeerRow

CITY, PROVINCE = Area("city", "410300"), Area("province", "410000")


def peer(name, *, granted=5, denied=5, errors=0):
    figures = dict.fromkeys(DISPOSITIONS, 0)
    figures |= {"granted_total": granted, "denied_total": denied}
    figures["disposed_total"] = granted + denied
    return PeerRow(name, name, None, errors, figures)


def peers(prefix, number, **figures):
    return [peer(f"{prefix}{each}", **figures) for each in range(number)]


def find(city=(), province=(), country=(), **given):
    found = {CITY: city, PROVINCE: province, COUNTRY: country}
    given = {"but": {"me"}, **given}
    return find_peers((CITY, PROVINCE), found.__getitem__, **given)


def test_smallest_area_with_enough_peers_is_taken():
    found = find(city=peers("a", FEWEST_PEERS), province=peers("b", 50))
    assert (found.area, len(found.rows), found.narrower) == (CITY, FEWEST_PEERS, ())
    assert found.are_enough


def test_area_is_widened_step_by_step_and_says_so():
    found = find(city=peers("a", 3), province=peers("b", 9), country=peers("c", 40))
    assert found.area == COUNTRY
    assert [(step.area, step.peers) for step in found.narrower] == [(CITY, 3), (PROVINCE, 9)]


def test_office_is_no_peer_of_itself():
    city = [peer("me"), *peers("a", FEWEST_PEERS - 1)]
    assert find(city=city, province=peers("b", 12)).area == PROVINCE


def test_reports_with_errors_are_left_out_unless_asked_for():
    city = [*peers("a", 9), *peers("wrong", 4, errors=2)]
    without = find(city=city, province=[*city, *peers("b", 2)])
    assert (without.area, len(without.rows), without.left_out) == (PROVINCE, 11, 4)
    included = find(city=city, with_errors=True)
    assert (included.area, len(included.rows), included.left_out) == (CITY, 13, 0)


def test_country_is_the_last_even_with_too_few():
    found = find(city=peers("a", 1), province=peers("a", 1), country=peers("a", 2))
    assert found.area == COUNTRY
    assert not found.are_enough


def test_areas_are_read_only_as_far_as_needed():
    asked = []

    def read(area):
        asked.append(area)
        return peers("a", 20)

    find_peers((CITY, PROVINCE), read, but=())
    assert asked == [CITY]


def test_quartiles_agree_with_an_independent_computation():
    values = [0.02, 0.91, 0.3, 0.31, 0.44, 0.5, 0.5, 0.62, 0.07, 0.75, 0.18]
    found = quartiles(values)
    wanted = numpy.quantile(values, [0.25, 0.5, 0.75])
    assert (found.lower, found.median, found.upper) == pytest.approx(tuple(wanted))
    assert found.of == len(values)


def test_too_few_values_have_no_quartiles():
    assert quartiles([1.0] * (FEWEST_PEERS - 1)) is None
    assert quartiles([1.0] * FEWEST_PEERS) is not None


AMONG = Quartiles(0.40, 0.50, 0.60, 30)


@pytest.mark.parametrize(
    ("count", "of", "band"),
    [
        (10, 100, Band.LOWER),
        (90, 100, Band.UPPER),
        (500, 1000, Band.MIDDLE),
        (30, 60, Band.ACROSS),  # the share lies within, its interval does not
        (41, 100, Band.ACROSS),
        (38, 100, Band.ACROSS),  # the share lies in the lower quarter, its interval reaches out
        (2, 9, None),  # too few for a share
    ],
)
def test_band_is_named_only_where_the_whole_interval_lies_in_it(count, of, band):
    assert band_of(share_of(count, of), AMONG) is band


def test_without_quartiles_there_is_no_band():
    assert band_of(share_of(50, 100), None) is None


def test_peer_of_too_few_requests_has_no_share_to_count():
    rows = [*peers("a", 12, granted=30, denied=10), *peers("few", 5, granted=2, denied=1)]
    assert len(shares_of(GRANTED, rows)) == 12
    found = share_quartiles(GRANTED, rows)
    assert (found.of, found.median) == (12, 0.75)


def test_peer_whose_parts_do_not_add_up_has_no_share():
    broken = PeerRow("x", "x", None, 0, {**peer("x").headline, "disposed_total": 99})
    assert shares_of(GRANTED, [broken]) == ()


def test_unknown_figures_are_not_zero_among_counts():
    unknown = [PeerRow(f"u{n}", "u", None, 0, {"disposed_total": None}) for n in range(20)]
    rows = [*peers("a", 10, granted=30, denied=10), *unknown]
    found = count_quartiles("disposed_total", rows)
    assert (found.lower, found.of) == (40, 10)
