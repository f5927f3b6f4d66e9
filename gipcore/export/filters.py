"""Filters by their public names: text of a URL or a command line to a query, or a clear no."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gipcore.checks.catalogue import all_checks
from gipcore.checks.outcome import Severity
from gipcore.errors import WrongUseError
from gipcore.form.editions import CELLS
from gipcore.form.model import EditionId
from gipcore.register.rows import OFFICE_LEVELS
from gipcore.store.query import Query
from gipcore.store.snapshots import PATTERN

LONGEST_SEARCH = 60
MOST_OFFICES = 20
OFFICE_ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,79}"
SOME_OFFICES = f"{OFFICE_ID}(,{OFFICE_ID}){{0,{MOST_OFFICES - 1}}}"
SINCE = "since"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


UNKNOWN_PLACE = "unknown_place"  # what `after` names is not there, or no longer
UNKNOWN_SNAPSHOT = "unknown_snapshot"  # what `since` names can be no state before this one
NOT_THERE = (UNKNOWN_PLACE, UNKNOWN_SNAPSHOT)


class BadParameterError(WrongUseError):
    """A filter was given a value it does not take, or has no such name; `parameter` names it."""

    code = "bad_parameter"

    def __init__(self, parameter: str, message: str, *, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.parameter = parameter


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its name, what it takes in words and as a JSON schema, and how it is read.

    `read` raises ValueError for text that it does not take.
    """

    name: str
    takes: str
    schema: Mapping[str, Any]
    read: Callable[[str], object]


def _pattern(name: str, takes: str, pattern: str) -> Filter:
    return Filter(name, takes, {"type": "string", "pattern": f"^{pattern}$"}, _matching(pattern))


def _matching(pattern: str) -> Callable[[str], str]:
    compiled = re.compile(pattern)

    def read(value: str) -> str:
        if compiled.fullmatch(value) is None:
            raise ValueError(value)
        return value

    return read


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in choices:
            raise ValueError(value)
        return value

    return read


def _year(value: str) -> int:
    return int(_matching(r"[12][0-9]{3}")(value))


def _truth(value: str) -> bool:
    return _one_of("true", "false")(value) == "true"


def _search(value: str) -> str:
    words = value.strip()
    if _CONTROL.search(words) or len(words) > LONGEST_SEARCH:
        raise ValueError(value)
    return words


def _choice(name: str, *choices: str, takes: str = "") -> Filter:
    schema = {"type": "string", "enum": list(choices)}
    return Filter(name, takes or " or ".join(choices), schema, _one_of(*choices))


def _yes_or_no(name: str) -> Filter:
    return Filter(name, "true or false", {"type": "string", "enum": ["true", "false"]}, _truth)


YEAR = {"type": "string", "pattern": "^[12][0-9]{3}$"}
SEARCH = {
    "type": "string",
    "maxLength": LONGEST_SEARCH,
    "pattern": r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$",
}
FILTERS: Mapping[str, Filter] = {
    filter.name: filter
    for filter in (
        Filter("year", "a year such as 2025", YEAR, _year),
        _pattern("region", "a region code of 2 to 12 digits", "[0-9]{2,12}"),
        _choice("level", *OFFICE_LEVELS),
        _pattern("function", "the code of a function", "[a-z][a-z0-9_]{0,39}"),
        _pattern(
            "office",
            f"the id of an office, or up to {MOST_OFFICES} with commas between",
            SOME_OFFICES,
        ),
        Filter("search", f"up to {LONGEST_SEARCH} characters of a name", SEARCH, _search),
        _choice("form", *(edition.value for edition in EditionId)),
        _choice(
            "check",
            *(check.code for check in all_checks()),
            takes="the code of a check such as C301",
        ),
        _choice("severity", *(severity.value for severity in Severity)),
        _yes_or_no("balanced"),
        _yes_or_no("unbalanced"),
        _choice("cell", *CELLS, takes="the name of a cell such as received.total"),
        _yes_or_no("replied"),
        _yes_or_no("errors"),
        _yes_or_no("reviewed"),
        _pattern(SINCE, "a snapshot as citations name it", PATTERN),
        _pattern(
            "without",
            f"the id of an office that does not count, or up to {MOST_OFFICES}",
            SOME_OFFICES,
        ),
    )
}


# Filters that only some tables take, and those that a table must have.
FILTERS_OF_TABLE: Mapping[str, tuple[str, ...]] = {
    "cell": ("cells", "totals"),
    SINCE: ("changes",),
    "without": ("quartiles",),
}
NEEDED = {"changes": SINCE}


def check_table_filters(table: str, given: Mapping[str, str]) -> None:
    """Refuse a filter that another table takes; raises BadParameterError."""
    for name, only in FILTERS_OF_TABLE.items():
        if given.get(name) and table not in only:
            raise BadParameterError(
                name, f"{name} is a filter of {' and '.join(only)}, not of {table}"
            )
    needed = NEEDED.get(table)
    if needed is not None and not given.get(needed):
        raise BadParameterError(
            needed, f"{table} needs {needed}: {FILTERS[needed].takes}", code="missing_parameter"
        )


def takes(table: str, name: str) -> bool:
    """Tell whether a table takes a filter."""
    return table in FILTERS_OF_TABLE.get(name, (table,))


def query_from(parameters: Mapping[str, str]) -> Query:
    """Return the query that parameters ask for; one without a value filters nothing.

    Raises BadParameterError for a name that is no filter and a value that the filter cannot take.
    """
    chosen: dict[str, object] = {}
    for name, value in parameters.items():
        found = FILTERS.get(name)
        if found is None:
            raise BadParameterError(
                name,
                f"there is no parameter “{shown(name)}”; there are: {', '.join(FILTERS)}",
                code="unknown_parameter",
            )
        if value == "":
            continue
        try:
            chosen[name] = found.read(value)
        except ValueError:
            raise BadParameterError(
                name, f"{name} takes {found.takes}, not “{shown(value)}”"
            ) from None
    return Query(**chosen)  # type: ignore[arg-type]


def shown(words: str) -> str:
    """Return hostile text short and printable, for a message."""
    printable = "".join(letter if letter.isprintable() else "?" for letter in words)
    return printable if len(printable) <= LONGEST_SEARCH else f"{printable[:LONGEST_SEARCH]}…"
