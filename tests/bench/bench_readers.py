"""How long reading one report takes, format by format, beside the bare parsing of its bytes.

Run as `python -m tests.bench.bench_readers`; it prints medians in milliseconds: processor time of
one core for the parsers and readers, and time on the clock for the worker process.
"""

import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import docx as python_docx
import openpyxl
import pypdfium2
from lxml import etree
from playwright.sync_api import sync_playwright

from gipcore.documents.reader import read_document
from gipcore.documents.worker import read_document_bounded, stop_workers
from tests.documents import factory
from tests.documents.factory import Form, html_page, make_form, site_page, word_html
from tests.documents.tools import convert, program

ROUNDS = 30
LONG_PROSE = 12  # times the usual text, for a report of six to eight pages

Bare = Callable[[bytes], object]


def main() -> None:
    """Measure and print."""
    form = make_form(1)
    text = [part for part in form.parts if isinstance(part, str)]
    long = Form((*form.parts[:2], *text * LONG_PROSE, *form.parts[2:]), form.figures)
    rows: list[tuple[str, bytes, Bare, float | None]] = [
        ("HTML, plain", html_page(form).encode(), parse_html, 5.0),
        ("HTML, of a site", site_page(form).encode(), parse_html, 5.0),
        ("HTML, of Word, gb18030", word_html(form).encode("gb18030"), parse_html, 5.0),
        ("docx", factory.docx(form), parse_docx, 30.0),
        ("docx, long", factory.docx(long), parse_docx, 30.0),
        ("xlsx", factory.xlsx(form), parse_xlsx, None),
    ]
    with tempfile.TemporaryDirectory() as folder:
        rows += [
            ("PDF of LibreOffice", office_pdf(form, Path(folder)), parse_pdf, 300.0),
            ("PDF of LibreOffice, long", office_pdf(long, Path(folder)), parse_pdf, 300.0),
            ("PDF of Chromium, long", chromium_pdf(long), parse_pdf, 300.0),
        ]
    print(f"{'':26}{'kB':>8}{'bare':>9}{'read':>9}{'in worker':>11}{'goal':>8}   ms")
    for name, data, bare, goal in rows:
        figures = (
            milliseconds(lambda data=data, bare=bare: bare(data)),
            milliseconds(lambda data=data, name=name: read_document(data, name)),
            milliseconds(
                lambda data=data, name=name: read_document_bounded(data, name), time.perf_counter
            ),
        )
        cells = "{:9.2f}{:9.2f}{:11.2f}".format(*figures)
        print(f"{name:26}{len(data) / 1000:8.0f}{cells}{goal or '':>8}")
    stop_workers()


def milliseconds(
    work: Callable[[], object], clock: Callable[[], float] = time.process_time
) -> float:
    """Return the median time of some work, after it was done once."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = clock()
        work()
        times.append(clock() - start)
    return median(times) * 1000


def parse_html(data: bytes) -> object:
    return etree.fromstring(data, etree.HTMLParser())


def parse_docx(data: bytes) -> object:
    return python_docx.Document(io.BytesIO(data))


def parse_xlsx(data: bytes) -> object:
    return openpyxl.load_workbook(io.BytesIO(data))


def parse_pdf(data: bytes) -> object:
    """Take the bare text of each page."""
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


def office_pdf(form: Form, folder: Path) -> bytes:
    source = folder / "report.docx"
    source.write_bytes(factory.docx(form, page_numbers=True))
    convert(folder / "profile", "pdf", [source], folder)
    return source.with_suffix(".pdf").read_bytes()


def chromium_pdf(form: Form) -> bytes:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.set_content(html_page(form))
        return page.pdf(format="A4", margin={"top": "25mm", "bottom": "25mm"})


if __name__ == "__main__":
    main()
