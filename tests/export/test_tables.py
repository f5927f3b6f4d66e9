import re

import pytest

from gipcore.errors import WrongUseError
from gipcore.export.columns import Kind
from gipcore.export.tables import FINDINGS, REPORTS, TABLES, table
from gipcore.store.headline import HEADLINE
from gipcore.store.rows import FindingRow, GoneFindingRow, OfficeRow, ReportRow

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
HAN = re.compile(r"[一-鿿]")


@pytest.mark.parametrize("name", TABLES)
def test_columns_have_public_names_and_words_in_both_languages(name):
    columns = TABLES[name].columns
    assert len({column.name for column in columns}) == len(columns)
    for column in columns:
        assert NAME.fullmatch(column.name), column.name
        assert HAN.search(column.label.zh), column.name
        assert column.label.en, column.name
        assert not HAN.search(column.label.en), column.name


@pytest.mark.parametrize("name", TABLES)
def test_words_of_columns_do_not_repeat(name):
    labels = [column.label for column in TABLES[name].columns]
    for language in ("zh", "en"):
        words = [getattr(label, language) for label in labels]
        assert len(set(words)) == len(words)


def test_every_figure_is_followed_by_its_state():
    names = [column.name for column in REPORTS.columns]
    for declared in HEADLINE:
        place = names.index(declared.name)
        assert names[place + 1] == f"{declared.name}_state"
        assert REPORTS.columns[place].kind is Kind.NUMBER


@pytest.mark.parametrize(
    ("name", "row", "elsewhere"),
    [
        ("offices", OfficeRow, set()),
        ("reports", ReportRow, {"headline"}),
        # code stands as check; the verdict is always failed; cells are those of both sides
        # replies are its words, day and link
        ("findings", FindingRow, {"code", "verdict", "cells", "replies"}),
        ("gone_findings", GoneFindingRow, {"code", "verdict", "cells", "replies"}),
        ("offices_without_report", OfficeRow, set()),
    ],
)
def test_nothing_of_a_row_is_left_out(name, row, elsewhere):
    names = {column.name for column in TABLES[name].columns}
    assert set(row.__dataclass_fields__) - names == elsewhere


def test_findings_are_written_out_in_words():
    assert {"check", "sentence_zh", "sentence_en", "address"} <= {
        column.name for column in FINDINGS.columns
    }


def test_unknown_table_is_refused_and_the_known_are_named():
    with pytest.raises(WrongUseError, match="offices, reports, cells, findings"):
        table("nothing")
