"""Texts of reports: kept beside the figures, and when a change of words is a revision."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, func, select

from gipcore.form.report import OfficeName, Passage, Report, SourceFile
from gipcore.store import models, reading, texts
from gipcore.store.building import open_for_writing
from gipcore.store.database import database_state, open_engine
from gipcore.store.query import Query
from gipcore.store.records import Reading
from gipcore.store.writing import Saved, Writer
from tests.factories import FIRST_READ, REGISTER, balanced, build, make_report, read

ID = "xigong-2024"
WORDS = (
    Passage(0, "首页 > 政府信息公开", "paragraph 1"),
    Passage(1, "一、总体情况", "section 1, heading"),
    Passage(1, "2024年，本机关收到申请 3 件。", "section 1, paragraph 1"),
    Passage(5, "存在的问题\0和\ud800“改进”情况", "section 5, paragraph 1"),
)


def with_text(*passages: Passage, file: str = "a.html", format_: str = "html") -> Report:
    report = make_report(figures=balanced(3))
    sha256 = texts.words_digest((Passage(1, file + repr(passages), ""),))
    return replace(report, source=SourceFile(file, sha256, format_, 9), passages=passages)


def saying(words: str, **source: str) -> Report:
    return with_text(*WORDS[:2], Passage(1, words, "section 1, paragraph 1"), **source)


def save(url: str, *reports: Report) -> list[Saved]:
    with open_for_writing(url, REGISTER) as engine:
        saved = []
        for number, report in enumerate(reports):
            with engine.begin() as connection:
                saved.append(Writer(connection).save(read(report, number)))
    return saved


@pytest.fixture
def empty(url: str) -> str:
    build(url, ()).dispose()
    return url


def test_text_comes_back_as_it_was_read(url: str):
    engine = build(url, [read(with_text(*WORDS))])
    assert reading.passages(engine, ID) == WORDS
    assert reading.passages(engine, ID, 1) == WORDS
    stored = reading.report(engine, ID)
    assert stored is not None
    assert stored.report.passages == ()


def test_what_has_no_text_has_no_passages(url: str):
    engine = build(url, [read(make_report())])
    assert reading.passages(engine, ID) == ()
    assert reading.passages(engine, ID, 7) == ()
    assert reading.passages(engine, "nobody-2024") == ()
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(models.RevisionText)) == 0


def test_every_revision_keeps_its_text(empty: str):
    saved = save(empty, saying("收到申请三件。"), saying("收到申请四件。"))
    assert saved == [Saved.NEW, Saved.REVISED]
    engine = open_engine(empty, read_only=True)
    assert [reading.passages(engine, ID, n)[2].text for n in (1, 2)] == [
        "收到申请三件。",
        "收到申请四件。",
    ]
    assert reading.passages(engine, ID) == reading.passages(engine, ID, 2)
    assert reading.report_changes(engine, ID) == ()


@pytest.mark.parametrize(
    "same",
    [
        saying("收到 申请，三件", file="b.html"),
        saying("收到申请三件。", file="c.html"),
        saying("另外一些话。", file="a.docx", format_="docx"),
        with_text(file="b.html"),
        with_text(
            Passage(0, "网站首页", "paragraph 1"),
            Passage(1, "一、总体情况", "section 1, heading"),
            Passage(1, "收到申请三", "section 1, paragraph 1"),
            Passage(1, "件。", "section 1, paragraph 2"),
        ),
    ],
    ids=["marks", "file", "another format", "no text", "lines and what stands around"],
)
def test_same_words_or_another_kind_of_document_make_no_revision(empty: str, same: Report):
    assert save(empty, saying("收到申请三件。"), same) == [Saved.NEW, Saved.UNCHANGED]


def test_text_of_a_report_kept_without_one_is_no_revision(empty: str):
    assert save(empty, with_text(), saying("收到申请三件。")) == [Saved.NEW, Saved.UNCHANGED]


def test_text_is_part_of_the_content(url: str, tmp_path):
    hashes = {
        database_state(build(f"sqlite:///{tmp_path}/{n}", [read(report)])).content_hash
        for n, report in enumerate(
            replace(with_text(*WORDS), passages=passages) for passages in ((), WORDS[:2], WORDS)
        )
    }
    assert len(hashes) == 3
    assert database_state(build(url, [read(with_text(*WORDS))])).content_hash in hashes


def test_document_given_to_another_office_takes_its_text_along(empty: str):
    wrong, kept = saying("收到申请三件。"), saying("收到申请四件。")
    save(empty, wrong, kept)
    moved = replace(wrong, office=OfficeName("huaian"))
    with open_for_writing(empty, REGISTER) as engine, engine.begin() as connection:
        Writer(connection).save(Reading(moved, FIRST_READ, is_assigned=True))
    engine = open_engine(empty, read_only=True)
    assert reading.passages(engine, "huaian-2024") == wrong.passages
    assert reading.passages(engine, ID) == kept.passages
    clean = build(empty, [Reading(moved, FIRST_READ, is_assigned=True), read(kept, 1)])
    assert database_state(clean).content_hash == database_state(engine).content_hash


def test_long_text_is_cut(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(texts, "MOST_CHARACTERS", 12)
    kept = texts.decode_passages(texts.encode_passages([Passage(1, "十个字" * 3, "a")] * 3))
    assert [len(passage.text) for passage in kept] == [9, 3]


def parts(url: str, *files: str) -> Engine:
    """Ingest a file of several reports, each of an office of its own."""
    offices = ("西工区人民政府", "淮安市人民政府")
    for file, office in zip(files, offices, strict=True):
        report = make_report(office, 2024, balanced(3))
        source = SourceFile(file, "ab" * 32, "html", 9)
        save(url, replace(report, source=source))
    return open_engine(url, read_only=True)


def test_one_file_may_hold_the_reports_of_several_offices(empty: str):
    engine = parts(empty, "a.html", "a.html#2")
    assert {row.id for row in reading.reports(engine, Query())} == {ID, "huaian-2024"}
    corrected = replace(
        make_report("洛阳市人民政府", 2024, balanced(3)),
        source=SourceFile("a.html#2", "ab" * 32, "html", 9),
    )
    with open_for_writing(empty, REGISTER) as writing, writing.begin() as connection:
        Writer(connection).save(Reading(corrected, FIRST_READ, is_assigned=True))
    assert {row.id for row in reading.reports(engine, Query())} == {ID, "luoyang-2024"}


def test_two_reports_of_one_office_and_year_in_a_file_are_both_kept(empty: str):
    source = SourceFile("a.html", "ab" * 32, "html", 9)
    one = replace(make_report(figures=balanced(3)), source=source)
    other = replace(make_report(figures=balanced(4)), source=replace(source, file="a.html#2"))
    assert save(empty, one, other, other) == [Saved.NEW, Saved.REVISED, Saved.UNCHANGED]
