"""The flow of requests through a year: what came in, what went out, and the gap between."""

from collections.abc import Mapping
from dataclasses import dataclass

from gipcore.form.report import Number

FLOW = ("received_total", "brought_forward_total", "disposed_total", "carried_forward_total")


@dataclass(frozen=True, slots=True)
class Flow:
    """The four figures of the relation that is printed on the form."""

    received: Number
    brought_forward: Number
    disposed: Number
    carried_forward: Number

    @property
    def incoming(self) -> Number:
        """Return what there was to handle."""
        return self.received + self.brought_forward

    @property
    def outgoing(self) -> Number:
        """Return what became of it."""
        return self.disposed + self.carried_forward

    @property
    def gap(self) -> Number:
        """Return incoming minus outgoing; 0 when the year balances."""
        return self.incoming - self.outgoing


def flow(headline: Mapping[str, Number | None]) -> Flow | None:
    """Return the flow of a report's headline figures; None when one of the four is unknown."""
    received, brought_forward, disposed, carried_forward = map(headline.get, FLOW)
    if received is None or brought_forward is None or disposed is None or carried_forward is None:
        return None
    return Flow(received, brought_forward, disposed, carried_forward)
