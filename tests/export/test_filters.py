import pytest

from gipcore.export.filters import FILTERS, BadParameterError, query_from
from gipcore.store.query import Query


def test_every_filter_of_the_query_has_a_reader():
    assert list(FILTERS) == list(Query.__dataclass_fields__)


def test_text_becomes_a_query():
    given = {
        "year": "2025",
        "region": "4103",
        "level": "county",
        "function": "government",
        "office": "410303-jgy",
        "search": " 洪泽 ",
        "form": "2021",
        "check": "C301",
        "severity": "error",
        "balanced": "false",
        "unbalanced": "true",
        "cell": "received.total",
        "replied": "false",
        "errors": "false",
    }
    assert query_from(given) == Query(
        2025,
        "4103",
        "county",
        "government",
        "410303-jgy",
        "洪泽",
        "2021",
        "C301",
        "error",
        False,
        True,
        "received.total",
        False,
        False,
    )


def test_no_value_filters_nothing():
    assert query_from({"year": "", "search": ""}) == Query()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("year", "20x5"),
        ("year", "02025"),
        ("year", "２０２５"),
        ("year", "-2025"),
        ("region", "41'; DROP TABLE report; --"),
        ("region", "4"),
        ("level", "planet"),
        ("function", "Government"),
        ("office", "../../etc/passwd"),
        ("search", "x" * 61),
        ("search", "a\x00b"),
        ("search", "a\nb"),
        ("form", "2020"),
        ("check", "C999"),
        ("check", "c301"),
        ("severity", "fatal"),
        ("balanced", "True"),
        ("balanced", "1"),
    ],
)
def test_what_a_filter_does_not_take_is_refused_by_name(name, value):
    with pytest.raises(BadParameterError) as caught:
        query_from({name: value})
    assert caught.value.parameter == name
    assert caught.value.code == "bad_parameter"


def test_unknown_filter_is_refused_and_the_known_are_named():
    with pytest.raises(BadParameterError, match="year, region") as caught:
        query_from({"yaer": "2025"})
    assert caught.value.code == "unknown_parameter"


def test_message_shows_hostile_text_short_and_printable():
    with pytest.raises(BadParameterError) as caught:
        query_from({"year": "\x1b[31m" + "x" * 5000})
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 200
