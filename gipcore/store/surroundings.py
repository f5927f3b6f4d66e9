"""What stands around a report in the database: the same figures, its peers, its own offices.

Every comparison reads narrow columns of `report` only, so that the whole country is compared in
minutes: a year, or a part of all digests, is held in memory at a time.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import attrgetter

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from gipcore.checks import across
from gipcore.checks.across import JUMP_CELLS, TWINS_NAMED, WHOLE_AREA_CELLS
from gipcore.checks.catalogue import check
from gipcore.checks.outcome import Outcome, Reason, Verdict
from gipcore.checks.subject import KnownOffice, subject_of
from gipcore.checks.surroundings import OwnOffices, Peers, Surroundings, Twin, Twins
from gipcore.form.report import Report as PrintedReport
from gipcore.store.body import NAMES, NUMBERS, decode_report, decompress, digest
from gipcore.store.headline import HEADLINE
from gipcore.store.models import (
    MOST_OFFICES,
    Office,
    PeerGroup,
    Report,
    Revision,
    report_numbers_of,
)
from gipcore.store.prepare import CHECK_NUMBERS, given_number, stored_number
from gipcore.store.types import AnyRow

SAME_FIGURES, JUMPS, WHOLE_AREAS = check("C903"), check("C904"), check("C905")
ACROSS = (SAME_FIGURES, JUMPS, WHOLE_AREAS)
ACROSS_CODES = tuple(found.code for found in ACROSS)
COLUMN_OF = {column.cell: Report.__table__.c[column.name] for column in HEADLINE}
JUMP_COLUMNS = tuple(COLUMN_OF[cell] for cell in JUMP_CELLS)
AREA_COLUMNS = tuple(COLUMN_OF[cell] for cell in WHOLE_AREA_CELLS)
BEFORE = Report.__table__.alias("before")
BITS = (Report.number, Report.checks_passed, Report.checks_failed)
DIGEST_DIGITS = 15  # hexadecimal ones: 60 bits, which every database counts with
HIGHEST_DIGEST = (1 << 4 * DIGEST_DIGITS) - 1


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing a report by one check gives, and the verdict that it had before."""

    number: int
    code: str
    before: Verdict
    outcomes: tuple[Outcome, ...]

    @property
    def verdict(self) -> Verdict:
        """Return the one verdict of the check: failed with one failure, else passed with a pass."""
        verdicts = {outcome.verdict for outcome in self.outcomes}
        ranked = (Verdict.FAILED, Verdict.PASSED, Verdict.NOT_APPLICABLE)
        return next(verdict for verdict in ranked if verdict in verdicts)

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """Return what failed."""
        return tuple(o for o in self.outcomes if o.verdict is Verdict.FAILED)


def tables_digest(report: PrintedReport, office_id: str) -> int | None:
    """Return what is the same for reports with the same figures; None when these are too few.

    Few figures can be told from chance only within an office, so then its id is part of it.
    """
    figures = across.figures_of(report)
    if not across.is_telling(figures):
        return None
    owner = "" if across.is_telling(figures, of_others=True) else office_id
    values = [(NUMBERS[name], stored_number(number)) for name, number in figures]
    return int(digest("tables", owner, values)[:DIGEST_DIGITS], 16)


def _compared(row: AnyRow, code: str, outcomes: Iterable[Outcome]) -> Compared:
    bit = 1 << CHECK_NUMBERS[code]
    before = Verdict.NOT_APPLICABLE
    if row.checks_failed & bit:
        before = Verdict.FAILED
    elif row.checks_passed & bit:
        before = Verdict.PASSED
    return Compared(row.number, code, before, tuple(outcomes))


# --- the same figures ------------------------------------------------------------------------


