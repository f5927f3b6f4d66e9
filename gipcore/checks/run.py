"""Running every declared check on a report."""

from gipcore.checks.catalogue import all_checks
from gipcore.checks.outcome import Outcome
from gipcore.checks.subject import KnownOffice, subject_of
from gipcore.checks.surroundings import NOTHING_KNOWN, Surroundings
from gipcore.form.report import Report


def run_checks(
    report: Report,
    previous: Report | None = None,
    office: KnownOffice | None = None,
    surroundings: Surroundings = NOTHING_KNOWN,
) -> tuple[Outcome, ...]:
    """Return the outcomes of all checks, in order of their codes.

    `previous` is the report of the same office a year before, `office` what the register knows of
    it, `surroundings` what other offices report; None where there is none or it is not known.
    """
    subject = subject_of(report, previous, office, surroundings)
    return tuple(outcome for check in all_checks() for outcome in check.outcomes(subject))
