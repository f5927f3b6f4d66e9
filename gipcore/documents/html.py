"""Web pages: headings, paragraphs and data tables in reading order; layout and chrome dissolve."""

import re
from collections.abc import Iterator

from lxml import etree

from gipcore.documents import text
from gipcore.documents.encoding import (
    SAMPLE_BYTES,
    WIDE,
    by_mark,
    is_wide_text,
    likeliest,
    opening,
)
from gipcore.documents.finish import finish
from gipcore.documents.html_elements import (
    BLOCKS,
    HEADINGS,
    SKIPPED,
    element_text,
    tidy,
)
from gipcore.documents.html_tables import Tables
from gipcore.documents.limits import LIMITS, broken, too_large, without_text
from gipcore.documents.model import Block, Document, Grid, GridRow, Heading, Paragraph, Spot
from gipcore.documents.raised import raised
from gipcore.documents.reader import Reader
from gipcore.documents.spans import lay_out

PAGE_MARK = re.compile(r"(?i)<\s*(!doctype\s+html|html|head|body|table)\b")
ELEMENT_MARK = re.compile(r"(?i)<\s*(tr|div|p|meta|title|span|h[1-6]|style|center|font)\b")
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
# The national standards contain each other; pages declare the smallest and use the largest.
CHINESE = re.compile(r"(?i)(x-)?(gb|cp936|936|euc-?cn|hz|windows-936)")
SINGLE_BYTE = re.compile(r"(?i)(us-ascii|ascii|iso-?8859|latin|windows-125|cp125)")
HIDDEN = re.compile(r"(?i)(display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)")
STRUCK_OUT = re.compile(r"(?i)text-decoration[\w-]*\s*:[^;]*line-through")
SUPERSCRIPT = re.compile(r"(?i)vertical-align\s*:\s*super\b")
MAY_HIDE = ("none", "hidden", "mso-hide", "navigation", "line-through")
CELLS = frozenset({"td", "th", "tr"})  # without one of them, others would move
PREFORMATTED = re.compile(r"(?i)white-space\s*:\s*(pre(-wrap|-line)?|break-spaces)\b")
OUTLINE_LEVEL = re.compile(r"(?i)mso-outline-level\s*:\s*([1-6])\b")
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\xad\u200b\u200e\u200f\ufeff]+")
TITLES = frozenset({"articletitle", "og:title", "title", "dc.title", "dcterms.title"})


