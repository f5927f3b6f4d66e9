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
from gipcore.store.types import AnyRow


def peer_figures(engine: Engine, query: Query) -> tuple[PeerRow, ...]:
    """Return every report of a query with its headline figures alone, in the order of lists."""
    figures = (Report.__table__.c[name] for name in HEADLINE_NAMES)
    wanted = (
        select(Office.id, Office.name, Office.name_en, Report.errors, *figures)
        .outerjoin(Office, Office.number == Report.office)
        .where(report_filter(query))
        .order_by(Report.number)
    )
    with reading(engine) as connection:
        rows = connection.execute(wanted).all()
    return tuple(map(_peer_row, rows))


def _peer_row(row: AnyRow) -> PeerRow:
    office_id, name, name_en, errors, *figures = row
    known = zip(HEADLINE_NAMES, map(given_number, figures), strict=True)
    return PeerRow(office_id, name, name_en, errors, MappingProxyType(dict(known)))
