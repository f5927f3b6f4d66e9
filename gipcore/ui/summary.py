"""Sentences in plain words, generated from the figures they speak of."""

import re
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from gipcore.checks.catalogue import ARITHMETIC_CODES, check
from gipcore.form import reviews
from gipcore.form.report import Number
from gipcore.labels import words
from gipcore.metrics.flow import Flow
from gipcore.metrics.outcomes import TOTAL, OutcomeLine
from gipcore.store.query import Query
from gipcore.store.rows import OfficeRow, ReportRow
from gipcore.ui import data
from gipcore.ui.changes import years_link
from gipcore.ui.data import Balance
from gipcore.ui.figures import day, number, percent
from gipcore.ui.filters import function_words, level_words
from gipcore.ui.findings import office_words
from gipcore.ui.html import Content, element, join, link, paragraph
from gipcore.ui.language import language, say, tell
from gipcore.ui.query import A_YEAR, address, route
from gipcore.ui.regions import region_path
from gipcore.ui.views import ReportView
from gipcore.words import Language

NUMBERED = re.compile("^（[一二三四五六七]）")


def office_line(office: OfficeRow) -> str:
    """Say where an office stands: region, level, function, and its other names."""
    pieces = [
        region_path(office.region_code, office.region_name) or say("office.no_region"),
        level_words(office.level),
        function_words(office.function),
    ]
    if language() is Language.EN and office.name_en:
        pieces.insert(0, office.name)
    if office.aliases:
        pieces.append(say("office.aliases", names=say("site.comma").join(office.aliases)))
    return " · ".join(pieces)


def report_sentences(view: ReportView) -> tuple[str, ...]:
    """Say what one report reports: the flow, whether it balances, and what its text says else."""
    return (flow_sentence(view.flow), balance_of_tables(view))


def balance_of_tables(view: ReportView) -> str:
    """Say whether the tables of a report balance, and how many other findings there are."""
    arithmetic = sum(outcome.code in ARITHMETIC_CODES for outcome in view.failed)
    others = len(view.failed) - arithmetic
    if arithmetic:
        balance = say("summary.unbalanced", relations=arithmetic)
    elif view.row.is_balanced is None:
        balance = say("summary.undecided")
    else:
        balance = say("summary.balanced")
    found = say("summary.others", findings=others) if others else say("summary.no_others")
    return balance + found


def report_line(view: ReportView) -> Markup:
    """Say whose report it is, on which edition of the form, and under which title."""
    row = view.row
    pieces: list[Content] = [
        region_path(row.region_code, row.region_name) or say("office.no_region"),
        say("report.edition", edition=tell(view.report.edition.title)),
    ]
    if office_words(row.office_name, row.office_name_en) != row.office_name:
        pieces.insert(0, row.office_name)
    if view.report.title:
        pieces.append(say("report.titled", title=view.report.title))
    return join(pieces, by=" · ")


def report_ways(view: ReportView) -> Markup:
    """Return the ways from a report: its office, the years around it, other forms of it."""
    row = view.row
    ways: list[Content] = [
        link(say("report.to_office"), address("office", office=row.office_id, year=row.year)),
        *_years_around(row),
    ]
    office = data.office(row.office_id)
    if office is not None and (beside := years_link(office, row.year)):
        ways.append(beside)
    if len(view.stored.revisions) > 1:
        ways.append(link(say("office.revisions"), address("revisions", report=row.id)))
    ways.append(print_link(row))
    return element("p", join(ways), css="gip-ways")


def _years_around(row: ReportRow) -> Iterable[Markup]:
    """Return the ways to the reports of the office right before and after this one."""
    years = {each.year: each.id for each in data.reports(Query(office=row.office_id))}
    before = max((year for year in years if year < row.year), default=None)
    after = min((year for year in years if year > row.year), default=None)
    for key, year in (("report.before", before), ("report.after", after)):
        if year is not None:
            yield link(say(key, year=year), address("report", report=years[year]))


def print_link(row: ReportRow) -> Markup:
    """Return the way to a report as a plain page."""
    spoken = {"lang": Language.EN.value} if language() is Language.EN else {}
    return link(say("office.print"), route(f"reports/{row.id}", **spoken))


def no_such_report(asked: str) -> Markup | None:
    """Say of the id of a report that is not here which office it is of; None if that is unknown."""
    name, _, year = asked.rpartition("-")
    office = data.office(name) if A_YEAR.fullmatch(year) else None
    if office is None:
        return None
    words = office_words(office.name, office.name_en)
    way = link(say("report.its_office", office=words), address("office", office=office.id))
    return join([say("report.no_such", office=words, year=year), way])


def marked_note(view: ReportView, code: str) -> str:
    """Say which cells are marked for a check, or that the check did not fail here."""
    title = tell(check(code).title)
    if not view.findings_by(code):
        return say("report.nothing_marked", check=code, title=title)
    said = say("report.marked", check=code, title=title, cells=len(view.cells_of(code)))
    return said + say("report.sides") if view.sides_of(code) else said


def provenance(view: ReportView) -> list[tuple[Content, Content]]:
    """Return where the report was read from, when, and how it can be told again."""
    row = view.row
    return [
        (say("report.file"), row.source_file),
        (say("report.format"), format_words(row.source_format)),
        (say("report.sha256"), element("code", row.source_sha256)),
        (say("report.read_at"), day(row.read_at)),
        (say("report.revision"), _revision(view)),
        (say("report.id"), element("code", row.id)),
    ]


def as_json(view: ReportView) -> Markup:
    """Return the way to everything that is known of a report, for programs."""
    return paragraph(link(say("office.json"), route(f"api/v1/reports/{view.row.id}")))


