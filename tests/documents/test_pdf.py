"""PDF files printed by LibreOffice and Chromium: ruled and unruled tables, cut rows, margins."""

import random
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from gipcore.documents import pdf
from gipcore.documents.limits import LIMITS
from gipcore.errors import UnreadableDocumentError
from tests.documents import factory
from tests.documents.conftest import FORMS
from tests.documents.factory import (
    PLAIN_STYLE,
    REPORT_NAME,
    Cell,
    Form,
    Table,
    expected_prose,
    grids,
    html_page,
    prose,
    random_table,
    texts,
)
from tests.documents.tools import convert


def read(data: bytes) -> pdf.Document:
    return pdf.read(data, "report.pdf")


def is_read_whole(document: pdf.Document, form: Form) -> None:
    assert [texts(grid) for grid in grids(document)] == [table.truth() for table in form.tables]
    assert prose(document) == expected_prose(form)


def test_word_file_printed_by_libreoffice_is_read_whole(converted: Path, form_name: str):
    document = read((converted / f"{form_name}.pdf").read_bytes())
    is_read_whole(document, FORMS[form_name])


@pytest.mark.parametrize("size", [8, 14, 18])
def test_rows_cut_by_the_end_of_a_page_are_joined(
    size: int, tmp_path: Path, office_profile: Path, form: Form
):
    (tmp_path / "a.docx").write_bytes(factory.docx(form, page_numbers=True, size=size))
    convert(office_profile, "pdf", [tmp_path / "a.docx"], tmp_path)
    document = read((tmp_path / "a.pdf").read_bytes())
    is_read_whole(document, form)
    assert all(grid.spot.page for grid in grids(document))


BASE = "table{border-collapse:collapse;width:100%}"
RULED = {
    "plain": (PLAIN_STYLE, {}),
    "bold": (f"body{{font-weight:bold}}{BASE}td{{border:2px solid #000;padding:2px}}", {}),
    "dashed": (f"{BASE}td{{border:1px dashed #000;padding:2px}}", {}),
    "shaded": (f"{BASE}td{{border:1px solid #ccc;padding:2px;background:#eef}}", {}),
    "double lines": ("table{border-spacing:2px;width:100%}td{border:1px solid #000}", {}),
    "large": (f"body{{font-size:22px}}{BASE}td{{border:1px solid #000;padding:8px}}", {}),
    "centred": (f"{BASE}td{{border:1px solid #000;padding:4px;text-align:center}}", {}),
    "landscape": (PLAIN_STYLE, {"landscape": True}),
    "paper A4": (PLAIN_STYLE, {"format": "A4", "margin": {"top": "30mm", "bottom": "35mm"}}),
    "indented": (f"{PLAIN_STYLE} p{{text-indent:2em;margin:0;line-height:1.8}}", {}),
    "page numbers": (
        PLAIN_STYLE,
        {
            "display_header_footer": True,
            "header_template": "<div style='font-size:9px'>政府信息公开</div>",
            "footer_template": "<div style='font-size:9px;margin:auto'>- <span class=pageNumber>"
            "</span> -</div>",
            "margin": {"top": "20mm", "bottom": "20mm"},
        },
    ),
}


@pytest.mark.parametrize(("style", "options"), RULED.values(), ids=RULED.keys())
def test_page_printed_by_chromium_is_read_whole(style, options, print_to_pdf, form):
    document = read(print_to_pdf(html_page(form, style=style), **options))
    is_read_whole(document, form)
    assert document.names[0] == REPORT_NAME


def with_edges(table: Table) -> Table:
    """Return a table with a first row and column of single cells, so that each row has a height."""
    head = tuple(Cell("栏") for _ in range(table.width + 1))
    return Table((head, *((Cell("行"), *row) for row in table.rows)))


def test_any_merged_cells_are_covered(print_to_pdf):
    chance = random.Random(7)
    tables = [
        with_edges(random_table(chance, *chance.choices(range(2, 8), k=2))) for _ in range(60)
    ]
    style = f"{PLAIN_STYLE} td{{height:30px}} table{{break-inside:avoid;table-layout:fixed}}"
    # No paragraph like another: what stands above several pages alike is a running head.
    parts = [part for n, table in enumerate(tables) for part in (f"文字{chr(0x4E00 + n)}。", table)]
    found = grids(read(print_to_pdf(html_page(Form(tuple(parts)), style=style))))
    assert len(found) == len(tables)
    for grid, table in zip(found, tables, strict=True):
        assert texts(grid) == table.truth()


def test_label_set_one_character_a_line_is_one_text(print_to_pdf, form):
    page = html_page(form).replace("三、本年度办理结果", "<br>".join("三、本年度办理结果"))
    document = read(print_to_pdf(page))
    assert "三、本年度办理结果" in [c.text for row in grids(document)[1].rows for c in row.cells]
    is_read_whole(document, form)


