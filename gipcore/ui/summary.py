"""Sentences in plain words, generated from the figures they speak of."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from gipcore.checks.catalogue import ARITHMETIC_CODES, check
from gipcore.form import reviews
from gipcore.form.report import Number
from gipcore.labels import words
from gipcore.metrics.flow import Flow
from gipcore.metrics.outcomes import TOTAL, OutcomeLine
from gipcore.store.rows import OfficeRow, ReportRow
from gipcore.ui import data
from gipcore.ui.changes import years_link
from gipcore.ui.data import Balance
from gipcore.ui.figures import day, number, percent
from gipcore.ui.filters import function_words, level_words
from gipcore.ui.findings import office_words
from gipcore.ui.html import Content, element, join, link
from gipcore.ui.language import language, say, tell
from gipcore.ui.query import address
from gipcore.ui.regions import region_path
from gipcore.ui.views import ReportView
from gipcore.words import Language


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
        link(say("report.to_office"), address("office", office=row.office_id, year=row.year)),
        region_path(row.region_code, row.region_name) or say("office.no_region"),
        say("report.edition", edition=tell(view.report.edition.title)),
    ]
    if office_words(row.office_name, row.office_name_en) != row.office_name:
        pieces.insert(1, row.office_name)
    if view.report.title:
        pieces.append(say("report.titled", title=view.report.title))
    office = data.office(row.office_id)
    if office is not None and (beside := years_link(office, row.year)):
        pieces.append(beside)
    return join(pieces, by=" · ")


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
    if not found.gap:
        return flowed + say("summary.flow_balances", incoming=number(found.incoming))
    return flowed + say(
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
        return say("summary.no_outcomes")
    most = max(counted, key=lambda line: line.counts[column] or 0)
    share = most.shares[column]
    key = "summary.outcomes" if share.share is not None else "summary.outcomes_no_share"
    return say(
        key,
        outcome=tell(most.label),
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
        say("summary.route", route=tell(line.label), cases=_or_unknown(total))
        for line, total in zip(reviews.LINES, totals, strict=True)
    ]
    return say("summary.reviews", routes=say("site.comma").join(named))


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
    """Say how the requests received went from the first report to the latest."""
    first, last = min(rows, key=lambda row: row.year), max(rows, key=lambda row: row.year)
    return say(
        "summary.years",
        first=first.year,
        last=last.year,
        before=_or_unknown(first.headline.get("received_total")),
        after=_or_unknown(last.headline.get("received_total")),
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


def _or_unknown(figure: Number | None) -> str:
    return "[x]" if figure is None else number(figure)
