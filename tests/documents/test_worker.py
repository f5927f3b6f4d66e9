"""Reading in a process of its own: the same answers, within bounds, whatever comes."""

import os
import signal
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gipcore.documents import worker
from gipcore.documents.limits import LIMITS, MEBIBYTE
from gipcore.documents.reader import read_document
from gipcore.documents.worker import read_document_bounded, read_documents_bounded
from gipcore.errors import UnreadableDocumentError
from tests.documents import factory
from tests.documents.factory import html_page, make_form, zipped

FORM = make_form(61)
PAGE = html_page(FORM).encode()
# Legal and senseless: it costs seconds, as hostile files may.
SLOW = b"<html><body><table>" + (b"<tr>" + b"<td>1</td>" * 40) * 4000


def code_of(data: bytes, **bounds: float) -> str:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_document_bounded(data, "report.html", **bounds)
    assert "report.html" in caught.value.message
    return caught.value.code


def test_answer_is_the_same_as_without_a_process():
    for data in (PAGE, factory.docx(FORM), factory.xlsx(FORM)):
        assert read_document_bounded(data, "x") == read_document(data, "x")


def test_error_is_the_same_as_without_a_process():
    assert code_of(b"%PDF-1.4 nothing") == "broken_file"
    assert code_of(b"   ") == "empty_file"


def test_file_too_large_is_not_even_sent():
    assert code_of(b" " * (LIMITS.file_bytes + 1)) == "too_large"


def test_reading_too_long_is_stopped_and_the_next_document_is_read():
    started = time.monotonic()
    assert code_of(SLOW, seconds=0.2) == "limits_exceeded"
    assert time.monotonic() - started < 30
    assert read_document_bounded(PAGE, "x").format == "html"


def test_memory_is_bounded_and_the_next_document_is_read():
    assert (
        code_of(b"<p>" + b"<b>1</b>" * 4_000_000, memory_bytes=300 * MEBIBYTE) == "limits_exceeded"
    )
    assert read_document_bounded(PAGE, "x").format == "html"


def idle_process() -> int:
    read_document_bounded(PAGE, "x")
    return worker._idle.queue[-1]._process.pid


def test_killed_process_is_replaced():
    os.kill(idle_process(), signal.SIGKILL)
    time.sleep(0.2)
    assert read_document_bounded(PAGE, "x").format == "html"


def test_process_is_kept_for_the_next_document():
    first = idle_process()
    assert idle_process() == first


def test_process_knows_nothing_of_our_environment(monkeypatch):
    worker.stop_workers()
    monkeypatch.setenv("GIP_DATABASE_URL", "postgresql://secret")
    environment = Path(f"/proc/{idle_process()}/environ").read_bytes()
    assert b"secret" not in environment


def test_nothing_is_left_behind(converted, tmp_path, monkeypatch):
    worker.stop_workers()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read_document_bounded((converted / "2021.doc").read_bytes(), "a.doc")
    assert any(tmp_path.iterdir())  # the folder of the process, with the converter's profile
    worker.stop_workers()
    assert not any(tmp_path.iterdir())


def test_many_at_once_are_read_each_with_its_own_answer():
    pages = [f"<p>第{n}号报告" * 3 for n in range(24)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda page: read_document_bounded(page.encode(), "x"), pages))
    assert [document.blocks[0].text for document in found] == [
        page.replace("<p>", "\n").split("\n")[1] for page in pages
    ]


def test_archive_is_read_document_by_document():
    data = zipped({"a.html": PAGE, "b.txt": b"", "c.docx": factory.docx(FORM)})
    found = [
        (name, getattr(outcome, "format", None) or outcome.code)
        for name, outcome in read_documents_bounded(data, "a.zip")
    ]
    assert found == [
        ("a.zip/a.html", "html"),
        ("a.zip/b.txt", "empty_file"),
        ("a.zip/c.docx", "docx"),
    ]


def test_archive_stopped_midway_keeps_what_was_read():
    data = zipped({"a.html": PAGE, "b.html": SLOW, "c.html": PAGE})
    outcomes = read_documents_bounded(data, "a.zip", seconds=0.4)
    assert outcomes[0][1] == read_document(PAGE, "x")
    assert (outcomes[-1][0], outcomes[-1][1].code) == ("a.zip", "limits_exceeded")
