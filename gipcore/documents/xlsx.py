"""Excel files, read from their XML: cells as printed, merged cells covered, nothing computed."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import compress

from gipcore.documents.finish import finish
from gipcore.documents.limits import LIMITS, broken, too_large, without_text
from gipcore.documents.model import Block, Document, Grid, GridCell, GridRow, Paragraph, Spot
from gipcore.documents.package import Package, member_names
from gipcore.documents.reader import Reader
from gipcore.documents.spans import COVERED
from gipcore.documents.xlsx_sheet import Place, S, Sheet, read_looks, read_sheet, read_strings

RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
USUAL_PART = "xl/workbook.xml"


def recognizes(data: bytes, file_name: str) -> float:
    """Tell whether bytes are an Excel file: a zip with a workbook in it."""
    names = member_names(data)
    return 0.95 if any(name.lower().startswith("xl/workbook") for name in names) else 0.0


def read(data: bytes, file_name: str) -> Document:
    """Read the sheets that are shown; a formula gives the value that was saved with it."""
    package = Package(data, file_name)
    part = package.main_part(USUAL_PART)
    if part.endswith(".bin"):
        raise broken(file_name, "it is a binary workbook (.xlsb); save it as .xlsx")
    looks = read_looks(package, part)
    strings = read_strings(package, part)
    blocks: list[Block] = []
    names: list[str | None] = []
    sheets = package.targets(part, "worksheet")
    for sheet in package.xml(part).iter(f"{S}sheet"):
        target = sheets.get(sheet.get(RELATION_ID) or "")
        if sheet.get("state") in ("hidden", "veryHidden") or not (target and package.has(target)):
            continue
        names.append(sheet.get("name"))
        blocks += _blocks(read_sheet(package, target, looks, strings), file_name)
    if not blocks and any(name.startswith("xl/media/") for name in package.members):
        raise without_text(file_name, "the Excel file holds pictures")
    return finish("xlsx", blocks, [package.title(), *names], file_name)


def _blocks(sheet: Sheet, file_name: str) -> Iterator[Block]:
    """Yield a sheet from top to bottom: lone texts as paragraphs, the rest as grids.

    A row without any cell parts two grids. A text alone in its row is a paragraph, unless it is
    ruled like a cell or a merged cell ties its row to others.
    """
    covered = _covered(sheet, file_name)
    for place in covered & sheet.texts.keys():
        del sheet.texts[place]
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(sheet.texts):
        by_row.setdefault(row, []).append(column)
    tied = _tied_rows(sheet, list(by_row))
    grid: dict[int, list[int]] = {}
    before = 0
    for row, filled in by_row.items():
        place = (row, filled[0])
        is_ruled = place in sheet.edges or (row, filled[0] + 1) in sheet.edges
        is_lone = len(filled) == 1 and not is_ruled and row not in tied
        has_gap = any(between not in sheet.unparting_rows for between in range(before + 1, row))
        if grid and (is_lone or (has_gap and row not in tied)):
            yield _grid(sheet, grid, covered, file_name)
            grid = {}
        if is_lone:
            lines = (line.strip() for line in sheet.texts[place].splitlines())
            yield from (Paragraph(line, Spot(line=row)) for line in lines if line)
        else:
            grid[row] = filled
        before = row
    if grid:
        yield _grid(sheet, grid, covered, file_name)


def _covered(sheet: Sheet, file_name: str) -> set[Place]:
    """Return the places under merged cells, as far as the sheet is filled."""
    rows = sorted({row for row, _ in sheet.texts})
    last_column = max((column for _, column in sheet.texts), default=0)
    covered: set[Place] = set()
    for top, left, bottom, right in sheet.merges:
        reached = rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
        columns = range(left, min(right, last_column) + 1)
        if len(covered) + len(reached) * len(columns) > LIMITS.grid_positions:
            raise too_large(file_name, f"merged cells over more than {LIMITS.grid_positions} cells")
        covered.update((row, column) for row in reached for column in columns)
        covered.discard((top, left))
    return covered


def _tied_rows(sheet: Sheet, rows: list[int]) -> set[int]:
    """Return the rows that a merged cell ties to another row with content."""
    tied: set[int] = set()
    for top, _, bottom, _ in sheet.merges:
        reached = rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
        if len(reached) > 1:
            tied.update(reached)
    return tied


def _grid(sheet: Sheet, rows: dict[int, list[int]], covered: set[Place], file_name: str) -> Grid:
    """Return some rows as a grid; where a ruled sheet has no box, it has no cell."""
    first = min(filled[0] for filled in rows.values())
    last = max(filled[-1] for filled in rows.values())
    columns = [c for c in range(first, last + 1) if c not in sheet.hidden_columns]
    if len(columns) > LIMITS.grid_columns or len(rows) * len(columns) > LIMITS.grid_positions:
        raise too_large(file_name, f"a sheet of {len(rows)} rows and {len(columns)} columns")
    has_boxes = any((row, column) in sheet.edges for row in rows for column in columns)

    def cell(row: int, column: int) -> GridCell:
        place = (row, column)
        if place in covered:
            return COVERED
        text = sheet.texts.get(place, "")
        is_boxed = place in sheet.edges and (row, column + 1) in sheet.edges
        return GridCell(text) if text or is_boxed or not has_boxes else COVERED

    lines = {row: [cell(row, column) for column in columns] for row in rows}
    begun = [any(not line[i].is_covered for line in lines.values()) for i in range(len(columns))]
    return Grid(
        tuple(GridRow(tuple(compress(line, begun)), Spot(line=row)) for row, line in lines.items()),
        has_spans=True,
        spot=Spot(line=next(iter(rows))),
    )


READER = Reader("xlsx", (".xlsx", ".xlsm", ".xltx"), recognizes, read)
