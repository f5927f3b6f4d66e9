"""The registers of regions and offices, from the CSV files of the project."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from gipcore.errors import InvalidDataError
from gipcore.register.names import normalize_name

DATA = Path(__file__).parents[2] / "data"
REGION_LEVELS = ("province", "city", "county", "township")
OFFICE_LEVELS = ("ministry", *REGION_LEVELS)
ALIAS_SEPARATOR = "|"
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE_LENGTHS = (6, 9)


class RegisteredRegion(NamedTuple):
    """A region as the register has it: 6 digits to the county, 9 for what lies below it."""

    code: str
    name: str
    parent_code: str | None
    level: str
    name_en: str | None = None


@dataclass(frozen=True, slots=True)
class RegisteredOffice:
    """An office as the register has it; `region_code` None: its region is in no register."""

    id: str
    name: str
    aliases: tuple[str, ...]
    level: str
    function: str
    region_code: str | None
    name_en: str | None = None


@dataclass(frozen=True)
class Register:
    """Both registers, in their order."""

    regions: tuple[RegisteredRegion, ...] = ()
    offices: tuple[RegisteredOffice, ...] = ()

    @cached_property
    def region_by_code(self) -> dict[str, RegisteredRegion]:
        """Return the regions by code."""
        return {region.code: region for region in self.regions}

    def full_name(self, region: RegisteredRegion) -> str:
        """Return a region's name with its parents' names in front."""
        names = [region.name]
        while region.parent_code:
            region = self.region_by_code[region.parent_code]
            names.append(region.name)
        return "".join(reversed(names))

    def offices_in_order(self) -> list[RegisteredOffice]:
        """Return the offices by region and level, those of no region last, else as registered."""
        return sorted(
            self.offices,
            key=lambda office: (
                office.region_code is None,
                office.region_code or "",
                OFFICE_LEVELS.index(office.level),
            ),
        )


def region_prefix(code: str) -> str:
    """Return what the codes of all regions within a region begin with (410000 → 41)."""
    while len(code) in (4, 6) and code.endswith("00"):
        code = code[:-2]
    return code


def load_register(folder: Path = DATA) -> Register:
    """Read `regions.csv` and `offices.csv`; raises InvalidDataError with file and row."""
    regions = load_regions(folder / "regions.csv")
    offices: dict[str, RegisteredOffice] = {}
    for where, row in _rows(folder / "offices.csv"):
        office = _office(row, where)
        if office.region_code and office.region_code not in regions:
            raise InvalidDataError(f"{where}: {office.region_code} is not in regions.csv")
        if offices.setdefault(office.id, office) is not office:
            raise InvalidDataError(f"{where}: the id {office.id} stands twice")
    return Register(tuple(regions.values()), tuple(offices.values()))


def load_regions(file: Path = DATA / "regions.csv") -> dict[str, RegisteredRegion]:
    """Read the regions, by code; raises InvalidDataError with file and row."""
    regions: dict[str, RegisteredRegion] = {}
    for number, row in enumerate(_lines(file), start=1):
        if number == 1:
            if tuple(row) != RegisteredRegion._fields:
                columns = ", ".join(RegisteredRegion._fields)
                raise InvalidDataError(f"{file.name}, row 1: the columns must be {columns}")
            continue
        fault = _fault_of(row, regions)
        if fault:
            raise InvalidDataError(f"{file.name}, row {number}: {fault}")
        code, name, parent, level, name_en = row
        regions[code] = RegisteredRegion(code, name, parent or None, level, name_en or None)
    return regions


def _fault_of(row: list[str], before: Mapping[str, RegisteredRegion]) -> str:
    """Say what is wrong with a row of regions; one function, since there are 44,000 of them."""
    if len(row) != len(RegisteredRegion._fields):
        return f"there are {len(row)} columns, not {len(RegisteredRegion._fields)}"
    code, name, parent, level, _ = row
    if not (len(code) in CODE_LENGTHS and code.isascii() and code.isdigit()):
        return f"the code “{code}” has not {' or '.join(map(str, CODE_LENGTHS))} digits"
    if not name:
        return "the column “name” is empty"
    if level not in REGION_LEVELS:
        return f"level is “{level}”, not one of {', '.join(REGION_LEVELS)}"
    if code in before:
        return f"the code {code} stands twice"
    if parent and parent not in before:
        return f"the parent {parent} must stand before"
    return ""


def _lines(file: Path) -> Iterator[list[str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            yield from csv.reader(lines)
    except (OSError, UnicodeError, csv.Error) as fault:
        raise InvalidDataError(f"{file}: the register cannot be read ({fault})") from fault


def _rows(file: Path) -> Iterator[tuple[str, dict[str, str]]]:
    lines = _lines(file)
    columns = next(lines, [])
    for number, row in enumerate(lines, start=2):
        yield f"{file.name}, row {number}", dict(zip(columns, row, strict=False))


def _office(row: dict[str, str], where: str) -> RegisteredOffice:
    name = _given(row, "name", where)
    if not normalize_name(name):
        raise InvalidDataError(f"{where}: “{name}” is no name")
    aliases = (row.get("aliases") or "").split(ALIAS_SEPARATOR)
    office_id = _matching(row, "id", ID, where)
    if office_id.startswith("x-"):
        raise InvalidDataError(f"{where}: ids beginning with x- are for unregistered offices")
    return RegisteredOffice(
        id=office_id,
        name=name,
        aliases=tuple(alias for alias in aliases if normalize_name(alias)),
        level=_one_of(row, "level", OFFICE_LEVELS, where),
        function=_given(row, "function", where),
        region_code=row.get("region_code") or None,
        name_en=row.get("name_en") or None,
    )


def _given(row: dict[str, str], column: str, where: str) -> str:
    value = row.get(column)
    if not value:
        raise InvalidDataError(f"{where}: the column “{column}” is empty or missing")
    return value


def _one_of(row: dict[str, str], column: str, values: tuple[str, ...], where: str) -> str:
    value = _given(row, column, where)
    if value not in values:
        raise InvalidDataError(f"{where}: {column} is “{value}”, not one of {', '.join(values)}")
    return value


def _matching(row: dict[str, str], column: str, pattern: re.Pattern[str], where: str) -> str:
    value = _given(row, column, where)
    if not pattern.fullmatch(value):
        raise InvalidDataError(f"{where}: {column} is “{value}”, which is not of its kind")
    return value
