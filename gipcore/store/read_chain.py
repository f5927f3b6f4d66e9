"""Reading the chain of an office: what each year took over from the one before."""

from sqlalchemy import Engine, select

from gipcore.checks.outcome import Verdict
from gipcore.form.report import Number
from gipcore.store.database import reading
from gipcore.store.models import Office, Report
from gipcore.store.prepare import CHECK_NUMBERS, given_number
from gipcore.store.rows import ChainYear
from gipcore.store.types import AnyRow, plain

CARRIED_OVER = "C901"
TAKEN_OVER, HANDED_ON = (
    Report.__table__.c[name] for name in ("brought_forward_total", "carried_forward_total")
)


def chain(engine: Engine, office_id: str) -> tuple[ChainYear, ...]:
    """Return every year from an office's first report to its last, those without a report too."""
    bits = (Report.checks_passed, Report.checks_failed, Report.checks_not_applicable)
    wanted = (
        select(Report.year, Report.form, TAKEN_OVER, HANDED_ON, *bits)
        .join(Office, Office.number == Report.office)
        .where(Office.id == plain(office_id))
    )
    with reading(engine) as connection:
        rows = {row.year: row for row in connection.execute(wanted)}
    if not rows:
        return ()
    return tuple(
        _chain_year(office_id, rows[year], rows.get(year - 1)) if year in rows else ChainYear(year)
        for year in range(min(rows), max(rows) + 1)
    )


def _chain_year(office_id: str, row: AnyRow, before: AnyRow | None) -> ChainYear:
    taken_over = given_number(row.brought_forward_total)
    expected = None if before is None else given_number(before.carried_forward_total)
    return ChainYear(
        year=row.year,
        report_id=f"{office_id}-{row.year}",
        form=row.form,
        brought_forward=taken_over,
        carried_forward=given_number(row.carried_forward_total),
        verdict=_verdict(row),
        difference=_difference(taken_over, expected),
    )


def _verdict(row: AnyRow) -> Verdict | None:
    number = CHECK_NUMBERS.get(CARRIED_OVER)
    if number is None:
        return None
    bits = {
        Verdict.PASSED: row.checks_passed,
        Verdict.FAILED: row.checks_failed,
        Verdict.NOT_APPLICABLE: row.checks_not_applicable,
    }
    return next((verdict for verdict, found in bits.items() if found >> number & 1), None)


def _difference(taken_over: Number | None, expected: Number | None) -> Number | None:
    return None if taken_over is None or expected is None else taken_over - expected
