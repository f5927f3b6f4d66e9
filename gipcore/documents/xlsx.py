"""Excel files, read from their XML: cells as printed, merged cells covered, nothing computed."""

import io
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import compress

from lxml import etree

from gipcore.documents.finish import finish
from gipcore.documents.limits import LIMITS, broken, too_large, without_text
from gipcore.documents.model import Block, Document, Grid, GridCell, GridRow, Paragraph, Spot
from gipcore.documents.number_formats import BUILTIN, printed
from gipcore.documents.package import Package, member_names, parse_xml
from gipcore.documents.reader import Reader
from gipcore.documents.spans import COVERED

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
USUAL_PART = "xl/workbook.xml"
ROW, CELL, MERGE, COLUMN, VIEW = (
    f"{S}{name}" for name in ("row", "c", "mergeCell", "col", "sheetView")
)
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})$")
AREA = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})(?::([A-Z]{1,3})([1-9]\d{0,6}))?$")
MAX_MERGES = 20_000

Place = tuple[int, int]  # row and column, from 1
Merge = tuple[int, int, int, int]  # top, left, bottom, right


@dataclass(frozen=True, slots=True)
class _Look:
    """What a cell style means for reading: how numbers are printed, and the ruled sides."""

    format: str = "General"
    has_left: bool = False
    has_right: bool = False


PLAIN = _Look()


@dataclass(slots=True)
class _Sheet:
    """The cells of one sheet that hold something, and the shapes around them.

    `edges` are the ruled left sides of places; the right side of one is the left of the next.
    `unparting_rows` are ruled or hidden: empty as they are, they part no table.
    """

    texts: dict[Place, str] = field(default_factory=dict)
    edges: set[Place] = field(default_factory=set)
    unparting_rows: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    shows_zeros: bool = True


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
    looks = _looks(package, part)
    strings = _strings(package, part)
    blocks: list[Block] = []
    names: list[str | None] = []
    sheets = package.targets(part, "worksheet")
    for sheet in package.xml(part).iter(f"{S}sheet"):
        target = sheets.get(sheet.get(RELATION_ID) or "")
        if sheet.get("state") in ("hidden", "veryHidden") or not (target and package.has(target)):
            continue
        names.append(sheet.get("name"))
        blocks += _blocks(_sheet(package, target, looks, strings), file_name)
    if not blocks and any(name.startswith("xl/media/") for name in package.members):
        raise without_text(file_name, "the Excel file holds pictures")
    return finish("xlsx", blocks, [package.title(), *names], file_name)


def _strings(package: Package, part: str) -> list[str]:
    for target in package.targets(part, "sharedStrings").values():
        root = package.optional_xml(target)
        if root is not None:
            return [_string(item) for item in root.iterchildren(f"{S}si")]
    return []


def _string(item: etree._Element) -> str:
    """Return a string without the reading aids (rPh) that stand beside it."""
    pieces = (
        piece.text or "" for piece in item.iter(f"{S}t") if not _is_reading_aid(piece.getparent())
    )
    return "".join(pieces)


def _is_reading_aid(parent: etree._Element | None) -> bool:
    return parent is not None and parent.tag == f"{S}rPh"


def _looks(package: Package, part: str) -> list[_Look]:
    for target in package.targets(part, "styles").values():
        root = package.optional_xml(target)
        if root is not None:
            return _read_looks(root)
    return []


def _read_looks(root: etree._Element) -> list[_Look]:
    formats = dict(BUILTIN)
    for declared in root.iter(f"{S}numFmt"):
        number = declared.get("numFmtId") or ""
        if number.isdecimal():
            formats[int(number)] = declared.get("formatCode") or "General"
    borders = [
        (_is_drawn(border, "left", "start"), _is_drawn(border, "right", "end"))
        for border in root.iterfind(f"{S}borders/{S}border")
    ]
    looks = []
    for style in root.iterfind(f"{S}cellXfs/{S}xf"):
        border = _integer(style.get("borderId"))
        sides = borders[border] if border < len(borders) else (False, False)
        looks.append(_Look(formats.get(_integer(style.get("numFmtId")), "General"), *sides))
    return looks


