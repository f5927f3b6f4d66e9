"""Reading the headline figures of many reports of one kind, to compare one of them with."""

from types import MappingProxyType

from sqlalchemy import Engine, select

from gipcore.store.database import reading
from gipcore.store.filters import report_filter
from gipcore.store.headline import HEADLINE_NAMES
from gipcore.store.models import Office, Report
from gipcore.store.prepare import given_number
from gipcore.store.query import Query
from gipcore.store.rows import PeerRow

FACTS = (Office.id, Office.name, Office.name_en, Report.errors)


def peer_figures(engine: Engine, query: Query) -> tuple[PeerRow, ...]:
    """Return every report of a query with its headline figures alone, in the order of lists."""
    figures = (Report.__table__.c[name] for name in HEADLINE_NAMES)
    wanted = (
        select(*FACTS, *figures)
        .outerjoin(Office, Office.number == Report.office)
        .where(report_filter(query))
        .order_by(Report.number)
    )
    with reading(engine) as connection:
        rows = connection.execute(wanted).all()
    return tuple(
        PeerRow(
            *row[: len(FACTS)],
            headline=MappingProxyType(
                dict(zip(HEADLINE_NAMES, map(given_number, row[len(FACTS) :]), strict=True))
            ),
        )
        for row in rows
    )
