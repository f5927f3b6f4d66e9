"""The lists of the panel of data quality, each with its heading, its file and its empty state."""

from collections.abc import Iterator

import streamlit as st

from gipcore.ui import data, finding_tables, quality_tables, tables
from gipcore.ui.findings import cards_by_report
from gipcore.ui.html import join, link, paragraph, show
from gipcore.ui.language import say
from gipcore.ui.parts import NOT_PARSED, NOT_PUBLISHED, download, empty, heading, note, paging
from gipcore.ui.quality import BREAKDOWNS, Panel
from gipcore.ui.query import FIRST_PAGES, REPORTS_PAGE, parameters, same_view, switch

UNBALANCED = "unbalanced"  # there, the list of reports that do not balance
REPORTS = 20  # that do not balance, on a page
SIZES = {"cards": 20, "table": 50}  # findings on a page, by how they are listed
LISTED = 60  # offices, documents and findings that are gone listed at once


def draw_office(panel: Panel) -> None:
    """Say of which offices alone the view is, if of some."""
    offices = data.offices_named(panel.query)
    if offices:
        show(quality_tables.of_offices(offices))


def draw_counts(panel: Panel) -> None:
    """Draw how many reports fail by check, and by region, level or year."""
    first, second = st.columns([1, 1], gap="medium")
    with first:
        heading(
            say("quality.by_check"),
            "" if panel.query.replied is None else say("quality.by_check_of_all"),
        )
        show(quality_tables.checks_table(panel.by_check))
    with second:
        heading(say("quality.by"), say("quality.by_of_all") if panel.is_narrowed else "")
        choices: dict[str, str] = {by: say(f"quality.by_{by}") for by in BREAKDOWNS}
        chosen = switch("by", say("quality.by"), choices, BREAKDOWNS[0], is_labelled=False)
        by = next(by for by in BREAKDOWNS if by == chosen)
        show(quality_tables.breakdown_table(data.breakdown(panel.query, by), by))


def draw_unbalanced(panel: Panel) -> None:
    """Draw the reports that do not balance: by how much, since when, what the office says."""
    if panel.query.balanced:
        return  # the view is of reports that balance
    lead = join([say("quality.unbalanced_lead"), *_listed_of(panel)])
    heading(say("quality.unbalanced"), lead, anchor=UNBALANCED)
    reports = panel.unbalanced
    if not reports:
        _draw_no_unbalanced(panel)
        return
    offset = paging(reports, REPORTS, REPORTS_PAGE, UNBALANCED)
    show(quality_tables.unbalanced_table(data.reports(panel.of_unbalanced, REPORTS, offset)))
    words = say("quality.see_unbalanced", reports=reports)
    findings = same_view(balanced="false", show="table", **FIRST_PAGES)
    show(paragraph(link(words, findings)))
    words = say("quality.unbalanced_download", reports=reports)
    download(words, "api/v1/reports.csv", **parameters(panel.of_unbalanced))


def _listed_of(panel: Panel) -> Iterator[str]:
    """Say which reports that do not balance are listed, where the view is narrowed."""
    query = panel.query
    if panel.relation is not None:
        yield say("quality.listed_check", check=panel.relation)
    if query.replied is not None:
        yield say(f"quality.listed_replied_{str(query.replied).lower()}")
    if query.severity is not None or query.check != panel.relation:
        yield say("quality.listed_whatever")


def _draw_no_unbalanced(panel: Panel) -> None:
    """Say that no report does not balance, or none of those that the view takes."""
    unbalanced = panel.balance.unbalanced
    if not unbalanced:
        empty(say("quality.none_unbalanced"), say("quality.none_unbalanced_advice"))
        return
    everything = same_view(check=None, severity=None, replied=None, **FIRST_PAGES)
    words = say("quality.see_all_unbalanced", unbalanced=unbalanced)
    empty(say("quality.none_listed"), link(words, everything))


def draw_findings(panel: Panel) -> None:
    """Draw each finding, in full or one a line, with the file of just these."""
    heading(say("quality.each"), say("quality.each_lead", findings=panel.findings))
    if not panel.findings:
        empty(say("findings.none"), say("findings.none_advice"))
        return
    choices = {code: say(f"quality.show_{code}") for code in SIZES}
    default = next(iter(SIZES))
    listed = switch("show", say("quality.show"), choices, default, is_labelled=False)
    size = SIZES[listed]
    offset = paging(panel.findings, size)
    found = data.findings(panel.query, size, offset)
    note(say("findings.cannot_tell"))
    if listed == "table":
        show(finding_tables.findings_table(found))
    else:
        cards_by_report(found)
    words = say("quality.download", findings=panel.findings)
    download(words, "api/v1/findings.csv", **parameters(panel.query))


def draw_gone(panel: Panel) -> None:
    """Draw, folded away, the findings that a revision of the report has not any more."""
    findings = data.count_gone_findings(panel.query)
    if not findings:
        return
    with st.expander(say("quality.gone", findings=findings)):
        show(paragraph(say("quality.gone_lead"), css="gip-muted gip-small"))
        show(finding_tables.gone_table(data.gone_findings(panel.query, LISTED)))
        if findings > LISTED:
            note(say("quality.gone_first", shown=LISTED, findings=findings))
        words = say("quality.gone_download", findings=findings)
        download(words, "api/v1/gone_findings.csv", **parameters(panel.query))


def draw_missing(panel: Panel) -> None:
    """Draw the offices that have no report for the year."""
    if panel.year is None:
        return
    offices, year = panel.published.offices_without_report, panel.year
    lead = say("quality.missing_lead")
    heading(say("quality.missing", year=year, offices=offices), lead, anchor=NOT_PUBLISHED)
    if not offices:
        empty(say("quality.none_missing", year=year), say("quality.none_missing_advice"))
        return
    show(quality_tables.offices_list(data.offices_without_report(panel.offices, LISTED)))
    if offices > LISTED:
        note(say("quality.missing_first", shown=LISTED, offices=offices))
    words = say("quality.missing_download", offices=offices)
    download(words, "api/v1/offices_without_report.csv", **parameters(panel.offices))


def draw_rejected(panel: Panel) -> None:
    """Draw the documents that gave no report."""
    documents = panel.coverage.not_parsed
    if not documents:
        return
    lead = say("quality.rejected_lead")
    heading(say("quality.rejected", documents=documents), lead, anchor=NOT_PARSED)
    show(tables.rejected_table(data.rejected(panel.query, LISTED)))
    if documents > LISTED:
        note(say("quality.first_documents", shown=LISTED, documents=documents))
