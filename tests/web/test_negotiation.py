from datetime import UTC, datetime

import pytest
from starlette.requests import Request

from gipcore.web.negotiation import accepts_gzip, is_known, is_unchanged_since


def request(**headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": raw})


@pytest.mark.parametrize(
    ("offered", "expected"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("br;q=1.0, gzip;q=0.5", True),
        ("*", True),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip;q=0.0, *", False),
        ("gzip;q=abc", False),
        ("notgzip", False),
        ("", False),
        (";;,,", False),
    ],
)
def test_gzip_is_sent_only_where_taken(offered, expected):
    assert accepts_gzip(request(accept_encoding=offered)) is expected


def test_silence_is_no_consent():
    assert not accepts_gzip(request())


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", W/"a"', True),
        ("*", True),
        ('"b"', False),
        ("a", False),
        ("", False),
    ],
)
def test_tags_are_compared_weakly(held, expected):
    assert is_known(request(if_none_match=held), 'W/"a"') is expected
    assert is_known(request(if_none_match=held), '"a"') is expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("Sat, 21 Nov 2026 08:30:15 GMT", True),
        ("Sat, 21 Nov 2026 08:30:14 GMT", False),
        ("Sun, 22 Nov 2026 00:00:00 GMT", True),
        ("Saturday, 21-Nov-26 08:30:15 GMT", True),
        ("Sat Nov 21 08:30:15 2026", True),
        ("Thu, 01 Jan 1970 00:00:00 GMT", False),
        ("2026-11-21", False),
        ("Sat, 99 Nov 2026 08:30:15 GMT", False),
        ("Sat, 21 Nov 99999999999 08:30:15 GMT", False),
        ("", False),
    ],
)
def test_time_that_the_visitor_names_is_compared_to_the_second(since, expected):
    changed = datetime(2026, 11, 21, 8, 30, 15, 999_999, tzinfo=UTC)
    assert is_unchanged_since(request(if_modified_since=since), changed) is expected


def test_a_tag_goes_before_the_time():
    changed = datetime(2026, 11, 21, tzinfo=UTC)
    both = request(if_none_match='"b"', if_modified_since="Sun, 22 Nov 2026 00:00:00 GMT")
    assert not is_unchanged_since(both, changed)
    assert not is_unchanged_since(request(), changed)
    assert not is_unchanged_since(request(if_modified_since="x"), None)
