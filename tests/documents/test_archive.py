"""Zip archives: each document for itself, within one measure for all."""

import io
import zipfile

import pytest

from gipcore.documents.archive import read_documents
from gipcore.documents.limits import LIMITS
from gipcore.documents.model import Document
from gipcore.documents.reader import read_document
from gipcore.errors import UnreadableDocumentError
from tests.documents import factory
from tests.documents.factory import grids, html_page, make_form, zipped

FORM = make_form(41)
PAGE = html_page(FORM)


def outcomes(members: dict[str, str | bytes], name: str = "all.zip") -> list[tuple[str, str]]:
    """Return each document's name with its format, or with the code of its error."""
    return [
        (path, outcome.format if isinstance(outcome, Document) else outcome.code)
        for path, outcome in read_documents(zipped(members), name)
    ]


def test_each_document_is_read_in_order_and_errors_stand_beside():
    members = {
        "一/甲.html": PAGE,
        "乙.docx": factory.docx(FORM),
        "空.txt": "",
        "照片.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF",
        "丙.xlsx": factory.xlsx(FORM),
        "坏.pdf": "%PDF-1.4 nothing",
    }
    assert outcomes(members) == [
        ("all.zip/一/甲.html", "html"),
        ("all.zip/乙.docx", "docx"),
        ("all.zip/空.txt", "empty_file"),
        ("all.zip/照片.jpg", "scan_without_text"),
        ("all.zip/丙.xlsx", "xlsx"),
        ("all.zip/坏.pdf", "broken_file"),
    ]


def test_what_systems_leave_behind_is_passed_over():
    members = {"a.html": PAGE, "__MACOSX/._a.html": "x", ".DS_Store": "x", "~$a.docx": "x"}
    assert outcomes({**members, "Thumbs.db": "x"}) == [("all.zip/a.html", "html")]


def test_other_files_are_one_document():
    ((name, document),) = read_documents(PAGE.encode(), "a.html")
    assert (name, document.format) == ("a.html", "html")


def test_archive_of_one_document_is_that_document():
    document = read_document(zipped({"a.html": PAGE}), "a.zip")
    assert (document.format, len(grids(document))) == ("html", 3)


def test_archive_of_several_is_no_single_document():
    with pytest.raises(UnreadableDocumentError) as caught:
        read_document(zipped({"a.html": PAGE, "b.html": PAGE}), "a.zip")
    assert caught.value.code == "several_documents"


def test_archive_within_an_archive_is_opened_but_not_without_end():
    inner = zipped({"a.html": PAGE})
    deeper = zipped({"inner.zip": inner})
    assert outcomes({"inner.zip": inner}) == [("all.zip/inner.zip/a.html", "html")]
    assert outcomes({"deeper.zip": deeper}) == [("all.zip/deeper.zip/inner.zip", "too_large")]


def test_names_written_in_gbk_are_read():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xx.html", PAGE)
    data = target.getvalue().replace(b"xx.html", "年.html".encode("gb18030"))
    ((name, _),) = read_documents(data, "a.zip")
    assert name == "a.zip/年.html"


def locked(data: bytes) -> bytes:
    """Return an archive that says of its members that they are encrypted."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[data.index(mark) + offset] |= 1
    return bytes(changed)


REFUSED = {
    "rar": (b"Rar!\x1a\x07\x00 rest", "unknown_format"),
    "7z": (b"7z\xbc\xaf\x27\x1c rest", "unknown_format"),
    "ofd": (zipped({"OFD.xml": "<x/>", "Doc_0/Document.xml": "<x/>"}), "unknown_format"),
    "presentation": (
        zipped({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"}),
        "unknown_format",
    ),
    "unknown package": (zipped({"[Content_Types].xml": "<x/>"}), "unknown_format"),
    "encrypted": (locked(zipped({"a.html": PAGE})), "encrypted"),
    "empty": (zipped({}), "empty_document"),
    "cut short": (zipped({"a.html": PAGE})[:-30], "broken_file"),
    "bomb": (zipped({"a.txt": b"0" * (LIMITS.unpacked_bytes + 1)}), "too_large"),
    "many": (zipped({f"{n}.txt": "x" for n in range(LIMITS.members + 1)}), "too_large"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_archive_without_use_is_refused(data, code):
    with pytest.raises(UnreadableDocumentError) as caught:
        read_document(data, "a.zip")
    assert caught.value.code == code
    assert "a.zip" in caught.value.message


def test_bombs_within_archives_share_one_measure():
    inner = zipped({"a.txt": b"0" * (LIMITS.unpacked_bytes // 2)})
    results = read_documents_until_refused(zipped({f"{n}.zip": inner for n in range(4)}))
    assert "too_large" in results


def read_documents_until_refused(data: bytes) -> list[str]:
    found: list[str] = []
    try:
        for _, outcome in read_documents(data, "a.zip"):
            found.append(getattr(outcome, "code", "read"))
    except UnreadableDocumentError as error:
        found.append(error.code)
    return found
