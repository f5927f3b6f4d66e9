"""What offices say of findings: from the project's files into the database, beside the findings."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple

from sqlalchemy import Connection, delete, insert, select, true, update

from gipcore.store import models
from gipcore.store.body import digest
from gipcore.store.models import Finding, GoneFinding, Office, report_number
from gipcore.store.rows import Reply
from gipcore.store.types import AnySelect, plain

COLUMNS = (
    models.Reply.office_id,
    models.Reply.year,
    models.Reply.code,
    models.Reply.text,
    models.Reply.date,
    models.Reply.link,
    models.Reply.author,
    models.Reply.cells,
)
RepliesByReport = Mapping[tuple[str, int], Sequence[Reply]]  # by the office's id and the year


def replace_replies(connection: Connection, replies: Sequence[Reply]) -> int:
    """Put replies in place of those that are there; return what that adds to the content hash."""
    known = [Reply(*row) for row in connection.execute(_rows())]
    if list(replies) == known:
        return 0
    connection.execute(delete(models.Reply))
    for table in (Finding, GoneFinding):
        connection.execute(update(table).where(table.is_replied == true()).values(is_replied=False))
    rows = [
        {"number": number, **{column.key: getattr(reply, column.key) for column in COLUMNS}}
        for number, reply in enumerate(replies, start=1)
    ]
    if rows:
        connection.execute(insert(models.Reply), rows)
    mark_replied(connection)
    return _content(replies) - _content(known)


def mark_replied(
    connection: Connection, office_id: str | None = None, year: int | None = None
) -> None:
    """Mark the findings that a reply speaks of: those of one report, or all."""
    wanted = _rows().add_columns(Office.number).join(Office, Office.id == models.Reply.office_id)
    if office_id is not None:
        wanted = wanted.where(models.Reply.office_id == office_id, models.Reply.year == year)
    found = defaultdict(list)
    for *values, office in connection.execute(wanted):
        reply = Reply(*values)
        found[report_number(office, reply.year)].append(reply)
    for number, replies in found.items():
        for table in (Finding, GoneFinding):
            _mark(connection, table, number, replies)


def replies_to(connection: Connection, offices: Collection[str] | None = None) -> RepliesByReport:
    """Return the replies of some offices, or of all, the earliest first."""
    wanted = _rows()
    if offices is not None:
        wanted = wanted.where(models.Reply.office_id.in_(map(plain, offices)))
    found = defaultdict(list)
    for row in connection.execute(wanted):
        reply = Reply(*row)
        found[reply.office_id, reply.year].append(reply)
    return found


def idle_replies(connection: Connection) -> tuple[Reply, ...]:
    """Return the replies that speak of no finding, neither of one that is there nor of one gone."""
    spoken_of = defaultdict(list)
    for table in (Finding, GoneFinding):
        rows = connection.execute(
            select(table.report, table.code, table.left_cells, table.right_cells).where(
                table.is_replied == true()
            )
        )
        for report, code, left, right in rows:
            spoken_of[report].append((code, (*left, *right)))
    wanted = _rows().add_columns(Office.number)
    wanted = wanted.outerjoin(Office, Office.id == models.Reply.office_id)
    idle = []
    for *values, office in connection.execute(wanted):
        reply = Reply(*values)
        found = () if office is None else spoken_of[report_number(office, reply.year)]
        if not any(reply.answers(code, cells) for code, cells in found):
            idle.append(reply)
    return tuple(idle)


def _rows() -> AnySelect:
    return select(*COLUMNS).order_by(models.Reply.number)


def _content(replies: Sequence[Reply]) -> int:
    return sum(int(digest("reply", *astuple(reply)), 16) for reply in replies)


def _mark(
    connection: Connection,
    table: type[Finding] | type[GoneFinding],
    number: int,
    replies: Sequence[Reply],
) -> None:
    rows = connection.execute(
        select(table.position, table.code, table.left_cells, table.right_cells).where(
            table.report == number
        )
    )
    marked = [
        row.position
        for row in rows
        if any(reply.answers(row.code, (*row.left_cells, *row.right_cells)) for reply in replies)
    ]
    connection.execute(
        update(table)
        .where(table.report == number, table.position.in_(marked))
        .values(is_replied=True)
    )
