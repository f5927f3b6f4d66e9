"""What a form is made of: editions, tables, lines, columns and cells."""

from dataclasses import dataclass
from enum import StrEnum

from gipcore.words import Source, Text


class EditionId(StrEnum):
    """An edition is named by the first year whose reports it is in force for."""

    Y2019 = "2019"
    Y2021 = "2021"


BOTH = frozenset(EditionId)
ONLY_2019 = frozenset({EditionId.Y2019})
ONLY_2021 = frozenset({EditionId.Y2021})


class Unit(StrEnum):
    """What a figure counts."""

    COUNT = "count"
    WAN_YUAN = "10,000 CNY"
    AS_PUBLISHED = "as published"


class Presence(StrEnum):
    """Whether the edition prints a line, allows it, or some reports merely add it."""

    REQUIRED = "required"
    ALTERNATIVE = "alternative"  # （六） as one row, in place of its three leaves
    SUBTOTAL = "subtotal"  # not on the form, printed by some reports


@dataclass(frozen=True, slots=True)
class Column:
    """One column of figures."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: its name, its words on the form, and the group it belongs to.

    `label` is the full wording with its group; `printed` is what stands in the line's own cell.
    """

    id: str
    label: Text
    printed: str
    group: str | None = None
    editions: frozenset[EditionId] = BOTH
    presence: Presence = Presence.REQUIRED


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of the form; its name `line.column` is the public column name."""

    line: Line
    column: Column
    table: int
    unit: Unit
    editions: frozenset[EditionId]

    @property
    def name(self) -> str:
        """Return the public name."""
        return f"{self.line.id}.{self.column.id}"

    @property
    def label(self) -> Text:
        """Return the words of line and column together."""
        return Text(
            f"{self.line.label.zh}，{self.column.label.zh}",
            f"{self.line.label.en}, {self.column.label.en}",
        )


@dataclass(frozen=True, slots=True)
class Table:
    """One of the three tables of an edition."""

    number: int
    title: Text
    lines: tuple[Line, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections of a report."""

    number: int
    title: Text


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the form, with the notice that ordered it and the years it is in force for.

    `last_year` is None while the edition is in force.
    """

    id: EditionId
    title: Text
    source: Source
    first_year: int
    last_year: int | None
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Return every cell of the edition, in the order of the form."""
        return tuple(cell for table in self.tables for cell in table.cells)

    def presence(self, line: Line) -> Presence:
        """Tell how this edition treats a line; one row for a group replaces its leaves."""
        if line.presence is not Presence.ALTERNATIVE:
            return line.presence
        has_leaves = any(other.group == line.id for table in self.tables for other in table.lines)
        return Presence.ALTERNATIVE if has_leaves else Presence.REQUIRED

    def required_cells(self) -> tuple[Cell, ...]:
        """Return the cells that a complete report of this edition prints."""
        return tuple(c for c in self.cells if self.presence(c.line) is Presence.REQUIRED)
