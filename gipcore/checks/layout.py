"""How reports print their edition: with the leaves of （六）其他处理, or with one row for them."""

from collections.abc import Mapping
from dataclasses import dataclass

from gipcore.form.editions import EDITIONS
from gipcore.form.model import Cell, Edition, EditionId, Line, Presence
from gipcore.form.requests import OTHER_HANDLING, OTHER_HANDLING_AS_ONE


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The lines and cells that reports of one edition and one way of printing （六） can have.

    `required` are, by table, the lines of a complete report; `cells` all cells of the edition by
    name; `names` the names of a line's cells, by the line's id; `table_of` a line's table.
    """

    edition: Edition
    is_other_handling_one_row: bool
    required: Mapping[int, tuple[Line, ...]]
    cells: Mapping[str, Cell]
    names: Mapping[str, tuple[str, ...]]
    table_of: Mapping[str, int]
    required_ids: frozenset[str]

    def printed(self, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """Put the one row of （六） in place of its leaves, where the layout has it so."""
        if not self.is_other_handling_one_row or OTHER_HANDLING[0] not in lines:
            return lines
        return (*(line for line in lines if line not in OTHER_HANDLING), OTHER_HANDLING_AS_ONE)


def _layout(edition: Edition, is_one_row: bool) -> Layout:
    names: dict[str, tuple[str, ...]] = {}
    for cell in edition.cells:
        names[cell.line.id] = (*names.get(cell.line.id, ()), cell.name)
    required = {
        table.number: tuple(line for line in table.lines if _is_required(edition, line, is_one_row))
        for table in edition.tables
    }
    return Layout(
        edition=edition,
        is_other_handling_one_row=is_one_row,
        required=required,
        cells={cell.name: cell for cell in edition.cells},
        names=names,
        table_of={line.id: table.number for table in edition.tables for line in table.lines},
        required_ids=frozenset(line.id for lines in required.values() for line in lines),
    )


def _is_required(edition: Edition, line: Line, is_one_row: bool) -> bool:
    if line.id == OTHER_HANDLING_AS_ONE.id:
        return is_one_row
    if line in OTHER_HANDLING:
        return not is_one_row
    return edition.presence(line) is Presence.REQUIRED


LAYOUTS = {
    (id, is_one_row): _layout(edition, is_one_row)
    for id, edition in EDITIONS.items()
    for is_one_row in (False, True)
}
LEAVES_OF_OTHER_HANDLING = frozenset(line.id for line in OTHER_HANDLING)


def layout_of(form: EditionId, lines: frozenset[str]) -> Layout:
    """Choose the layout of a report by the ids of the lines that it prints.

    One row beside leaves is a subtotal; the 2019 edition knows no leaves.
    """
    has_leaves = bool(lines & LEAVES_OF_OTHER_HANDLING)
    is_one_row = form is EditionId.Y2019 or (OTHER_HANDLING_AS_ONE.id in lines and not has_leaves)
    return LAYOUTS[form, is_one_row]
