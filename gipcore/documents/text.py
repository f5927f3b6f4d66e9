"""Plain text and markdown: headings by `#`, tables by tabs or pipes, the rest paragraphs."""

import re
from collections.abc import Iterator

from gipcore.documents.encoding import decode, is_wide_text, opening
from gipcore.documents.finish import finish
from gipcore.documents.limits import LIMITS, too_large
from gipcore.documents.model import (
    Block,
    Document,
    Grid,
    GridCell,
    GridRow,
    Heading,
    Paragraph,
    Spot,
)
from gipcore.documents.reader import Reader

HEADING = re.compile(r"(#{1,6})\s*(.*?)\s*#*$")
SEPARATOR_CELL = re.compile(r":?-+:?$")
BOX_LINES = str.maketrans(
    dict.fromkeys("│┃║｜", "|") | dict.fromkeys("─━═", "-") | dict.fromkeys("├┤┼┌┐└┘┬┴", "+")
)
RULE = re.compile(r"[|+][-+=|\s]{3,}$")  # a line of a drawn table without a cell
FIGURE = re.compile(r"[+-]?\d{1,12}(\.\d+)?")
BREAK = re.compile(r"(?i)<br\s*/?>")
EMPHASIS = re.compile(r"(\*\*|__)(.+?)\1")
NOT_TEXT = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
HTML_MARK = re.compile(r"(?i)<\s*(!doctype|html|head|body|table|div|p|meta|span)\b")


def recognizes(data: bytes, file_name: str) -> float:
    """Tell how likely bytes are plain text: never certain, so any real format goes first."""
    start = data[:4096]
    if start.startswith(NOT_TEXT) or HTML_MARK.search(opening(start)):
        return 0.0
    is_wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in start and not is_wide and not is_wide_text(start):
        return 0.0
    return 0.5 if file_name.lower().endswith(READER_SUFFIXES) else 0.3


def read(data: bytes, file_name: str) -> Document:
    """Read text line by line; neighbouring lines with tabs or pipes make one grid."""
    text = decode(data)
    if len(text) > LIMITS.text_characters:
        raise too_large(file_name, f"more than {LIMITS.text_characters} characters")
    lines = text.translate(BOX_LINES).splitlines()
    blocks = tuple(_blocks(lines, file_name))
    has_pipes = any(_is_pipe_row(line) for line in lines)
    return finish("markdown" if has_pipes else "text", blocks, (), file_name)


def _blocks(lines: list[str], file_name: str) -> Iterator[Block]:
    rows: list[GridRow] = []
    for number, line in enumerate(lines, start=1):
        row = _row(line, Spot(line=number))
        if row is not None and _goes_on_below(line, lines, number):
            if rows:
                yield _grid(rows, file_name)
                rows = []
            yield from (_line_block(c.text, row.spot) for c in row.cells if c.text)
            continue
        if row is not None:
            rows.append(row)
            continue
        if not line.strip() or _is_separator(line):
            continue  # blank lines between rows do not end a table
        if rows:
            yield _grid(rows, file_name)
            rows = []
        yield _line_block(line.strip(), Spot(line=number))
    if rows:
        yield _grid(rows, file_name)


def _goes_on_below(line: str, lines: list[str], number: int) -> bool:
    """Tell a row whose figures stand below it, one a line, as pages with paragraphs in cells give.

    Its line ends with a tab, and the next line that is not blank is a figure and nothing else.
    """
    if not line.endswith("\t"):
        return False
    following = next((after for after in lines[number:] if after.strip()), "")
    return "\t" not in following and FIGURE.fullmatch(following.strip()) is not None


def _line_block(line: str, spot: Spot) -> Block:
    heading = HEADING.match(line)
    if heading and heading.group(2):
        return Heading(len(heading.group(1)), _plain(heading.group(2)), spot)
    return Paragraph(_plain(line), spot)


def _plain(text: str) -> str:
    return EMPHASIS.sub(r"\2", BREAK.sub("\n", text)).strip()


def _is_pipe_row(line: str) -> bool:
    """Recognize two cells or more; a lone cell with a pipe is left to those who know the form."""
    return "|" in line.strip().removeprefix("|").removesuffix("|")


def _is_separator(line: str) -> bool:
    """Recognize the dashes under a markdown header, which are no row of the table."""
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    return RULE.match(line) is not None or (
        "|" in line and all(SEPARATOR_CELL.match(cell) for cell in cells)
    )


def _row(line: str, spot: Spot) -> GridRow | None:
    """Return the row that a line is, or None for a line of text."""
    if "\t" in line.strip("\r\n"):
        texts = line.strip("\r\n").split("\t")
        # An indented or tab-ended sentence is text; a row of a table has two texts or is tabbed on.
        if len([text for text in texts if text.strip()]) < 2 and len(texts) <= 2:
            return None
    elif _is_pipe_row(line) and not _is_separator(line):
        inner = line.strip()
        inner = inner.removeprefix("|").removesuffix("|")
        texts = inner.split("|")
    else:
        return None
    return GridRow(tuple(GridCell(_plain(text)) for text in texts), spot)


def _grid(rows: list[GridRow], file_name: str) -> Grid:
    """Make the rows equally long; what is added is covered, since the file does not have it."""
    width = max(len(row.cells) for row in rows)
    if width > LIMITS.grid_columns or width * len(rows) > LIMITS.grid_positions:
        raise too_large(file_name, f"a table of {len(rows)} rows and {width} columns")
    filled = tuple(
        GridRow(row.cells + (GridCell("", is_covered=True),) * (width - len(row.cells)), row.spot)
        for row in rows
    )
    return Grid(filled, has_spans=False, spot=rows[0].spot)


READER_SUFFIXES = (".txt", ".md", ".markdown", ".text", ".tsv")
READER = Reader("text", READER_SUFFIXES, recognizes, read)
