"""Findings one a line: those there are, and those that a revision of the report mended."""

from collections.abc import Iterable

from markupsafe import Markup

from gipcore.checks.catalogue import sentence
from gipcore.checks.outcome import Verdict
from gipcore.store.rows import FindingRow, GoneFindingRow
from gipcore.ui.figures import number, signed
from gipcore.ui.findings import cells_address, has_sides, severity_tag
from gipcore.ui.html import Column, Content, element, join, link, table
from gipcore.ui.language import language, say
from gipcore.ui.quality_tables import named_office, on_day, reply_words
from gipcore.ui.query import address


def findings_table(findings: Iterable[FindingRow]) -> Markup:
    """Return findings one a line: which, where, both sides, since when, what the office says."""
    rows = [
        [
            *_of(finding),
            *_sides(finding),
            on_day(finding.first_seen),
            reply_words([finding]),
        ]
        for finding in findings
    ]
    columns = [
        *_columns_of(),
        Column(say("findings.left"), is_number=True),
        Column(say("findings.right"), is_number=True),
        Column(say("findings.difference"), is_number=True),
        Column(say("columns.since")),
        Column(say("columns.reply")),
    ]
    return table(say("columns.findings_caption"), columns, rows, is_list=True)


def gone_table(findings: Iterable[GoneFindingRow]) -> Markup:
    """Return findings that an older revision had: since when, until when, and how they went."""
    rows = [
        [
            *_of(finding),
            _sides(finding)[-1],
            on_day(finding.first_seen),
            on_day(finding.gone_since),
            _how(finding),
            reply_words([finding]),
        ]
        for finding in findings
    ]
    columns = [
        *_columns_of(),
        Column(say("findings.difference"), is_number=True),
        Column(say("columns.since")),
        Column(say("columns.gone_since")),
        Column(say("columns.how_gone")),
        Column(say("columns.reply")),
    ]
    return table(say("columns.gone_caption"), columns, rows, is_list=True)


def _columns_of() -> list[Column]:
    """Return the columns that say which finding a line is about."""
    return [
        Column(say("columns.office")),
        Column(say("columns.report")),
        Column(say("columns.check")),
        Column(say("columns.what")),
    ]


def _of(finding: FindingRow) -> list[Content]:
    mended = say("findings.mended_short") if finding.rests_on_repair else ""
    return [
        named_office(finding),
        link(str(finding.year), address("report", report=finding.report_id)),
        join([severity_tag(finding.severity), link(finding.code, cells_address(finding))], by=" "),
        element("span", sentence(finding.outcome, language()), css="gip-said")
        + (element("span", mended, css="gip-muted gip-small") if mended else Markup("")),
    ]


def _sides(finding: FindingRow) -> list[str]:
    """Return both sides and the difference; dashes where nothing was compared."""
    if not has_sides(finding.outcome):
        return ["–", "–", "–"]
    sides = ("–" if side is None else number(side) for side in (finding.left, finding.right))
    return [*sides, signed(finding.difference)]


def _how(finding: GoneFindingRow) -> Markup:
    """Say what became of a finding, with the way to what the revision changed."""
    key = "unseen" if finding.verdict_now is None else finding.verdict_now.value
    known = (Verdict.PASSED.value, Verdict.NOT_APPLICABLE.value)
    code = key if key in known else "unseen"
    words = say(f"findings.gone_{code}", revision=finding.gone_revision)
    return link(words, address("revisions", report=finding.report_id))
