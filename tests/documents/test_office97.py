"""Old Word and Excel, WPS, ODF and RTF: through LibreOffice, with nothing fetched."""

import os
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from gipcore.documents import office97
from gipcore.documents.limits import LIMITS
from gipcore.documents.reader import read_document
from gipcore.errors import UnreadableDocumentError
from tests.documents.conftest import FORMS
from tests.documents.factory import expected_prose, grids, prose, texts, zipped
from tests.documents.tools import program


@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf"])
def test_text_document_is_read_whole(converted: Path, form_name: str, suffix: str):
    form = FORMS[form_name]
    document = read_document((converted / f"{form_name}.{suffix}").read_bytes(), f"a.{suffix}")
    assert document.format == suffix
    assert [texts(grid) for grid in grids(document)] == [table.truth() for table in form.tables]
    assert prose(document) == expected_prose(form)


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_sheet_is_read_whole(converted: Path, form_name: str, suffix: str):
    form = FORMS[form_name]
    data = (converted / f"{form_name}-sheet.{suffix}").read_bytes()
    document = read_document(data, f"a.{suffix}")
    assert document.format == suffix
    assert [texts(grid) for grid in grids(document)] == [table.truth() for table in form.tables]


def test_wps_file_is_told_by_its_content_and_named_by_its_suffix(converted: Path):
    data = (converted / "2021.doc").read_bytes()
    assert read_document(data, "年度报告.wps").format == "wps"


def test_without_libreoffice_the_message_says_what_to_do(converted, monkeypatch):
    data = (converted / "2021.doc").read_bytes()
    monkeypatch.setenv("PATH", os.devnull)
    office97.program.cache_clear()
    try:
        with pytest.raises(UnreadableDocumentError) as caught:
            read_document(data, "年度报告.doc")
    finally:
        office97.program.cache_clear()
    assert caught.value.code == "converter_missing"
    assert "年度报告.doc" in caught.value.message
    assert ".docx" in caught.value.message


def test_conversion_is_stopped_when_its_time_is_over(converted, monkeypatch):
    data = (converted / "2021.doc").read_bytes()
    monkeypatch.setattr(office97, "LIMITS", replace(LIMITS, conversion_seconds=0.2))
    with pytest.raises(UnreadableDocumentError) as caught:
        read_document(data, "a.doc")
    assert caught.value.code == "limits_exceeded"
    monkeypatch.undo()
    assert read_document(data, "a.doc").blocks  # and the next one is read again


@pytest.fixture
def visited():
    """Yield the address of a server and the list of what was asked of it."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            paths.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_):
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()


@pytest.mark.parametrize("keeps_network", [True, False])
def test_nothing_is_fetched(visited, monkeypatch, keeps_network):
    program("soffice")
    if keeps_network:  # the settings alone must do where there is no network of its own
        monkeypatch.setattr(office97, "_prefix", tuple)
    address, paths = visited
    linked = (
        r"{\rtf1\ansi Text {\field{\*\fldinst INCLUDEPICTURE  "
        f'"{address}/picture.png"'
        r" \\d}{\fldrslt }}{\field{\*\fldinst INCLUDETEXT "
        f'"{address}/text.docx"'
        r"}{\fldrslt }} end\par}"
    )
    document = read_document(linked.encode(), "a.rtf")
    assert "Text" in prose(document)[0]
    image = (
        "<draw:frame svg:width='1cm' svg:height='1cm'>"
        f"<draw:image xlink:href='{address}/odt.png'/></draw:frame>"
    )
    namespaces = (
        "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
        "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' "
        "xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' "
        "xmlns:svg='urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0' "
        "xmlns:xlink='http://www.w3.org/1999/xlink'"
    )
    content = (
        f"<office:document-content {namespaces} office:version='1.2'><office:body><office:text>"
        f"<text:p>Text {image}</text:p></office:text></office:body></office:document-content>"
    )
    document = read_document(odf({"content.xml": content}), "a.odt")
    assert prose(document) == ["Text"]
    assert paths == []


def odf(members: dict[str, str | bytes]) -> bytes:
    import io
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name, content in members.items():
            archive.writestr(name, content)
        if "META-INF/manifest.xml" not in members:
            archive.writestr(
                "META-INF/manifest.xml",
                "<manifest:manifest "
                "xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>"
                "<manifest:file-entry manifest:full-path='/' "
                "manifest:media-type='application/vnd.oasis.opendocument.text'/>"
                "<manifest:file-entry manifest:full-path='content.xml' "
                "manifest:media-type='text/xml'/></manifest:manifest>",
            )
    return target.getvalue()


def compound(stream: str, header: bytes = b"") -> bytes:
    """Return just enough of an old Office file to be told apart."""
    name = stream.encode("utf-16-le")
    return office97.COMPOUND_MARK + b"\0" * 504 + header.ljust(512, b"\0") + name + b"\0" * 512


ENCRYPTED = {
    "docx or xlsx": (compound("EncryptedPackage"), "a.docx"),
    "doc": (compound("WordDocument", b"\xec\xa5" + b"\0" * 9 + b"\x01"), "a.doc"),
    "xls": (compound("Workbook", b"\x09\x08\x02\x00\0\0\x2f\x00"), "a.xls"),
    "odt": (
        odf({"content.xml": "x", "META-INF/manifest.xml": "<manifest:encryption-data/>"}),
        "a.odt",
    ),
}


@pytest.mark.parametrize(("data", "name"), ENCRYPTED.values(), ids=ENCRYPTED.keys())
def test_password_is_told(data, name):
    with pytest.raises(UnreadableDocumentError) as caught:
        read_document(data, name)
    assert caught.value.code == "encrypted"
    assert name in caught.value.message


def test_damaged_file_is_told():
    program("soffice")
    with pytest.raises(UnreadableDocumentError) as caught:
        read_document(compound("WordDocument"), "a.doc")
    assert caught.value.code in ("broken_file", "empty_document")


def test_unknown_kinds_are_left_to_others():
    assert office97.kind_of(compound("PowerPoint Document")) is None
    assert office97.kind_of(zipped({"content.xml": "x"})) is None
    assert office97.kind_of(b"plain text") is None
