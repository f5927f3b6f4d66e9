"""Encodings that nothing declares, or that the page declares wrongly, told by common words."""

import pytest

from gipcore.documents.reader import read_document
from gipcore.errors import UnreadableDocumentError
from gipcore.parsing.normalize import TRADITIONAL_PAIRS
from tests.documents.factory import expected_prose, html_page, make_form, prose

FORM = make_form(4)
TO_TRADITIONAL = str.maketrans({pair[1]: pair[0] for pair in TRADITIONAL_PAIRS.split()})
LINES = [*expected_prose(FORM), "政府信息公开申请情况，其他行政机关。", "年度总计"]
TEXT = "\n".join(LINES)
DECLARED = ("gb2312", "big5", "utf-8", "iso-8859-1", "utf-16", "")


def in_big5(text: str) -> bytes:
    """Return traditional text in Big5; characters that it has not become question marks."""
    return text.translate(TO_TRADITIONAL).encode("big5hkscs", errors="replace")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_text_is_read_in_any_encoding_with_or_without_its_mark(encoding) -> None:
    assert prose(read_document(TEXT.encode(encoding), "report.txt")) == LINES


def test_text_in_big5_is_read() -> None:
    expected = in_big5(TEXT).decode("big5hkscs").split("\n")
    assert prose(read_document(in_big5(TEXT), "report.txt")) == expected


@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
def test_a_page_is_read_whatever_it_declares(declared, encoding) -> None:
    data = html_page(FORM, charset=declared).encode(encoding)
    assert prose(read_document(data, "report.html")) == expected_prose(FORM)


@pytest.mark.parametrize("declared", DECLARED)
def test_a_page_in_big5_is_read_whatever_it_declares(declared) -> None:
    page = html_page(FORM, charset=declared)
    told = [in_big5(line).decode("big5hkscs") for line in expected_prose(FORM)]
    assert prose(read_document(in_big5(page), "report.html")) == told


@pytest.mark.parametrize(("saved", "as_if"), [("gb18030", "latin-1"), ("utf-8", "gb18030")])
def test_damage_done_before_is_named(saved, as_if) -> None:
    damaged = TEXT.encode(saved).decode(as_if, errors="replace").encode()
    with pytest.raises(UnreadableDocumentError) as caught:
        read_document(damaged, "report.txt")
    assert caught.value.code == "mojibake"
