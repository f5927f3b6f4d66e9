"""The year by the places that name it: what counts as the report's own year, and what does not."""

import tomllib
from pathlib import Path

import pytest

from gipcore.parsing.years import year_of, years_named

CASES = tomllib.loads(Path(__file__).with_name("years.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_places_name_their_years(case) -> None:
    named = {place: case[place] for place in ("title", "period", "text") if case.get(place)}
    assert years_named(case["title"] or None, case["texts"]) == named


@pytest.mark.parametrize("text", ["2023", "二〇二三", "二零二三", "二○二三", "二O二三"])
def test_years_are_read_in_every_spelling(text) -> None:
    assert year_of(text) == 2023
