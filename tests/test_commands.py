"""The command line as a program and a person use it: answers, messages and exit codes."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from random import Random

import pytest

from gipcore.form.model import EditionId
from tests.parsing.layouts import OFFICE, Layout, balanced_figures, write

ROOT = Path(__file__).parents[1]


def gip(*arguments: object, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a command with a database and an archive of its own."""
    environment = os.environ | {
        "GIP_DATABASE_URL": f"sqlite:///{home / 'gip.sqlite'}",
        "GIP_ARCHIVE": str(home / "archive"),
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "200",
    }
    return subprocess.run(
        [sys.executable, "-m", "gipcore", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=environment,
        cwd=home,
        timeout=120,
        check=False,
    )


@pytest.fixture
def good(tmp_path) -> Path:
    figures = balanced_figures(Random(4), EditionId.Y2021)
    file = tmp_path / "good.txt"
    file.write_text(write(figures, Layout(), edition=EditionId.Y2021, year=2024), "utf-8")
    return file


@pytest.fixture
def unbalanced(tmp_path) -> Path:
    figures = balanced_figures(Random(4), EditionId.Y2021)
    figures["received.total"] += 5
    file = tmp_path / "unbalanced.txt"
    file.write_text(write(figures, Layout(), edition=EditionId.Y2021, year=2023), "utf-8")
    return file


@pytest.fixture
def broken(tmp_path) -> Path:
    file = tmp_path / "broken.txt"
    file.write_text("青禾县文化节安排\n没有表格。\n", "utf-8")
    return file


def test_parse_leaves_the_sentences_out_on_demand(good, tmp_path) -> None:
    whole = json.loads(gip("parse", good, home=tmp_path).stdout)
    figures = json.loads(gip("parse", "--figures-only", good, home=tmp_path).stdout)
    assert whole.pop("passages")
    assert whole == figures


def test_parse_answers_a_line_a_file_in_order(good, broken, unbalanced, tmp_path) -> None:
    done = gip("parse", good, broken, unbalanced, home=tmp_path)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["source"]["file"] for line in lines] == [
        "good.txt",
        "broken.txt",
        "unbalanced.txt",
    ]
    assert lines[0]["schema"] == "gip-report/1"
    assert lines[0]["office"]["name"] == OFFICE
    assert lines[0]["cells"]["received.total"]["place"] == "table 3, row 4, column 10"
    failed = {found["code"] for found in lines[0]["outcomes"] if found["verdict"] == "failed"}
    assert failed == {"C108"}  # there is no 青石县
    assert lines[1]["error"]["code"] == "no_report"
    assert str(broken.name) in lines[1]["error"]["message"]
    assert done.returncode == 1


def test_parse_of_nothing_readable_ends_with_2(broken, tmp_path) -> None:
    assert gip("parse", broken, home=tmp_path).returncode == 2
    missing = gip("parse", tmp_path / "missing.txt", home=tmp_path)
    assert missing.returncode == 2
    assert "missing.txt" in json.loads(missing.stdout)["error"]["message"]
    assert "Traceback" not in missing.stderr


def test_check_tells_a_person_what_does_not_balance(good, unbalanced, tmp_path) -> None:
    assert gip("check", good, home=tmp_path).returncode == 0
    done = gip("check", unbalanced, "--lang", "en", home=tmp_path)
    assert done.returncode == 1
    assert "error C301 Column “Total”" in done.stdout
    assert "error C303" in done.stdout


def test_check_tells_a_program_the_same(unbalanced, tmp_path) -> None:
    done = gip("check", unbalanced, "--format", "json", home=tmp_path)
    failed = [
        outcome["code"]
        for outcome in json.loads(done.stdout)["outcomes"]
        if outcome["verdict"] == "failed"
    ]
    assert failed == ["C108", "C301", "C303"]  # no register has the office of the tests


def test_check_says_where_what_was_mended_and_how_it_ends(unbalanced, tmp_path) -> None:
    done = gip("check", unbalanced, home=tmp_path)
    assert done.returncode == 1
    assert "有2处要改" in done.stdout
    assert "表三第4行第10列" in done.stdout
    assert "同一格还涉及：C303" in done.stdout


def test_check_of_an_archive_answers_for_each_document(good, unbalanced, broken, tmp_path) -> None:
    file = tmp_path / "all.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for member in (good, unbalanced, broken):
            archive.write(member, member.name)
    done = gip("check", file, "--format", "json", home=tmp_path)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["source"]["file"] for line in lines] == [
        "all.zip/good.txt",
        "all.zip/unbalanced.txt",
        "all.zip/broken.txt",
    ]
    assert lines[2]["error"]["code"] == "no_report"
    assert done.returncode == 1


