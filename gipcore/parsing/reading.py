"""What is gathered while a document is read: values, repairs and rows that found no line."""

from dataclasses import dataclass, field

from gipcore.form.editions import CELLS
from gipcore.form.model import Unit
from gipcore.form.report import Repair, RepairCode, State, Unread, Value
from gipcore.parsing.figures import Figure, Kind
from gipcore.parsing.rows import Position, Row

TEXT_KEPT = 200


@dataclass(slots=True)
class Reading:
    """The growing result; `parts` counts the grids that one table of the form is spread over."""

    values: dict[str, Value] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    parts: dict[int, list[int]] = field(default_factory=dict)

    def place(self, table: int, row: Row, column: int | None = None) -> str:
        """Name a place: table of the form, its part if it has several, row, column, page."""
        grids = self.parts.setdefault(table, [])
        if row.grid not in grids:
            grids.append(row.grid)
        part = grids.index(row.grid) + 1
        words = f"table {table}" + (f" part {part}" if part > 1 else "") + f", row {row.number}"
        if column is not None:
            words += f", column {column}"
        return words + (f", page {row.page}" if row.page is not None else "")

    def put(self, name: str, position: Position, table: int, row: Row) -> None:
        """Keep a cell; a second, different print of the same cell makes a conflict."""
        value = value_of(
            name, position.figure, position.text, self.place(table, row, position.column)
        )
        if position.figure.note:
            self.repair(
                RepairCode.NOTE_REMOVED, value.place, position.text.strip()[:TEXT_KEPT], (name,)
            )
        first = self.values.get(name)
        if first is None or (first.state is State.BLANK and value.state is not State.BLANK):
            self.values[name] = value
        elif first.number != value.number and value.state is not State.BLANK:
            self.values[name] = Value(
                None,
                State.CONFLICT,
                f"{first.raw} ≠ {value.raw}",
                f"{first.place}; {value.place}",
            )

    def repair(
        self, code: RepairCode, place: str, detail: str, cells: tuple[str, ...] = ()
    ) -> None:
        """Report something mended."""
        self.repairs.append(Repair(code, place, detail, cells))

    def leave(self, table: int, row: Row) -> None:
        """Report a row that found no line."""
        self.unread.append(Unread(self.place(table, row), row.as_text()[:TEXT_KEPT]))


WAN_YUAN_UNITS = ("", "万元")
AMOUNT_UNITS = ("", "元", "万元", "亿元")
COUNT_UNITS = ("", "件", "条", "项", "宗", "起", "个", "次", "份", "例", "家")
UNITS = {
    name: {Unit.WAN_YUAN: WAN_YUAN_UNITS, Unit.AS_PUBLISHED: AMOUNT_UNITS}.get(
        cell.unit, COUNT_UNITS
    )
    for name, cell in CELLS.items()
}
ITEMS_CHANGE = ".items_change"


def value_of(name: str, figure: Figure, text: str, place: str) -> Value:
    """Judge a figure by the cell it stands in: units and signs that do not fit are unreadable."""
    raw = text.strip()
    if figure.kind in (Kind.EMPTY, Kind.DASH):
        return Value(None, State.BLANK, raw, place)
    fits = figure.unit in UNITS[name] and (not figure.is_signed_word or name.endswith(ITEMS_CHANGE))
    if figure.kind is not Kind.NUMBER or not fits:
        return Value(None, State.UNREADABLE, raw, place)
    return Value(figure.number, State.NUMBER, raw, place)
