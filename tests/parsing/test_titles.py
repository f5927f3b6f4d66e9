"""Titles, offices and years in every form of the case file; years that disagree are all kept."""

import tomllib
from pathlib import Path

import pytest

from gipcore.documents.model import Document, Paragraph
from gipcore.parsing.sections import pieces
from gipcore.parsing.titles import find_title
from gipcore.parsing.years import years_named

CASES = tomllib.loads(Path(__file__).with_name("titles.toml").read_text(encoding="utf-8"))["case"]


def document(lines, names=()):
    blocks = (*(Paragraph(line) for line in lines), Paragraph("一、总体情况"), Paragraph("正文。"))
    return Document("text", blocks, tuple(names))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["lines"][0])
def test_title_tells_office_and_year(case) -> None:
    found = document(case["lines"], case.get("names", ()))
    title = find_title(found, tuple(pieces(found.blocks)))
    assert (title.office, title.year) == (case["office"], case["year"])


def test_years_of_title_period_and_text_are_kept_apart() -> None:
    found = document(["青禾县财政局2023年政府信息公开工作年度报告"])
    title = find_title(found, tuple(pieces(found.blocks)))
    texts = ["本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。2024年，我局……2024年底"]
    assert years_named(title.year, texts) == {"title": 2023, "period": 2022, "text": 2024}


def test_a_document_without_title_says_so() -> None:
    found = document(["青禾县工作动态"])
    title = find_title(found, tuple(pieces(found.blocks)))
    assert (title.text, title.office, title.year) == (None, None, None)