def test_turned_page_is_read_whole(print_to_pdf, form):
    upright = print_to_pdf(html_page(form, style=f"{PLAIN_STYLE} @page{{size:A4}}"))
    for angle in (90, 180, 270):
        is_read_whole(read(turned(upright, angle)), form)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_page_that_lies_on_its_side_is_read_whole(print_to_pdf, form, angle):
    upright = print_to_pdf(html_page(form, style=f"{PLAIN_STYLE} @page{{size:A4}}"))
    is_read_whole(read(turned(upright, angle, is_turned_back=False)), form)
    document = pypdfium2.PdfDocument(upright)
    for page in document:
        page.set_rotation(angle)
    is_read_whole(read(saved(document)), form)


def test_raised_mark_of_a_note_is_no_digit(print_to_pdf):
    rows = "<tr><td>新收</td><td>结转</td></tr><tr><td>12<sup>1</sup></td><td>26</td></tr>"
    page = f"<table border=1>{rows}</table>"
    (grid,) = grids(read(print_to_pdf(page)))
    assert texts(grid)[1] == ["12¹", "26"]


def turned(data: bytes, angle: int, *, is_turned_back: bool = True) -> bytes:
    """Return pages whose content is drawn turned and whose page may be turned back."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        width, height = page.get_size()
        a, b, c, d, e, f = {
            90: (0, 1, -1, 0, height, 0),
            180: (-1, 0, 0, -1, width, height),
            270: (0, -1, 1, 0, 0, width),
        }[angle]
        matrix = pdfium.FS_MATRIX(a, b, c, d, e, f)
        if angle != 180:
            page.set_mediabox(0, 0, height, width)
        clip = pdfium.FS_RECTF(0, 2000, 2000, 0)
        assert pdfium.FPDFPage_TransFormWithClip(page.raw, matrix, clip)
        if is_turned_back:
            page.set_rotation(angle)
    return saved(document)


def saved(document: pypdfium2.PdfDocument) -> bytes:
    from io import BytesIO

    target = BytesIO()
    document.save(target)
    return target.getvalue()


UNRULED = {
    "no lines": f"{BASE}td{{padding:3px;text-align:center}}",
    "lines across only": (
        f"{BASE}td{{padding:3px;text-align:center;border:0 solid #000;border-width:1px 0}}"
    ),
    "three lines": (
        f"{BASE}table{{border:0 solid #000;border-width:2px 0}}td{{padding:3px;text-align:center}}"
    ),
    "wide": f"{BASE}td{{padding:8px;text-align:center}}",
}


@pytest.mark.parametrize("style", UNRULED.values(), ids=UNRULED.keys())
def test_rows_without_ruled_columns_keep_label_and_figures_together(style, print_to_pdf, form):
    document = read(print_to_pdf(html_page(form, style=style)))
    found = [row for grid in grids(document) for row in texts(grid)]
    for table in form.tables:
        for row in table.truth():
            figures = [text for text in row if text and text.replace(".", "").isdigit()]
            labels = [text for text in row if text and text not in figures]
            if figures:
                assert any(holds(line, labels[-1:], figures) for line in found), row


def holds(line: list[str | None], labels: list[str], figures: list[str]) -> bool:
    """Tell whether a row ends with the figures, in order, and has the label before them."""
    filled = [text for text in line if text]
    before = "".join(filled[: -len(figures)])
    return filled[-len(figures) :] == figures and all(label in before for label in labels)


def drawn(content: str, form: str = "") -> bytes:
    """Return a page of hand-written drawing commands, with a form (another drawing) to call."""
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R"
        "/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Type/XObject/Subtype/Form/BBox[0 0 400 400]/Matrix[2 0 0 2 20 20]"
        f"/Length {len(form)}>>stream\n{form}\nendstream",
    ]
    body = "".join(f"{n} 0 obj{part}\nendobj\n" for n, part in enumerate(parts, start=1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R/Size 7>>\n%%EOF".encode()


def show(text: str, x: float, y: float) -> str:
    return f"BT /F 10 Tf {x} {y} Td ({text}) Tj ET\n"


WORDS = (
    show("Received", 55, 335)
    + show("117", 255, 335)
    + show("Denied", 55, 295)
    + show("2", 255, 295)
)
ACROSS, DOWN = (350, 310, 270), (50, 250, 350)
STROKES = "".join(f"50 {y} m 350 {y} l " for y in ACROSS) + "".join(
    f"{x} 270 m {x} 350 l " for x in DOWN
)
DRAWINGS = {
    "one path of strokes": f"{STROKES} S",
    "thin filled boxes": "".join(f"50 {y} 300 0.5 re " for y in ACROSS)
    + "".join(f"{x} 270 0.5 80.5 re " for x in DOWN) + "f",
    "boxes one by one": "".join(
        f"{x} {y} {w} 40 re S " for y in (270, 310) for x, w in ((50, 200), (250, 100))
    ),
    "pieces of lines": "".join(
        f"{x} {y} m {x + 50} {y} l S " for y in ACROSS for x in range(50, 350, 50)
    ) + "".join(f"{x} {y} m {x} {y + 20} l S " for x in DOWN for y in range(270, 350, 20)),
    "dashes": f"[2 2] 0 d {STROKES} S",
    "turned by a matrix": "q 0 1 -1 0 400 0 cm "
    + "".join(f"{y} {400 - 350} m {y} {400 - 50} l " for y in ACROSS)
    + "".join(f"270 {400 - x} m 350 {400 - x} l " for x in DOWN) + "S Q",
}  # fmt: skip


@pytest.mark.parametrize("rules", DRAWINGS.values(), ids=DRAWINGS.keys())
def test_table_is_ruled_in_whatever_way_a_program_draws(rules):
    (grid,) = grids(read(drawn(f"{rules}\n{WORDS}")))
    assert texts(grid) == [["Received", "117"], ["Denied", "2"]]


def test_table_drawn_within_a_form_is_read():
    half = "".join(f"15 {(y - 20) / 2} m 165 {(y - 20) / 2} l " for y in ACROSS) + "".join(
        f"{(x - 20) / 2} 125 m {(x - 20) / 2} 165 l " for x in DOWN
    )
    (grid,) = grids(read(drawn(f"/X Do\n{WORDS}", form=f"{half} S")))
    assert texts(grid) == [["Received", "117"], ["Denied", "2"]]


def test_figure_drawn_piece_by_piece_is_one_figure():
    pieces = "".join(show(digit, 255 + 5.56 * n, 335) for n, digit in enumerate("1133"))
    page = f"{STROKES} S {show('Received', 55, 335)}{pieces}{show('Denied', 55, 295)}"
    (grid,) = grids(read(drawn(page)))
    assert texts(grid) == [["Received", "1133"], ["Denied", ""]]


@pytest.mark.parametrize("aside", [0, 0.1, 0.3, 0.9])
def test_figure_printed_twice_for_boldness_is_read_once(aside):
    again = show("117", 255 + aside, 335) + show("2", 255 + aside, 295)
    (grid,) = grids(read(drawn(f"{STROKES} S {WORDS}{again}")))
    assert texts(grid) == [["Received", "117"], ["Denied", "2"]]


def test_figures_of_touching_cells_are_not_run_together():
    touching = show("1440", 250 - 4 * 5.56, 335) + show("6313", 250, 335)
    (grid,) = grids(read(drawn(f"{STROKES} S {show('Denied', 55, 295)}{touching}")))
    assert texts(grid) == [["1440", "6313"], ["Denied", ""]]


def blank_pages(count: int) -> pypdfium2.PdfDocument:
    document = pypdfium2.PdfDocument.new()
    for _ in range(count):
        document.new_page(595, 842)
    return document


def picture_pages(count: int) -> bytes:
    document = blank_pages(count)
    for page in document:
        picture = pypdfium2.PdfImage.new(document)
        picture.set_bitmap(pypdfium2.PdfBitmap.new_native(20, 20, pdfium.FPDFBitmap_BGR))
        picture.set_matrix(pypdfium2.PdfMatrix().scale(500, 700))
        page.insert_obj(picture)
        page.gen_content()
    return saved(document)


def test_scan_is_told_with_what_to_do():
    with pytest.raises(UnreadableDocumentError) as caught:
        read(picture_pages(3))
    assert caught.value.code == "scan_without_text"
    assert "OCR" in caught.value.message
    assert "report.pdf" in caught.value.message


# A file of one blank page with a user password, by the standard handler (RC4, revision 2).
ENCRYPTED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n"
    b"4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<"
    + b"41" * 32
    + b">/U<"
    + b"42" * 32
    + b">>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>\n%%EOF"
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ENCRYPTED, "encrypted"),
        (b"%PDF-1.7\nnothing", "broken_file"),
        (saved(blank_pages(2)), "empty_document"),
        (saved(blank_pages(LIMITS.pages + 1)), "too_large"),
    ],
    ids=["encrypted", "broken", "blank", "ten thousand pages"],
)
def test_file_without_use_is_refused(data, code):
    with pytest.raises(UnreadableDocumentError) as caught:
        read(data)
    assert caught.value.code == code


def test_page_of_countless_lines_is_refused(print_to_pdf):
    dots = "".join(
        f"<path d='M{x} 0V900M0 {x}H900' stroke='#000' stroke-width='.1'/>"
        for x in (n / 4 for n in range(2200))
    )
    page = f"<svg width='900' height='900'>{dots}</svg>"
    with pytest.raises(UnreadableDocumentError) as caught:
        read(print_to_pdf(page * 60))
    assert caught.value.code == "too_large"
