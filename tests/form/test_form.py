"""The declared form against the list of public cell names, and its own consistency."""

import csv
from pathlib import Path

import pytest

from gipcore.errors import WrongUseError
from gipcore.form.aliases import column_wordings, line_wordings
from gipcore.form.editions import CELLS, EDITION_2019, EDITION_2021, cell, edition_in_force
from gipcore.form.model import EditionId, Presence

CONTRACT = Path(__file__).with_name("cells.csv")


def test_cells_are_those_of_the_contract_with_their_labels_and_units() -> None:
    with CONTRACT.open(encoding="utf-8", newline="") as file:
        rows = {row["cell"]: row for row in csv.DictReader(file)}
    declared = {
        name: {
            "cell": name,
            "forms": ";".join(sorted(edition.value for edition in found.editions)),
            "section": str(found.table),
            "row": found.line.id,
            "column": found.column.id,
            "row_zh": found.line.label.zh,
            "column_zh": found.column.label.zh,
            "row_en": found.line.label.en,
            "column_en": found.column.label.en,
            "unit": found.unit.value,
        }
        for name, found in CELLS.items()
    }
    for row in rows.values():
        row.pop("note")
    assert declared == rows


@pytest.mark.parametrize(("edition", "required"), [(EDITION_2019, 198), (EDITION_2021, 200)])
def test_a_complete_report_has_the_figures_of_its_edition(edition, required) -> None:
    assert len(edition.required_cells()) == required


def test_six_as_one_row_is_required_in_2019_and_an_alternative_in_2021() -> None:
    line = next(line for line in EDITION_2021.tables[1].lines if line.id == "other_handling")
    assert EDITION_2019.presence(line) is Presence.REQUIRED
    assert EDITION_2021.presence(line) is Presence.ALTERNATIVE


@pytest.mark.parametrize(
    ("year", "edition"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021")]
)
def test_the_edition_in_force_follows_the_year(year, edition) -> None:
    assert edition_in_force(year).id is EditionId(edition)


def test_an_unknown_cell_is_named_in_the_error() -> None:
    with pytest.raises(WrongUseError, match=r"denied\.everything"):
        cell("denied.everything")


def test_every_line_has_wordings_and_every_alias_a_line() -> None:
    lines = {found.line.id for found in CELLS.values()}
    assert set(line_wordings()) == lines
    assert all(column_wordings().values())


def test_every_label_is_written_in_both_languages() -> None:
    for found in CELLS.values():
        assert found.label.zh.strip() and found.label.en.strip()
        assert found.label.en.isascii()
