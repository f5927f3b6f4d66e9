"""Tables about one report: its cells, its text, how it was read, what was checked."""

from collections import Counter
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from gipcore.checks.catalogue import check, reason_text
from gipcore.checks.outcome import Outcome, Verdict
from gipcore.form.editions import CELLS
from gipcore.form.report import Repair, Report, Unread
from gipcore.metrics.claims import ClaimBeside
from gipcore.ui.figures import count, number, place_words, printed, signed
from gipcore.ui.findings import cell_words
from gipcore.ui.html import Column, Content, element, join, link, table
from gipcore.ui.language import say, tell
from gipcore.ui.query import address


def cells_table(report: Report, cells: Iterable[str]) -> Markup:
    """Return cells with their printed text and place in the document."""
    rows = []
    for name in cells:
        value = report.cells.get(name)
        rows.append(
            [
                cell_words(name),
                printed(value, is_in_edition=report.form in CELLS[name].editions),
                "–" if value is None else value.raw or say("form.nothing_printed"),
                "–" if value is None else place_words(value.place),
                element("code", name),
            ]
        )
    columns = [
        Column(say("columns.cell")),
        Column(say("columns.figure"), is_number=True),
        Column(say("form.printed")),
        Column(say("form.place")),
        Column(say("form.name")),
    ]
    return table(say("columns.cells_caption"), columns, rows, is_list=True)


def reading_table(repairs: Iterable[Repair], unread: Iterable[Unread]) -> Markup:
    """Return what had to be mended in reading, and what could not be read."""
    rows: list[list[Content]] = [
        [place_words(repair.place), say(f"repairs.{repair.code.value}"), repair.detail or "–"]
        for repair in repairs
    ]
    rows += [[place_words(row.place), say("repairs.unread"), row.text] for row in unread]
    columns = [
        Column(say("form.place")),
        Column(say("columns.what_happened"), is_plain=True),
        Column(say("columns.text")),
    ]
    return table(say("columns.reading_caption"), columns, rows, is_list=True)


def checks_sentence(found: Sequence[Outcome]) -> str:
    """Say how many checks passed throughout, failed somewhere, and could not be decided at all."""
    of_checks: dict[str, set[Verdict]] = {}
    for outcome in found:
        of_checks.setdefault(outcome.code, set()).add(outcome.verdict)
    failed = sum(Verdict.FAILED in verdicts for verdicts in of_checks.values())
    decided = sum(verdicts != {Verdict.NOT_APPLICABLE} for verdicts in of_checks.values())
    return say(
        "report.checks_counted",
        checks=len(of_checks),
        passed=decided - failed,
        failed=failed,
        undecided=len(of_checks) - decided,
    )


def outcomes_table(found: Sequence[Outcome]) -> Markup:
    """Return each check of a report with how often it passed, failed, or was not applicable."""
    rows = []
    for code in dict.fromkeys(outcome.code for outcome in found):
        of_check = [outcome for outcome in found if outcome.code == code]
        verdicts = Counter(outcome.verdict for outcome in of_check)
        reasons = dict.fromkeys(o.reason for o in of_check if o.reason is not None)
        rows.append(
            [
                link(code, address("checks", check=code)),
                tell(check(code).title),
                *(number(verdicts[verdict]) for verdict in Verdict),
                say("site.comma").join(tell(reason_text(reason)) for reason in reasons) or "–",
            ]
        )
    columns = [
        Column(say("columns.check")),
        Column(say("columns.must_hold"), is_plain=True),
        *(Column(say(f"columns.{verdict.value}"), is_number=True) for verdict in Verdict),
        Column(say("columns.reason")),
    ]
    return table(say("columns.outcomes_caption"), columns, rows, is_list=True)


def claims_table(claims: Iterable[ClaimBeside]) -> Markup:
    """Return what the text states beside what the table prints."""
    rows = [
        [
            join([beside.claim.quote, *_scope(beside)]),
            say("site.plus").join(cell_words(name) for name in beside.claim.cells),
            number(beside.claim.value),
            count(beside.printed),
            signed(beside.difference),
            place_words(beside.claim.place),
        ]
        for beside in claims
    ]
    columns = [
        Column(say("columns.quote")),
        Column(say("columns.speaks_of")),
        Column(say("columns.in_text"), is_number=True),
        Column(say("columns.in_table"), is_number=True),
        Column(say("findings.difference"), is_number=True),
        Column(say("columns.place")),
    ]
    return table(say("columns.claims_caption"), columns, rows, is_list=True)


def _scope(beside: ClaimBeside) -> list[Content]:
    if beside.claim.scope is None:
        return []
    return [element("div", say("columns.scope", scope=beside.claim.scope), css="gip-muted")]
