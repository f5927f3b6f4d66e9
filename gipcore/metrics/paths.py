"""The paths of requests through a year: from where they came to what became of them, as links."""

from collections.abc import Iterator
from dataclasses import dataclass

from gipcore.form.report import Number
from gipcore.metrics.flow import Flow
from gipcore.metrics.outcomes import TOTAL, Outcomes

RECEIVED, BROUGHT_FORWARD = "received", "brought_forward"
HANDLED, CARRIED_FORWARD, GAP = "handled", "carried_forward", "gap"


@dataclass(frozen=True, slots=True)
class Link:
    """Requests that go from one place to another; places are named by lines of the form."""

    source: str
    target: str
    requests: Number


def paths(flow: Flow, found: Outcomes) -> tuple[Link, ...]:
    """Return the links from what came in to the groups of outcomes, those above zero.

    What comes in and what goes out may differ as printed: the gap is a link of its own.
    """
    return tuple(link for link in _every(flow, found) if link.requests > 0)


def gap(flow: Flow, found: Outcomes) -> Number:
    """Return what came in less what is counted in the groups and carried forward."""
    counted = sum(group.counts[TOTAL] or 0 for group in found.groups)
    return flow.incoming - counted - flow.carried_forward


def _every(flow: Flow, found: Outcomes) -> Iterator[Link]:
    yield Link(RECEIVED, HANDLED, flow.received)
    yield Link(BROUGHT_FORWARD, HANDLED, flow.brought_forward)
    difference = gap(flow, found)
    yield Link(GAP, HANDLED, -difference)
    for group in found.groups:
        yield Link(HANDLED, group.id, group.counts[TOTAL] or 0)
    yield Link(HANDLED, CARRIED_FORWARD, flow.carried_forward)
    yield Link(HANDLED, GAP, difference)
