"""PDF files with text, through pdfium: ruled tables, tables without rules, whole paragraphs."""

from collections.abc import Iterator, Sequence
from threading import Lock

import pypdfium2
import pypdfium2.raw as pdfium

from gipcore.documents.finish import finish
from gipcore.documents.limits import LIMITS, broken, encrypted, too_large, without_text
from gipcore.documents.model import Block, Document
from gipcore.documents.pdf_join import continues, grid, take_back_hanging, without_frames
from gipcore.documents.pdf_page import Page, read_page
from gipcore.documents.pdf_ruled import RuledTable, ruled_tables
from gipcore.documents.pdf_text import (
    Line,
    Measure,
    measure,
    page_lines,
    without_margins,
)
from gipcore.documents.pdf_unruled import text_blocks
from gipcore.documents.reader import Reader

MARK = b"%PDF-"
MARK_WITHIN = 1024  # readers accept the mark this far from the beginning
LEAST_CHARACTERS = 20  # a page: below it, pages of pictures are a scan
ONE_AT_A_TIME = Lock()  # pdfium is not safe for threads

Item = Line | RuledTable


def recognizes(data: bytes, file_name: str) -> float:
    """Tell whether bytes are a PDF: its mark stands near the beginning."""
    if data.startswith(MARK):
        return 1.0
    return 0.8 if MARK in data[:MARK_WITHIN] else 0.0


def read(data: bytes, file_name: str) -> Document:
    """Read a PDF; what it would run, fetch or attach is never looked at."""
    with ONE_AT_A_TIME:
        pages, title = _pages(data, file_name)
    characters = sum(len(word.text) for page in pages for word in page.words)
    if characters < LEAST_CHARACTERS and any(page.has_image for page in pages):
        raise without_text(file_name, f"{len(pages)} pages of pictures")
    found = [ruled_tables(page, file_name) for page in pages]
    tables = without_frames([own for own, _ in found])
    lines = []
    for page, (every_table, outside), kept_tables in zip(pages, found, tables, strict=True):
        framed = [word for table in every_table if table not in kept_tables for word in table.words]
        lines.append(page_lines(page, outside + framed))
    kept, heads = without_margins(pages, lines)
    take_back_hanging(kept, tables)
    items = [item for page in zip(kept, tables, strict=True) for item in _in_order(*page)]
    text_measure = measure([line for own in kept for line in own])
    return finish("pdf", _blocks(items, text_measure, file_name), (title, *heads), file_name)


def _pages(data: bytes, file_name: str) -> tuple[list[Page], str | None]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "password" in str(error):
            raise encrypted(file_name) from None
        raise broken(file_name, f"it cannot be opened ({error})") from None
    try:
        count = len(document)
        if count > LIMITS.pages:
            raise too_large(file_name, f"{count} pages, more than {LIMITS.pages}")
        if count == 0:
            raise broken(file_name, "it has no pages")
        budget = [LIMITS.page_objects]
        pages = []
        for index in range(count):
            page = document[index]
            pages.append(read_page(page.raw, index + 1, file_name, budget))
            page.close()
        return pages, _title(document)
    except pypdfium2.PdfiumError as error:
        raise broken(file_name, f"a page cannot be read ({error})") from None
    finally:
        document.close()


def _title(document: pypdfium2.PdfDocument) -> str | None:
    try:
        return str(document.get_metadata_value("Title"))
    except UnicodeDecodeError:
        return None


def _in_order(lines: Sequence[Line], tables: Sequence[RuledTable]) -> list[Item]:
    """Return what stands on one page from top to bottom."""
    items: list[tuple[float, Item]] = [(line.base, line) for line in lines]
    items += [(table.ys[0], table) for table in tables]
    return [item for _, item in sorted(items, key=lambda pair: pair[0])]


def _blocks(items: Sequence[Item], measure: Measure, file_name: str) -> Iterator[Block]:
    lines: list[Line] = []
    parts: list[RuledTable] = []
    for item in items:
        if parts and not (isinstance(item, RuledTable) and continues(parts[-1], item)):
            yield from _table(parts, file_name)
            parts = []
        if isinstance(item, RuledTable):
            yield from text_blocks(lines, measure)
            lines = []
            parts.append(item)
        else:
            lines.append(item)
    yield from _table(parts, file_name)
    yield from text_blocks(lines, measure)


def _table(parts: Sequence[RuledTable], file_name: str) -> Iterator[Block]:
    found = grid(parts, file_name) if parts else None
    if found is not None:
        yield found


READER = Reader("pdf", (".pdf",), recognizes, read)
