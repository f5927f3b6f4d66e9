"""Cells that span columns and rows, laid out as a rectangular grid; hostile spans are clamped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gipcore.documents.limits import LIMITS, too_large
from gipcore.documents.model import Grid, GridCell, GridRow, Spot

COVERED = GridCell("", is_covered=True)


@dataclass(frozen=True, slots=True)
class SpanningCell:
    """One cell as the file declares it; `rows` 0 means all rows that are left.

    `is_missing`: there is no cell of its own here, only a place taken by another or by none.
    """

    text: str
    columns: int = 1
    rows: int = 1
    is_missing: bool = False


SpanningRow = tuple[Sequence[SpanningCell], Spot]


def lay_out(rows: Sequence[SpanningRow], spot: Spot, file_name: str) -> Grid | None:
    """Return the grid that the cells make, or None if there is none.

    A cell stands at the first free position of its row and covers the rest of its span. Positions
    that no cell reaches are covered, since the file has no cell there. Columns and rows in which
    no cell begins are left out: they hold nothing of their own.
    """
    laid: list[list[GridCell]] = []
    rows_left: list[int] = []  # for each column: how many coming rows a cell above still covers
    begins: set[int] = set()
    positions = 0
    for number, (cells, _) in enumerate(rows):
        line: list[GridCell] = []
        for cell in cells:
            while len(line) < len(rows_left) and rows_left[len(line)]:
                rows_left[len(line)] -= 1
                line.append(COVERED)
            if not cell.is_missing:
                begins.add(len(line))
            height = min(cell.rows, len(rows) - number) if cell.rows > 0 else (len(rows) - number)
            width = max(1, min(cell.columns, LIMITS.grid_columns))
            for offset in range(width):
                column = len(line)
                if column == len(rows_left):
                    rows_left.append(0)
                elif offset and rows_left[column]:
                    break  # a cell from above stands there; it keeps its place
                rows_left[column] = height - 1
                line.append(COVERED if offset or cell.is_missing else GridCell(cell.text))
        for column in range(len(line), len(rows_left)):
            rows_left[column] = max(0, rows_left[column] - 1)
        laid.append(line)
        positions += len(line)
        if len(begins) > LIMITS.grid_columns or positions > LIMITS.grid_positions * 4:
            raise too_large(
                file_name, f"a table of more than {LIMITS.grid_columns} columns by {number} rows"
            )
    return _grid(laid, sorted(begins), [row_spot for _, row_spot in rows], spot, file_name)


def _grid(
    laid: list[list[GridCell]],
    columns: list[int],
    spots: Iterable[Spot],
    spot: Spot,
    file_name: str,
) -> Grid | None:
    if len(laid) * len(columns) > LIMITS.grid_positions:
        raise too_large(
            file_name,
            f"a table of {len(laid)} rows and {len(columns)} columns, more than "
            f"{LIMITS.grid_positions} cells",
        )
    kept = tuple(
        GridRow(tuple(line[c] if c < len(line) else COVERED for c in columns), row_spot)
        for line, row_spot in zip(laid, spots, strict=True)
        if not all(cell.is_covered for cell in line)
    )
    return Grid(kept, has_spans=True, spot=spot) if kept and columns else None
