"""Word files, read from their XML: what a printed page would show, merged cells as covered."""

from collections.abc import Iterator
from itertools import chain

from lxml import etree

from gipcore.documents import tabbed
from gipcore.documents.finish import finish
from gipcore.documents.limits import LIMITS, too_large, without_text
from gipcore.documents.model import Block, Document, Grid, Heading, Paragraph, Spot
from gipcore.documents.package import Package, member_names
from gipcore.documents.raised import raised
from gipcore.documents.reader import Reader
from gipcore.documents.spans import SpanningCell, SpanningRow, lay_out
from gipcore.documents.word_numbering import VAL, Numbering, W
from gipcore.documents.word_styles import (
    Style,
    list_place,
    number,
    outline_level,
    read_styles,
    value,
)

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
USUAL_PART = "word/document.xml"
HAIR = 100  # twentieths of a point: edges of columns nearer than this are one
TITLE_STYLES = frozenset(["title", "标题"])
# Deleted or moved away, and what Word shows only on demand.
UNSEEN = frozenset(
    [f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rt", "pPr", "rPr")]
    + [f"{W}{name}" for name in ("delInstrText", "footnoteReference", "endnoteReference")]
)
UNSEEN_LOOKS = ("vanish", "strike", "dstrike")
PIECES = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
P, TBL, TR, TC, SDT, TEXT = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "sdt", "t"))
TEXT_BOX = f"{W}txbxContent"
PICTURES = (f"{W}drawing", f"{W}pict", f"{W}object")


def recognizes(data: bytes, file_name: str) -> float:
    """Tell whether bytes are a Word file: a zip with a Word document in it."""
    names = member_names(data)
    return 0.95 if any(name.lower().startswith("word/document") for name in names) else 0.0


def read(data: bytes, file_name: str) -> Document:
    """Read a Word file: its body with text boxes; no headers, footers, notes or deleted text."""
    package = Package(data, file_name)
    part = package.main_part(USUAL_PART)
    body = package.xml(part).find(f"{W}body")
    if body is None:
        raise without_text(file_name, "the Word file has no body")
    reading = _Reading(
        read_styles(_part(package, part, "styles")),
        Numbering(_part(package, part, "numbering")),
        file_name,
    )
    blocks = tabbed.with_grids(list(reading.blocks(body)), file_name)
    if not blocks and next(body.iter(*PICTURES), None) is not None:
        raise without_text(file_name, "the Word file holds pictures")
    return finish("docx", blocks, (package.title(),), file_name)


def _part(package: Package, part: str, kind: str) -> etree._Element | None:
    for target in package.targets(part, kind).values():
        return package.optional_xml(target)
    return None


def _is_on(properties: etree._Element | None, name: str) -> bool:
    """Tell whether a switch is set: it is by standing there, unless its value says no."""
    switch = properties.find(f"{W}{name}") if properties is not None else None
    return switch is not None and (switch.get(VAL) or "1") not in ("0", "false", "off")


