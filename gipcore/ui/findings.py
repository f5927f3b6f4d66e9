"""How a finding is shown: its sentence, both sides, the difference, the way to its cells."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import groupby

from markupsafe import Markup

from gipcore.checks.catalogue import check, sentence, severity_text
from gipcore.checks.outcome import Outcome, Severity
from gipcore.form.editions import CELLS
from gipcore.store.rows import FindingRow, ReportRow
from gipcore.ui.figures import number, place_words, signed
from gipcore.ui.html import element, join, link, paragraph, show
from gipcore.ui.language import language, say, tell
from gipcore.ui.query import address
from gipcore.words import Language

SHAPES: Mapping[Severity, str] = {
    Severity.ERROR: "■",
    Severity.WARNING: "▲",
    Severity.NOTICE: "●",
}


def severity_tag(severity: Severity) -> Markup:
    """Return a severity as a shape and a word, never by colour alone."""
    words = f"{SHAPES[severity]} {tell(severity_text(severity))}"
    return element("span", words, css=f"gip-tag gip-{severity.value}")


def balance_tag(report: ReportRow) -> Markup:
    """Return whether the tables of a report balance, as a shape and words."""
    if report.is_balanced is None:
        return element("span", f"○ {say('findings.undecided')}", css="gip-tag gip-muted")
    if report.is_balanced:
        return element("span", f"✓ {say('findings.balances')}", css="gip-tag gip-passed")
    return element("span", f"✗ {say('findings.unbalanced')}", css="gip-tag gip-error")


def office_link(office_id: str, name: str, name_en: str | None) -> Markup:
    """Return a link to an office: its own name, with the English one beside it where asked."""
    words = link(name, address("office", office=office_id))
    if language() is Language.EN and name_en:
        words += element("span", f" {name_en}", css="gip-muted gip-small")
    return words


def cards_by_report(findings: Iterable[FindingRow]) -> None:
    """Draw findings under the report they are of, so that related ones stand together."""
    for _, together in groupby(findings, key=lambda finding: finding.report_id):
        rows = tuple(together)
        first = rows[0]
        head = join(
            [
                office_link(first.office_id, first.office_name, first.office_name_en),
                " ",
                link(
                    say("findings.report_of", year=first.year),
                    address("report", report=first.report_id),
                ),
                " ",
                element("span", first.region_name or "", css="gip-muted gip-small"),
            ]
        )
        body = join(card(row.outcome, row.report_id, is_mended=row.rests_on_repair) for row in rows)
        show(element("h3", head) + element("div", body, css="gip-findings"))


def cards(outcomes: Iterable[Outcome], report_id: str, mended: AbstractSet[str]) -> None:
    """Draw the findings of one report; `mended` are the cells that rest on a repair."""
    body = join(
        card(outcome, report_id, is_mended=not mended.isdisjoint(outcome.cells))
        for outcome in outcomes
    )
    show(element("div", body, css="gip-findings"))


def card(outcome: Outcome, report_id: str, *, is_mended: bool) -> Markup:
    """Return one finding."""
    declared = check(outcome.code)
    head = join([severity_tag(outcome.severity), " ", outcome.code, " ", tell(declared.title)])
    body = paragraph(sentence(outcome, language())) + _sides(outcome)
    if outcome.places:
        places = say("site.comma").join(place_words(place) for place in outcome.places)
        body += paragraph(say("findings.places", places=places), css="gip-muted gip-small")
    if is_mended:
        body += paragraph(say("findings.mended"), css="gip-muted gip-small")
    return element(
        "article",
        element("h3", head) + body + _links(outcome, report_id),
        css=f"gip-finding gip-{outcome.severity.value}",
    )


def cell_words(name: str) -> str:
    """Say a cell by its line and column."""
    return tell(CELLS[name].label) if name in CELLS else name


def _sides(outcome: Outcome) -> Markup:
    if outcome.left is None or outcome.right is None:
        return Markup("")
    is_claim = not outcome.left_cells
    pairs = (
        (say("findings.in_text" if is_claim else "findings.left"), number(outcome.left)),
        (say("findings.in_table" if is_claim else "findings.right"), number(outcome.right)),
        (say("findings.difference"), signed(outcome.difference)),
    )
    sides = (element("div", element("dt", name) + element("dd", side)) for name, side in pairs)
    return element("dl", join(sides), css="gip-sides")


def _links(outcome: Outcome, report_id: str) -> Markup:
    links = [
        link(
            say("findings.see_cells"),
            address("report", report=report_id, check=outcome.code),
        ),
        link(say("findings.about_check"), address("methods", check=outcome.code)),
    ]
    return element("div", join(links), css="gip-links")
