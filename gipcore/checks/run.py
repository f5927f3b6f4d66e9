"""Running every declared check on a report."""

from gipcore.checks.catalogue import all_checks
from gipcore.checks.outcome import Outcome
from gipcore.checks.subject import subject_of
from gipcore.form.report import Report


def run_checks(report: Report, previous: Report | None = None) -> tuple[Outcome, ...]:
    """Return the outcomes of all checks, in order of their codes.

    `previous` is the report of the same office a year before, or None when there is none.
    """
    subject = subject_of(report, previous)
    return tuple(outcome for check in all_checks() for outcome in check.outcomes(subject))
