"""Rows of grids seen as labels on the left and figures on the right, with their places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gipcore.documents.model import Grid
from gipcore.parsing.figures import Figure, Kind, read_figure
from gipcore.parsing.labels import is_of_form, may_be_of_form
from gipcore.parsing.normalize import normalize


@dataclass(frozen=True, slots=True)
class Position:
    """One position of a row: its column (from 1), its text, and the text read as a figure."""

    column: int
    text: str
    figure: Figure

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing at all stands here."""
        return self.figure.kind is Kind.EMPTY


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a grid; covered positions are left out of both parts."""

    grid: int
    number: int
    labels: tuple[Position, ...]
    tail: tuple[Position, ...]
    page: int | None
    has_spans: bool
    is_from_grid: bool = True

    @property
    def label_column(self) -> int:
        """Return the column of the last label, 0 when the row has none."""
        return self.labels[-1].column if self.labels else 0

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the words of the labels."""
        return tuple(position.text for position in self.labels)

    @property
    def values(self) -> tuple[Position, ...]:
        """Return the positions right of the labels where something stands."""
        return tuple(position for position in self.tail if not position.is_empty)

    @property
    def is_unruled(self) -> bool:
        """Tell a row of a table drawn on a page without lines, whose columns are inferred."""
        return self.is_from_grid and not self.has_spans and self.page is not None

    @property
    def has_number(self) -> bool:
        """Tell whether at least one figure stands right of the labels."""
        return any(position.figure.kind is Kind.NUMBER for position in self.tail)

    def as_text(self) -> str:
        """Return the row as one line, for reports of what was not read."""
        parts = [*self.texts, *(position.text for position in self.values)]
        return " | ".join(part.strip() for part in parts)


def rows_of(grid: Grid, index: int, first_row: int = 1) -> Iterator[Row]:
    """Split each row of a grid; `index` tells grids of a document apart."""
    for number, row in enumerate(grid.rows, start=first_row):
        positions = [
            Position(column, cell.text, read_figure(cell.text))
            for column, cell in enumerate(row.cells, start=1)
            if not cell.is_covered
        ]
        last_label = _last_label(positions)
        labels = tuple(
            position for position in positions[: last_label + 1] if not position.is_empty
        )
        yield Row(
            index,
            number,
            labels,
            tuple(positions[last_label + 1 :]),
            row.spot.page,
            grid.has_spans,
        )


def _last_label(positions: Sequence[Position]) -> int:
    """Return where the labels of a row end, -1 when it has none; words after figures are remarks.

    A row without figures has only labels; words between figures belong to those that follow.
    """
    labels = [i for i, position in enumerate(positions) if is_label(position)]
    figures = [i for i, position in enumerate(positions) if position.figure.kind is Kind.NUMBER]
    before = [i for i in labels if figures and i < figures[-1]]
    if not before and figures:
        has_words = any(is_of_form(positions[i].text) for i in labels)
        return max(labels, default=-1) if has_words else -1
    before = before or labels
    while before and _stands_for_figure(positions, before, min(figures, default=len(positions))):
        before.pop()
    return max(before, default=-1)


def _stands_for_figure(
    positions: Sequence[Position], labels: Sequence[int], first_figure: int
) -> bool:
    """Tell whether the last label is none: words unknown to the form, right of one or a figure."""
    last = labels[-1]
    if may_be_of_form(positions[last].text):
        return False
    return last > first_figure or any(is_of_form(positions[i].text) for i in labels[:-1])


def is_label(position: Position) -> bool:
    """Tell words from figures; a damaged figure (1O, 3?, O) has a digit and hardly a word."""
    if position.figure.kind is not Kind.OTHER:
        return False
    text = normalize(position.text)
    if len(text) == 1 and text.isascii():
        return False
    words = sum(1 for character in text if character.isalpha())
    digits = sum(1 for character in text if character.isdigit())
    return words > digits
