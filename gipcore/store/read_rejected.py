"""Reading which documents of the archive gave no report, and why."""

from sqlalchemy import Engine, select

from gipcore.store.database import reading
from gipcore.store.filters import rejected_filter
from gipcore.store.models import Office, RejectedDocument
from gipcore.store.query import Query
from gipcore.store.rows import RejectedRow


def rejected(engine: Engine, query: Query, *, limit: int | None = None) -> tuple[RejectedRow, ...]:
    """Return documents that gave no report, the newest read first, as far as a query fits them."""
    table = RejectedDocument
    wanted = (
        select(
            table.sha256,
            table.file_name,
            table.code,
            table.reason,
            table.year,
            table.read_at,
            Office.id.label("office_id"),
            Office.name.label("office_name"),
            Office.name_en.label("office_name_en"),
        )
        .outerjoin(Office, Office.number == table.office)
        .where(rejected_filter(query))
        .order_by(table.read_at.desc().nulls_last(), table.sha256)
        .limit(limit)
    )
    with reading(engine) as connection:
        return tuple(RejectedRow(**row) for row in connection.execute(wanted).mappings())
