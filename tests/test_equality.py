"""A page, the file, the command and the API give the same rows and the same sums.

A hundred filters are drawn with a fixed seed over a synthetic country. The page is asked through
the functions that pages use, and its own links are what is fetched from the server.
"""

import csv
import json
import os
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import pytest
import streamlit as st
from typer.testing import CliRunner

from gipcore.__main__ import app
from gipcore.checks.catalogue import all_checks
from gipcore.demo.writing import write_demo
from gipcore.export import csv_file
from gipcore.export.columns import Kind
from gipcore.export.filters import NEEDED, query_from, takes
from gipcore.export.tables import SUMMARIES, TABLES
from gipcore.form.editions import CELLS
from gipcore.metrics.indicators import INDICATORS, measure
from gipcore.store import reading
from gipcore.store.database import open_engine
from gipcore.store.headline import HEADLINE_NAMES
from gipcore.store.query import Query
from gipcore.store.read_reviews import Order
from gipcore.store.rows import ReportRow
from gipcore.ui import data
from gipcore.ui.file_tables import FileView
from gipcore.ui.outcomes import EVERY_LEAF, OutcomeView
from gipcore.ui.reviews import ReviewView
from tests.web.client import Server, running

ROOT = Path(__file__).parents[1]
SITE = "https://gip.example"
SUMS_TRIED = 5  # filters, for each table of sums
TRIED, AS_A_PERSON_WOULD = 100, 3  # filters, and those asked of the command as its own process
YEARS = range(2021, 2025)
LONGEST = 100_000  # rows: more than any table here has
WEIGHTS = {
    "reports": 30,
    "findings": 25,
    "cells": 20,
    "offices": 10,
    "gone_findings": 5,
    "offices_without_report": 10,
}
Row = dict[str, str]


@dataclass(frozen=True)
class Place:
    """Where all four are asked: one database, one server."""

    server: Server
    known: dict[str, list[str]]
    reports: tuple[ReportRow, ...]
    seen: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Trial:
    """One filter drawn: the table, its parameters, the columns, and the rows of a page of JSON."""

    table: str
    given: dict[str, str]
    columns: tuple[str, ...]
    limit: int

    @property
    def view(self) -> FileView:
        """Return what the page of downloads makes of it."""
        return FileView(self.table, query_from(self.given), self.columns)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Iterator[Place]:
    url = f"sqlite:///{tmp_path_factory.mktemp('equality') / 'gip.sqlite'}"
    write_demo(url, 60, YEARS, 5)
    engine = open_engine(url, read_only=True)
    offices = reading.offices(engine, Query())
    known = {
        "office": [office.id for office in offices],
        "search": [office.name[:2] for office in offices] + ["人民政府", "nothing"],
        "region": [region.code for region in reading.regions(engine)] + ["11", "99"],
        "level": sorted({office.level for office in offices if office.level}),
        "function": sorted({office.function for office in offices if office.function}),
        "year": [*map(str, YEARS), "2030"],
        "form": ["2019", "2021"],
        "check": [check.code for check in all_checks()],
        "severity": ["error", "warning", "notice"],
        "cell": list(CELLS),
    }
    yes_no = ("balanced", "unbalanced", "errors", "reviewed", "replied")
    known |= {name: ["true", "false"] for name in yes_no}
    reports = reading.reports(engine, Query())
    engine.dispose()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIP_DATABASE_URL", url)
        patch.setenv("GIP_SITE_URL", SITE)
        st.cache_resource.clear()
        with running(url) as server:
            yield Place(server, known, reports)
    st.cache_resource.clear()


def drawn(number: int, place: Place) -> Trial:
    """Draw one filter, mostly one that finds something: what a report drawn before would have.

    Of the long table it is always one cell or one office, as people would ask for.
    """
    dice = Random(1000 + number)
    known, report = place.known, dice.choice(place.reports)
    likely = {
        "office": report.office_id,
        "search": report.office_name[:3],
        "region": (report.region_code or "11")[: dice.choice((2, 4, 6))],
        "level": report.level or "county",
        "function": report.function or "government",
        "year": str(report.year),
        "form": report.form,
        "severity": "error" if report.errors else "notice",
    }
    table = dice.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    others = sorted(name for name in known if takes(table, name))
    names = dice.sample(others, dice.choice((0, 1, 1, 2, 2, 3)))
    if table == "cells" and not {"cell", "office"} & set(names):
        names.append(dice.choice(("cell", "office")))
    given = {
        name: likely[name] if name in likely and dice.random() < 0.85 else dice.choice(known[name])
        for name in names
    }
    all_names = [column.name for column in TABLES[table].columns]
    columns = dice.sample(all_names, dice.randint(1, 8)) if dice.random() < 0.4 else ()
    return Trial(table, given, tuple(columns), dice.choice((25, 100, 1000)))


