"""The self-check page: read within bounds, told in plain words, and nothing of it kept."""

import io
import logging
import threading
import zipfile
from random import Random

import pytest
from lxml.html import fromstring

from gipcore.form.model import EditionId
from gipcore.labels import words
from gipcore.ui import self_check
from gipcore.ui.self_check import Given, check_draft
from tests.pages.reading import pieces, text
from tests.parsing.layouts import OFFICE, Layout, balanced_figures, write

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
SECRET = "本局尚未公布的一句话"


def draft(year=2024, text=SECRET, **changed):
    figures = balanced_figures(Random(5), EditionId.Y2021) | changed
    return write(figures, Layout(), edition=EditionId.Y2021, year=year, text=text).encode()


def wrong_draft(**given):
    figures = balanced_figures(Random(5), EditionId.Y2021)
    return draft(**given, **{"received.total": figures["received.total"] + 5})


def zipped(**members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.txt", data)
    return target.getvalue()


@pytest.fixture
def check(visit):
    """Return a function that gives a file to the page and presses the button."""

    def give(data=None, name="draft.txt", *, previous=None, pasted="", url=None, **parameters):
        app = visit("check", **({} if url is None else {"url": url}), **parameters)
        if data is not None:
            app.file_uploader(key="self_check_draft").set_value((name, data, "text/plain"))
        if previous is not None:
            found = app.file_uploader(key="self_check_previous")
            found.set_value(("last year.txt", previous, "text/plain"))
        app.text_area(key="self_check_text").set_value(pasted)
        submit = words()["self_check.submit"][parameters.get("lang", "zh")]
        next(button for button in app.button if button.label == submit).click()
        app.run()
        assert not app.exception
        return app

    return give


def test_wrong_total_is_told_with_its_place_and_both_figures(check):
    shown = text(check(wrong_draft()))
    assert f"{OFFICE} 2024 年报告" in shown
    assert "有2处要改" in shown
    listed = shown.split("修改清单")[1].split("带走")[0]
    assert listed.index("要改的（2）") < listed.index("C301") < listed.index("C303")
    assert "位置：表三第10列第4、5、27、28行" in listed
    assert "+5" in listed
    assert "同一格还涉及 C303" in listed


def test_findings_are_told_in_english_too(check):
    shown = text(check(wrong_draft(), lang="en"))
    assert "To put right (2)" in shown
    assert "Where: table 3, column 10, rows 4, 5, 27, 28" in shown


def test_cells_with_findings_are_marked_in_the_tables(check):
    app = check(wrong_draft())
    tables = [fromstring(piece) for piece in pieces(app) if "<table" in piece]
    marked = [cell for table in tables for cell in table.xpath("//td[contains(@class, 'failed')]")]
    assert len(marked) == 4 + 7 - 1  # a column and a row that cross


def test_clean_draft_balances(check):
    shown = text(check(draft()))
    assert "表格自身的数字关系全部成立" in shown
    assert "要改的（" not in shown


def test_last_year_is_compared_when_it_is_last_year(check):
    last_year = draft(2023, **{"carried_forward.total": 888})
    shown = text(check(draft(), previous=last_year))
    assert "已与 2023 年的报告对照" in shown
    assert "C901" in shown.split("修改清单")[1].split("带走")[0]
    shown = text(check(draft(), previous=draft(2020)))
    assert "不是2023年的，所以没有与它对照" in shown
    shown = text(check(draft(), previous=b"nothing"))
    assert "上一年的报告没有读出" in shown


def test_pasted_text_is_read_like_a_file(check):
    assert "有2处要改" in text(check(pasted=wrong_draft().decode()))


def test_each_report_of_an_archive_is_listed_and_one_shown(check):
    data = zipped(one=draft(2023), two=wrong_draft(), three="没有表格".encode())
    app = check(data, "all.zip")
    shown = text(app)
    assert "共 3 份文件，读出 2 份报告" in shown
    assert words()["rejections.no_report"]["zh"] in shown
    assert "2023 年报告" in shown.split("查看")[-1]
    app.selectbox(key="self_check_document").set_value(1).run()
    assert "有2处要改" in text(app).split("修改清单")[0].split("2024 年报告")[-1]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x00\x01\x02\x03" * 100, "unknown_format"),
        (b"   ", "empty_file"),
        ("只有一句话。".encode(), "no_report"),
        (b"PK\x03\x04 broken", "broken_file"),
        (b'{"schema": "gip-report/1", "cells": 3}', "invalid_data"),
    ],
)
def test_what_cannot_be_read_is_told_with_advice(check, data, code, language):
    shown = text(check(data, f"{SCRIPT}.bin", lang=language))
    assert words()["self_check.refused"][language] in shown
    assert words()[f"rejections.{code}"][language] in shown
    assert words()[f"self_check.advise_{code}"][language] in shown


