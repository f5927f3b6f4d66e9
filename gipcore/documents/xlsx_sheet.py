"""One sheet of an Excel file: what its cells print, which sides are ruled, what is merged."""

import io
import re
from dataclasses import dataclass, field

from lxml import etree

from gipcore.documents.limits import LIMITS, broken, too_large
from gipcore.documents.number_formats import BUILTIN, printed
from gipcore.documents.package import Package, parse_xml
from gipcore.documents.raised import raised

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ROW, CELL, MERGE, COLUMN, VIEW = (
    f"{S}{name}" for name in ("row", "c", "mergeCell", "col", "sheetView")
)
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})$")
AREA = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})(?::([A-Z]{1,3})([1-9]\d{0,6}))?$")
MAX_MERGES = 20_000

Place = tuple[int, int]  # row and column, from 1
Merge = tuple[int, int, int, int]  # top, left, bottom, right


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell style means for reading: how numbers are printed, and the ruled sides."""

    format: str = "General"
    has_left: bool = False
    has_right: bool = False


PLAIN = Look()


@dataclass(slots=True)
class Sheet:
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


def read_strings(package: Package, part: str) -> list[str]:
    """Return the strings that the cells of a workbook share."""
    for target in package.targets(part, "sharedStrings").values():
        root = package.optional_xml(target)
        if root is not None:
            return [_string(item) for item in root.iterchildren(f"{S}si")]
    return []


def _string(item: etree._Element) -> str:
    """Return a string without the reading aids (rPh) that stand beside it."""
    pieces = ((piece.text or "", piece.getparent()) for piece in item.iter(f"{S}t"))
    return "".join(
        raised(text) if _is_raised(parent) else text
        for text, parent in pieces
        if not _is_reading_aid(parent)
    )


def _is_raised(parent: etree._Element | None) -> bool:
    look = parent.find(f"{S}rPr/{S}vertAlign") if parent is not None else None
    return look is not None and look.get("val") == "superscript"


def _is_reading_aid(parent: etree._Element | None) -> bool:
    return parent is not None and parent.tag == f"{S}rPh"


def read_looks(package: Package, part: str) -> list[Look]:
    """Return the cell styles of a workbook, by their numbers."""
    for target in package.targets(part, "styles").values():
        root = package.optional_xml(target)
        if root is not None:
            return _looks_of(root)
    return []


def _looks_of(root: etree._Element) -> list[Look]:
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
        looks.append(Look(formats.get(_integer(style.get("numFmtId")), "General"), *sides))
    return looks


def _is_drawn(border: etree._Element, *sides: str) -> bool:
    return any(
        side.get("style") not in (None, "none")
        for side in border.iterchildren(*(f"{S}{name}" for name in sides))
    )


def _integer(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else 0


def read_sheet(package: Package, part: str, looks: list[Look], strings: list[str]) -> Sheet:
    """Read one sheet row by row, keeping only cells that hold something."""
    data = package.read(part)
    where = f"{package.file_name}, part {part}"
    if b"<!DOCTYPE" in data[:4096]:
        parse_xml(data, where)  # which refuses it
    sheet = Sheet()
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
    sheet: Sheet, row: etree._Element, number: int, looks: list[Look], strings: list[str]
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


def _text(cell: etree._Element, look: Look, strings: list[str]) -> str:
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


def _read_merge(sheet: Sheet, reference: str) -> None:
    found = AREA.match(reference)
    if found is None or len(sheet.merges) >= MAX_MERGES:
        return
    left, top, right, bottom = found.groups()
    sheet.merges.append(
        (int(top), _column(left), int(bottom or top), _column(right or left)),
    )
