"""The chain of years: a broken link shows its difference, a missing year links nothing."""

import pytest
from lxml.html import fromstring

from gipcore.checks.outcome import Verdict
from gipcore.store.rows import ChainYear
from gipcore.ui.chain import Link, chain_drawing, chain_sentence, chain_table, steps


def year(number, verdict=None, *, brought=0, carried=0, difference=None):
    return ChainYear(number, f"a-{number}", "2021", brought, carried, verdict, difference)


YEARS = (
    year(2019, carried=3),
    year(2020, Verdict.PASSED, brought=3, carried=2, difference=0),
    year(2021, Verdict.FAILED, brought=5, carried=1, difference=3),
    ChainYear(2022),
    year(2023, Verdict.NOT_APPLICABLE, brought=1, carried=4),
    year(2024, Verdict.NOT_APPLICABLE, brought=None),
    year(2025, Verdict.FAILED, difference=0),
)


def test_each_year_but_the_first_has_a_link():
    assert [step.link for step in steps(YEARS)] == [
        None,
        Link.HOLDS,
        Link.BROKEN,
        Link.MISSING,
        Link.MISSING,
        Link.UNDECIDED,
        Link.BROKEN,
    ]


def test_drawing_names_figures_differences_and_missing_years():
    found = fromstring(chain_drawing(YEARS))
    said = [" ".join(item.text_content().split()) for item in found]
    assert len(said) == 13
    assert "+3" in said[3]
    assert "没有收录报告" in said[6]
    assert "[x]" in said[10]
    assert "分列不一致" in said[11]
    links = [anchor.get("href") for item in found[3::8] for anchor in item.iter("a")]
    assert links == [f"report?report=a-{y}&check=C901#marked" for y in (2021, 2025)]


def test_table_says_the_same_with_the_newest_year_first():
    rows = fromstring(chain_table(YEARS)).xpath(".//tbody/tr")
    said = [[cell.text_content() for cell in row] for row in rows]
    assert [row[0] for row in said] == [str(y.year) for y in reversed(YEARS)]
    assert said[4][1:] == ["5", "1", "✗ 不一致", "+3"]
    assert said[3][1:] == ["–", "–", "… 缺一年", "–"]


@pytest.mark.parametrize("years", [YEARS[:1], (YEARS[0], YEARS[2])])
def test_short_chain_can_be_said_and_drawn(years):
    assert str(len(years) - 1) in chain_sentence(years)
    assert chain_drawing(years)


def test_sentence_names_broken_and_missing_years():
    said = chain_sentence(YEARS)
    assert "共 4 处衔接：1 处一致，2 处不一致，1 处无法判定" in said
    assert "2021、2025 年的上年结转" in said
    assert "没有收录 2022 年的报告" in said
