"""How the share of requests granted in full is distributed over reports."""

from sqlalchemy import Engine

from gipcore.metrics.indicators import GRANTED
from gipcore.metrics.share import FEWEST
from gipcore.store import reading
from gipcore.store.query import Query
from gipcore.store.reading import Distribution


def granted(engine: Engine, query: Query) -> Distribution:
    """Return how many reports of a query grant which share."""
    return reading.distribution(
        engine,
        query,
        count=GRANTED.numerator[0],
        denominator=GRANTED.denominator[0],
        parts=GRANTED.parts,
        fewest=FEWEST,
    )