def _is_drawn(border: etree._Element, *sides: str) -> bool:
    return any(
        side.get("style") not in (None, "none")
        for side in border.iterchildren(*(f"{S}{name}" for name in sides))
    )


def _integer(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else 0


def _sheet(package: Package, part: str, looks: list[_Look], strings: list[str]) -> _Sheet:
    """Read one sheet row by row, keeping only cells that hold something."""
    data = package.read(part)
    where = f"{package.file_name}, part {part}"
    if b"<!DOCTYPE" in data[:4096]:
        parse_xml(data, where)  # which refuses it
    sheet = _Sheet()
    events = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag=(ROW, MERGE, COLUMN, VIEW),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    number = 0
    try:
        for _, element in events:
            if element.tag == ROW:
                number = _integer(element.get("r")) or number + 1
                if element.get("hidden") in ("1", "true"):
                    sheet.unparting_rows.add(number)
                else:
                    _read_row(sheet, element, number, looks, strings)
                if len(sheet.texts) > LIMITS.grid_positions:
                    raise too_large(where, f"more than {LIMITS.grid_positions} cells with content")
                _forget(element)
            elif element.tag == MERGE:
                _read_merge(sheet, element.get("ref") or "")
            elif element.tag == COLUMN and element.get("hidden") in ("1", "true"):
                last = min(_integer(element.get("max")), LIMITS.grid_columns * 4)
                sheet.hidden_columns |= set(range(_integer(element.get("min")), last + 1))
            elif element.tag == VIEW and element.get("showZeros") in ("0", "false"):
                sheet.shows_zeros = False
    except etree.XMLSyntaxError as error:
        raise broken(where, f"the XML cannot be parsed ({error})") from None
    return sheet


def _forget(element: etree._Element) -> None:
    """Free what has been read."""
    parent = element.getparent()
    element.clear()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _read_row(
    sheet: _Sheet, row: etree._Element, number: int, looks: list[_Look], strings: list[str]
) -> None:
    column = 0
    edges: list[Place] = []
    has_text = False
    for cell in row.iterchildren(CELL):
        found = REFERENCE.match(cell.get("r") or "")
        column = _column(found.group(1)) if found else column + 1
        if column in sheet.hidden_columns:
            continue
        style = _integer(cell.get("s"))
        look = looks[style] if style < len(looks) else PLAIN
        if look.has_left:
            edges.append((number, column))
        if look.has_right:
            edges.append((number, column + 1))
        text = _text(cell, look, strings).strip() if len(cell) else ""
        if text and (text != "0" or sheet.shows_zeros):
            sheet.texts[number, column] = text
            has_text = True
    if edges:
        sheet.unparting_rows.add(number)
    if has_text:  # rows of empty cells, however long, take no memory
        sheet.edges.update(edges)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _text(cell: etree._Element, look: _Look, strings: list[str]) -> str:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        inline = cell.find(f"{S}is")
        return _string(inline) if inline is not None else ""
    value = cell.findtext(f"{S}v")
    if value is None or not value.strip():
        # A formula whose value was not saved is shown as it stands; it is never computed.
        formula = cell.findtext(f"{S}f")
        return f"={formula}" if formula else ""
    value = value.strip()
    if kind == "s":
        place = _integer(value)
        return strings[place] if place < len(strings) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    return printed(value, look.format) if kind == "n" else value


def _read_merge(sheet: _Sheet, reference: str) -> None:
    found = AREA.match(reference)
    if found is None or len(sheet.merges) >= MAX_MERGES:
        return
    left, top, right, bottom = found.groups()
    sheet.merges.append(
        (int(top), _column(left), int(bottom or top), _column(right or left)),
    )


def _blocks(sheet: _Sheet, file_name: str) -> Iterator[Block]:
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


def _covered(sheet: _Sheet, file_name: str) -> set[Place]:
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


def _tied_rows(sheet: _Sheet, rows: list[int]) -> set[int]:
    """Return the rows that a merged cell ties to another row with content."""
    tied: set[int] = set()
    for top, _, bottom, _ in sheet.merges:
        reached = rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
        if len(reached) > 1:
            tied.update(reached)
    return tied


def _grid(sheet: _Sheet, rows: dict[int, list[int]], covered: set[Place], file_name: str) -> Grid:
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