def compare_tables(connection: Connection, lowest: int, highest: int) -> Iterator[Compared]:
    """Compare the reports whose digests lie in a range, ends included."""
    rows = connection.execute(
        select(*BITS, Report.office, Report.year, Report.tables_digest, Office.name)
        .join(Office, Office.number == Report.office)
        .where(Report.tables_digest.between(lowest, highest))
        .order_by(Report.tables_digest, Report.number)
    )
    for _, found in groupby(rows.all(), key=attrgetter("tables_digest")):
        members = list(found)
        by_office = defaultdict(list)
        for member in members:
            by_office[member.office].append(member)
        for row in members:
            twins = _twins(row, members, by_office[row.office])
            outcome = across.twins_outcome(SAME_FIGURES, twins, has_figures=True)
            yield _compared(row, SAME_FIGURES.code, (outcome,))


def _twins(row: AnyRow, members: Sequence[AnyRow], own: Sequence[AnyRow]) -> Twins:
    """Name some of the others with the same figures: those of the same office first."""
    named = [member for member in own if member.number != row.number]
    named.sort(key=lambda member: (abs(member.year - row.year), member.number))
    for member in members:
        if len(named) >= TWINS_NAMED:
            break
        if member.office != row.office:
            named.append(member)
    twins = tuple(Twin(member.name, member.year) for member in named[:TWINS_NAMED])
    return Twins(len(members) - 1, twins)


# --- jumps -----------------------------------------------------------------------------------


def compare_changes(
    connection: Connection, year: int, level: str | None = None, function: str | None = None
) -> Iterator[Compared]:
    """Compare the reports on a year, or those of one kind of office, with the year before.

    What is typical of each kind of office is written down beside.
    """
    kind = [] if level is None else [Report.level == level, Report.function == function]
    rows = connection.execute(
        select(
            *BITS,
            Report.level,
            Report.function,
            BEFORE.c.number.label("number_before"),
            *(column.label(f"this_{at}") for at, column in enumerate(JUMP_COLUMNS)),
            *(BEFORE.c[column.name].label(f"last_{at}") for at, column in enumerate(JUMP_COLUMNS)),
        )
        .outerjoin(BEFORE, BEFORE.c.number == Report.number + MOST_OFFICES)
        .where(Report.number.between(*report_numbers_of(year)), *kind)
        .where(Report.level.is_not(None), Report.function.is_not(None))
    )
    groups = defaultdict(list)
    for row in rows:
        groups[row.level, row.function].append(row)
    peers = {key: _peers(members) for key, members in groups.items()}
    _write_peers(connection, year, peers, None if level is None else (level, function or ""))
    for key, members in groups.items():
        for row in members:
            yield _compared(row, JUMPS.code, _jumps(row, peers[key]))


def _peers(rows: Sequence[AnyRow]) -> dict[str, Peers]:
    """Return what is typical of the changes of reports alike, for the figures that enough have."""
    found = {}
    for at, cell in enumerate(JUMP_CELLS):
        pairs = ((getattr(row, f"this_{at}"), getattr(row, f"last_{at}")) for row in rows)
        known = across.peers_of([across.change(*pair) for pair in pairs if None not in pair])
        if known is not None:
            found[cell] = known
    return found


def _jumps(row: AnyRow, peers: Mapping[str, Peers]) -> tuple[Outcome, ...]:
    if row.number_before is None:
        return (JUMPS.not_applicable(Reason.NO_PREVIOUS_REPORT),)
    return tuple(
        across.jump_outcome(
            JUMPS,
            cell,
            given_number(getattr(row, f"this_{at}")),
            given_number(getattr(row, f"last_{at}")),
            peers.get(cell),
        )
        for at, cell in enumerate(JUMP_CELLS)
    )


def _write_peers(
    connection: Connection,
    year: int,
    peers: Mapping[tuple[str, str], Mapping[str, Peers]],
    only: tuple[str, str] | None,
) -> None:
    kind = [] if only is None else [PeerGroup.level == only[0], PeerGroup.function == only[1]]
    connection.execute(delete(PeerGroup).where(PeerGroup.year == year, *kind))
    rows = [
        {"level": level, "function": function, "year": year, "cell": NUMBERS[cell], **asdict(known)}
        for (level, function), cells in sorted(peers.items())
        for cell, known in cells.items()
    ]
    if rows:
        connection.execute(insert(PeerGroup), rows)


# --- the whole and its parts -----------------------------------------------------------------


