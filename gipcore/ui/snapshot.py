"""Citing a view for good: which state of the data was seen, and what has changed since."""

import re
from datetime import UTC, datetime

from gipcore.store.rows import DatabaseState
from gipcore.ui import data
from gipcore.ui.figures import day, number
from gipcore.ui.html import Content, join, link
from gipcore.ui.language import say
from gipcore.ui.query import route, same_view, written

SNAPSHOT = "snapshot"
FORM = re.compile(r"([0-9a-f]{12})\.([0-9]{8}T[0-9]{6})")
TIME = "%Y%m%dT%H%M%S"
LENGTH = 12
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # no report on this form was read before


def snapshot_of(state: DatabaseState) -> str:
    """Return what names a state of the data: the start of its content hash, and its time."""
    times = [time for time in (state.built_at, state.read_at) if time is not None]
    seen = max(times, default=EARLIEST).astimezone(UTC)
    return f"{state.content_hash[:LENGTH]}.{seen.strftime(TIME)}"


def snapshot_note(state: DatabaseState) -> Content | None:
    """Say whether a cited view shows the data as cited, and what is new or revised since."""
    found = written(SNAPSHOT, FORM)
    if found is None:
        return None
    try:
        moment = datetime.strptime(found[2], TIME).replace(tzinfo=UTC)
    except ValueError:  # such as the 99th of a month
        return None
    if state.content_hash.startswith(found[1]):
        return say("site.as_cited", hash=found[1])
    changed = data.since(moment)
    words = say(
        "site.superseded",
        date=day(moment),
        hash=found[1],
        new=number(changed.new),
        revised=number(changed.revised),
    )
    ways = (
        link(say("site.what_changed"), route("feed.xml")),
        link(say("site.without_snapshot"), same_view(snapshot=None)),
    )
    return join([words, join(ways, by=" · ")], by=" ")