class _Reading:
    """Reads one body; the parser bounds the depth (256), so the recursion is bounded too."""

    def __init__(self, styles: dict[str, Style], numbering: Numbering, file_name: str) -> None:
        self._styles = styles
        self._numbering = numbering
        self._file_name = file_name
        self._positions = 0

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        """Yield the blocks of a body, a text box or a cell, in order."""
        for child in _children(container):
            if child.tag == P:
                yield from self._paragraph(child)
            elif child.tag == TBL:
                yield from self._table(child)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        boxes: list[etree._Element] = []
        content = self._paragraph_text(paragraph, boxes)
        level = self._heading_level(paragraph.find(f"{W}pPr")) if content else 0
        for line in _lines(content):
            yield Heading(level, line) if level else Paragraph(line)
        for box in boxes:
            yield from self.blocks(box)

    def _paragraph_text(self, paragraph: etree._Element, boxes: list[etree._Element]) -> str:
        parts: list[str] = []
        _gather(paragraph, parts, boxes)
        content = "".join(parts)
        if content.strip():
            return self._list_label(paragraph.find(f"{W}pPr")) + content
        return ""

    def _heading_level(self, properties: etree._Element | None) -> int:
        own = outline_level(properties)
        if own is not None:
            return own
        for style in self._style_chain(properties):
            if style.level is not None:
                return style.level
            if style.name in TITLE_STYLES:
                return 1
            words = style.name.split()
            if words[:1] in (["heading"], ["标题"]) and words[-1] in "123456":
                return int(words[-1])
        return 0

    def _list_label(self, properties: etree._Element | None) -> str:
        if properties is None:
            return ""
        list_id, level = list_place(properties)
        if list_id is None:
            for style in self._style_chain(properties):
                if style.list_id is not None:
                    list_id, level = style.list_id, style.list_level
                    break
        return self._numbering.label(list_id, level) if list_id else ""

    def _style_chain(self, properties: etree._Element | None) -> Iterator[Style]:
        seen: set[str] = set()
        name = value(properties, "pStyle")
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = self._styles[name].based_on

    def _table(self, table: etree._Element) -> Iterator[Block]:
        rows = [row for row in _children(table) if row.tag == TR and not _is_deleted(row)]
        cells = [[cell for cell in _children(row) if cell.tag == TC] for row in rows]
        if _is_layout(table, sum(map(len, cells)), list(chain.from_iterable(cells))):
            for cell in chain.from_iterable(cells):
                yield from self.blocks(cell)
            return
        places = _grid_places(table)
        spanning: list[SpanningRow] = []
        merged: frozenset[int] = frozenset()  # columns in which a cell may be continued downwards
        for row, own_cells in zip(rows, cells, strict=True):
            placed, merged = self._row(row, own_cells, merged, places)
            spanning.append((placed, Spot()))
        grid = lay_out(spanning, Spot(), self._file_name)
        if grid is not None:
            self._positions += len(grid.rows) * len(grid.rows[0].cells)
            if self._positions > LIMITS.grid_positions:
                raise too_large(self._file_name, f"more than {LIMITS.grid_positions} table cells")
            yield grid

    def _row(
        self,
        row: etree._Element,
        cells: list[etree._Element],
        merged: frozenset[int],
        places: list[int],
    ) -> tuple[list[SpanningCell], frozenset[int]]:
        """Return the cells of a row, and the columns that the next row may continue."""
        column = number(row.find(f"{W}trPr"), "gridBefore", 0)
        taken = 0
        placed: list[SpanningCell] = []
        open_columns: set[int] = set()
        for cell in cells:
            own = cell.find(f"{W}tcPr")
            start = max(taken, _place(places, column))
            if start > taken:
                placed.append(SpanningCell("", start - taken, is_missing=True))
            column += number(own, "gridSpan", 1)
            taken = max(start + 1, _place(places, column))
            goes_down, goes_right = (_merge(own, name) for name in ("vMerge", "hMerge"))
            is_continued = (goes_down is False and start in merged) or (
                goes_right is False and bool(placed)
            )
            content = "" if is_continued else self._cell_text(cell)
            placed.append(SpanningCell(content, taken - start, is_missing=is_continued))
            if goes_down is not None:
                open_columns.add(start)
        return placed, frozenset(open_columns)

    def _cell_text(self, cell: etree._Element) -> str:
        lines: list[str] = []
        for block in self.blocks(cell):
            if isinstance(block, Grid):
                lines += [c.text for inner in block.rows for c in inner.cells if c.text]
            else:
                lines.append(block.text.strip())
        return "\n".join(lines)


def _children(container: etree._Element) -> Iterator[etree._Element]:
    """Yield the children, going through wrappers that hold content but are none themselves."""
    for child in container:
        if child.tag in (P, TBL, TR, TC):
            yield child
        elif child.tag in UNSEEN:
            continue
        elif child.tag == SDT and not _shows_hint(child):
            content = child.find(f"{W}sdtContent")
            if content is not None:
                yield from _children(content)
        elif child.tag == f"{MC}AlternateContent":
            chosen = _chosen(child)
            if chosen is not None:
                yield from _children(chosen)
        elif child.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
            yield from _children(child)


