"""What the text of a report states beside what its table prints, without a verdict."""

from dataclasses import dataclass

from gipcore.form.report import Claim, Number, Report
from gipcore.metrics.share import total_of


@dataclass(frozen=True, slots=True)
class ClaimBeside:
    """A claim and the figure of the table it speaks of; None where the table has none."""

    claim: Claim
    printed: Number | None

    @property
    def difference(self) -> Number | None:
        """Return claim minus table; None when the table has no figure."""
        return None if self.printed is None else self.claim.value - self.printed


def claims_beside(report: Report) -> tuple[ClaimBeside, ...]:
    """Return the claims of a report in order of the text.

    Where the words may mean more than one sum, the one that agrees is taken, else the first.
    """
    return tuple(ClaimBeside(claim, _printed(report, claim)) for claim in report.claims)


def _printed(report: Report, claim: Claim) -> Number | None:
    readings = [
        total_of([report.number(name) for name in cells])
        for cells in (claim.cells, *claim.alternatives)
        if any(name in report.cells for name in cells)  # a row the report may leave out
    ]
    if claim.value in readings:
        return claim.value
    return readings[0] if readings else None
