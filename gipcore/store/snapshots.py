"""A state of the data by the name that citations carry: the start of its hash, and its time."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from gipcore.store.rows import DatabaseState

LENGTH = 12
PATTERN = rf"([0-9a-f]{{{LENGTH}}})\.([0-9]{{8}}T[0-9]{{6}})"
FORM = re.compile(PATTERN)
TIME = "%Y%m%dT%H%M%S"
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # no report on this form was read before


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state of the data that was cited."""

    hash: str
    moment: datetime

    def is_of(self, state: DatabaseState) -> bool:
        """Tell whether the data are as they were."""
        return state.content_hash.startswith(self.hash)

    def can_be_before(self, state: DatabaseState) -> bool:
        """Tell whether it is no later than the data."""
        return self.moment <= moment_of(state)


def moment_of(state: DatabaseState) -> datetime:
    """Return when a state of the data came to be."""
    times = [time for time in (state.built_at, state.read_at) if time is not None]
    return max(times, default=EARLIEST).astimezone(UTC)


def snapshot_of(state: DatabaseState) -> str:
    """Return what names a state of the data."""
    return f"{state.content_hash[:LENGTH]}.{moment_of(state).strftime(TIME)}"


def snapshot_named(name: str) -> Snapshot | None:
    """Return the state that a name names; None for what is no such name."""
    found = FORM.fullmatch(name)
    if found is None:
        return None
    try:
        moment = datetime.strptime(found[2], TIME).replace(tzinfo=UTC)
    except ValueError:  # such as the 99th of a month
        return None
    return Snapshot(found[1], moment)