def test_every_advice_is_for_a_reason_that_has_words():
    advised = {key.split("advise_")[1] for key in words() if key.startswith("self_check.advise_")}
    assert {f"rejections.{code}" for code in advised} <= words().keys()


def test_nothing_given_says_what_to_do(check):
    assert words()["self_check.nothing_given"]["zh"] in text(check())


def test_words_of_a_draft_stay_words(check):
    hostile = draft(text=f"{SCRIPT}:material/home: $x$ 本年新收申请{SCRIPT}134件")
    figures = hostile.decode().replace("\t0", f"\t{SCRIPT}", 3)
    app = check(figures.encode(), f"{SCRIPT}.txt")
    html = "".join(pieces(app))
    assert "<script" not in html
    assert "<img" not in html
    assert "alert(1)" in text(app)
    drawn = [element.value for element in (*app.markdown, *app.caption, *app.info)]
    assert not any("alert" in said or ":material" in said for said in drawn)


def test_nothing_of_a_draft_is_written_or_logged(check, tmp_path, caplog, monkeypatch):
    monkeypatch.setenv("GIP_ARCHIVE", str(tmp_path / "archive"))
    caplog.set_level(logging.DEBUG)
    app = check(wrong_draft(), "秘密.txt", url=f"sqlite:///{tmp_path / 'gip.sqlite'}")
    assert "有2处要改" in text(app)  # without any database
    assert list(tmp_path.iterdir()) == []
    assert SECRET not in caplog.text
    assert "秘密" not in caplog.text


def test_result_goes_when_asked_and_is_not_in_another_visit(check, visit):
    app = check(wrong_draft())
    clear = next(found for found in app.button if found.label == words()["self_check.clear"]["zh"])
    clear.click().run()
    assert "有2处要改" not in text(app)
    assert "有2处要改" not in text(visit("check"))


def test_fault_of_the_program_is_noted_without_the_words_of_the_draft(monkeypatch, caplog):
    def fail(*_):
        raise ValueError(SECRET)

    monkeypatch.setattr(self_check, "run_checks", fail)
    found = check_draft(Given("秘密.txt", draft()), None, lambda _: None)
    assert [one.code for one in found.found] == ["program_fault"]
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text


def test_archive_is_read_up_to_a_bound(monkeypatch):
    monkeypatch.setattr(self_check, "MOST_DOCUMENTS", 2)
    data = zipped(one=draft(2022), two=draft(2023), three=draft(2024))
    found = check_draft(Given("all.zip", data), None, lambda _: None)
    assert (len(found.found), found.is_cut) == (2, True)
    data = zipped(one=draft(2022), two=draft(2023))
    found = check_draft(Given("all.zip", data), None, lambda _: None)
    assert (len(found.found), found.is_cut) == (2, False)


def test_busy_server_says_so_and_reads_again_later(check, monkeypatch):
    places = threading.BoundedSemaphore(1)
    monkeypatch.setattr(self_check, "_places", places)
    monkeypatch.setattr(self_check, "WAIT_SECONDS", 0.05)
    places.acquire()
    assert words()["self_check.busy"]["zh"] in text(check(draft()))
    places.release()
    assert "全部成立" in text(check(draft()))
    assert places.acquire(blocking=False)
