"""Damaged files of every format: an answer or a plain error, never a crash."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from gipcore.documents.worker import read_document_bounded
from gipcore.errors import GipError
from tests.documents import factory
from tests.documents.factory import html_page, make_form, word_html, zipped

FORM = make_form(71)
ROUNDS = 60
# Each has a reason of its own; that the process was stopped is none of them.
EXPECTED = {
    "broken_file", "empty_document", "empty_file", "encrypted", "mojibake", "scan_without_text",
    "too_large", "unknown_format", "several_documents",
}  # fmt: skip
SEEDS = {
    "html": html_page(FORM).encode(),
    "word html": word_html(FORM).encode("gb18030"),
    "docx": factory.docx(FORM),
    "xlsx": factory.xlsx(FORM),
    "zip": zipped({"a.html": html_page(FORM), "b.docx": factory.docx(FORM)}),
}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return a file with some of the damage that files suffer."""
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 8)):
        place = chance.randrange(len(changed)) if changed else 0
        length = chance.choice((1, 2, 8, 64, 1024))
        match chance.randrange(5):
            case 0:
                changed[place : place + length] = chance.randbytes(length)
            case 1:
                del changed[place : place + length]
            case 2:
                other = chance.randrange(len(changed) + 1)
                changed[place:place] = changed[other : other + length]
            case 3:
                changed[place : place + 1] = chance.choice((b"<", b"&", b"\0", b"9999999999", b'"'))
            case _:
                if chance.random() < 0.2:
                    del changed[place:]
    return bytes(changed)


def damaged_within(data: bytes, chance: random.Random) -> bytes:
    """Return a zip file that is whole, with one of its members damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name in members if members[name]])
    return zipped({**members, name: damaged(members[name], chance)})


def reads_or_says_why(data: bytes, name: str) -> None:
    try:
        read_document_bounded(data, name)
    except GipError as error:
        assert error.code in EXPECTED, error.message


@pytest.mark.parametrize("format", SEEDS)
def test_damaged_file_never_crashes_a_reader(format):
    for seed in range(ROUNDS):
        chance = random.Random(f"{format} {seed}")
        data = SEEDS[format]
        is_packed = data.startswith(b"PK") and seed % 2
        changed = damaged_within(data, chance) if is_packed else damaged(data, chance)
        reads_or_says_why(changed, f"{format}-{seed}")


def test_damaged_pdf_never_crashes_the_reader(converted: Path):
    data = (converted / "2021.pdf").read_bytes()
    for seed in range(ROUNDS):
        reads_or_says_why(damaged(data, random.Random(f"pdf {seed}")), f"pdf-{seed}")
