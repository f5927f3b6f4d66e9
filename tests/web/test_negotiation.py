import pytest
from starlette.requests import Request

from gipcore.web.negotiation import accepts_gzip, is_known


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
