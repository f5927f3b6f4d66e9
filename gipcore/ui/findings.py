"""How a finding is shown: its sentence, both sides, the difference, the way to its cells."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from gipcore.checks.catalogue import check, sentence, severity_text
from gipcore.checks.outcome import Outcome, Severity
from gipcore.checks.related import related
from gipcore.checks.rests import rests_on, rests_text
from gipcore.form.editions import CELLS
from gipcore.store.rows import FindingRow, Reply, ReportRow
from gipcore.ui import data
from gipcore.ui.figures import day, number, signed
from gipcore.ui.html import Content, element, join, link, paragraph, show
from gipcore.ui.language import language, say, tell
from gipcore.ui.query import address
from gipcore.ui.regions import region_path
from gipcore.words import Language

MARKED = "marked"  # the anchor of the first cell of the check asked for, on the report's page
CHAIN = "chain"  # the anchor of the chain of years, on the page of an office
BETWEEN_YEARS = "C901"
YEAR_TO_YEAR = frozenset({BETWEEN_YEARS, "C902"})
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
        show(element("h3", _report_head(rows[0])) + _cards(rows, "h4"))


def cards(findings: Iterable[FindingRow]) -> None:
    """Draw findings of one report."""
    show(_cards(tuple(findings), "h3"))


def questions(outcomes: Iterable[Outcome]) -> None:
    """Draw what is no failure but worth a look: claims whose words narrow their scope."""
    asked = [sentence(outcome, language()) for outcome in outcomes]
    if asked:
        items = element("ul", join(element("li", words) for words in asked))
        show(paragraph(say("findings.questions")) + items)


def cells_address(finding: FindingRow) -> str:
    """Return the address of the report with the cells of a finding marked."""
    if not finding.cells:
        return address("report", report=finding.report_id, check=finding.code)
    return address("report", report=finding.report_id, check=finding.code) + f"#{MARKED}"


def reply_quotes(replies: Iterable[Reply]) -> Markup:
    """Return what the office says to a finding, with its date and where it says so."""
    return join(
        element(
            "figure",
            element("blockquote", reply.text)
            + element("figcaption", join(_reply_source(reply), by=" · ")),
            css="gip-quotation gip-reply",
        )
        for reply in dict.fromkeys(replies)
    )


def _reply_source(reply: Reply) -> list[Content]:
    source: list[Content] = [say("findings.reply", author=reply.author), day(reply.date)]
    if reply.link is not None and reply.link.startswith(("https://", "http://")):
        source.append(link(say("findings.reply_link"), reply.link))
    return source


def _report_head(finding: FindingRow) -> Markup:
    report = address("report", report=finding.report_id)
    return join(
        [
            office_link(finding.office_id, finding.office_name, finding.office_name_en),
            link(say("findings.report_of", year=finding.year), report),
            element(
                "span",
                region_path(finding.region_code, finding.region_name),
                css="gip-muted gip-small",
            ),
        ],
        by=" ",
    )


def _cards(findings: Sequence[FindingRow], level: str) -> Markup:
    """Return findings of one report, those of one check on one card."""
    by_check: dict[str, list[FindingRow]] = {}
    for finding in findings:
        by_check.setdefault(finding.code, []).append(finding)
    body = join(_card(found, level) for found in by_check.values())
    return element("div", body, css="gip-findings")


def _card(found: Sequence[FindingRow], level: str) -> Markup:
    first = found[0]
    declared = check(first.code)
    relation = say("findings.should_hold", title=tell(declared.title))
    head = join([severity_tag(first.severity), first.code, relation], by=" ")
    said = (paragraph(sentence(one.outcome, language())) + _sides(one.outcome) for one in found)
    notes = [_rests(found), _related(found), _since(found)]
    return element(
        "article",
        element(level, head)
        + join(said)
        + join(paragraph(note, css="gip-muted gip-small") for note in notes if note)
        + reply_quotes(reply for one in found for reply in one.replies)
        + element("div", join(_links(first)), css="gip-links"),
        css=f"gip-finding gip-{first.severity.value}",
    )


def _links(finding: FindingRow) -> list[Markup]:
    words = "findings.see_cells" if finding.cells else "findings.see_report"
    links = [
        link(say(words), cells_address(finding)),
        link(say("findings.about_check"), address("checks", check=finding.code)),
    ]
    if finding.code == BETWEEN_YEARS:
        chain = address("office", office=finding.office_id) + f"#{CHAIN}"
        links.append(link(say("findings.see_chain"), chain))
    return links


def _rests(found: Iterable[FindingRow]) -> str:
    """Say on which repairs some findings of a report rest; empty when on none."""
    resting = [one for one in found if one.rests_on_repair]
    stored = data.report(resting[0].report_id) if resting else None
    if stored is None:
        return ""
    repairs = dict.fromkeys(r for one in resting for r in rests_on(one.outcome, stored.report))
    return rests_text(tuple(repairs), language())


def _related(found: Sequence[FindingRow]) -> Content:
    """Name the other checks of the report that fail on a cell of these findings."""
    first = found[0]
    outcomes = [row.outcome for row in data.findings_of(first.office_id, first.year)]
    others = (other for one in found for other in related(one.outcome, outcomes))
    codes = [code for code in dict.fromkeys(o.code for o in others) if code != first.code]
    if not codes:
        return ""
    links = (
        link(
            join([code, tell(check(code).title)], by=" "),
            address("report", report=first.report_id, check=code) + f"#{MARKED}",
        )
        for code in codes
    )
    return join([say("findings.related"), join(links, by=say("site.comma"))])


def _since(found: Sequence[FindingRow]) -> str:
    moments = [one.first_seen for one in found if one.first_seen is not None]
    return say("findings.since", day=day(min(moments))) if moments else ""


def cell_words(name: str) -> str:
    """Say a cell by its line and column."""
    return tell(CELLS[name].label) if name in CELLS else name


def has_sides(outcome: Outcome) -> bool:
    """Tell whether the sides of an outcome are figures that reports state, not counts of faults."""
    is_equation = check(outcome.code).is_arithmetic or outcome.code in YEAR_TO_YEAR
    return is_equation or _is_claim(outcome)


def _is_claim(outcome: Outcome) -> bool:
    return bool(outcome.right_cells) and not outcome.left_cells


def _sides(outcome: Outcome) -> Markup:
    """Return both sides of a finding with the difference, named by what was compared."""
    if outcome.left is None or outcome.right is None or not has_sides(outcome):
        return Markup("")
    left, right = _compared(outcome)
    pairs = (
        (say(f"findings.{left}"), number(outcome.left)),
        (say(f"findings.{right}"), number(outcome.right)),
        (say("findings.difference"), signed(outcome.difference)),
    )
    sides = (element("div", element("dt", name) + element("dd", side)) for name, side in pairs)
    return element("dl", join(sides), css="gip-sides")


def _compared(outcome: Outcome) -> tuple[str, str]:
    if outcome.code == BETWEEN_YEARS:
        return "this_year", "year_before"
    return ("in_text", "in_table") if _is_claim(outcome) else ("left", "right")
