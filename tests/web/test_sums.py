"""The routes of sums: every number that a page works out can be fetched by its own address."""

import csv
from io import StringIO

import pytest

from gipcore.export.filters import NEEDED
from gipcore.export.tables import SUMMARIES
from tests.web.client import Server

XIGONG = "xigong-government-office"
HONGZE = "hongze-government"


def rows(server: Server, target: str) -> list[dict]:
    answer = server.fetch(f"/api/v1/{target}")
    assert answer.status == 200, answer.text
    return answer.json["rows"]


@pytest.mark.parametrize("name", [name for name in SUMMARIES if name not in NEEDED])
def test_pages_of_json_hold_the_rows_of_the_csv(server: Server, name):
    target, found = f"/api/v1/{name}.json?limit=3", []
    while target and len(found) < 30:
        answer = server.fetch(target).json
        found += answer["rows"]
        target = answer["next"]
    whole = server.fetch(f"/api/v1/{name}.csv")
    listed = list(csv.DictReader(StringIO(whole.text, newline="")))
    assert int(whole.headers["x-total-count"]) == len(listed) == answer["total"] > 0
    said = [{key: "" if v is None else v for key, v in row.items()} for row in found]
    for row, read in zip(said, listed[: len(said)], strict=True):
        for key, value in row.items():
            assert str(value).lower() == read[key].lower(), key


def test_one_cell_is_one_figure(server: Server):
    target = f"cells.json?office={XIGONG}&year=2025&cell=received.total"
    [row] = rows(server, target)
    assert (row["value"], row["state"], row["raw"]) == (117, "number", "117")


def test_a_sum_says_of_how_many_reports_it_is_and_how_many_are_left_out(server: Server):
    [row] = rows(server, "totals.json?year=2025&cell=received.total")
    found = rows(server, "reports.json?year=2025")
    assert row["total"] == sum(report["received_total"] for report in found)
    assert (row["reports"], row["reports_with_number"], row["left_out"]) == (4, 4, 0)
    [balanced] = rows(server, "totals.json?balanced=true&cell=received.total")
    assert balanced["left_out"] == 10 - balanced["reports"] > 0


def test_a_blank_cell_is_not_added_as_zero(server: Server):
    added = rows(server, "totals.json?form=2019&limit=1000")
    with_blanks = [row for row in added if row["reports_with_number"] < row["reports_with_cell"]]
    assert with_blanks
    assert all(row["total"] is None for row in with_blanks)


def test_an_outcome_of_an_applicant_is_one_row(server: Server):
    query = f"office={XIGONG}&year=2025"
    [row] = rows(server, f"outcomes.json?{query}&outcome=granted&applicant=total")
    [report] = rows(server, f"reports.json?{query}")
    assert (row["count"], row["denominator"]) == (report["granted_total"], 115)
    assert row["share"] == pytest.approx(row["count"] / 115)
    assert row["interval_low"] < row["share"] < row["interval_high"]


def test_shares_of_sums_have_no_interval(server: Server):
    of_many = rows(server, "outcomes.json?year=2025&outcome=granted")
    assert any(row["share"] is not None for row in of_many)
    assert all(row["interval_low"] is None for row in of_many)


def test_routes_of_review_can_be_asked_for(server: Server):
    [row] = rows(server, f"reviews.json?office={HONGZE}&year=2023&route=reconsideration")
    assert row["total"] == 0
    assert row["denominator"] == 11


def test_one_share_of_one_report_is_one_row(server: Server):
    target = f"shares.json?office={XIGONG}&year=2025&indicator=granted_share"
    [row] = rows(server, target)
    assert (row["id"], row["denominator"]) == (f"{XIGONG}-2025~granted_share", 115)


def test_shares_are_paged_within_a_report(server: Server):
    whole = rows(server, "shares.json?limit=1000")
    target, found = "/api/v1/shares.json?limit=4", []
    while target:
        answer = server.fetch(target).json
        found += answer["rows"]
        target = answer["next"]
    assert found == whole
    assert len({row["id"] for row in found}) == 10 * 9


def test_counts_part_the_reports(server: Server):
    by_region = rows(server, "counts_by_region.json")
    by_level = rows(server, "counts_by_level.json")
    by_year = rows(server, "counts_by_year.json")
    [whole] = rows(server, "coverage.json")
    for parts in (by_region, by_level, by_year):
        assert sum(part["reports"] for part in parts) == whole["reports"] == 10
        assert sum(part["unbalanced"] for part in parts) == whole["unbalanced"] == 1
    assert whole["balanced"] + whole["unbalanced"] + whole["undecided"] == 10
    [check] = rows(server, "counts_by_check.json?check=C401")
    assert (check["failed"], check["severity"]) == (1, "error")


@pytest.mark.parametrize(
    ("target", "parameter"),
    [
        ("outcomes.json?outcome=nothing", "outcome"),
        ("outcomes.csv?applicant=%3Cb%3E", "applicant"),
        ("reviews.json?route=x", "route"),
        ("shares.csv?indicator=granted", "indicator"),
        ("reports.csv?without=nobody", "without"),
        ("quartiles.json?without=a%00", "without"),
        ("totals.json?cell=received", "cell"),
        ("outcomes.json?cell=received.total", "cell"),
    ],
)
def test_what_no_row_has_is_refused_by_name(server: Server, target, parameter):
    answer = server.fetch(f"/api/v1/{target}")
    assert (answer.status, answer.json["error"]["parameter"]) == (400, parameter)


def test_a_place_of_shares_that_no_page_gave_is_not_found(server: Server):
    for after in ("nobody-2025~granted_share", f"{XIGONG}-2025~nothing", "x"):
        answer = server.fetch(f"/api/v1/shares.json?after={after}")
        assert (answer.status, answer.json["error"]["code"]) == (404, "unknown_place")


def test_nothing_changed_since_the_newest_state(server: Server):
    past = "0123456789ab.20200101T000000"
    newest = server.fetch(f"/api/v1/changes.json?since={past}").json["facts"]["newest"]
    found = server.fetch(f"/api/v1/changes.json?since={newest}").json
    assert (found["total"], found["facts"]["is_current"]) == (0, True)


def test_since_before_all_reports_every_report_is_new(server: Server):
    target = "changes.json?since=0123456789ab.20200101T000000&limit=1000"
    found = server.fetch(f"/api/v1/{target}").json
    assert (found["facts"]["reports_new"], found["facts"]["is_proved"]) == (10, False)
    new = [row for row in found["rows"] if row["change"] == "report_new"]
    assert {row["report_id"] for row in new} == {
        row["id"] for row in rows(server, "reports.json?limit=100")
    }
    only = rows(server, f"{target}&change=finding_new&year=2023")
    assert {row["change"] for row in only} == {"finding_new"}
    assert all(row["check"] and row["sentence_zh"] for row in only)


@pytest.mark.parametrize("suffix", ["json", "csv"])
@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("", 400, "missing_parameter"),
        ("?since=", 400, "missing_parameter"),
        ("?since=yesterday", 400, "bad_parameter"),
        ("?since=0123456789ab.20990101T000000", 404, "unknown_snapshot"),
        ("?since=0123456789ab.20201399T000000", 404, "unknown_snapshot"),
    ],
)
def test_a_state_that_cannot_have_been_is_refused(server: Server, suffix, query, status, code):
    answer = server.fetch(f"/api/v1/changes.{suffix}{query}")
    error = answer.json["error"]
    assert (answer.status, error["code"], error["parameter"]) == (status, code, "since")
