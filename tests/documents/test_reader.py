"""The choice of a reader: by what a file holds, whatever its name says."""

from pathlib import Path

import pytest

from gipcore.documents.document_json import document_from_plain, document_to_plain
from gipcore.documents.reader import read_document, readers
from gipcore.errors import UnreadableDocumentError
from tests.documents import factory
from tests.documents.factory import html_page, make_form, word_html

FORM = make_form(51)
FILES = {
    "html": html_page(FORM).encode(),
    "docx": factory.docx(FORM),
    "xlsx": factory.xlsx(FORM),
}
NAMES = ("report", "report.txt", "report.doc", "report.pdf", "report.html", "report.xlsx")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format", FILES)
def test_format_is_told_by_content_not_by_name(format, name):
    assert read_document(FILES[format], name).format == format


@pytest.mark.parametrize("suffix", ["pdf", "doc", "xls", "odt", "rtf"])
def test_made_by_libreoffice_and_named_wrongly(converted: Path, suffix):
    stem = "2021-sheet" if suffix == "xls" else "2021"
    data = (converted / f"{stem}.{suffix}").read_bytes()
    assert read_document(data, "report.html").format == suffix


def test_word_page_saved_as_doc_is_a_page():
    assert read_document(word_html(FORM).encode("gb18030"), "report.doc").format == "html"


def test_only_one_reader_is_sure_of_a_file():
    for data in FILES.values():
        sure = [reader.format for reader in readers() if reader.recognizes(data, "x") >= 0.9]
        assert len(sure) == 1


def test_unknown_bytes_are_refused_with_what_to_do():
    with pytest.raises(UnreadableDocumentError) as caught:
        read_document(b"\x00\x01\x02\x03" * 300, "report.bin")
    assert caught.value.code == "unknown_format"
    assert "report.bin" in caught.value.message


@pytest.mark.parametrize("format", FILES)
def test_document_survives_its_way_as_json(format):
    document = read_document(FILES[format], "x")
    assert document_from_plain(document_to_plain(document)) == document


@pytest.mark.parametrize("is_page", [True, False])
def test_text_without_end_is_refused(is_page):
    """What comes after reading takes time for each character; no report has a million."""
    text = "全年修订公开目录一次。\n" * 100_000
    data = f"<html><body><p>{text}</p></body></html>" if is_page else text
    with pytest.raises(UnreadableDocumentError) as caught:
        read_document(data.encode(), "endless")
    assert caught.value.code == "too_large"