def recognizes(data: bytes, file_name: str) -> float:
    """Tell whether bytes are a page: its first marks stand near the beginning."""
    start = data[:4096]
    if start.startswith((b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        return 0.0
    text_start = opening(start).lstrip("\ufeff\xef\xbb\xbf\xff\xfe \t\r\n")
    is_page = PAGE_MARK.search(text_start) is not None
    if not is_page and not ELEMENT_MARK.search(text_start):
        return 0.0
    if text_start.startswith("<"):
        return 0.95
    return 0.6 if is_page else 0.2


def read(data: bytes, file_name: str) -> Document:
    """Read a page or a fragment of one, in any encoding."""
    root = parse(decoded(data), file_name)
    flow = _Flow(root, file_name)
    blocks = flow.blocks()
    if not blocks and root.find(".//img") is not None:
        raise without_text(file_name, "the page holds pictures")
    return finish("html", blocks, _names(root), file_name)


def decoded(data: bytes) -> str:
    """Return the text of a page: by its mark, by what its bytes can only be, then as declared."""
    marked = by_mark(data)
    if marked is not None:
        return marked
    if b"\x00" in data[:SAMPLE_BYTES]:
        wide = likeliest(data, WIDE) or ("utf-16-be" if data[:1] == b"\x00" else "utf-16-le")
        if is_wide_text(data[:SAMPLE_BYTES]) or data[:64].count(b"\x00") > 16:
            return data.decode(wide, errors="replace")
    first, *others = candidates = _candidates(data)
    try:
        return data.decode(first)
    except UnicodeDecodeError:
        pass
    sure = likeliest(data, others)
    for encoding in filter(None, (sure, *others)):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    readings = [data.decode(encoding, errors="replace") for encoding in candidates]
    return min(readings, key=lambda reading: reading.count("\ufffd"))


def _candidates(data: bytes) -> list[str]:
    """Return the encodings to try: UTF-8 can hardly be met by chance, so it goes first."""
    found = DECLARED.search(data[:4096])
    declared = found.group(1).decode("ascii", errors="replace") if found else ""
    if CHINESE.match(declared):
        declared = "gb18030"
    elif declared.lower().startswith("big5"):
        declared = "big5hkscs"
    encodings = ["utf-8", declared, "gb18030", "big5hkscs"]
    if SINGLE_BYTE.match(declared) or not _is_known(declared):
        encodings.remove(declared)
    return list(dict.fromkeys(encodings))


def _is_known(encoding: str) -> bool:
    try:
        "".encode(encoding)
    except (LookupError, UnicodeError):
        return False
    return encoding.isascii() and bool(encoding)


def parse(page: str, file_name: str) -> etree._Element:
    """Return the root of a page; nothing is fetched, and no entity but HTML's own is known."""
    # Depth is bounded by libxml2 (2,048) and the tree by the file; the walk below is a loop.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    clean = INVISIBLE.sub("", page).replace("\r\n", "\n").replace("\r", "\n")
    try:
        root = etree.fromstring(clean.encode("utf-8", errors="replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if any(entry.type_name == "ERR_NO_MEMORY" for entry in parser.error_log):
            raise MemoryError from error
        raise broken(file_name, f"the page cannot be parsed ({error})") from None
    if root is None:
        raise broken(file_name, "the page holds no element")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise too_large(file_name, "elements nested more than 2,000 deep")
    lower = clean.lower()
    if any(mark in lower for mark in MAY_HIDE):
        _hide(root)
    if "super" in lower:
        _raise(root)
    return root


def _hide(root: etree._Element) -> None:
    """Turn what a browser does not show into templates, which nobody reads."""
    for element in root.iter():
        if element.tag not in ("html", "body") and _is_hidden(element):
            element.tag = "template"


def _is_hidden(element: etree._Element) -> bool:
    if element.get("hidden") is not None or element.get("role") == "navigation":
        return True
    style = element.get("style")
    if style is None:
        return False
    is_struck_out = element.tag not in CELLS and STRUCK_OUT.search(style) is not None
    return is_struck_out or HIDDEN.search(style) is not None


def _raise(root: etree._Element) -> None:
    """Turn what a style sets above the line, as Word's pages do, into the element for it."""
    for element in root.iter("span", "font", "a"):
        style = element.get("style")
        if style is not None and SUPERSCRIPT.search(style):
            element.tag = "sup"


def _names(root: etree._Element) -> Iterator[str | None]:
    for meta in root.iter("meta"):
        key = meta.get("name") or meta.get("property") or ""
        if key.lower() in TITLES:
            yield meta.get("content")
    for title in root.iter("title"):
        yield tidy("".join(title.itertext()))


class _Flow:
    """Reads a page from top to bottom in a loop, so depth costs no stack."""

    def __init__(self, root: etree._Element, file_name: str) -> None:
        self._root = root
        self._file_name = file_name
        self._tables = Tables(root)
        self._blocks: list[Block] = []
        self._line: list[str] = []
        self._spot = Spot()
        self._level = 0
        self._positions = 0

    def blocks(self) -> list[Block]:
        """Return the blocks of the page."""
        walk = etree.iterwalk(self._root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if not isinstance(tag, str):
                if event == "end" and element.tail:
                    self._line.append(element.tail)
            elif event == "start":
                if self._start(element, tag):
                    walk.skip_subtree()
            else:
                self._end(element, tag)
        self._flush()
        return self._blocks

    def _start(self, element: etree._Element, tag: str) -> bool:
        """Take in the beginning of an element; return True when its content is done with."""
        if tag in SKIPPED:
            return True
        if tag == "sup":
            self._line.append(raised("".join(element.itertext())))
            return True
        if tag == "br":
            self._flush()
        elif tag in HEADINGS or tag in BLOCKS:
            self._flush()
            self._spot = Spot(line=element.sourceline)
            self._level = _heading_level(element, tag) or self._level
            if tag == "table" and not self._tables.is_layout(element):
                self._table(element)
                return True
            if tag == "li":
                self._line.append(_list_number(element))
            if _is_preformatted(element, tag):
                self._preformatted(element)
                return True
        elif not self._line:
            self._spot = Spot(line=element.sourceline)
        if element.text:
            self._line.append(element.text)
        return False

    def _end(self, element: etree._Element, tag: str) -> None:
        if tag in HEADINGS or tag in BLOCKS:
            self._flush()
            if _heading_level(element, tag):
                self._level = 0
        if element.tail:
            if tag in BLOCKS or tag == "br":
                self._spot = Spot(line=element.sourceline)
            self._line.append(element.tail)

    def _flush(self) -> None:
        line = tidy("".join(self._line)) if self._line else ""
        self._line.clear()
        if not line:
            return
        if self._level:
            self._blocks.append(Heading(self._level, line, self._spot))
        else:
            self._blocks.append(Paragraph(line, self._spot))

    def _preformatted(self, element: etree._Element) -> None:
        """Read what keeps its own lines as plain text, with its tabs and pipes."""
        content = element_text(element, keeps_lines=True)
        if not content.strip():
            return
        first = (element.sourceline or 1) - 1
        for block in text.read(content.encode(), self._file_name).blocks:
            self._blocks.append(_moved(block, first))

    def _table(self, table: etree._Element) -> None:
        for caption in table.iterchildren("caption"):
            self._line.append(element_text(caption))
            self._flush()
        rows = self._tables.spanning_rows(table)
        grid = lay_out(rows, Spot(line=table.sourceline), self._file_name)
        if grid is not None:
            self._positions += len(grid.rows) * len(grid.rows[0].cells)
            if self._positions > LIMITS.grid_positions:
                raise too_large(self._file_name, f"more than {LIMITS.grid_positions} table cells")
            self._blocks.append(grid)


def _moved(block: Block, lines: int) -> Block:
    """Return a block of a part of a file with its place in the whole file."""
    spot = Spot(line=(block.spot.line or 1) + lines)
    if isinstance(block, Grid):
        rows = (GridRow(row.cells, Spot(line=(row.spot.line or 1) + lines)) for row in block.rows)
        return Grid(tuple(rows), block.has_spans, spot)
    if isinstance(block, Heading):
        return Heading(block.level, block.text, spot)
    return Paragraph(block.text, spot)


def _heading_level(element: etree._Element, tag: str) -> int:
    """Return the level of a heading, by its tag or as Word notes it in the style; 0 if none."""
    if tag in HEADINGS:
        return HEADINGS[tag]
    style = element.get("style")
    found = OUTLINE_LEVEL.search(style) if style else None
    return int(found.group(1)) if found else 0


def _is_preformatted(element: etree._Element, tag: str) -> bool:
    if tag == "pre":
        return True
    style = element.get("style")
    has_style = style is not None and PREFORMATTED.search(style) is not None
    return has_style and not any(child.tag in BLOCKS for child in element.iterdescendants())


def _list_number(item: etree._Element) -> str:
    """Return the number that a browser prints before an item of a numbered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    start = parent.get("start") or "1"
    first = int(start) if re.fullmatch(r"\d{1,4}", start) else 1
    return f"{first + sum(1 for _ in item.itersiblings('li', preceding=True))}."


READER = Reader("html", (".html", ".htm", ".shtml", ".xhtml"), recognizes, read)
