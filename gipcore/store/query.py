"""The filters of the site, the commands and the API, by their public names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Query:
    """Filters that all hold together; None filters nothing.

    `region` is a region's code and takes every region below it (410000 and 41 are the same).
    `search` is part of a name or alias. `check`, `severity` and `replied` take the reports that
    have such a finding; `replied`: True takes the findings of which the office says something,
    False the others. `balanced`: True takes the reports whose tables balance, False those with an
    arithmetic failure; a report that could not be decided is in neither.
    `unbalanced` is the other cut: True takes those with an arithmetic failure, False all without
    one, decided or not. `cell` takes one cell of each report, where cells are asked for.
    `office` is an office's id, or several with commas between. `errors`: True takes the reports
    with a finding at error level, False those without. `reviewed`: True takes the reports with a
    case of reconsideration or litigation, False those that print none. `since` is a state of the
    data, where changes are asked for; `without` are offices, with commas between, that do not count
    among others, where quartiles are asked for.
    """

    year: int | None = None
    region: str | None = None
    level: str | None = None
    function: str | None = None
    office: str | None = None
    search: str | None = None
    form: str | None = None
    check: str | None = None
    severity: str | None = None
    balanced: bool | None = None
    unbalanced: bool | None = None
    cell: str | None = None
    replied: bool | None = None
    errors: bool | None = None
    reviewed: bool | None = None
    since: str | None = None
    without: str | None = None


EVERYTHING = Query()
