"""Numbers, places and names as people read them."""

import pytest

from gipcore.checks.catalogue import sentence
from gipcore.checks.outcome import Outcome, Severity, Verdict
from gipcore.checks.wording import number_text, place_text
from gipcore.words import Language


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (1234567, "1,234,567"),
        (-1234, "−1,234"),
        (59237.2449, "59,237.2449"),
        (0.1 + 0.2, "0.3"),
        (12.0, "12"),
    ],
)
def test_numbers_are_grouped_with_a_true_minus(number: float, text: str) -> None:
    assert number_text(number) == text


@pytest.mark.parametrize(
    ("place", "zh"),
    [
        ("table 3, row 4, column 5", "表三第4行第5列"),
        ("table 3 part 2, row 4, page 7", "表三第2截第4行（第7页）"),
        ("table 2, row 1; table 2, row 9", "表二第1行；表二第9行"),
        ("section 1, paragraph 12", "第一部分第12段"),
        ("before section 1, paragraph 2", "第一部分之前第2段"),
        ("section 9", "第9部分"),
        ("sheet 表三, cell B4", "sheet 表三cell B4"),
    ],
)
def test_places_are_said_in_chinese(place: str, zh: str) -> None:
    assert place_text(place, Language.ZH) == zh
    assert place_text(place, Language.EN) == place


def test_sentence_stays_short_and_on_one_line_whatever_the_document_prints() -> None:
    outcome = Outcome(
        "C104",
        Verdict.FAILED,
        Severity.ERROR,
        ("received.total",),
        detail="{left}\n<script>" * 1000,
    )
    for language in Language:
        said = sentence(outcome, language)
        assert "\n" not in said
        assert len(said) < 250


def test_equation_without_written_figures_still_names_both_sides() -> None:
    outcome = Outcome(
        "C401",
        Verdict.FAILED,
        Severity.ERROR,
        ("reconsideration.total",),
        ("reconsideration.upheld", "reconsideration.corrected"),
        left=0,
        right=11,
    )
    zh = sentence(outcome, Language.ZH)
    assert "0" in zh
    assert "11" in zh
    assert "相差−11" in zh
