"""Reading documents into the database: what becomes of each, and that nothing stops the rest."""

import io
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from gipcore import ingest
from gipcore.errors import InvalidDataError, NoReportError, StoreError, UnreadableDocumentError
from gipcore.form.report import OfficeName, Report
from gipcore.form.report_json import report_to_json
from gipcore.ingest import Rejection, Summary, build_database, ingest_paths, read_report
from gipcore.store import reading
from gipcore.store.archive import Archive
from gipcore.store.database import database_state, open_engine
from gipcore.store.query import Query
from tests.factories import balanced, dump, make_report

Ingest = Callable[..., Summary]


class Place:
    """A database, an archive and folders of a test's own."""

    def __init__(self, folder: Path, url: str) -> None:
        self.url = url
        self.inbox = folder / "inbox"
        self.reports = folder / "reports"
        self.replies = folder / "replies"
        self.archive = Archive(folder / "archive")
        self.inbox.mkdir()
        self.reports.mkdir()
        self.replies.mkdir()

    def put(self, name: str, content: str | bytes | Report, folder: Path | None = None) -> Path:
        file = (folder or self.inbox) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Report):
            content = json.dumps(report_to_json(content), ensure_ascii=False)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def ingest(self, *paths: Path, **options: object) -> Summary:
        return ingest_paths(
            paths or [self.inbox],
            self.url,
            reports_dir=self.reports,
            archive_dir=self.archive.folder,
            replies_dir=self.replies,
            **options,  # type: ignore[arg-type]
        )

    def build(self, **options: object) -> Summary:
        return build_database(
            self.url,
            reports_dir=self.reports,
            archive_dir=self.archive.folder,
            replies_dir=self.replies,
            **options,  # type: ignore[arg-type]
        )

    def engine(self) -> Engine:
        return open_engine(self.url, read_only=True)

    def rows(self, query: Query = Query()) -> dict[str, object]:  # noqa: B008 - it is frozen
        found = reading.reports(self.engine(), query)
        return {row.id: row.headline["received_total"] for row in found}

    def hash(self) -> str:
        return database_state(self.engine()).content_hash


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path, f"sqlite:///{tmp_path}/gip.sqlite")


def tabbed(
    received: int = 3, office: str | None = "西工区人民政府", year: int | None = 2024
) -> str:
    """Return a report as text with tabs, its table 3 with all lines of the form."""
    report = make_report(office or "", year or 2024, balanced(received))
    lines = [f"{office or ''}{f'{year}年' if year else ''}政府信息公开工作年度报告", ""]
    lines += ["一、总体情况", "本机关依法开展工作。", "三、收到和处理政府信息公开申请情况"]
    table = report.edition.tables[1]
    for line in table.lines:
        names = [cell.name for cell in table.cells if cell.line is line]
        if names[0] in report.cells:
            figures = (str(report.number(name)) for name in names)
            lines.append("\t".join((line.printed, *figures)))
    return "\n".join(lines) + "\n"


