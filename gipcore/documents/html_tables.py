"""Tables of a page: which cells are whose, and which tables only place things on the page."""

import re

from lxml import etree

from gipcore.documents.html_elements import BLOCKS, SKIPPED, element_text
from gipcore.documents.model import Spot
from gipcore.documents.spans import SpanningCell, SpanningRow

LEADING_DIGITS = re.compile(r"\s*(\d{1,9})")


class Tables:
    """Which cells belong to which table, and which tables are there for layout only."""

    def __init__(self, root: etree._Element) -> None:
        self.rows: dict[etree._Element, list[tuple[etree._Element, list[etree._Element]]]] = {}
        self._nested_cells: dict[etree._Element, int] = {}
        self._cells_with_table: dict[etree._Element, int] = {}
        self._owner: dict[etree._Element, etree._Element | None] = {}
        for element in root.iter("table", "tr", "td", "th"):
            self._place(element)
        for table in reversed(self.rows):
            own = sum(len(cells) for _, cells in self.rows[table])
            outer = next(table.iterancestors("table"), None)
            if outer is not None:
                inner = own + self._nested_cells.get(table, 0)
                self._nested_cells[outer] = self._nested_cells.get(outer, 0) + inner

    def spanning_rows(self, table: etree._Element) -> list[SpanningRow]:
        """Return the rows of a table as they are to be laid out."""
        return [
            ([_spanning(cell) for cell in cells], Spot(line=row.sourceline))
            for row, cells in self.rows[table]
        ]

    def _place(self, element: etree._Element) -> None:
        """Note where an element stands; the elements come in the order of the page."""
        parent = element.getparent()
        table = parent
        while table is not None and table.tag != "table":
            is_unseen = table.tag in SKIPPED
            table = None if is_unseen else self._owner.get(table, table.getparent())
        if element.tag == "table":
            self.rows[element] = []
            self._owner[element] = element
            if table is not None:
                self._cells_with_table[table] = self._cells_with_table.get(table, 0) + 1
            return
        if table is None:
            return
        self._owner[element] = table
        rows = self.rows[table]
        if element.tag == "tr":
            rows.append((element, []))
        elif rows and (rows[-1][0] is parent or _stand_together(rows[-1][0], parent)):
            rows[-1][1].append(element)
        else:
            rows.append((element, [element]))

    def is_layout(self, table: etree._Element) -> bool:
        """Tell whether a table only places things on the page: then its content is read in order.

        It does when it has one cell, when most cells stand in tables within it, or when it has
        few cells and one of them is a text of several paragraphs.
        """
        cells = [cell for _, row in self.rows[table] for cell in row]
        nested = self._nested_cells.get(table, 0)
        if len(cells) <= 1 or nested > len(cells) - self._cells_with_table.get(table, 0):
            return True
        return len(cells) <= 6 and any(_is_prose(cell) for cell in cells)


def _stand_together(cell: etree._Element, parent: etree._Element | None) -> bool:
    """Tell whether a row without an element of its own, begun by a cell, goes on."""
    return cell.tag != "tr" and cell.getparent() is parent


def _is_prose(cell: etree._Element) -> bool:
    paragraphs = sum(1 for element in cell.iter() if element.tag in BLOCKS or element.tag == "br")
    return paragraphs > 4 and len("".join(cell.itertext())) > 300


def _spanning(cell: etree._Element) -> SpanningCell:
    return SpanningCell(element_text(cell), _span(cell, "colspan"), _span(cell, "rowspan"))


def _span(cell: etree._Element, name: str) -> int:
    """Return a declared span as browsers take it: what is no number is 1."""
    declared = cell.get(name)
    if declared is None or declared == "1":
        return 1
    found = LEADING_DIGITS.match(declared)
    if not found:
        return 1
    number = int(found.group(1))
    return number if number or name == "rowspan" else 1
