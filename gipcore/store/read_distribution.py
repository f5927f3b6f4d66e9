"""Reading how a share is distributed over the reports of a query, whatever their number."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Engine, and_, case, func, null, select

from gipcore.store.database import reading
from gipcore.store.filters import report_filter
from gipcore.store.models import Report
from gipcore.store.query import Query

COLUMNS = Report.__table__.c
NUDGE = 1e-9  # so that both databases round a half upwards


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many reports have a share of so many whole per cent, and how many have none and why.

    `with_errors` have an error-level finding; `too_few` a small denominator; of the `unknown` a
    figure is blank, or the parts do not add up.
    """

    by_percent: Mapping[int, int]
    with_errors: int
    too_few: int
    unknown: int

    @property
    def reports(self) -> int:
        """Return how many reports have a share."""
        return sum(self.by_percent.values())


def distribution(
    engine: Engine,
    query: Query,
    *,
    count: str,
    denominator: str,
    parts: tuple[str, ...],
    fewest: int,
) -> Distribution:
    """Return the distribution of one headline figure's share of another.

    `parts` are the headline figures that must add up to the denominator; a share is taken of
    `fewest` at least.
    """
    whole = COLUMNS[denominator]
    total = sum((COLUMNS[part] for part in parts[1:]), start=COLUMNS[parts[0]])
    has_errors = Report.errors > 0
    is_known = and_(COLUMNS[count].is_not(None), total == whole)
    why = case((has_errors, 1), (and_(is_known, whole >= fewest), 0), (is_known, 2), else_=3)
    percent = case(
        (
            and_(~has_errors, is_known, whole >= fewest),
            func.round(100 * COLUMNS[count] / whole + NUDGE),
        ),
        else_=null(),
    )
    own = select(why.label("why"), percent.label("percent")).where(report_filter(query)).subquery()
    wanted = select(own.c.why, own.c.percent, func.count()).group_by(own.c.why, own.c.percent)
    without = [0, 0, 0, 0]
    by_percent = {}
    with reading(engine) as connection:
        for reason, share, reports in connection.execute(wanted):
            if share is None:
                without[reason] += reports
            else:
                by_percent[int(share)] = reports
    ordered = MappingProxyType(dict(sorted(by_percent.items())))
    return Distribution(ordered, with_errors=without[1], too_few=without[2], unknown=without[3])