def of_page(trial: Trial) -> list[Row]:
    """Return the rows as the preview of the page shows them, all of them."""
    view = trial.view
    rows = data.first_rows(view.name, view.query, LONGEST)
    assert view.rows == len(rows)
    assert view.first == rows[: len(view.first)]
    return [
        {
            column.name: as_text(csv_file.text(column.value(row, view.origin)))
            for column in view.table.columns
        }
        for row in rows
    ]


def of_csv(place: Place, trial: Trial) -> list[Row]:
    """Return the rows of the file behind the page's own link."""
    answer = place.server.fetch(f"/{trial.view.address('csv')}")
    assert answer.status == 200, answer.text
    rows = read_csv(answer.text)
    assert int(answer.headers["x-total-count"]) == len(rows)
    return rows


def of_api(place: Place, trial: Trial) -> list[Row]:
    """Return the rows of the API, page after page."""
    target = "/" + trial.view.address("json").replace("limit=1000", f"limit={trial.limit}")
    rows: list[Row] = []
    while target:
        answer = place.server.fetch(target).json
        rows += [{name: as_text(value) for name, value in row.items()} for row in answer["rows"]]
        target = answer["next"]
    assert answer["total"] == len(rows)
    return rows


def options(trial: Trial) -> list[str]:
    chosen = {**trial.given, **({"columns": ",".join(trial.columns)} if trial.columns else {})}
    named = [word for name, value in chosen.items() for word in (f"--{name}", value)]
    return ["export", "--table", trial.table, *named]


def of_command(trial: Trial, file: Path) -> list[Row]:
    """Return the rows that the command writes."""
    done = CliRunner().invoke(app, [*options(trial), "-o", str(file)])
    assert done.exit_code == 0, done.output
    return read_csv(file.read_text("utf-8-sig"))


def of_process(trial: Trial) -> list[Row]:
    """Return the rows that the command prints when it is run as people run it."""
    done = subprocess.run(
        [sys.executable, "-m", "gipcore", *options(trial)],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=120,
        check=True,
    )
    return read_csv(done.stdout.decode("utf-8-sig"))


def read_csv(text: str) -> list[Row]:
    return list(csv.DictReader(StringIO(text, newline="")))


