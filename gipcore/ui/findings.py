"""How a finding is shown: its sentence, both sides, the difference, the way to its cells."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from markupsafe import Markup

from gipcore.checks.catalogue import check, sentence, severity_text
from gipcore.checks.kinds import Check
from gipcore.checks.outcome import Outcome, Severity
from gipcore.form.editions import CELLS
from gipcore.store.rows import FindingRow, ReportRow
from gipcore.ui.figures import number, signed
from gipcore.ui.html import element, join, link, paragraph, show
from gipcore.ui.language import language, say, tell
from gipcore.ui.query import address
from gipcore.ui.regions import region_path
from gipcore.words import Language

SHAPES: Mapping[Severity, str] = {
    Severity.ERROR: "■",
    Severity.WARNING: "▲",
    Severity.NOTICE: "●",
}


def severity_tag(severity: Severity) -> Markup:
    """Return a severity as a shape and a word, never by colour alone."""
    words = tell(severity_text(severity))
    shown = f"{SHAPES[severity]} {words[:1].upper()}{words[1:]}"
    return element("span", shown, css=f"gip-tag gip-{severity.value}")


def balance_tag(report: ReportRow) -> Markup:
    """Return whether the tables of a report balance, as a shape and words."""
    if report.is_balanced is None:
        return element("span", f"○ {say('findings.undecided')}", css="gip-tag gip-muted")
    if report.is_balanced:
        return element("span", f"✓ {say('findings.balances')}", css="gip-tag gip-passed")
    return element("span", f"✗ {say('findings.unbalanced')}", css="gip-tag gip-error")


def office_words(name: str, name_en: str | None) -> str:
    """Say an office in the language of the visit, by its own name where it has no other."""
    return name_en if language() is Language.EN and name_en else name


def office_link(office_id: str, name: str, name_en: str | None) -> Markup:
    """Return a link to an office; in English with its own name beside the translated one."""
    target = address("office", office=office_id)
    words = office_words(name, name_en)
    linked = link(words, target)
    if words != name:
        linked += " " + element("span", name, css="gip-muted gip-small")
    return element("span", linked, css="gip-name")


def cards_by_report(findings: Iterable[FindingRow]) -> None:
    """Draw findings under the report they are of, so that related ones stand together."""
    for _, together in groupby(findings, key=lambda finding: finding.report_id):
        rows = tuple(together)
        first = rows[0]
        head = join(
            [
                office_link(first.office_id, first.office_name, first.office_name_en),
                link(
                    say("findings.report_of", year=first.year),
                    address("report", report=first.report_id),
                ),
                element(
                    "span",
                    region_path(first.region_code, first.region_name),
                    css="gip-muted gip-small",
                ),
            ],
            by=" ",
        )
        mended = {name for row in rows if row.rests_on_repair for name in row.cells}
        show(
            element("h3", head)
            + _cards((row.outcome for row in rows), first.report_id, mended, "h4")
        )


def cards(outcomes: Iterable[Outcome], report_id: str, mended: AbstractSet[str]) -> None:
    """Draw the findings of one report; `mended` are the cells that rest on a repair."""
    show(_cards(outcomes, report_id, mended, "h3"))


def questions(outcomes: Iterable[Outcome]) -> None:
    """Draw what is no failure but worth a look: claims whose words narrow their scope."""
    asked = [sentence(outcome, language()) for outcome in outcomes]
    if asked:
        items = element("ul", join(element("li", words) for words in asked))
        show(paragraph(say("findings.questions")) + items)


def _cards(
    outcomes: Iterable[Outcome], report_id: str, mended: AbstractSet[str], level: str
) -> Markup:
    """Return the findings of one report, those of one check on one card."""
    by_check: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_check.setdefault(outcome.code, []).append(outcome)
    body = join(_card(code, found, report_id, mended, level) for code, found in by_check.items())
    return element("div", body, css="gip-findings")


def _card(
    code: str, found: Sequence[Outcome], report_id: str, mended: AbstractSet[str], level: str
) -> Markup:
    declared = check(code)
    severity = found[0].severity
    relation = say("findings.should_hold", title=tell(declared.title))
    head = join([severity_tag(severity), code, relation], by=" ")
    body = join(paragraph(sentence(one, language())) + _sides(declared, one) for one in found)
    if any(not mended.isdisjoint(one.cells) for one in found):
        body += paragraph(say("findings.mended"), css="gip-muted gip-small")
    links = [
        link(say("findings.see_cells"), address("report", report=report_id, check=code))
        if any(one.cells for one in found)
        else link(say("findings.see_report"), address("report", report=report_id)),
        link(say("findings.about_check"), address("methods", check=code)),
    ]
    return element(
        "article",
        element(level, head) + body + element("div", join(links), css="gip-links"),
        css=f"gip-finding gip-{severity.value}",
    )


def cell_words(name: str) -> str:
    """Say a cell by its line and column."""
    return tell(CELLS[name].label) if name in CELLS else name


def _sides(declared: Check, outcome: Outcome) -> Markup:
    """Return both sides of an equation, or the figures of text and table, with the difference."""
    is_claim = bool(outcome.right_cells) and not outcome.left_cells
    if outcome.left is None or outcome.right is None or not (declared.is_arithmetic or is_claim):
        return Markup("")
    pairs = (
        (say("findings.in_text" if is_claim else "findings.left"), number(outcome.left)),
        (say("findings.in_table" if is_claim else "findings.right"), number(outcome.right)),
        (say("findings.difference"), signed(outcome.difference)),
    )
    sides = (element("div", element("dt", name) + element("dd", side)) for name, side in pairs)
    return element("dl", join(sides), css="gip-sides")
