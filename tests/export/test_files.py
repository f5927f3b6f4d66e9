"""The same rows in every format, and as a bundle that describes itself."""

import csv
import io
import json
import sys
import zipfile
from pathlib import Path

import openpyxl
import pandas
import pyarrow.parquet
import pytest
from frictionless import Package

import gipcore
from gipcore.errors import WrongUseError
from gipcore.export.bundle import FILES, FORMATS_OF_TABLES, bundle
from gipcore.export.columns import Origin
from gipcore.export.files import FORMATS
from gipcore.export.tables import TABLES
from gipcore.export.writing import write_export
from gipcore.store import reading
from gipcore.store.building import new_database
from gipcore.store.database import database_state, open_engine
from gipcore.store.query import Query
from tests.factories import REGISTER, balanced, claim_of_received, make_report, read

HOSTILE = "=HYPERLINK(“x”)人民政府"
ORIGIN = Origin("https://gip.example", is_synthetic=False)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('files') / 'gip.sqlite'}"
    reports = (
        make_report(
            "洛阳市人民政府", 2024, balanced(1200) | {"proactive.fees.amount_wan_yuan": 12.5}
        ),
        make_report("西工区人民政府", 2024, balanced(7) | {"received.total": 9}),
        make_report("西工区人民政府", 2020, claims=(claim_of_received(4),)),
        make_report(HOSTILE, 2024, {"received.total": None}),
        make_report("西工区人民政府", 2022, {"received.total": 9}),
        make_report("西工区人民政府", 2022, balanced(9)),
    )
    with new_database(url, REGISTER) as writer:
        for day, report in enumerate(reports):
            writer.save(read(report, day))
    engine = open_engine(url, read_only=True)
    yield engine
    engine.dispose()


def written(engine, tmp_path: Path, name: str, suffix: str, **filters: str) -> Path:
    file = tmp_path / f"{name}.{suffix}"
    write_export(engine, name, None, filters, file)
    return file


def rows_as_json(engine, tmp_path: Path, name: str) -> list[dict]:
    return json.loads(written(engine, tmp_path, name, "json").read_text("utf-8"))


@pytest.mark.parametrize("name", TABLES)
def test_csv_and_json_hold_the_same(engine, tmp_path, name) -> None:
    expected = rows_as_json(engine, tmp_path, name)
    with written(engine, tmp_path, name, "csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == len(expected) == TABLES[name].count(engine, Query())
    assert [row["id"] for row in found] == [row["id"] for row in expected]


@pytest.mark.parametrize("name", TABLES)
def test_excel_holds_the_same_and_runs_nothing(engine, tmp_path, name) -> None:
    expected = rows_as_json(engine, tmp_path, name)
    sheet = openpyxl.load_workbook(written(engine, tmp_path, name, "xlsx")).active
    heads, *rows = sheet.iter_rows(values_only=True)
    assert list(heads) == [column.name for column in TABLES[name].columns]
    assert len(rows) == len(expected)
    for row, record in zip(rows, expected, strict=True):
        for value, wanted in zip(row, record.values(), strict=True):
            if isinstance(wanted, int | float):
                assert value == wanted
            elif wanted in (None, "", []):
                assert value is None
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert not any(str(value).startswith("=") for row in rows for value in row)


@pytest.mark.parametrize("name", TABLES)
def test_parquet_holds_the_same_with_types(engine, tmp_path, name) -> None:
    expected = rows_as_json(engine, tmp_path, name)
    table = pyarrow.parquet.read_table(written(engine, tmp_path, name, "parquet"))
    assert table.num_rows == len(expected)
    for column, values in table.to_pydict().items():
        wanted = [record[column] for record in expected]
        if column not in ("read_at", "first_seen", "gone_since"):
            assert values == wanted, column
    assert table.schema.field("id").metadata[b"label_en"]


def test_a_filtered_file_holds_only_what_was_asked_for(engine, tmp_path) -> None:
    file = written(engine, tmp_path, "cells", "parquet", year="2024", cell="received.total")
    figures = pandas.read_parquet(file)
    assert sorted(figures.value.dropna()) == [9, 1200]
    assert figures.state.value_counts().to_dict() == {"number": 2, "blank": 1}


@pytest.mark.parametrize(
    ("name", "suffix", "filters", "words"),
    [
        ("nothing", "csv", {}, "no table"),
        ("reports", "doc", {}, "no file is written"),
        ("reports", "csv", {"year": "soon"}, "year takes"),
        ("reports", "csv", {"colour": "red"}, "no parameter"),
        ("reports", "csv", {"cell": "received.total"}, "filter of cells"),
        ("bundle", "xlsx", {}, "zip"),
        ("bundle", "zip", {"cell": "received.total"}, "filter of cells"),
    ],
)
def test_what_cannot_be_written_is_refused(engine, tmp_path, name, suffix, filters, words) -> None:
    with pytest.raises(WrongUseError, match=words):
        write_export(engine, name, suffix, filters, tmp_path / "file")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(engine, tmp_path) -> None:
    with pytest.raises(WrongUseError, match="cannot be written"):
        write_export(engine, "reports", "csv", {}, tmp_path / "no" / "file.csv")


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_pipe_takes_every_format(engine, tmp_path, suffix, monkeypatch) -> None:
    taken = io.BytesIO()
    taken.seekable = lambda: False  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(taken))
    write_export(engine, "offices", suffix, {}, None)
    if suffix != "xlsx":  # whose zip holds the time
        assert taken.getvalue() == written(engine, tmp_path, "offices", suffix).read_bytes()
    assert taken.getvalue()


