"""What a check looks at: a report, the one before it, and what is known of its office."""

from dataclasses import dataclass

from gipcore.checks.layout import Layout, layout_of
from gipcore.checks.surroundings import NOTHING_KNOWN, Surroundings
from gipcore.form.editions import CELLS
from gipcore.form.report import Report, State


@dataclass(frozen=True, slots=True)
class KnownOffice:
    """What the register knows of an office; None where it does not tell."""

    level: str | None
    function: str | None


LINE_OF = {name: cell.line.id for name, cell in CELLS.items()}
UNKNOWN_OFFICE = KnownOffice(None, None)


@dataclass(frozen=True, slots=True)
class Subject:
    """One report under check.

    `lines` are the ids of the edition's lines of which at least one cell was found, blank or not;
    `tables` the numbers of the tables that have such a line. `before` is the office's report on the
    year before. `surroundings` is what other offices' reports say, which only the database knows.
    """

    report: Report
    layout: Layout
    lines: frozenset[str]
    tables: frozenset[int]
    before: "Subject | None" = None
    office: KnownOffice = UNKNOWN_OFFICE
    surroundings: Surroundings = NOTHING_KNOWN


def subject_of(
    report: Report,
    previous: Report | None = None,
    office: KnownOffice | None = None,
    surroundings: Surroundings = NOTHING_KNOWN,
) -> Subject:
    """Look a report over once, for all checks; `previous` is the office's report a year before."""
    names = [
        name for name, value in report.cells.items() if value.state is not State.NOT_APPLICABLE
    ]
    layout = layout_of(report.form, frozenset(LINE_OF[name] for name in names))
    lines = frozenset(LINE_OF[name] for name in names if name in layout.cells)
    return Subject(
        report,
        layout,
        lines,
        frozenset(layout.table_of[line] for line in lines),
        None if previous is None else subject_of(previous),
        office or UNKNOWN_OFFICE,
        surroundings,
    )