def _chosen(alternatives: etree._Element) -> etree._Element | None:
    """Return one of several forms of the same content, so that it is read once."""
    choice = alternatives.find(f"{MC}Choice")
    return choice if choice is not None else alternatives.find(f"{MC}Fallback")


def _gather(node: etree._Element, parts: list[str], boxes: list[etree._Element]) -> None:
    """Collect the visible text below a paragraph, and the text boxes anchored in it."""
    for child in node:
        tag = child.tag
        if tag in (TEXT, MATH_TEXT):
            parts.append(child.text or "")
        elif tag in UNSEEN:
            continue
        elif tag == f"{W}r":
            _gather_run(child, parts, boxes)
        elif tag == SDT and _shows_hint(child):
            continue
        elif tag in PIECES:
            parts.append(PIECES[tag])
        elif tag == f"{MC}AlternateContent":
            chosen = _chosen(child)
            if chosen is not None:
                _gather(chosen, parts, boxes)
        elif tag == TEXT_BOX:
            boxes.append(child)
        elif isinstance(tag, str):
            _gather(child, parts, boxes)


def _gather_run(run: etree._Element, parts: list[str], boxes: list[etree._Element]) -> None:
    """Collect a run's text, unless it is hidden or struck out; raised digits stay raised."""
    look = run.find(f"{W}rPr")
    if look is None:
        _gather(run, parts, boxes)
        return
    if any(_is_on(look, switch) for switch in UNSEEN_LOOKS):
        return
    own: list[str] = []
    _gather(run, own, boxes)
    is_raised = value(look, "vertAlign") == "superscript"
    parts.append(raised("".join(own)) if is_raised else "".join(own))


def _shows_hint(field: etree._Element) -> bool:
    """Tell whether a field of a form is empty, and shows only what to put there."""
    return _is_on(field.find(f"{W}sdtPr"), "showingPlcHdr")


def _lines(content: str) -> list[str]:
    """Return the lines of a paragraph; blanks run together, tabs stay."""
    lines = (
        "\t".join(" ".join(piece.split()) for piece in line.split("\t"))
        for line in content.split("\n")
    )
    return [line.rstrip() for line in lines if line.strip()]


def _grid_places(table: etree._Element) -> list[int]:
    """Return the column that each edge of the table's grid is, edges that all but meet as one.

    Rows that were drawn a hair apart make columns in which nothing stands.
    """
    declared = [column.get(f"{W}w") or "" for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    widths = [int(text) if text.isdecimal() and len(text) < 7 else 0 for text in declared]
    if not all(widths):
        return []
    places, place, since = [0], 0, 0
    for width in widths:
        since += width
        if since >= HAIR:
            place, since = place + 1, 0
        places.append(place)
    return places


def _place(places: list[int], edge: int) -> int:
    if edge < len(places):
        return places[edge]
    return edge if not places else places[-1] + edge - len(places) + 1


def _merge(properties: etree._Element | None, name: str) -> bool | None:
    """Tell whether a cell begins a merged one (True) or continues it; None if it is not merged."""
    mark = properties.find(f"{W}{name}") if properties is not None else None
    return None if mark is None else mark.get(VAL) == "restart"


def _is_deleted(row: etree._Element) -> bool:
    properties = row.find(f"{W}trPr")
    return properties is not None and properties.find(f"{W}del") is not None


def _is_layout(table: etree._Element, count: int, cells: list[etree._Element]) -> bool:
    """Tell whether a table only frames other content: then that is read in order."""
    nested = sum(1 for _ in table.iter(TC)) - count
    with_table = sum(1 for cell in cells if cell.find(f".//{TBL}") is not None) if nested else 0
    if count <= 1 or nested > count - with_table:
        return True
    return count <= 6 and any(_is_prose(cell) for cell in cells)


def _is_prose(cell: etree._Element) -> bool:
    texts = ["".join(piece.text or "" for piece in p.iter(TEXT)) for p in cell.iter(P)]
    return sum(1 for own in texts if own.strip()) > 4 and sum(map(len, texts)) > 300


READER = Reader("docx", (".docx", ".docm", ".dotx"), recognizes, read)
