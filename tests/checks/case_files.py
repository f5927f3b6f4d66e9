"""Case files of the checks: a report of zeros, what is changed in it, and what must come out.

Each `cases/<code>.toml` holds `[[case]]` tables with

    name            what the case shows
    form            "2021" (if left out) or "2019"
    one_row         true: （六） is printed as one row
    without         tables ("table 3"), lines or cells that the report does not have
    cells           a number, "blank", "unreadable <raw>" or "conflict <raw>" by cell name
    claims, repairs as in the JSON of a report
    sections        headings with the section they name, as in "3 三、收到和处理…情况"
    year            of the report; if left out the first of its edition, 0: not known
    previous        `form`, `cells` and `without` of the report of the year before
    office          `level` and `function`, if known
    named           the office's `name` ("": none), `region_code` and `suggestion` in the report
    years_named     the year by the place that names it: title, period, text
    surroundings    `twins` (reports, named), `peers` and `own_offices` by cell
    outcomes        how many of the check's outcomes passed, failed, were not applicable
    also_fail       every other check that fails on the report
    expect          outcomes that must be among the check's, by those of their values that are
                    given; `zh` and `en` are their sentences
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gipcore.checks.outcome import Outcome
from gipcore.checks.run import run_checks
from gipcore.checks.subject import KnownOffice
from gipcore.checks.surroundings import OwnOffices, Peers, Surroundings, Twin, Twins
from gipcore.form.editions import CELLS, EDITIONS
from gipcore.form.model import EditionId
from gipcore.form.report import (
    Claim,
    ClaimKind,
    Number,
    OfficeName,
    Repair,
    RepairCode,
    Report,
    SectionHeading,
    SourceFile,
    State,
    Value,
)
from gipcore.form.requests import OTHER_HANDLING, OTHER_HANDLING_AS_ONE

FOLDER = Path(__file__).parent / "cases"
SOURCE = SourceFile("case.txt", "0" * 64, "text", 0)
OFFICE = OfficeName("青禾县柳塘镇人民政府")
CASE_KEYS = {
    "name",
    "form",
    "one_row",
    "without",
    "cells",
    "claims",
    "repairs",
    "sections",
    "year",
    "previous",
    "office",
    "named",
    "years_named",
    "surroundings",
    "outcomes",
    "also_fail",
    "expect",
}
LEAVES_OF_OTHER_HANDLING = {line.id for line in OTHER_HANDLING}


@dataclass(frozen=True)
class Case:
    """One case: a report and the expected outcomes of the check `code`."""

    code: str
    name: str
    report: Report
    outcomes: Mapping[str, int]
    failing: frozenset[str]
    expect: tuple[Mapping[str, Any], ...]
    previous: Report | None
    office: KnownOffice | None
    surroundings: Surroundings

    def run(self) -> tuple[Outcome, ...]:
        """Return the outcomes of every check on the case."""
        return run_checks(self.report, self.previous, self.office, self.surroundings)


def all_cases() -> Iterator[Case]:
    """Read every case file."""
    for file in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        assert set(data) == {"case"}, file.name
        for case in data["case"]:
            yield _case(file.stem, case)


def _case(code: str, case: Mapping[str, Any]) -> Case:
    where = f"{code}: {case.get('name')}"
    assert set(case) <= CASE_KEYS, f"{where}: unknown keys {set(case) - CASE_KEYS}"
    own = {code} if case["outcomes"].get("failed") else set()
    report = report_of(
        EditionId(case.get("form", "2021")),
        case.get("cells", {}),
        one_row=case.get("one_row", False),
        without=case.get("without", ()),
        claims=tuple(_claim(claim) for claim in case.get("claims", ())),
        repairs=tuple(_repair(repair) for repair in case.get("repairs", ())),
        where=where,
    )
    report = replace(report, sections=tuple(map(_heading, case.get("sections", ()))))
    if "named" in case:
        named = {"name": OFFICE.name, **case["named"]}
        report = replace(report, office=OfficeName(**named | {"name": named["name"] or None}))
    report = replace(report, years_named=case.get("years_named", {}))
    if "year" in case:
        report = replace(report, year=case["year"] or None)
    return Case(
        code,
        case["name"],
        report,
        case["outcomes"],
        frozenset(own | set(case.get("also_fail", ()))),
        tuple(case.get("expect", ())),
        _previous(case["previous"], report, where) if "previous" in case else None,
        KnownOffice(**case["office"]) if "office" in case else None,
        _surroundings(case.get("surroundings", {})),
    )


def _previous(given: Mapping[str, Any], report: Report, where: str) -> Report:
    before = report_of(
        EditionId(given.get("form", report.form)),
        given.get("cells", {}),
        without=given.get("without", ()),
        where=where,
    )
    return replace(before, year=None if report.year is None else report.year - 1)


def _heading(given: str) -> SectionHeading:
    number, _, title = given.partition(" ")
    return SectionHeading(int(number), title, f"section {number}")


def _surroundings(given: Mapping[str, Any]) -> Surroundings:
    twins = given.get("twins")
    return Surroundings(
        twins=None
        if twins is None
        else Twins(twins["reports"], tuple(Twin(**twin) for twin in twins.get("named", ()))),
        peers={cell: Peers(**found) for cell, found in given.get("peers", {}).items()},
        own_offices={
            cell: OwnOffices(**found) for cell, found in given.get("own_offices", {}).items()
        },
    )


def report_of(
    form: EditionId = EditionId.Y2021,
    cells: Mapping[str, Number | str] | None = None,
    *,
    one_row: bool = False,
    without: tuple[str, ...] = (),
    claims: tuple[Claim, ...] = (),
    repairs: tuple[Repair, ...] = (),
    where: str = "a report",
) -> Report:
    """Make a report of an edition whose every required cell is 0, and change it."""
    values = {
        name: _value(name, 0)
        for name in required_names(form, one_row=one_row)
        if not _is_left_out(name, without)
    }
    for name, text in (cells or {}).items():
        assert name in CELLS, f"{where}: no cell is named {name}"
        values[name] = _value(name, text)
    return Report(
        source=SOURCE,
        office=OFFICE,
        year=EDITIONS[form].first_year,
        form=form,
        title=None,
        cells=values,
        claims=claims,
        repairs=repairs,
    )


def required_names(form: EditionId, *, one_row: bool = False) -> list[str]:
    """Name the cells of a complete report."""
    names = [cell.name for cell in EDITIONS[form].required_cells()]
    if not one_row:
        return names
    kept = [name for name in names if CELLS[name].line.id not in LEAVES_OF_OTHER_HANDLING]
    row = [name for name in CELLS if CELLS[name].line.id == OTHER_HANDLING_AS_ONE.id]
    return list(dict.fromkeys((*kept, *row)))


def _is_left_out(name: str, without: tuple[str, ...]) -> bool:
    cell = CELLS[name]
    return bool({name, cell.line.id, f"table {cell.table}"} & set(without))


def _value(name: str, given: Number | str) -> Value:
    place = f"table {CELLS[name].table}"
    if not isinstance(given, str):
        return Value(given, State.NUMBER, str(given), place)
    state, _, raw = given.partition(" ")
    assert state in {"blank", "unreadable", "conflict", "not_applicable"}, given
    return Value(None, State(state), raw, place)


def _claim(claim: Mapping[str, Any]) -> Claim:
    return Claim(
        cells=tuple(claim["cells"]),
        value=claim["value"],
        quote=claim.get("quote", f"…{claim['value']}"),
        place=claim.get("place", "section 1, paragraph 2"),
        scope=claim.get("scope"),
        alternatives=tuple(tuple(names) for names in claim.get("alternatives", ())),
        kind=ClaimKind(claim.get("kind", "count")),
    )


def _repair(repair: Mapping[str, Any]) -> Repair:
    return Repair(
        RepairCode(repair["code"]),
        repair.get("place", "table 3, row 25"),
        repair.get("detail", ""),
        tuple(repair.get("cells", ())),
    )