@pytest.fixture(params=[1, 2])
def jobs(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def test_document_is_read_with_its_source(place: Place):
    file = place.put("a.txt", tabbed())
    report = read_report(file)
    assert report.source.file == "a.txt"
    assert report.source.bytes == file.stat().st_size
    assert report.number("received.total") == 3
    assert read_report(file.read_bytes(), "a.txt") == report


def test_normalized_report_is_read_as_it_is():
    report = make_report(figures=balanced(3))
    found = read_report(json.dumps(report_to_json(report)).encode(), "a.json")
    assert replace(found, office=report.office) == report
    assert found.office == OfficeName("西工区人民政府", None, "410303")


def test_region_that_a_normalized_report_gives_decides_between_several():
    report = make_report("鼓楼区人民政府")
    read = {}
    for code in ("320106", "350102", "410303", None):
        given = replace(report, office=OfficeName("鼓楼区人民政府", None, code))
        read[code] = read_report(json.dumps(report_to_json(given)).encode(), "a.json").office
    assert {code: office.region_code for code, office in read.items()} == {
        "320106": "320106",
        "350102": "350102",
        "410303": None,  # what the name cannot mean is not believed
        None: None,
    }
    assert read["320106"].suggestion is None
    assert "鼓楼区（江苏省南京市）" in (read[None].suggestion or "")


def test_unreadable_things_have_their_own_error(place: Place):
    with pytest.raises(UnreadableDocumentError) as caught:
        read_report(place.inbox / "missing.txt")
    assert caught.value.code == "unreadable_file"
    with pytest.raises(UnreadableDocumentError):
        read_report(place.inbox)
    with pytest.raises(UnreadableDocumentError):
        read_report(b"", "empty.txt")
    with pytest.raises(NoReportError):
        read_report("今天天气很好。\n".encode(), "weather.txt")
    with pytest.raises(InvalidDataError):
        read_report(b'{"schema": "gip-report/1"}', "a.json")


def test_summary_counts_what_became_of_each(place: Place, jobs: int):
    place.put("a.txt", tabbed(3))
    place.put("b.txt", tabbed(4, "淮安市人民政府"))
    assert place.ingest(jobs=jobs) == Summary(new=2, revised=0, unchanged=0, rejected=())
    place.put("a.txt", tabbed(5))
    place.put("c.txt", make_report("沭阳县发改局", 2023, balanced(9)))
    assert place.ingest(jobs=jobs) == Summary(new=1, revised=1, unchanged=1, rejected=())
    assert place.ingest(jobs=jobs) == Summary(new=0, revised=0, unchanged=3, rejected=())
    assert sorted(place.rows().values(), key=str) == [4, 5, 9]


def test_rejected_files_are_named_and_the_rest_goes_on(place: Place, jobs: int):
    place.put("a.txt", tabbed(3))
    place.put("b/empty.txt", b"")
    place.put("b/noise.bin", os.urandom(4000))
    place.put("b/weather.txt", "今天天气很好。\n")
    place.put("b/broken.json", '{"schema": "gip-report/1"}')
    place.put("c.txt", tabbed(4, "淮安市人民政府"))
    missing = place.inbox / "missing.txt"
    found = place.ingest(place.inbox, missing, jobs=jobs)
    assert (found.new, found.revised, found.unchanged) == (2, 0, 0)
    reasons = {Path(rejected.file).name: rejected for rejected in found.rejected}
    assert set(reasons) == {
        "empty.txt",
        "noise.bin",
        "weather.txt",
        "broken.json",
        "missing.txt",
    }
    assert reasons["empty.txt"].code == "empty_file"
    assert reasons["weather.txt"].code == "no_report"
    assert reasons["broken.json"].code == "invalid_data"
    assert reasons["missing.txt"].code == "unreadable_file"
    assert all(rejected.reason and "\n" not in rejected.reason for rejected in found.rejected)
    assert len(place.rows()) == 2


def test_reading_that_takes_too_long_costs_its_own_file(
    place: Place, monkeypatch: pytest.MonkeyPatch
):
    place.put("a.txt", tabbed(3))
    place.put("b.txt", tabbed(4, "淮安市人民政府"))
    monkeypatch.setattr(ingest, "READING_SECONDS", 1e-9)
    found = place.ingest(jobs=2)
    assert [rejected.code for rejected in found.rejected] == ["limits_exceeded"] * 2
    monkeypatch.undo()
    assert place.ingest(jobs=2).new == 2


def test_an_archive_gives_each_of_its_documents(place: Place, jobs: int):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("一.txt", tabbed(3))
        archive.writestr("夹/二.txt", tabbed(4, "淮安市人民政府"))
        archive.writestr("夹/三.txt", "今天天气很好。")
    place.put("all.zip", packed.getvalue())
    seen: list[tuple[int, int, str]] = []
    found = place.ingest(jobs=jobs, progress=lambda *step: seen.append(step))
    assert found.new == 2
    assert [(Path(r.file).name, r.code) for r in found.rejected] == [("三.txt", "no_report")]
    assert [(done, files) for done, files, _ in seen][-1] == (3, 3)
    ingested = place.rows()
    place.build(jobs=jobs)
    assert place.rows() == ingested


def test_folders_are_read_in_order_without_hidden_files(place: Place):
    for name in ("b/2.txt", "a/1.txt", ".hidden/3.txt", "a/.4.txt", "0.txt"):
        place.put(name, tabbed(3, f"第{name[-5]}号县人民政府"))
    (place.inbox / "loop").symlink_to(place.inbox)
    seen: list[tuple[int, int, str]] = []
    found = place.ingest(progress=lambda *step: seen.append(step))
    assert found.new == 3
    assert [Path(file).name for _, _, file in seen] == ["0.txt", "1.txt", "2.txt"]
    assert [(done, files) for done, files, _ in seen] == [(1, 3), (2, 3), (3, 3)]


def test_same_document_twice_in_one_batch_is_one(place: Place, jobs: int):
    for name in "abc":
        place.put(f"{name}.txt", tabbed(3))
    assert place.ingest(jobs=jobs) == Summary(new=1, revised=0, unchanged=2, rejected=())


def test_later_document_of_a_batch_is_the_later_revision(place: Place, jobs: int):
    for number in range(1, 6):
        place.put(f"{number}.txt", tabbed(number))
    assert place.ingest(jobs=jobs).revised == 4
    stored = reading.report(place.engine(), next(iter(place.rows())))
    assert stored is not None
    assert stored.row.headline["received_total"] == 5
    assert stored.revisions == (1, 2, 3, 4, 5)
    ingested = place.hash()
    assert place.build().rejected == ()
    assert place.hash() == ingested


def test_every_document_is_kept(place: Place):
    content = tabbed(3).encode()
    place.put("a.txt", content)
    place.put("weather.txt", "今天天气很好。\n")
    place.put("titled.txt", "某某县人民政府2023年政府信息公开工作年度报告\n一、总体情况\n无。\n")
    place.put("noise.bin", bytes(range(256)) * 8)
    before = datetime.now(UTC)
    place.ingest()
    kept = {document.file_name: document for document in place.archive.documents()}
    assert set(kept) == {"a.txt", "weather.txt", "titled.txt"}
    assert place.archive.read(kept["a.txt"]) == content
    assert before <= kept["a.txt"].read_at <= datetime.now(UTC)
    (row,) = reading.reports(place.engine(), Query())
    assert row.read_at == kept["a.txt"].read_at.replace(microsecond=0)
    assert row.source_sha256 == kept["a.txt"].sha256
    # A report without figures is missed; another document is not.
    assert reading.coverage(place.engine(), Query()).not_parsed == 1


def test_damaged_archive_is_kept_and_missed_like_any_document(place: Place, jobs: int):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("一.txt", tabbed(3))
    damaged = packed.getvalue()[:-30]
    place.put("cut.docx", damaged)
    place.put("other.zip", b"Rar!\x1a\x07\x00 and more")
    found = place.ingest(jobs=jobs)
    rejected = {Path(each.file).name: each.code for each in found.rejected}
    assert rejected == {"cut.docx": "broken_file", "other.zip": "unknown_format"}
    (kept,) = place.archive.documents()
    assert (kept.file_name, place.archive.read(kept)) == ("cut.docx", damaged)
    assert reading.coverage(place.engine(), Query()).not_parsed == 1
    ingested = place.hash()
    assert [each.code for each in place.build(jobs=jobs).rejected] == ["broken_file"]
    assert place.hash() == ingested


def test_report_without_office_or_year_asks_for_it(place: Place, jobs: int):
    place.put("office.txt", tabbed(3, office=None))
    place.put("year.txt", tabbed(4, "淮安市人民政府", year=None))
    found = place.ingest(jobs=jobs)
    assert {rejected.code: rejected.reason for rejected in found.rejected} == {
        "no_office": "no office was found in the document; give it with --office NAME",
        "no_year": "no year was found in the document; give it with --year",
    }
    office = place.ingest(place.inbox / "office.txt", office="hongze-government", jobs=jobs)
    year = place.ingest(place.inbox / "year.txt", year=2022, jobs=jobs)
    assert (office.new, year.new) == (1, 1)
    assert place.rows() == {"hongze-government-2024": 3, "huaian-government-2022": 4}
    assert reading.coverage(place.engine(), Query()).not_parsed == 0
    given = place.hash()
    place.build()
    assert place.hash() == given


def test_office_given_later_corrects_the_first(place: Place):
    file = place.put("a.txt", tabbed(3, "某某县人民政府"))
    place.ingest()
    (refused,) = place.ingest(file, office="洪泽区政府").rejected
    assert refused.code == "contradiction"
    assert place.ingest(file, office="洪泽区政府", is_correction=True).new == 1
    assert place.rows() == {"hongze-government-2024": 3}
    corrected = place.hash()
    place.build()
    assert place.hash() == corrected
    again = place.ingest(file, office="洪泽区政府", is_correction=True)
    assert again == Summary(0, 0, 1, ())


def test_build_reads_reports_and_archive(place: Place, jobs: int):
    place.put("normalized.json", make_report("淮安市人民政府", 2023, balanced(7)), place.reports)
    place.put("a.txt", tabbed(3, "洪泽区人民政府"))
    place.put("weather.txt", "今天天气很好。\n")
    place.ingest()
    ingested = dump(place.engine())
    found = place.build(jobs=jobs)
    assert (found.new, found.revised, found.unchanged) == (2, 0, 0)
    assert [rejected.code for rejected in found.rejected] == ["no_report"]
    assert dump(place.engine())["report"] == ingested["report"]
    assert reading.coverage(place.engine(), Query()).not_parsed == 0
    first = dump(place.engine())
    place.build()
    assert dump(place.engine()) == first


def test_normalized_report_wins_over_its_own_document(place: Place):
    file = place.put("a.txt", tabbed(3, "洪泽区人民政府"))
    place.ingest()
    report = read_report(file)
    reviewed = replace(report, title="looked over", cells=report.cells | balanced_cells(9))
    place.put("reviewed.json", reviewed, place.reports)
    assert place.build() == Summary(new=1, revised=0, unchanged=0, rejected=())
    (row,) = reading.reports(place.engine(), Query())
    assert (row.title, row.headline["received_total"], row.revision) == ("looked over", 9, 1)


def balanced_cells(number: int) -> dict[str, object]:
    return {name: make_report(figures=balanced(number)).cells[name] for name in balanced(number)}


def test_documents_read_later_revise_normalized_reports(place: Place):
    place.put("a.json", make_report("洪泽区人民政府", 2024, balanced(7)), place.reports)
    place.put("a.txt", tabbed(3, "洪泽区人民政府"))
    assert place.ingest().revised == 1
    place.build()
    assert place.rows() == {"hongze-government-2024": 3}


def test_broken_normalized_report_stops_the_build_and_leaves_the_database(place: Place):
    place.put("a.json", make_report("洪泽区人民政府", 2024, balanced(7)), place.reports)
    place.build()
    place.put("b.json", "{}", place.reports)
    with pytest.raises(InvalidDataError, match=r"b\.json"):
        place.build()
    assert place.rows() == {"hongze-government-2024": 7}


def test_damaged_document_of_the_archive_is_named(place: Place):
    place.put("a.txt", tabbed(3, "洪泽区人民政府"))
    place.put("b.txt", tabbed(3, "淮安市人民政府"))
    place.ingest()
    damaged = place.archive.documents()[0]
    (place.archive.folder / damaged.sha256[:2] / damaged.stored_as).write_bytes(b"other")
    found = place.build()
    assert [(r.file, r.code) for r in found.rejected] == [(damaged.file_name, "archive_damaged")]
    assert found.new == 1


def test_ingest_into_nothing_builds_first(place: Place):
    place.put("a.json", make_report("洪泽区人民政府", 2024, balanced(7)), place.reports)
    place.put("b.txt", tabbed(3, "淮安市人民政府"))
    assert place.ingest() == Summary(new=1, revised=0, unchanged=0, rejected=())
    assert len(place.rows()) == 2


def test_database_of_another_schema_is_not_written_to(place: Place):
    place.build()
    with open_engine(place.url).begin() as connection:
        connection.exec_driver_sql("UPDATE meta SET schema_version = 0")
    place.put("a.txt", tabbed(3))
    with pytest.raises(StoreError, match="gipcore build"):
        place.ingest()
    assert place.archive.documents() == []


def test_ingest_on_a_server(tmp_path: Path, postgresql_url: str):
    place = Place(tmp_path, postgresql_url)
    place.put("a.txt", tabbed(3, "洪泽区人民政府"))
    place.put("b.txt", tabbed(4, "洪泽区人民政府"))
    assert place.ingest(jobs=2) == Summary(new=1, revised=1, unchanged=0, rejected=())
    ingested = place.hash()
    place.build()
    assert place.hash() == ingested
    assert place.rows() == {"hongze-government-2024": 4}


def test_file_larger_than_any_report_is_refused_unread(place: Place):
    file = place.inbox / "large.txt"
    with file.open("wb") as large:
        large.truncate(1 << 34)
    (rejected,) = place.ingest().rejected
    assert rejected == Rejection(str(file), "too_large", rejected.reason)
    assert place.archive.documents() == []


def test_real_reports_of_the_project_are_read(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/gip.sqlite"
    found = build_database(url, archive_dir=tmp_path / "archive")
    assert found.rejected == ()
    engine = open_engine(url, read_only=True)
    rows = {row.id: row for row in reading.reports(engine, Query())}
    assert len(rows) == found.new >= 10
    assert not [row for row in reading.offices(engine, Query()) if not row.is_registered]
    office = rows["xigong-government-office-2025"].headline
    assert (
        office["received_total"],
        office["disposed_total"],
        office["carried_forward_total"],
    ) == (117, 115, 2)
    failed = reading.findings(engine, Query(severity="error"))
    assert {(row.report_id, row.code) for row in failed} == {
        ("hongze-government-2023", "C401"),
        ("hongze-government-2023", "C403"),
    }
    assert rows["hongze-government-2023"].is_balanced is False
    assert rows["shanghai-general-office-2019"].is_balanced is None


REPLY = """
[[reply]]
office = "{office}"
year = 2024
check = "C301"
text = "{text}"
date = 2026-03-02
author = "办公室"
"""


def test_replies_are_read_at_every_build_and_ingest(place: Place):
    place.put("a.txt", tabbed())
    place.ingest()
    (row,) = reading.reports(place.engine(), Query())
    for number, act in enumerate((place.ingest, place.build, place.ingest)):
        reply = REPLY.format(office=row.office_id, text=f"答复{number}")
        place.put("replies.toml", reply, place.replies)
        act()
        (found,) = reading.replies(place.engine(), row.office_id)
        assert (found.text, found.year) == (f"答复{number}", 2024)
    place.put("replies.toml", REPLY.format(office="nobody", text="x"), place.replies)
    before = place.hash()
    for act in (place.ingest, place.build):
        with pytest.raises(InvalidDataError, match=r"replies\.toml, reply 1: no office"):
            act()
    assert place.hash() == before
