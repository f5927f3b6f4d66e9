"""The figures of two reports of one office side by side, cell by cell in the order of the form."""

from collections.abc import Iterable
from dataclasses import dataclass

from gipcore.form.editions import EDITIONS
from gipcore.form.model import Cell, Line, Presence
from gipcore.form.report import Number, Report, Value

DECIMAL_PLACES = 6  # anything below is the rounding of binary fractions


@dataclass(frozen=True, slots=True)
class CellBeside:
    """A cell as two reports print it; None where a document does not have it."""

    cell: Cell
    before: Value | None
    now: Value | None

    @property
    def is_changed(self) -> bool:
        """Tell whether figure or state differ; the printed form of a figure does not count."""
        return _figure(self.before) != _figure(self.now)

    @property
    def difference(self) -> Number | None:
        """Return the later figure minus the earlier; None when one of them is unknown."""
        before, now = _number(self.before), _number(self.now)
        if before is None or now is None:
            return None
        difference = now - before
        return round(difference, DECIMAL_PLACES) if isinstance(difference, float) else difference


def cells_beside(before: Report, now: Report) -> tuple[CellBeside, ...]:
    """Return the cells that can be compared: those of lines and columns that both forms have.

    A line that an edition merely allows is compared only where both documents print it.
    """
    return tuple(
        CellBeside(cell, before.cells.get(cell.name), now.cells.get(cell.name))
        for cell in now.edition.cells
        if _is_comparable(cell, before, now)
    )


def lines_apart(before: Report, now: Report) -> tuple[Line, ...]:
    """Return the lines of which one report prints a cell that cannot be compared, in order."""
    lines: dict[str, Line] = {}
    for report, other in ((before, now), (now, before)):
        for cell in report.edition.cells:
            if cell.name in report.cells and not _is_comparable(cell, report, other):
                lines.setdefault(cell.line.id, cell.line)
    return tuple(lines.values())


def by_line(cells: Iterable[CellBeside]) -> tuple[tuple[CellBeside, ...], ...]:
    """Return cells line by line."""
    lines: dict[str, list[CellBeside]] = {}
    for beside in cells:
        lines.setdefault(beside.cell.line.id, []).append(beside)
    return tuple(tuple(cells) for cells in lines.values())


def _is_comparable(cell: Cell, one: Report, other: Report) -> bool:
    if not {one.form, other.form} <= cell.editions:
        return False
    is_required = all(
        EDITIONS[form].presence(cell.line) is Presence.REQUIRED for form in (one.form, other.form)
    )
    is_printed = cell.name in one.cells and cell.name in other.cells
    return is_required or is_printed


def _number(value: Value | None) -> Number | None:
    return value.number if value is not None and value.is_number else None


def _figure(value: Value | None) -> tuple[object, ...] | None:
    return None if value is None else (value.number, value.state)
