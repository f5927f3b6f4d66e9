"""Rows of grids seen as labels on the left and figures on the right, with their places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

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
    """One row of a grid; covered positions are left out of both parts.

    `texts` are the words of the labels, `values` the positions right of them where something
    stands; `has_number` tells whether at least one of these is a figure.
    """

    grid: int
    number: int
    labels: tuple[Position, ...]
    tail: tuple[Position, ...]
    page: int | None
    has_spans: bool
    is_from_grid: bool = True
    texts: tuple[str, ...] = field(init=False, compare=False)
    values: tuple[Position, ...] = field(init=False, compare=False)
    has_number: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Note what every step asks again."""
        values = tuple(p for p in self.tail if p.figure.kind is not Kind.EMPTY)
        has_number = any(position.figure.kind is Kind.NUMBER for position in values)
        object.__setattr__(self, "texts", tuple(position.text for position in self.labels))
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "has_number", has_number)

    @property
    def label_column(self) -> int:
        """Return the column of the last label, 0 when the row has none."""
        return self.labels[-1].column if self.labels else 0

    @property
    def is_unruled(self) -> bool:
        """Tell a row of a table drawn on a page without lines, whose columns are inferred."""
        return self.is_from_grid and not self.has_spans and self.page is not None

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
    return _are_words(position.text)


@lru_cache(maxsize=20_000)
def _are_words(printed: str) -> bool:
    text = normalize(printed)
    if len(text) == 1 and text.isascii():
        return False
    words = sum(1 for character in text if character.isalpha())
    digits = sum(1 for character in text if character.isdigit())
    return words > digits
