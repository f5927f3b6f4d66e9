"""Writing: revisions, repeated documents, last year's report, and sums that follow."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, func, select

from gipcore.form.report import OfficeName, Report, SourceFile, State
from gipcore.store import models, reading
from gipcore.store.building import new_database, open_for_writing
from gipcore.store.database import database_state, open_engine
from gipcore.store.offices import UnplacedReportError
from gipcore.store.query import Query
from gipcore.store.records import Reading
from gipcore.store.writing import Rejected, Saved, Writer
from tests.factories import (
    FIRST_READ,
    REGISTER,
    balanced,
    build,
    claim_of_received,
    country,
    dump,
    make_report,
    read,
)
from tests.store.answers import QUERIES, Country, answers, summary


def add(url: str, *readings: Reading) -> list[Saved]:
    """Save readings as ingest does: a transaction each."""
    saved = []
    with open_for_writing(url, REGISTER) as engine:
        for one in readings:
            with engine.begin() as connection:
                saved.append(Writer(connection).save(one))
    return saved


def from_file(report: Report, file: str) -> Report:
    """Return the same report as another document gives it."""
    source = SourceFile(file, f"{len(file):064x}", "html", 99)
    cells = {
        name: replace(value, place=f"elsewhere {name}") for name, value in report.cells.items()
    }
    return replace(report, source=source, cells=cells, title=f"  {report.title}")


@pytest.fixture
def empty(url: str) -> str:
    build(url, ()).dispose()
    return url


def test_new_report_then_the_same_document(empty: str):
    report = read(make_report(figures=balanced(3)))
    assert add(empty, report, report) == [Saved.NEW, Saved.UNCHANGED]
    engine = open_engine(empty, read_only=True)
    assert reading.count_reports(engine, Query()) == 1


def test_changed_document_makes_a_revision_and_keeps_the_old(empty: str):
    first, second = make_report(figures=balanced(3)), make_report(figures=balanced(4))
    assert add(empty, read(first), read(second, 1)) == [Saved.NEW, Saved.REVISED]
    engine = open_engine(empty, read_only=True)
    (row,) = reading.reports(engine, Query())
    assert (row.revision, row.headline["received_total"]) == (2, 4)
    old = reading.report(engine, row.id, revision=1)
    assert old is not None
    assert (old.row.revision, old.row.headline["received_total"]) == (1, 3)
    assert old.row.source_sha256 == first.source.sha256
    assert old.row.read_at == FIRST_READ
    assert old.revisions == (1, 2)
    changes = {change.cell: change for change in reading.report_changes(engine, row.id)}
    assert set(changes) == set(balanced(3))
    total = changes["received.total"]
    assert (total.revision, total.old_value, total.new_value) == (2, 3, 4)
    assert (total.old_state, total.new_state) == (State.NUMBER, State.NUMBER)
    assert (total.old_raw, total.new_raw) == ("3", "4")


def test_blank_and_absent_cells_are_changes_too(empty: str):
    name = "denied.state_secret.total"
    add(
        empty,
        read(make_report(figures={name: 2})),
        read(make_report(figures={name: None}), 1),
        read(make_report(without=(name,)), 2),
    )
    changes = reading.report_changes(open_engine(empty, read_only=True), "xigong-2024")
    assert [(c.revision, c.old_value, c.new_value, c.new_state) for c in changes] == [
        (2, 2, None, State.BLANK),
        (3, None, None, None),
    ]


def test_same_figures_from_another_document_are_no_revision(empty: str):
    report = make_report(figures=balanced(3), claims=(claim_of_received(3),))
    other = from_file(report, "the same as a web page.html")
    assert add(empty, read(report), read(other, 1), read(other, 2)) == [
        Saved.NEW,
        Saved.UNCHANGED,
        Saved.UNCHANGED,
    ]
    engine = open_engine(empty, read_only=True)
    stored = reading.report(engine, "xigong-2024")
    assert stored is not None
    assert stored.revisions == (1,)
    assert stored.row.source_sha256 == report.source.sha256
    with engine.connect() as connection:
        files = connection.scalars(
            select(models.Document.file_name).order_by(models.Document.read_at)
        ).all()
    assert files == [report.source.file, other.source.file]


def test_changed_claim_alone_is_a_revision(empty: str):
    figures = balanced(3)
    first = make_report(figures=figures, claims=(claim_of_received(3),))
    second = make_report(figures=figures, claims=(claim_of_received(5),))
    assert add(empty, read(first), read(second, 1)) == [Saved.NEW, Saved.REVISED]
    engine = open_engine(empty, read_only=True)
    assert reading.report_changes(engine, "xigong-2024") == ()
    assert [row.code for row in reading.findings(engine, Query())] == ["C801"]


def test_old_figures_coming_back_are_a_revision(empty: str):
    first, second = make_report(figures=balanced(3)), make_report(figures=balanced(4))
    again = from_file(first, "back.html")
    saved = add(empty, read(first), read(second, 1), read(again, 2))
    assert saved == [Saved.NEW, Saved.REVISED, Saved.REVISED]


def test_sums_follow_every_revision(empty: str):
    """What was added one by one is what adding up from the ground gives."""
    revised = [
        read(make_report("西工区人民政府", 2024, balanced(9)), 20),
        read(make_report("淮安市人民政府", 2024, {"received.total": None}), 21),
        read(make_report("某某县发展和改革局", 2024, balanced(2), without=("disposed.total",)), 22),
    ]
    everything = [*country(), *revised]
    add(empty, *everything)
    engine = open_engine(empty, read_only=True)
    expected = Country(REGISTER, everything)
    for query in QUERIES:
        assert summary(engine, query) == expected.answers(query), query


def test_ingesting_and_building_give_the_same(empty: str, tmp_path):
    everything = [*country(), read(make_report("西工区人民政府", 2024, balanced(9)), 20)]
    add(empty, *everything)
    one, other = open_engine(empty, read_only=True), build(f"sqlite:///{tmp_path}/b", everything)
    for query in QUERIES:
        assert answers(one, query) == answers(other, query), query
    assert database_state(one).content_hash == database_state(other).content_hash
    assert database_state(one).read_at == database_state(other).read_at


def test_content_hash_names_the_content(url: str, tmp_path):
    readings = country()
    hashes = {
        database_state(build(f"sqlite:///{tmp_path}/{n}", readings[:n])).content_hash
        for n in range(len(readings) + 1)
    }
    assert len(hashes) == len(readings) + 1
    later = [replace(one, read_at=None) for one in readings]
    same = database_state(build(url, later))
    assert same.content_hash in hashes
    assert same.read_at is None


def test_order_of_documents_does_not_change_the_content(url: str, tmp_path):
    readings = country()
    one, other = build(url, readings), build(f"sqlite:///{tmp_path}/b", reversed(readings))
    assert database_state(one).content_hash == database_state(other).content_hash


def test_document_given_to_another_office_leaves_the_first(empty: str):
    wrong = read(make_report("西工区人民政府", 2024, balanced(3)))
    kept = read(make_report("西工区人民政府", 2024, balanced(8)), 1)
    add(empty, wrong, kept)
    right = Reading(
        replace(wrong.report, office=OfficeName("huaian")), wrong.read_at, is_assigned=True
    )
    assert add(empty, right, right) == [Saved.NEW, Saved.UNCHANGED]
    engine = open_engine(empty, read_only=True)
    rows = {row.id: row for row in reading.reports(engine, Query())}
    assert {id: row.headline["received_total"] for id, row in rows.items()} == {
        "huaian-2024": 3,
        "xigong-2024": 8,
    }
    assert rows["xigong-2024"].revision == 1
    assert rows["huaian-2024"].office_name == "淮安市人民政府"
    clean = build(empty, [right, kept])
    assert database_state(clean).content_hash == database_state(engine).content_hash


def test_report_without_any_document_goes(empty: str):
    report = make_report("某某县发展和改革局", 2024, balanced(3))
    before = database_state(open_engine(empty)).content_hash
    add(empty, read(report))
    assigned = replace(report, office=OfficeName("西工区人民政府"))
    add(empty, Reading(assigned, FIRST_READ, is_assigned=True))
    engine = open_engine(empty, read_only=True)
    assert [row.id for row in reading.reports(engine, Query())] == ["xigong-2024"]
    assert reading.count_offices(engine, Query()) == len(REGISTER.offices)
    assert reading.years(engine) == (2024,)
    assert before != database_state(engine).content_hash


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (make_report(office=""), "no_office"),
        (make_report(office="（　）"), "no_office"),
        (make_report(office="长" * 500), "no_office"),
        (replace(make_report(), office=OfficeName(None)), "no_office"),
        (replace(make_report(), year=None), "no_year"),
        (replace(make_report(), year=20240), "no_year"),
        (replace(make_report(), year=-1), "no_year"),
    ],
)
def test_report_of_no_known_office_or_year_is_refused(url: str, report: Report, code: str):
    build(url, ()).dispose()
    with pytest.raises(UnplacedReportError, match="give") as caught:
        add(url, read(report))
    assert caught.value.code == code
    assert reading.count_reports(open_engine(url), Query()) == 0


def test_name_of_several_offices_is_refused_and_an_id_accepted(url: str):
    town = replace(REGISTER.offices[2], id="town-a", name="城关镇人民政府", aliases=())
    register = replace(
        REGISTER,
        offices=(*REGISTER.offices, town, replace(town, id="town-b", region_code="410300")),
    )
    with new_database(url, register) as writer:
        with pytest.raises(UnplacedReportError, match=r"town-[ab].*town-[ab]") as caught:
            writer.save(read(make_report("城关镇人民政府")))
        assert caught.value.code == "ambiguous_office"
        assert writer.save(read(make_report("town-b"))) is Saved.NEW
    (row,) = reading.reports(open_engine(url), Query())
    assert (row.office_id, row.office_name) == ("town-b", "城关镇人民政府")


def test_unregistered_office_keeps_its_id_across_databases(url: str, tmp_path):
    names = ("某某县 发改局", "某某县发改局")
    ids = {
        reading.reports(build(address, [read(make_report(name))]), Query())[0].office_id
        for address, name in zip((url, f"sqlite:///{tmp_path}/b"), names, strict=True)
    }
    assert len(ids) == 1


def test_rejected_document_counts_until_it_is_read(empty: str):
    report = make_report("淮安市人民政府", 2024)
    sha256 = report.source.sha256
    with open_for_writing(empty, REGISTER) as engine, engine.begin() as connection:
        for _ in range(2):
            Writer(connection).reject(
                Rejected(sha256, "a.pdf", "scan", "a scan", FIRST_READ, "huaian", 2024)
            )
    engine = open_engine(empty, read_only=True)
    for query in (Query(), Query(region="32"), Query(year=2024), Query(office="huaian")):
        assert reading.coverage(engine, query).not_parsed == 1, query
    for query in (Query(region="41"), Query(year=2023), Query(level="county")):
        assert reading.coverage(engine, query).not_parsed == 0, query
    add(empty, read(report))
    assert reading.coverage(engine, Query()).not_parsed == 0


def test_failed_transaction_leaves_nothing(empty: str):
    with open_for_writing(empty, REGISTER) as engine:
        before = dump(engine)
        with pytest.raises(ZeroDivisionError), engine.begin() as connection:
            Writer(connection).save(read(make_report(figures=balanced(3))))
            raise ZeroDivisionError
        assert dump(engine) == before


def test_new_offices_of_the_register_are_added_without_a_build(empty: str):
    added = replace(REGISTER.offices[0], id="new-office", name="新机关", aliases=())
    register = replace(REGISTER, offices=(*REGISTER.offices, added))
    with open_for_writing(empty, register) as engine, engine.begin() as connection:
        assert Writer(connection).save(read(make_report("新机关"))) is Saved.NEW
    found = reading.office(open_engine(empty, read_only=True), "new-office")
    assert found is not None
    assert found.is_registered


def test_plain_zeros_are_not_stored(engine_of_one: Engine):
    with engine_of_one.connect() as connection:
        stored = connection.execute(
            select(models.FormCell.name, models.Cell.state)
            .join(models.Cell, models.Cell.cell == models.FormCell.number)
            .order_by(models.Cell.cell)
        ).all()
        wide = connection.scalar(select(func.count()).select_from(models.Report))
    assert dict(map(tuple, stored)) == {
        "received.natural_person": models.StoredState.NUMBER,
        "received.business": models.StoredState.BLANK,
        "received.total": models.StoredState.ABSENT,
        "denied.total": models.StoredState.NUMBER,
        "disposed.total": models.StoredState.NUMBER,
    }
    assert wide == 1


@pytest.fixture
def engine_of_one(url: str) -> Engine:
    """Give a database of one report: a figure, a blank, an absent cell, a printed subtotal 0."""
    report = make_report(
        figures={
            "received.natural_person": 2,
            "received.business": None,
            "denied.total": 0,
        },
        without=("received.total",),
    )
    odd_zero = replace(report.cells["disposed.total"], raw="０ 件")
    return build(url, [read(replace(report, cells={**report.cells, "disposed.total": odd_zero}))])
