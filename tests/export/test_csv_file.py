import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gipcore.export.columns import Column, Kind, Origin
from gipcore.export.csv_file import CHUNK, csv_chunks, defused, text
from gipcore.words import Text

ORIGIN = Origin("https://example.org", is_synthetic=False)
COLUMNS = tuple(
    Column(name, Kind.TEXT, Text(name, name), lambda row, _, place=place: row[place])
    for place, name in enumerate(("first", "second"))
)


def file_of(*rows):
    return b"".join(csv_chunks(COLUMNS, rows, ORIGIN))


def rows_of(data: bytes):
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_file_begins_with_a_byte_order_mark_and_the_names():
    assert file_of().startswith("\ufefffirst,second\r\n".encode())


@pytest.mark.parametrize(
    "hostile",
    [
        '=HYPERLINK("http://x.example","y")',
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "  =1+1",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "－1",
        "\x00=1",
        "\x1b=1",
    ],
)
def test_text_that_looks_like_a_formula_is_defused(hostile):
    assert defused(hostile).startswith("'")
    assert rows_of(file_of((hostile, "x")))[1][0].startswith("'")


@pytest.mark.parametrize("harmless", ["西工区", "a=b", "1-2", "", "'=1", "100%"])
def test_other_text_stays_as_it_is(harmless):
    assert defused(harmless) == harmless


def test_list_that_begins_like_a_formula_is_defused():
    assert text(("=1", "2")) == "'=1; 2"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (-3, "-3"),
        (0, "0"),
        (12.5, "12.5"),
        (None, ""),
        (True, "true"),
        (False, "false"),
        (("a", "b"), "a; b"),
        ((), ""),
        (datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC), "2026-01-02T03:04:05+00:00"),
    ],
)
def test_values_are_written_plainly(value, expected):
    assert rows_of(file_of((value, "x")))[1] == [expected, "x"]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_printable_text_comes_back_but_for_the_apostrophe(words):
    assert rows_of(file_of((words, "x")))[1][0] in (words, f"'{words}")


def test_long_files_come_in_pieces_of_even_size():
    pieces = list(csv_chunks(COLUMNS, (("文" * 100, str(n)) for n in range(20_000)), ORIGIN))
    assert len(pieces) > 5
    assert max(map(len, pieces)) < 3.1 * CHUNK
    assert len(rows_of(b"".join(pieces))) == 20_001
