"""A cited address says whether it still shows what was cited, and what changed since."""

import re

from tests.pages.reading import text

CITED = re.compile(r"snapshot=([0-9a-f]{12}\.[0-9]{8}T[0-9]{6})")


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
    later = visit("quality", snapshot="0123456789ab.20990101T000000", lang="en")
    assert "reports added 0, revised 0" in text(later)


def test_what_is_no_snapshot_is_ignored_and_named(visit):
    app = visit("quality", snapshot="yesterday")
    assert "snapshot=yesterday" in text(app)
    visit("quality", snapshot="0123456789ab.20201399T000000")
