"""The page of a check: what it holds a report to, how often it failed, its neighbours."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from markupsafe import Markup

from gipcore.checks.catalogue import all_checks, check, reason_text
from gipcore.store.query import Query
from gipcore.store.rows import CheckCount
from gipcore.ui import data
from gipcore.ui.figures import number
from gipcore.ui.findings import severity_tag
from gipcore.ui.html import Column, Content, element, facts, join, link, table
from gipcore.ui.language import say, tell
from gipcore.ui.query import address

FAMILY = 2  # signs of a code that its family begins with: C3 holds what stands in table 3


def check_name(code: str) -> str:
    """Say a check by its code and what should hold."""
    return f"{code} {tell(check(code).title)}"


def explained(code: str) -> str:
    """Say what a check is for."""
    return tell(check(code).explanation)


def check_facts(code: str) -> Markup:
    """Return the formula of a check, where it is prescribed, how grave it is, and its name."""
    found = check(code)
    source = say("methods.no_source") if found.source is None else str(found.source)
    reasons = say("site.semicolon").join(tell(reason_text(reason)) for reason in found.reasons)
    return facts(
        [
            (say("methods.formula"), tell(found.formula)),
            (say("methods.source"), source),
            (say("columns.severity"), severity_tag(found.severity)),
            (say("checks.reasons"), reasons or say("checks.always")),
            (say("methods.name"), element("code", found.name)),
        ]
    )


def count_of(query: Query) -> CheckCount:
    """Return how many reports of a query its check passed, failed, or could not decide."""
    return data.finding_counts(query)[0]


def counts_by_year(query: Query) -> Mapping[int, CheckCount]:
    """Return the same for each year that has reports, the newest first."""
    return {year: count_of(replace(query, year=year)) for year in data.years()}


def tiles(found: CheckCount) -> list[tuple[Content, Content, Content]]:
    """Return to how many reports a check applied, and what came of it."""
    reports = found.passed + found.failed + found.not_applicable
    listed = (
        link(say("checks.list"), address("quality", check=found.code))
        if found.failed
        else say("checks.none_failed")
    )
    return [
        (
            say("checks.applied"),
            number(found.passed + found.failed),
            say("quality.of_reports", reports=number(reports)),
        ),
        (say("columns.failed"), number(found.failed), listed),
        (say("columns.passed"), number(found.passed), say("checks.passed_why")),
        (say("columns.not_applicable"), number(found.not_applicable), say("checks.open_why")),
    ]


def years_table(by_year: Mapping[int, CheckCount]) -> Markup:
    """Return what came of a check by year; a year with failures leads to their list."""
    rows = [
        [
            str(year),
            number(found.failed)
            if not found.failed
            else link(number(found.failed), address("quality", check=found.code, year=year)),
            number(found.passed),
            number(found.not_applicable),
        ]
        for year, found in by_year.items()
    ]
    columns = [Column(say("columns.year")), *_verdicts()]
    return table(say("checks.years_caption"), columns, rows)


def neighbours(code: str) -> Markup:
    """Return links to the check before, the check after, and all of them."""
    codes = [each.code for each in all_checks()]
    place = codes.index(code)
    around = [
        *(("checks.previous", other) for other in codes[:place][-1:]),
        *(("checks.next", other) for other in codes[place + 1 :][:1]),
    ]
    links = [
        link(say(key, check=check_name(other)), address("checks", check=other))
        for key, other in around
    ]
    links.append(link(say("checks.all"), address("checks")))
    return element("nav", join(links), css="gip-links", aria_label=say("checks.neighbours"))


def families(counts: Iterable[CheckCount]) -> Iterable[tuple[str, Markup]]:
    """Yield each family of checks with the words it is about and the table of its checks."""
    found = {entry.code: entry for entry in counts}
    codes: dict[str, list[str]] = {}
    for each in all_checks():
        codes.setdefault(each.code[:FAMILY], []).append(each.code)
    for family, members in codes.items():
        rows = [_row(found[code]) for code in members]
        columns = [
            Column(say("columns.check")),
            Column(say("columns.severity"), is_plain=True),
            *_verdicts(),
        ]
        title = say(f"checks.family_{family.lower()}")
        yield title, table(say("columns.checks_caption"), columns, rows, "gip-checks", is_list=True)


def _row(entry: CheckCount) -> list[Content]:
    declared = check(entry.code)
    return [
        link(check_name(entry.code), address("checks", check=entry.code)),
        severity_tag(declared.severity),
        link(number(entry.failed), address("quality", check=entry.code))
        if entry.failed
        else number(entry.failed),
        number(entry.passed),
        number(entry.not_applicable),
    ]


def _verdicts() -> list[Column]:
    names = ("failed", "passed", "not_applicable")
    return [Column(say(f"columns.{name}"), is_number=True) for name in names]
