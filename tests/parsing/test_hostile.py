"""Text that is not a report, or wants to be too much of one: an error in words, in bounded time."""

import pytest

from gipcore.documents.reader import read_document
from gipcore.errors import GipError, UnreadableDocumentError
from tests.parsing.test_layouts import parsed

REPORT_HEAD = "青禾县教育局2023年政府信息公开工作年度报告\n一、总体情况\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \n\t\n", "empty_file"),
        (b"\x00\x01\x02" * 500, "unknown_format"),
        (("a\t" * 3000 + "\nb\t1\n").encode(), "too_large"),
        (("青禾县\t1\n" * 300_000).encode(), "too_large"),
        ("政府信息公开工作年度报告".encode("gb18030").decode("latin-1").encode() * 40, "mojibake"),
    ],
)
def test_what_is_no_document_is_told_apart(data, code) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_document(data, "x.txt")
    assert caught.value.code == code
    assert "x.txt" in caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        REPORT_HEAD + "一、本年新收政府信息公开申请数量\t" + "1\t" * 200,
        REPORT_HEAD + "\n".join("结转" * 40 for _ in range(20_000)),
        REPORT_HEAD + "收到政府信息公开申请" * 20_000 + "9件",
        REPORT_HEAD + "(" * 50_000 + "9件" + ")" * 50_000,
        REPORT_HEAD + "\n".join(str(number) for number in range(40_000)),
        REPORT_HEAD + "|" * 200,
        "一、总体情况\n" * 10_000,
        "政府信息公开工作年度报告\n" * 10_000,
    ],
    ids=range(8),
)
def test_strange_text_ends_in_a_report_or_an_error_in_words(text) -> None:
    try:
        report = parsed(text)
    except GipError as error:
        assert error.message.startswith("report.txt: ")
    else:
        assert report.cells
