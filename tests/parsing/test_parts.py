"""Several reports in one file: each read as its own where they can be told apart."""

from dataclasses import replace
from random import Random

import pytest

from gipcore.documents.reader import read_document
from gipcore.errors import NoReportError
from gipcore.form.model import EditionId
from gipcore.form.report import Report, SourceFile
from gipcore.parsing.parse import parse_documents
from tests.parsing.layouts import OFFICE, Layout, balanced_figures, write

EDITION = EditionId.Y2021
OFFICES = (OFFICE, "青禾县白鹭乡人民政府", "青禾县教育局")
FIGURES = [balanced_figures(Random(seed), EDITION) for seed in range(len(OFFICES))]
LAYOUT = Layout()
TEXTS = [
    write(figures, LAYOUT, edition=EDITION, year=2023).replace(OFFICE, office)
    for figures, office in zip(FIGURES, OFFICES, strict=True)
]


def parsed(text: str) -> tuple[Report, ...]:
    data = text.encode()
    document = read_document(data, "all.txt")
    return parse_documents(document, SourceFile("all.txt", "0" * 64, document.format, len(data)))


def figures_of(report: Report) -> dict:
    return {name: value.number for name, value in report.cells.items()}


def test_each_report_of_a_file_is_read_as_its_own() -> None:
    reports = parsed("\n".join(TEXTS))
    assert [report.office.name for report in reports] == list(OFFICES)
    assert [report.source.file for report in reports] == ["all.txt#1", "all.txt#2", "all.txt#3"]
    assert [figures_of(report) for report in reports] == FIGURES
    assert all([s.number for s in r.sections] == [1, 2, 3, 4, 5, 6] for r in reports)


def test_a_list_of_contents_and_titles_over_two_lines_do_not_matter() -> None:
    contents = "目录\n" + "\n".join(text.split("\n", 1)[0] for text in TEXTS)
    broken = [text.replace("2023年政府", "\n2023年政府", 1) for text in TEXTS]
    reports = parsed("\n".join([contents, *broken]))
    assert [figures_of(report) for report in reports] == FIGURES
    assert [report.office.name for report in reports] == list(OFFICES)


def test_two_years_of_one_office_are_two_reports() -> None:
    other = write(FIGURES[1], LAYOUT, edition=EDITION, year=2022)
    reports = parsed(f"{TEXTS[0]}\n{other}")
    assert [(report.office.name, report.year) for report in reports] == [
        (OFFICE, 2023),
        (OFFICE, 2022),
    ]
    assert [figures_of(report) for report in reports] == FIGURES[:2]


def test_one_report_twice_is_one() -> None:
    (report,) = parsed(f"{TEXTS[0]}\n{TEXTS[0]}")
    assert report.source.file == "all.txt"
    assert figures_of(report) == FIGURES[0]


def test_reports_that_cannot_be_told_apart_are_not_mixed() -> None:
    without_title = TEXTS[2].split("\n", 1)[1]
    with pytest.raises(NoReportError) as caught:
        parsed("\n".join([*TEXTS[:2], without_title]))
    assert caught.value.code == "several_reports"


def test_places_and_years_of_a_part_are_its_own() -> None:
    alone = parsed(TEXTS[1])[0]
    within = parsed("\n".join(TEXTS))[1]
    assert within.years_named == alone.years_named
    assert replace(within, source=alone.source) == alone
