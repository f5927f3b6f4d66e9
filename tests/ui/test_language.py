"""Words with values in them: singular and plural."""

import pytest

from gipcore.ui.language import WORDS, say


@pytest.mark.parametrize(("years", "said"), [(1, "1 year"), ("1", "1 year"), (0, "0 years")])
def test_word_fits_its_number(years, said):
    assert WORDS.format("{years} {years:year|years}", years=years) == said


def test_other_formats_stay():
    assert WORDS.format("{share:.1f} {name}", share=0.25, name="a|b") == "0.2 a|b"


def test_counts_have_separators_and_years_have_none():
    said = {
        "quality.answer": {"reports": 2009, "unbalanced": 1, "undecided": 0},
        "compare.in_year": {"year": 2025},
    }
    assert [say(key, **values)[:5] for key, values in said.items()] == ["2,009", "2025 "]
