"""Replies of offices: read from files with every fault named, shown beside their findings."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from gipcore.errors import InvalidDataError
from gipcore.form.report import OfficeName
from gipcore.register.rows import load_register
from gipcore.store import database, reading
from gipcore.store.building import new_database, open_for_writing
from gipcore.store.database import database_state, open_engine
from gipcore.store.query import Query
from gipcore.store.records import Reading
from gipcore.store.replies import idle_replies
from gipcore.store.reply_files import load_replies
from gipcore.store.rows import Reply
from gipcore.store.writing import Writer
from tests.factories import FIRST_READ, REGISTER, balanced, country, make_report, read

TO_ALL = Reply(
    "xigong", 2024, "C301", "正在核对。", date(2026, 3, 1), "https://example.org/1", "办公室"
)
TO_TOTAL = Reply(
    "xigong", 2024, "C301", "合计有误。", date(2026, 3, 2), None, "办公室", ("received.total",)
)
EARLIER = Reply("xigong", 2023, "C801", "口径不同。", date(2025, 3, 2), None, "办公室")
ENTRY = """
[[reply]]
office = "xigong"
year = 2024
check = "C301"
cells = ["received.total", "disposed.total"]
text = "  表三合计\\n有误。 "
date = 2026-03-02
link = "https://example.org/a?b=c"
author = "办公室"
"""


def build(url: str, *replies: Reply, readings: tuple[Reading, ...] = country()) -> Engine:
    with new_database(url, REGISTER, replies=replies) as writer:
        for one in readings:
            writer.save(one)
    return open_engine(url, read_only=True)


def said(engine: Engine, query: Query = Query()) -> dict[str, tuple[Reply, ...]]:  # noqa: B008
    rows = reading.findings(engine, query)
    assert tuple(reading.iterate_findings(engine, query)) == rows
    return {row.id: row.replies for row in rows if row.replies}


def test_reply_stands_beside_the_findings_it_speaks_of(url: str):
    engine = build(url, EARLIER, TO_ALL, TO_TOTAL)
    found = said(engine)
    assert set(found.values()) == {(EARLIER,), (TO_ALL,), (TO_ALL, TO_TOTAL)}
    rows = {row.id: row for row in reading.findings(engine, Query(check="C301", year=2024))}
    for id_, replies in found.items():
        if TO_TOTAL in replies:
            assert "received.total" in rows[id_].cells
    assert said(engine, Query(office="huaian")) == {}


def test_figures_stay_as_printed(url: str, tmp_path):
    one, other = build(url), build(f"sqlite:///{tmp_path}/b", EARLIER, TO_ALL)
    assert reading.reports(one, Query()) == reading.reports(other, Query())
    bare = [replace(row, replies=()) for row in reading.findings(other, Query())]
    assert bare == list(reading.findings(one, Query()))


def test_replied_chooses_findings_and_their_reports(url: str):
    engine = build(url, EARLIER, TO_TOTAL)
    everything = reading.findings(engine, Query())
    for is_replied in (True, False):
        query = Query(replied=is_replied)
        rows = reading.findings(engine, query)
        assert rows == tuple(row for row in everything if bool(row.replies) is is_replied)
        assert reading.count_findings(engine, query) == len(rows)
        ids = {row.id for row in reading.reports(engine, query)}
        assert ids == {row.report_id for row in rows}
        assert reading.count_reports(engine, query) == len(ids)
    assert reading.count_findings(engine, Query(replied=True, check="C801")) == 1


def test_replies_that_no_finding_shows_are_named(url: str):
    of_no_office, of_no_finding = replace(TO_ALL, office_id="x-0"), replace(TO_ALL, code="C401")
    elsewhere = replace(TO_TOTAL, cells=("received.total", "fees.total"))
    idle = (elsewhere, of_no_office, of_no_finding)
    engine = build(url, EARLIER, TO_ALL, TO_TOTAL, *idle)
    with database.reading(engine) as connection:
        assert idle_replies(connection) == idle


def test_replies_of_an_office_come_by_date(url: str):
    engine = build(url, EARLIER, TO_ALL, TO_TOTAL)
    assert reading.replies(engine, "xigong") == (EARLIER, TO_ALL, TO_TOTAL)
    assert reading.replies(engine, "xigong", 2024) == (TO_ALL, TO_TOTAL)
    assert reading.replies(engine, "xigong", 2020) == ()
    assert reading.replies(engine, "no\0body") == ()


def test_replies_are_part_of_the_content(url: str, tmp_path):
    hashes = {
        database_state(build(f"sqlite:///{tmp_path}/{n}", *replies)).content_hash
        for n, replies in enumerate([(), (TO_ALL,), (TO_ALL, TO_TOTAL), (replace(TO_ALL, year=1),)])
    }
    assert len(hashes) == 4
    assert database_state(build(url, TO_ALL, TO_TOTAL)).content_hash in hashes


def test_ingest_takes_new_replies_and_leaves_withdrawn_ones(url: str, tmp_path):
    build(url, TO_ALL).dispose()
    with open_for_writing(url, REGISTER, replies=(EARLIER, TO_TOTAL)):
        pass
    engine = open_engine(url, read_only=True)
    assert set(said(engine).values()) == {(EARLIER,), (TO_TOTAL,)}
    clean = build(f"sqlite:///{tmp_path}/b", EARLIER, TO_TOTAL)
    assert database_state(clean).content_hash == database_state(engine).content_hash
    assert reading.findings(clean, Query()) == reading.findings(engine, Query())
    with open_for_writing(url, REGISTER):
        pass
    assert len(said(engine)) == len(said(clean))


def test_report_that_comes_after_its_reply_is_replied_to(url: str):
    late = Reply("luoyang", 2023, "C301", "说明。", date(2026, 1, 1), None, "办公室")
    build(url, late).dispose()
    unbalanced = balanced(3) | {"carried_forward.natural_person": 1, "carried_forward.total": 1}
    with open_for_writing(url, REGISTER) as engine, engine.begin() as connection:
        Writer(connection).save(read(make_report("洛阳市人民政府", 2023, unbalanced)))
    assert set(said(open_engine(url, read_only=True)).values()) == {(late,)}


def test_reply_outlives_the_office_that_only_documents_name(url: str):
    report = make_report("某某县发展和改革局", 2022, {"received.total": 1})
    engine = build(url, readings=(read(report),))
    (office,) = reading.offices(engine, Query(year=2022))
    reply = Reply(office.id, 2022, "C301", "说明。", date(2026, 1, 1), None, "办公室")
    build(url, reply, readings=(read(report),)).dispose()
    moved = Reading(replace(report, office=OfficeName("xigong")), FIRST_READ, is_assigned=True)
    with open_for_writing(url, REGISTER) as writing:
        with writing.begin() as connection:
            Writer(connection).save(moved)
        assert said(open_engine(url, read_only=True)) == {}
        with writing.begin() as connection:
            Writer(connection).save(replace(read(report), is_assigned=True))
    assert set(said(open_engine(url, read_only=True)).values()) == {(reply,)}


def test_gone_finding_keeps_its_reply(url: str):
    readings = (
        *country(),
        read(make_report("西工区人民政府", 2024, balanced(7)), 30),
    )
    rows = reading.gone_findings(build(url, TO_TOTAL, readings=readings), Query(replied=True))
    assert [row.replies for row in rows] == [(TO_TOTAL,)]
    assert "received.total" in rows[0].cells


def write(folder: Path, *files: str) -> Path:
    for number, content in enumerate(files):
        (folder / f"{number}.toml").write_text(content, encoding="utf-8")
    return folder


def test_file_is_read_word_for_word(tmp_path: Path):
    (reply,) = load_replies(REGISTER, write(tmp_path, ENTRY))
    assert reply == Reply(
        "xigong",
        2024,
        "C301",
        "表三合计\n有误。",
        date(2026, 3, 2),
        "https://example.org/a?b=c",
        "办公室",
        ("received.total", "disposed.total"),
    )


def test_replies_of_all_files_come_by_date(tmp_path: Path):
    files = (ENTRY, ENTRY.replace("03-02", "01-02") + ENTRY.replace("2024", "2023"))
    found = load_replies(REGISTER, write(tmp_path, *files))
    assert [reply.date.month for reply in found] == [1, 3, 3]


def test_optional_keys_and_offices_of_documents(tmp_path: Path):
    lines = [line for line in ENTRY.splitlines() if not line.startswith(("cells", "link"))]
    entry = "\n".join(lines).replace('"xigong"', '"x-0123456789"')
    (reply,) = load_replies(REGISTER, write(tmp_path, entry))
    assert (reply.office_id, reply.cells, reply.link) == ("x-0123456789", (), None)


def test_folder_without_replies_is_no_fault(tmp_path: Path):
    assert load_replies(REGISTER, tmp_path / "none") == ()


def test_own_replies_are_all_read():
    load_replies(load_register())


def changed(old: str, new: str) -> Callable[[], str]:
    assert old in ENTRY
    return lambda: ENTRY.replace(old, new)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: "[[reply", r"0\.toml: not a file of replies"),
        (lambda: "reply = 1", r"0\.toml: only \[\[reply\]\]"),
        (lambda: 'title = "x"' + ENTRY, r"0\.toml: only \[\[reply\]\]"),
        (lambda: ENTRY + ENTRY, r"0\.toml, reply 2: 0\.toml, reply 1 is the same"),
        (changed("author", "autor"), "reply 1: author is missing; autor has no meaning"),
        (changed('"xigong"', '"nobody"'), "no office has the id 'nobody'"),
        (changed('"xigong"', "3"), "no office has the id 3"),
        (changed("2024", "20240"), "year is 20240"),
        (changed("2024", "true"), "year is True"),
        (changed('"C301"', '"C999"'), "check is 'C999'"),
        (changed('"C301"', '["C301"]'), "check is"),
        (changed("disposed.total", "disposed"), "the form has no cell 'disposed'"),
        (changed('"disposed.total"', '["a"]'), "the form has no cell"),
        (changed("date = 2026-03-02", 'date = "2026-03-02"'), "date is '2026-03-02'"),
        (changed("date = 2026-03-02", "date = 2026-03-02T01:02:03Z"), "write a day"),
        (changed("https:", "javascript:"), "link is 'javascript:"),
        (changed("?b=c", "' onclick='x"), "link is"),
        (changed('"办公室"', '" "'), "author is ' '"),
        (changed('"办公室"', f'"{"长" * 5001}"'), "author has 5001 characters"),
        (changed("表三", "\\u0000"), "text is"),
    ],
)
def test_every_fault_is_named_with_file_and_entry(
    tmp_path: Path, content: Callable[[], str], words: str
):
    with pytest.raises(InvalidDataError, match=words):
        load_replies(REGISTER, write(tmp_path, content()))