def compare_areas(
    connection: Connection, year: int, region: str | None = None, level: str | None = None
) -> Iterator[Compared]:
    """Compare the governments' reports on a year, or those of one region, with their offices'."""
    within: list[ColumnElement[bool]] = [
        Report.number.between(*report_numbers_of(year)),
        Report.region_code.is_not(None),
    ]
    if region is not None:
        within += [Report.region_code == region, Report.level == level]
    offices = _own_offices(connection, within)
    rows = connection.execute(
        select(*BITS, Report.region_code, Report.level, *AREA_COLUMNS).where(
            *within, Report.function == across.GOVERNMENT
        )
    )
    for row in rows.all():
        known = offices.get((row.region_code, row.level), {})
        outcomes = (
            across.whole_area_outcome(
                WHOLE_AREAS,
                cell,
                given_number(row._mapping[COLUMN_OF[cell]]),
                known.get(cell),
            )
            for cell in WHOLE_AREA_CELLS
        )
        yield _compared(row, WHOLE_AREAS.code, outcomes)


def _own_offices(
    connection: Connection, within: Sequence[ColumnElement[bool]]
) -> dict[tuple[str, str], dict[str, OwnOffices]]:
    """Return the sums over the offices of each region and level that are no governments."""
    rows = connection.execute(
        select(
            Report.region_code,
            Report.level,
            *(func.sum(column).label(f"sum_{at}") for at, column in enumerate(AREA_COLUMNS)),
            *(func.count(column).label(f"count_{at}") for at, column in enumerate(AREA_COLUMNS)),
        )
        .where(*within, Report.function.not_in(across.NOT_ADDED))
        .group_by(Report.region_code, Report.level)
    )
    return {
        (row.region_code, row.level): {
            cell: OwnOffices(getattr(row, f"count_{at}"), total)
            for at, cell in enumerate(WHOLE_AREA_CELLS)
            if (total := given_number(getattr(row, f"sum_{at}"))) is not None
        }
        for row in rows
    }


# --- one report ------------------------------------------------------------------------------


def outcomes_beside_others(
    connection: Connection, number: int, report: PrintedReport
) -> tuple[Outcome, ...]:
    """Return what comparing a current report with the others gives, with the reasons in full."""
    row = connection.execute(
        select(
            Report.number,
            Report.office,
            Report.year,
            Report.level,
            Report.function,
            Report.region_code,
            Report.tables_digest,
        ).where(Report.number == number)
    ).one()
    subject = subject_of(
        report,
        _report_before(connection, number),
        KnownOffice(row.level, row.function),
        _surroundings(connection, row),
    )
    return tuple(outcome for found in ACROSS for outcome in found.outcomes(subject))


def _report_before(connection: Connection, number: int) -> PrintedReport | None:
    body = connection.scalar(
        select(Revision.body)
        .join(Report, (Report.number == Revision.report) & (Report.revision == Revision.revision))
        .where(Report.number == number + MOST_OFFICES)
    )
    return None if body is None else decode_report(decompress(body))


def _surroundings(connection: Connection, row: AnyRow) -> Surroundings:
    twins = None
    if row.tables_digest is not None:
        members = connection.execute(
            select(Report.number, Report.office, Report.year, Office.name)
            .join(Office, Office.number == Report.office)
            .where(Report.tables_digest == row.tables_digest)
            .order_by(Report.number)
        ).all()
        twins = _twins(row, members, [m for m in members if m.office == row.office])
    groups = connection.execute(
        select(PeerGroup.cell, PeerGroup.reports, PeerGroup.typical, PeerGroup.spread).where(
            PeerGroup.level == row.level,
            PeerGroup.function == row.function,
            PeerGroup.year == row.year,
        )
    )
    peers = {
        NAMES[cell]: Peers(reports, typical, spread) for cell, reports, typical, spread in groups
    }
    within = [
        Report.number.between(*report_numbers_of(row.year)),
        Report.region_code == row.region_code,
        Report.level == row.level,
    ]
    offices = _own_offices(connection, within).get((row.region_code, row.level), {})
    return Surroundings(twins, peers, offices)