def unpacked(
    engine, folder: Path, query: Query, origin: Origin = ORIGIN, suffix: str = "csv", **filters: str
) -> Path:
    data = b"".join(bundle(engine, query, database_state(engine), origin, filters, suffix))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
    return folder


@pytest.mark.parametrize("suffix", FORMATS_OF_TABLES)
@pytest.mark.parametrize("query", [Query(), Query(year=2024), Query(region="410303")], ids=str)
def test_frictionless_finds_no_fault_in_a_bundle(engine, tmp_path, query, suffix) -> None:
    folder = unpacked(engine, tmp_path, query, suffix=suffix)
    checked = Package(str(folder / "datapackage.json")).validate()
    assert checked.valid, checked.flatten(["fieldName", "rowNumber", "note"])[:5]
    assert checked.stats["tasks"] == len(FILES) + 2


@pytest.mark.parametrize("suffix", FORMATS_OF_TABLES)
def test_a_bundle_of_no_site_is_described_truly(engine, tmp_path, suffix) -> None:
    """The command does not know the site; the description is whole without its address."""
    folder = unpacked(engine, tmp_path, Query(), Origin("", is_synthetic=False), suffix)
    described = Package(str(folder / "datapackage.json"))
    assert {resource.path for resource in described.resources} < {
        file.name for file in folder.iterdir()
    }
    for name in FILES:
        columns = [column.name for column in TABLES[name].columns]
        assert described.get_resource(name).schema.field_names == columns
        if suffix == "parquet":
            assert pandas.read_parquet(folder / f"{name}.parquet").columns.tolist() == columns
    assert described.validate().valid


OF_A_BUNDLE = (
    *(Query(), Query(year=2024), Query(year=2019), Query(form="2019"), Query(level="county")),
    *(Query(region="4103"), Query(region="410303", year=2020), Query(office="xigong,luoyang")),
    *(Query(check="C301"), Query(check="C301", year=2022), Query(severity="error")),
    *(Query(balanced=True), Query(balanced=False), Query(unbalanced=False), Query(errors=True)),
    *(Query(replied=False), Query(reviewed=False), Query(search="西工"), Query(function="none")),
)


@pytest.mark.parametrize("query", OF_A_BUNDLE, ids=str)
def test_every_file_of_a_bundle_is_of_the_same_offices_and_reports(engine, tmp_path, query) -> None:
    folder = unpacked(engine, tmp_path, query)
    files = {name: pandas.read_csv(folder / f"{name}.csv") for name in FILES}
    reports, offices = set(files["reports"].id), set(files["reports"].office_id)
    assert reports == {row.id for row in reading.reports(engine, query)}
    assert files["offices"].id.is_unique
    assert set(files["offices"].id) == set(files["cells"].office_id) == offices
    assert set(files["cells"].report_id) == reports
    for name in ("findings", "gone_findings"):
        assert set(files[name].report_id) <= reports
        assert set(files[name].office_id) <= offices


def test_the_command_says_how_many_reports_a_bundle_holds(engine, tmp_path) -> None:
    assert write_export(engine, "bundle", None, {"year": "2020"}, tmp_path / "b.zip") == "1 reports"


def test_filters_of_the_bundle_are_tried_where_files_would_differ(engine) -> None:
    """There are offices without a report, and findings gone from reports that are not taken."""
    assert any(row.reports == 0 for row in reading.offices(engine, Query()))
    asked = Query(check="C301", year=2022)
    assert reading.count_gone_findings(engine, asked) > 0
    assert reading.count_reports(engine, asked) == 0


def test_a_bundle_says_what_may_be_done_with_it(engine, tmp_path) -> None:
    folder = unpacked(engine, tmp_path, Query(year=2024))
    said = (folder / "LICENSE.txt").read_text("utf-8")
    assert (Path(gipcore.__file__).parents[1] / "LICENSE").read_text("utf-8") in said
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert [licence["name"] for licence in described["licenses"]] == ["CC0-1.0", "MIT"]
    assert all(licence["title"] in said for licence in described["licenses"])
    assert "LICENSE.txt" in (folder / "README.md").read_text("utf-8")


def test_the_same_content_gives_the_same_bundle(engine) -> None:
    one, other = (
        b"".join(bundle(engine, Query(), database_state(engine), ORIGIN, {})) for _ in range(2)
    )
    assert one == other


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_takes_chosen_columns(engine, tmp_path, suffix) -> None:
    file = tmp_path / f"narrow.{suffix}"
    write_export(engine, "reports", None, {"year": "2024"}, file, "office_name,received_total")
    read = {
        "csv": lambda: pandas.read_csv(file),
        "xlsx": lambda: pandas.read_excel(file),
        "parquet": lambda: pandas.read_parquet(file),
        "json": lambda: pandas.read_json(file),
    }[suffix]()
    assert list(read.columns) == ["office_name", "received_total"]
    assert read.received_total.sum() == 1209


@pytest.mark.parametrize(
    ("table", "columns", "said"),
    [
        ("reports", "office", "office_name"),
        ("reports", "id,id", "twice"),
        ("bundle", "id", "all columns"),
    ],
)
def test_columns_that_cannot_be_taken_are_refused(engine, tmp_path, table, columns, said) -> None:
    with pytest.raises(WrongUseError, match=said):
        write_export(engine, table, None, {}, tmp_path / "file.zip", columns)
    assert list(tmp_path.iterdir()) == []
