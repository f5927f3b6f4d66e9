"""The archive: documents by their hash, with what was said of them."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gipcore.errors import InvalidDataError, StoreError
from gipcore.store.archive import Archive, open_archive, sha256_of

NOW = datetime(2026, 11, 21, 9, 30, 0, 123456, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def test_document_comes_back_as_it_was_kept(archive: Archive):
    kept = archive.add(b"bytes", "报告.HTML", NOW, None, None)
    assert archive.documents() == [kept]
    assert archive.read(kept) == b"bytes"
    assert (kept.file_name, kept.read_at) == ("报告.HTML", NOW)
    place = archive.folder / kept.sha256[:2] / f"{kept.sha256}.html"
    assert place.read_bytes() == b"bytes"
    assert kept.sha256 == sha256_of(b"bytes")


def test_document_kept_again_keeps_its_first_time(archive: Archive):
    first = archive.add(b"bytes", "a.html", NOW, None, None)
    assert archive.add(b"bytes", "b.html", NOW + timedelta(1), None, None) == first
    assert archive.documents() == [first]


def test_office_and_year_given_later_replace_earlier_ones(archive: Archive):
    archive.add(b"bytes", "a.html", NOW, "甲", 2023)
    archive.add(b"bytes", "a.html", NOW, None, None)
    assert [(d.office, d.year) for d in archive.documents()] == [("甲", 2023)]
    archive.add(b"bytes", "a.html", NOW, "乙", None)
    assert [(d.office, d.year) for d in archive.documents()] == [("乙", None)]


def test_documents_come_in_the_order_they_were_read(archive: Archive):
    for number in (3, 1, 2):
        archive.add(bytes([number]), "a", NOW + timedelta(microseconds=number), None, None)
    assert [archive.read(document) for document in archive.documents()] == [b"\1", b"\2", b"\3"]


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "a/../../b.html", ".html", "x.h/ml", "no suffix", "a.\0", "🗎" * 300],
)
def test_name_of_a_file_leads_nowhere_else(archive: Archive, name: str):
    kept = archive.add(b"bytes", name, NOW, None, None)
    assert archive.read(kept) == b"bytes"
    assert {file.parent for file in archive.folder.rglob("*") if file.is_file()} == {
        archive.folder / kept.sha256[:2]
    }
    assert archive.documents()[0].file_name == name


def test_changed_document_is_noticed(archive: Archive):
    kept = archive.add(b"bytes", "a.html", NOW, None, None)
    place = archive.folder / kept.sha256[:2] / kept.stored_as
    place.write_bytes(b"other")
    with pytest.raises(InvalidDataError, match="not what its name says"):
        archive.read(kept)
    place.unlink()
    with pytest.raises(InvalidDataError, match=kept.sha256):
        archive.read(kept)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b"null", json.dumps({"sha256": 1, "read_at": 5}).encode()],
)
def test_broken_note_is_named(archive: Archive, content: bytes):
    kept = archive.add(b"bytes", "a.html", NOW, None, None)
    note = archive.folder / kept.sha256[:2] / f"{kept.sha256}.source.json"
    note.write_bytes(content)
    with pytest.raises(InvalidDataError, match=kept.sha256):
        archive.documents()


def test_note_cannot_lead_out_of_the_archive(archive: Archive, tmp_path: Path):
    kept = archive.add(b"bytes", "a.html", NOW, None, None)
    (tmp_path / "secret").write_bytes(b"bytes")
    note = archive.folder / kept.sha256[:2] / f"{kept.sha256}.source.json"
    note.write_text(json.dumps({**json.loads(note.read_text()), "stored_as": "../../secret"}))
    with pytest.raises(InvalidDataError):
        archive.read(archive.documents()[0])


def test_unfinished_files_are_no_documents(archive: Archive):
    assert archive.documents() == []
    kept = archive.add(b"bytes", "a.html", NOW, None, None)
    folder = archive.folder / kept.sha256[:2]
    (folder / f"{'0' * 64}.html").write_bytes(b"written, then killed")
    (folder / f"{'0' * 64}.source.json.1.part").write_bytes(b"")
    assert archive.documents() == [kept]


def test_folder_is_given_or_named_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GIP_ARCHIVE", str(tmp_path / "elsewhere"))
    assert open_archive().folder == tmp_path / "elsewhere"
    assert open_archive(tmp_path).folder == tmp_path
    monkeypatch.delenv("GIP_ARCHIVE")
    assert open_archive().folder.parts[-2:] == ("data", "archive")


def test_place_that_cannot_be_written_is_named(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError, match="GIP_ARCHIVE"):
        Archive(tmp_path / "file").add(b"bytes", "a", NOW, None, None)
