"""Sentences and the claims they make: what counts, what does not, what narrows."""

import time
import tomllib
from pathlib import Path

import pytest

from gipcore.documents.model import Paragraph
from gipcore.form.model import EditionId
from gipcore.form.report import ClaimKind
from gipcore.form.requests import LEAVES_BY_GROUP
from gipcore.parsing.claim_counts import chinese_number
from gipcore.parsing.claims import find_claims
from gipcore.parsing.sections import pieces

CASES = tomllib.loads(Path(__file__).with_name("claims.toml").read_text(encoding="utf-8"))["case"]
SHORT = {
    "received": "r",
    "brought_forward": "b",
    "disposed": "d",
    "carried_forward": "c",
    "reconsideration": "rec",
    "litigation_direct": "dir",
    "litigation_after_reconsideration": "aft",
}
KINDS = {
    ClaimKind.COUNT: "{cells}={value}",
    ClaimKind.ALL_ANSWERED: "answered",
    ClaimKind.ALL_UPHELD: "upheld:{cells}",
    ClaimKind.NONE_CORRECTED: "uncorrected:{cells}",
}


def claims_of(text: str, office: str = "青禾县教育局"):
    blocks = (Paragraph("一、总体情况"), Paragraph(text))
    return find_claims(tuple(pieces(blocks)), office, 2023)


def words_of(claim) -> str:
    """Write a claim as the case file has it."""
    lines = dict.fromkeys(cell.rpartition(".")[0] for cell in claim.cells)
    groups = {line.partition(".")[0] for line in lines}
    for group in groups & set(LEAVES_BY_GROUP):
        leaves = [leaf.id for leaf in LEAVES_BY_GROUP[group]]
        if set(leaves) <= set(lines):
            lines = {line: None for line in lines if line not in leaves} | {group: None}
    named = "+".join(SHORT.get(line, line) for line in lines)
    said = KINDS[claim.kind].format(cells=named, value=claim.value)
    return f"{said} [{claim.scope}]" if claim.scope else said


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_sentence_makes_its_claims(case) -> None:
    found = claims_of(case["text"], case.get("office", "青禾县教育局"))
    assert sorted(map(words_of, found)) == sorted(case["claims"])
    assert all(claim.value == 0 for claim in found if claim.kind is not ClaimKind.COUNT)


def test_taking_in_may_include_last_years_rest() -> None:
    (claim,) = claims_of("共受理政府信息公开申请30件。")
    assert claim.alternatives == (("received.total", "brought_forward.total"),)


def test_receiving_never_includes_last_years_rest() -> None:
    (claim,) = claims_of("共收到政府信息公开申请30件。")
    assert claim.alternatives == ()


def test_an_offices_own_name_narrows_only_the_report_of_a_whole_government() -> None:
    text = "县政府办公室受理政府信息公开申请17件。"
    assert claims_of(text, "青禾县人民政府")[0].scope == "县政府办公室"
    assert claims_of(text, "青禾县人民政府办公室")[0].scope is None


def test_quote_holds_only_verb_number_and_counter() -> None:
    count, answered = claims_of("全年共收到政府信息公开申请 134 件，均已答复。")
    assert (count.quote, answered.quote) == ("收到…134 件", "均…答复")
    assert count.place == "section 1, paragraph 1"


def test_text_of_later_sections_makes_no_claims() -> None:
    blocks = (
        Paragraph("五、存在的主要问题及改进情况"),
        Paragraph("去年共收到政府信息公开申请15件。"),
    )
    assert find_claims(tuple(pieces(blocks)), None) == ()


def test_a_heading_line_says_what_the_paragraphs_below_speak_of() -> None:
    blocks = (
        Paragraph("一、总体情况"),
        Paragraph("（二）依申请公开情况"),
        Paragraph("全年收到申请33件，办结32件，结转1件。"),
        Paragraph("（三）政府信息管理情况"),
        Paragraph("全年收到申请12件，办结12件。"),
    )
    found = find_claims(tuple(pieces(blocks)), None)
    assert [words_of(claim) for claim in found] == ["r=33", "d=32", "c=1"]


def test_sentences_beside_the_tables_are_read_rows_are_not() -> None:
    blocks = (
        Paragraph("三、收到和处理政府信息公开申请情况"),
        Paragraph("2023年，共收到8份政府信息公开申请，其中予以公开2件。"),
        Paragraph("一、本年新收政府信息公开申请数量 9"),
    )
    found = find_claims(tuple(pieces(blocks)), None, 2023)
    assert [words_of(claim) for claim in found] == ["r=8", "granted=2"]


def test_the_old_edition_has_one_row_for_other_handling() -> None:
    text = "收到政府信息公开申请8件，其他处理3件。"
    blocks = (Paragraph("一、总体情况"), Paragraph(text))
    _, other = find_claims(tuple(pieces(blocks)), None, 2020, EditionId.Y2019)
    assert other.cells == ("other_handling.total",)


def test_a_group_may_also_be_a_printed_subtotal() -> None:
    _, denied = claims_of("收到政府信息公开申请8件，不予公开3件。")
    assert denied.alternatives == (("denied.total",),)


@pytest.mark.parametrize("unit", ["共计收到", "收到政府信息公开申请3件，全部办结", "（", "无因、"])
def test_hostile_text_takes_bounded_time(unit: str) -> None:
    start = time.process_time()
    for _ in range(20):
        claims_of(unit * 200)
    claims_of(unit * 200_000)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("二十一", 21),
        ("一百零三", 103),
        ("一百一十", 110),
        ("一千零二十", 1020),
        ("两", 2),
        ("三四", None),
        ("一百二", None),
        ("百", None),
        ("二零", None),
    ],
)
def test_chinese_numerals_are_exact_or_none(text: str, value: int | None) -> None:
    assert chinese_number(text) == value