def as_text(value: object) -> str:
    """Return how a value stands in a CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return csv_file.BETWEEN.join(value) if isinstance(value, list) else str(value)


def sums(trial: Trial, rows: list[Row]) -> dict[str, float]:
    """Return the sum of every column of figures."""
    kinds = {column.name: column.kind for column in trial.view.table.columns}
    figures = [name for name, kind in kinds.items() if kind in (Kind.NUMBER, Kind.INTEGER)]
    return {name: sum(float(row[name]) for row in rows if row[name]) for name in figures}


@pytest.mark.parametrize("number", range(TRIED))
def test_all_four_give_the_same_rows_and_sums(place: Place, tmp_path, number) -> None:
    trial = drawn(number, place)
    shown = of_page(trial)
    file, listed = of_csv(place, trial), of_api(place, trial)
    written = of_command(trial, tmp_path / "rows.csv")
    assert shown == file == listed == written, trial
    assert sums(trial, shown) == sums(trial, file) == sums(trial, listed) == sums(trial, written)
    if trial.table == "reports" and not trial.columns:
        check_totals_of_pages(trial, file)
    place.seen[trial.table if file else "nothing"] += 1
    place.seen["some columns"] += bool(trial.columns)
    place.seen["several pages"] += len(file) > trial.limit


def check_totals_of_pages(trial: Trial, rows: list[Row]) -> None:
    """Hold the sums that pages show of a query against the rows of its file."""
    query = trial.view.query
    found = sums(trial, rows)
    totals = data.yearly_totals(query)
    assert sum(total.reports for total in totals) == len(rows) == data.count_reports(query)
    for name in HEADLINE_NAMES:
        assert sum(total.headline[name] or 0 for total in totals) == found[name], name
    for cell, added in data.sums(query).items():
        name = cell.replace(".", "_")
        if name in found and cell.count(".") == 1 and name.startswith(("received", "litigation")):
            assert (added.total or 0) == found[name], cell


def test_the_filters_drawn_were_of_every_kind(place: Place) -> None:
    """Hold the draw itself to account: it runs after the hundred, on what they found."""
    if sum(place.seen[name] for name in (*WEIGHTS, "nothing")) < TRIED:
        pytest.skip("only part of the hundred was run")
    assert all(place.seen[name] for name in WEIGHTS)
    assert place.seen["nothing"] < TRIED / 2
    assert place.seen["several pages"] > TRIED / 10
    assert place.seen["some columns"] > TRIED / 5


def sum_rows(place: Place, name: str, given: dict[str, str]) -> list[Row]:
    """Return the rows of a table of sums from its routes; both forms are the same."""
    query = urlencode(given)
    answer = place.server.fetch(f"/api/v1/{name}.csv?{query}")
    assert answer.status == 200, answer.text
    target, listed = f"/api/v1/{name}.json?limit=1000&{query}", []
    while target:
        found = place.server.fetch(target).json
        listed += [{key: as_text(value) for key, value in row.items()} for row in found["rows"]]
        target = found["next"]
    rows = read_csv(answer.text)
    assert rows == listed
    return rows


def of_pages(name: str, query: Query) -> list[tuple[object, ...]]:
    """Return the figures of a table of sums as the functions behind the pages give them."""
    if name == "totals":
        return [(key, cell.total) for key, cell in data.sums(query).items() if cell.reports]
    if name == "outcomes":
        view = OutcomeView(query)
        lines = [] if not view.reports else [*view.lines(""), *view.lines(EVERY_LEAF)]
        found = {(line.id, c): line.shares[c] for line in lines for c in line.shares}
        found |= {("disposed", kind): share for kind, share in view.applicants if view.reports}
        return [(*key, share.count, share.denominator, share.share) for key, share in found.items()]
    if name == "reviews":
        if not data.count_reports(query):
            return []
        return [(c.total, c.concluded, c.corrected.share) for c in ReviewView(query).compared]
    if name == "reviewed_offices":
        listed = data.reviewed_offices(query, Order.CASES, LONGEST, 0)
        return [(row.office_id, row.reports) for row in listed]
    if name == "coverage":
        covered, balance = data.coverage(query), data.balance(query)
        return [(covered.offices, covered.reports, balance.balanced, balance.undecided)]
    if name == "counts_by_check":
        return [(c.code, c.failed, c.passed, c.not_applicable) for c in data.finding_counts(query)]
    if name == "distribution":
        return list(data.granted(query).by_percent.items())
    if name == "shares":
        every = data.reports(query)
        return [
            (row.id, indicator.name, measure(indicator, row.headline).share)
            for row in every
            for indicator in INDICATORS
        ]
    if name == "quartiles":
        found_quartiles = data.peer_quartiles(query, ())
        return [(key, each and each.median) for key, each in found_quartiles.items()]
    parts = data.breakdown(query, name.removeprefix("counts_by_"))
    return [("" if r.key == "-" else r.key, r.reports, r.unbalanced, r.errors) for r in parts]


SHOWN = {  # the columns that the above has
    "totals": ("cell", "total"),
    "outcomes": ("outcome", "applicant", "count", "denominator", "share"),
    "reviews": ("total", "denominator", "share"),
    "reviewed_offices": ("office_id", "reports"),
    "coverage": ("offices", "reports_found", "balanced", "undecided"),
    "counts_by_check": ("check", "failed", "passed", "not_applicable"),
    "distribution": ("percent", "reports"),
    "shares": ("report_id", "indicator", "share"),
    "quartiles": ("indicator", "median"),
    "counts_by_year": ("year", "reports", "unbalanced", "errors"),
    "counts_by_level": ("level", "reports", "unbalanced", "errors"),
    "counts_by_region": ("region_code", "reports", "unbalanced", "errors"),
}


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("number", range(SUMS_TRIED))
def test_sums_are_those_of_the_pages(place: Place, tmp_path, name, number) -> None:
    given = {key: v for key, v in drawn(number, place).given.items() if takes(name, key)}
    given.pop("cell", None)
    query = query_from(given)
    rows = sum_rows(place, name, given)
    told = [tuple(row[column] for column in SHOWN[name]) for row in rows]
    if name == "distribution":
        told = [row for row in told if row[0]]
    pages = [tuple(as_text(value) for value in row) for row in of_pages(name, query)]
    assert sorted(told) == sorted(pages), given
    file = tmp_path / "sums.csv"
    options = [word for key, value in given.items() for word in (f"--{key}", value)]
    done = CliRunner().invoke(app, ["export", "--table", name, *options, "-o", str(file)])
    assert done.exit_code == 0, done.output
    assert read_csv(file.read_text("utf-8-sig")) == rows


def test_every_table_of_sums_is_held_against_the_pages() -> None:
    assert set(SHOWN) | set(NEEDED) == set(SUMMARIES)


@pytest.mark.parametrize("number", range(AS_A_PERSON_WOULD))
def test_the_command_run_by_itself_prints_the_same(place: Place, number) -> None:
    trial = drawn(number, place)
    assert of_process(trial) == of_csv(place, trial)


def test_the_bundle_holds_the_same_rows(place: Place, tmp_path) -> None:
    given = {"year": "2023", "unbalanced": "false"}
    file = tmp_path / "all.zip"
    done = CliRunner().invoke(
        app, ["export", "--table", "bundle", "--year", "2023", "--unbalanced", "false", "-o", file]
    )
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(file) as archive:
        for table in ("reports", "findings"):
            rows = read_csv(archive.read(f"{table}.csv").decode())
            assert rows == of_csv(place, Trial(table, given, (), 1000))
        described = json.loads(archive.read("datapackage.json"))
    assert described["gip:filters"] == given
