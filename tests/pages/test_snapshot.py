"""A cited address says whether it still shows what was cited, and what changed since."""

import re
from urllib.parse import parse_qsl

import pytest

from tests.pages.reading import pieces, text

CITED = re.compile(r"snapshot=([0-9a-f]{12}\.[0-9]{8}T[0-9]{6})")


def drawn(app):
    """Return the HTML of all our own parts."""
    return " ".join(pieces(app))


def test_citation_names_the_state_on_screen_and_is_known_again(visit):
    first = visit("quality", year="2023")
    cited = CITED.search(text(first))[1]
    assert f"year=2023&snapshot={cited}" in text(first).replace("&amp;", "&")
    again = visit("quality", year="2023", snapshot=cited)
    assert "您看到的正是被引用时的数据" in text(again)


def test_a_view_of_older_data_says_what_changed(visit):
    app = visit("quality", snapshot="0123456789ab.20200101T000000", lang="en")
    found = re.search(r"reports added (\d+), revised (\d+)", text(app))
    assert (int(found[1]) >= 5, found[2]) == (True, "0")
    assert "See what changed (" in text(app)
    assert "api/v1/changes.csv?since=0123456789ab.20200101T000000" in drawn(app)
    assert "cannot be restored in full" in text(app)


def test_a_state_that_is_yet_to_come_is_not_known(visit):
    app = visit("quality", snapshot="0123456789ab.20990101T000000", lang="en")
    assert "There was no state 0123456789ab.20990101T000000" in text(app)


def test_changes_are_those_of_the_reports_on_the_page(visit):
    cited = "0123456789ab.20200101T000000"
    app = visit("quality", snapshot=cited, year="1999")
    assert "本页所选的报告没有变化" in text(app)
    app = visit("office", snapshot=cited, office="shanghai-general-office")
    target = f"api/v1/changes.csv?office=shanghai-general-office&amp;since={cited}"
    assert target in drawn(app)


def test_what_is_no_snapshot_is_ignored_and_named(visit):
    app = visit("quality", snapshot="yesterday")
    assert "snapshot=yesterday" in text(app)
    visit("quality", snapshot="0123456789ab.20201399T000000")


@pytest.mark.parametrize(
    ("page", "given", "standing"),
    [
        ("", {}, {"year": "2025"}),
        ("", {"year": "2023"}, {"year": "2023"}),
        ("outcomes", {"group": "denied"}, {"year": "2025", "group": "denied"}),
        ("reviews", {"year": "all"}, {"year": "all"}),
        ("office", {"office": "hongze-government"}, {"year": "2024"}),
        ("office", {"office": "shanghai-general-office"}, {"year": "2019"}),
        ("compare", {"office": "hongze-government"}, {"year": "2024"}),
        ("changes", {"office": "hongze-government"}, {"year": "2024", "before": "2023"}),
    ],
)
def test_citation_names_the_year_that_newer_data_would_change(visit, page, given, standing):
    (cited,) = re.findall(r"\?([^ ?<]*snapshot=[0-9a-f.T]+)", text(visit(page, **given)))
    found = dict(parse_qsl(cited.replace("&amp;", "&")))
    assert found.pop("snapshot")
    assert found == {**given, **standing}