def no_report_ways(office: OfficeRow) -> Markup:
    """Return what may be looked at where an office has no report."""
    ways = [link(say("office.check_own"), address("check"))]
    if office.region_code and office.region_name:
        region = region_path(office.region_code, office.region_name)
        words = say("office.same_region", region=region)
        ways.insert(0, link(words, address("offices", region=office.region_code)))
    return element("p", join(ways), css="gip-ways")


def _revision(view: ReportView) -> Content:
    """Say which revision it is, with the way to what the revisions changed."""
    row = view.row
    if len(view.stored.revisions) < 2:
        return str(row.revision)
    changed = link(say("changes.compare_readings"), address("revisions", report=row.id))
    return join([str(row.revision), " · ", changed])


def format_words(format: str) -> str:
    """Say the format of a document; one without words is its code."""
    key = f"formats.{format}"
    return say(key) if key in words() else format


def flow_sentence(found: Flow | None) -> str:
    """Say what came in and what became of it."""
    if found is None:
        return say("summary.flow_unknown")
    flowed = say(
        "summary.flow",
        received=number(found.received),
        brought_forward=number(found.brought_forward),
        disposed=number(found.disposed),
        carried_forward=number(found.carried_forward),
    )
    return flowed + sides_sentence(found)


def sides_sentence(found: Flow) -> str:
    """Say whether what came in is what went out, and else how far the two are apart."""
    if not found.gap:
        return say("summary.flow_balances", incoming=number(found.incoming))
    return say(
        "summary.flow_gap",
        incoming=number(found.incoming),
        outgoing=number(found.outgoing),
        gap=number(abs(found.gap)),
    )


def balance_sentence(by_year: Mapping[int, Balance]) -> str:
    """Say over which years there are reports and how many balance."""
    entries = by_year.values()
    counts = {
        "reports": sum(entry.reports for entry in entries),
        "balanced": sum(entry.balanced for entry in entries),
        "unbalanced": sum(entry.unbalanced for entry in entries),
        "undecided": sum(entry.undecided for entry in entries),
    }
    first, last = min(by_year), max(by_year)
    if first == last:
        return say("summary.balance_of_year", year=first, **counts)
    return say("summary.balance", first=first, last=last, **counts)


def outcome_sentence(lines: Sequence[OutcomeLine], column: str = TOTAL) -> str:
    """Say which outcome is the most frequent, and of how many requests of a column."""
    counted = [line for line in lines if line.counts[column]]
    if not counted:
        is_blank = any(line.counts[column] is None for line in lines)
        return say("summary.outcomes_unknown" if is_blank else "summary.no_outcomes")
    most = max(counted, key=lambda line: line.counts[column] or 0)
    share = most.shares[column]
    key = "summary.outcomes" if share.share is not None else "summary.outcomes_no_share"
    return say(
        key,
        outcome=without_number(tell(most.label)),
        count=number(share.count or 0),
        denominator="[x]" if share.denominator is None else number(share.denominator),
        percent="" if share.share is None else percent(share.share),
    )


def review_sentence(figures: Mapping[str, Number | None]) -> str:
    """Say how many cases there were on each route."""
    totals = [figures.get(f"{line.id}.{reviews.TOTAL.id}") for line in reviews.LINES]
    if not any(totals):
        return say(_no_totals(figures, totals))
    named = [
        _route_words(tell(line.label), total)
        for line, total in zip(reviews.LINES, totals, strict=True)
    ]
    return say("summary.reviews", routes=say("site.comma").join(named))


def without_number(label: str) -> str:
    """Return the words of a line without the number that it has on the form: （一）予以公开."""
    return NUMBERED.sub("", label)


def _route_words(label: str, cases: Number | None) -> str:
    """Say within a sentence how many cases a route had; a blank total is said to be blank."""
    route, _, how = label.partition(" ")
    if language() is Language.EN:
        route = label[:1].lower() + label[1:]
    elif how:
        route = say("summary.route_how", route=route, how=how)
    if cases is None:
        return say("summary.route_blank", route=route)
    return say("summary.route", route=route, cases=number(cases))


def _no_totals(figures: Mapping[str, Number | None], totals: Sequence[Number | None]) -> str:
    """Return the key of the words for totals that are all zero or unknown."""
    results = [
        figures.get(f"{line.id}.{result.id}")
        for line in reviews.LINES
        for result in reviews.RESULTS
    ]
    if any(results):
        return "summary.reviews_conflict"
    return "summary.reviews_unknown" if None in totals else "summary.no_reviews"


def years_sentence(rows: Sequence[ReportRow]) -> str:
    """Say how the requests received went from the first report that prints them to the latest."""
    known = {row.year: row.headline.get("received_total") for row in rows}
    printed = {year: figure for year, figure in known.items() if figure is not None}
    if len(printed) < 2:
        return say("summary.years_unknown")
    first, last = min(printed), max(printed)
    return say(
        "summary.years",
        first=first,
        last=last,
        before=number(printed[first]),
        after=number(printed[last]),
    )


def marks_sentence(rows: Sequence[ReportRow], revised: Sequence[int]) -> str:
    """Say which years are missing between the first and the last, and which were revised."""
    known = {row.year for row in rows}
    missing = [year for year in range(min(known), max(known)) if year not in known]
    marks = (("office.missing_years", missing), ("office.revised_years", revised))
    return run_on(
        *(
            say(key, years=say("site.comma").join(str(year) for year in sorted(years)))
            for key, years in marks
            if years
        )
    )


def run_on(*sentences: str) -> str:
    """Return sentences one after the other; only English parts them by a space."""
    by = " " if language() is Language.EN else ""
    return by.join(words.strip() for words in sentences if words.strip())