def test_check_compares_with_the_year_before_only(good, unbalanced, tmp_path) -> None:
    done = gip("check", good, "--previous", unbalanced, "--format", "json", home=tmp_path)
    outcomes = json.loads(done.stdout)["outcomes"]
    assert any(o["code"] == "C901" and o["verdict"] != "not_applicable" for o in outcomes)
    other = gip("check", unbalanced, "--previous", good, "--lang", "en", home=tmp_path)
    assert "not compared" in " ".join(other.stderr.split())


def test_wrong_use_ends_with_2_and_words(good, tmp_path) -> None:
    done = gip("check", good, "--format", "xml", home=tmp_path)
    assert done.returncode == 2
    assert "--format takes text or json" in done.stderr
    assert gip("nonsense", home=tmp_path).returncode == 2


def test_ingest_counts_what_came_of_each_file(good, unbalanced, broken, tmp_path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for file in (good, unbalanced, broken):
        file.rename(folder / file.name)
    done = gip("ingest", folder, "--jobs", 2, home=tmp_path)
    assert done.returncode == 1
    assert "new 2, revised 0, unchanged 0, rejected 1" in done.stdout
    assert "broken.txt" in done.stdout
    again = gip("ingest", folder, home=tmp_path)
    assert "new 0, revised 0, unchanged 2, rejected 1" in again.stdout
    rebuilt = gip("build", home=tmp_path)
    assert rebuilt.returncode == 1  # the archive keeps the broken one, and says so each time
    assert rebuilt.stdout.splitlines()[-1].startswith("12 reports of 10 offices")


def test_ingest_takes_office_and_year_from_the_options(good, tmp_path) -> None:
    text = good.read_text("utf-8").replace(f"{OFFICE}2024年", "")
    nameless = tmp_path / "nameless.txt"
    nameless.write_text(text, "utf-8")
    refused = gip("ingest", nameless, home=tmp_path)
    assert refused.returncode == 2
    assert "--year" in refused.stdout
    taken = gip("ingest", nameless, "--office", OFFICE, "--year", 2022, home=tmp_path)
    assert "new 1" in taken.stdout


@pytest.mark.parametrize("command", ["", "parse", "check", "ingest", "build", "catalogue", "serve"])
def test_every_command_explains_itself(command, tmp_path) -> None:
    done = gip(*([command] if command else []), "--help", home=tmp_path)
    assert done.returncode == 0
    assert "Usage" in done.stdout


def test_demo_makes_a_country_in_the_database_named(tmp_path) -> None:
    made = gip("demo", "--offices", 3, "--years", "2022-2023", "--seed", 5, home=tmp_path)
    assert (made.returncode, made.stdout.split()[1:]) == (
        0,
        ["synthetic", "reports", "of", "3", "offices"],
    )
    wrong = gip("demo", "--years", "2030-2020", home=tmp_path)
    assert wrong.returncode == 2
    assert "--years" in wrong.stderr


def test_export_writes_what_the_filters_ask_for(good, unbalanced, tmp_path) -> None:
    gip("ingest", good, unbalanced, home=tmp_path)
    listed = gip("export", "--table", "offices", "--format", "json", home=tmp_path)
    assert listed.returncode == 0
    office = next(row["id"] for row in json.loads(listed.stdout) if row["name"] == OFFICE)
    options = ("--office", office, "--year", 2023, "--check", "C303")
    made = gip("export", *options, "-o", tmp_path / "reports.csv", home=tmp_path)
    assert made.returncode == 0
    assert len((tmp_path / "reports.csv").read_text("utf-8-sig").splitlines()) == 2
    narrow = gip("export", "--year", 2023, "--columns", "year,received_total", home=tmp_path)
    assert narrow.stdout.splitlines()[0].removeprefix("\ufeff") == "year,received_total"
    unknown = gip("export", "--columns", "received", home=tmp_path)
    assert unknown.returncode == 2
    assert "received_total" in unknown.stderr
    zipped = gip("export", "--table", "bundle", "-o", tmp_path / "all.zip", home=tmp_path)
    assert zipped.returncode == 0
    assert (tmp_path / "all.zip").read_bytes().startswith(b"PK")
    wrong = gip("export", "--year", "soon", home=tmp_path)
    assert wrong.returncode == 2
    assert "year takes" in wrong.stderr
