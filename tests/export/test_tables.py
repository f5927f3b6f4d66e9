import csv
import re
from io import StringIO

import pytest

from gipcore.errors import WrongUseError
from gipcore.export.columns import Kind, Origin
from gipcore.export.csv_file import csv_chunks
from gipcore.export.tables import EVERY_TABLE, FINDINGS, GONE_FINDINGS, REPORTS, table
from gipcore.store.headline import HEADLINE
from gipcore.store.query import Query
from gipcore.store.rows import FindingRow, GoneFindingRow, OfficeRow, ReportRow
from tests.factories import balanced, build, make_report, read

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
HAN = re.compile(r"[一-鿿]")


@pytest.mark.parametrize("name", EVERY_TABLE)
def test_columns_have_public_names_and_words_in_both_languages(name):
    columns = EVERY_TABLE[name].columns
    assert len({column.name for column in columns}) == len(columns)
    for column in columns:
        assert NAME.fullmatch(column.name), column.name
        assert HAN.search(column.label.zh), column.name
        assert column.label.en, column.name
        assert not HAN.search(column.label.en), column.name


@pytest.mark.parametrize("name", EVERY_TABLE)
def test_words_of_columns_do_not_repeat(name):
    labels = [column.label for column in EVERY_TABLE[name].columns]
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
    names = {column.name for column in EVERY_TABLE[name].columns}
    assert set(row.__dataclass_fields__) - names == elsewhere


def test_findings_are_written_out_in_words():
    assert {"check", "sentence_zh", "sentence_en", "address"} <= {
        column.name for column in FINDINGS.columns
    }


def test_unknown_table_is_refused_and_the_known_are_named():
    with pytest.raises(WrongUseError, match="offices, reports, cells, findings"):
        table("nothing")


def rows_of(declared, engine):
    found = csv_chunks(
        declared.columns,
        declared.rows(engine, Query()),
        Origin("https://example.org", is_synthetic=False),
    )
    return list(csv.DictReader(StringIO(b"".join(found).decode("utf-8-sig"), newline="")))


def test_findings_between_years_name_the_cells_of_the_year_before(tmp_path):
    line = "proactive.normative_documents"
    carried = {"carried_forward.natural_person": 2, "carried_forward.total": 2}
    before = balanced(7) | carried | {f"{line}.in_force": 40}
    after = balanced(5) | {f"{line}.issued": 3, f"{line}.repealed": 1, f"{line}.in_force": 50}
    first, last = make_report(year=2023, figures=before), make_report(year=2024, figures=after)
    mended = make_report(year=2024, figures=balanced(5) | {f"{line}.in_force": 40}, file="later")
    compared = {
        "brought_forward.total": "xigong-2023~carried_forward.total",
        "brought_forward.natural_person": "xigong-2023~carried_forward.natural_person",
        f"{line}.in_force": f"xigong-2023~{line}.in_force",
    }
    engine = build(f"sqlite:///{tmp_path}/first.sqlite", (read(first), read(last, 1)))
    rows = rows_of(FINDINGS, engine)
    between = [row for row in rows if row["check"] in {"C901", "C902"}]
    assert {row["left_cells"]: row["compared_cells"] for row in between} == compared
    for row in between:
        report_id, _, cell = row["compared_cells"].partition("~")
        assert report_id == "xigong-2023"
        this_year = sum(
            after[name] * (-1 if name.endswith("repealed") else 1)
            for name in filter(None, row["right_cells"].split("; "))
        )
        assert float(row["right"]) == before[cell] + this_year
    others = [row for row in rows if row not in between]
    assert others
    assert {row["compared_cells"] for row in others} == {""}

    engine = build(
        f"sqlite:///{tmp_path}/later.sqlite", (read(first), read(last, 1), read(mended, 2))
    )
    taken_away = rows_of(GONE_FINDINGS, engine)
    between = "https://example.org/revisions?report=xigong-2024&revision=2&before=1"
    assert {row["address"] for row in taken_away} == {between}
    gone = {row["left_cells"]: row["compared_cells"] for row in taken_away}
    assert gone[f"{line}.in_force"] == compared[f"{line}.in_force"]
