"""What came of a draft: the verdict, the list of repairs, and the report to take away."""

import json
from collections import Counter
from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from gipcore.checks.catalogue import check
from gipcore.checks.outcome import Severity, Verdict, outcome_to_json
from gipcore.export.filled_form import file_name, filled_form
from gipcore.export.form_docx import docx_form
from gipcore.export.form_xlsx import xlsx_form
from gipcore.export.repair_list import (
    CellAt,
    Group,
    Item,
    codes_by_cell,
    comparable,
    repair_list,
    verdict_sentence,
)
from gipcore.form.report import Report
from gipcore.form.report_json import report_to_json
from gipcore.labels import words
from gipcore.metrics.claims import ClaimBeside, claims_beside
from gipcore.ui.figures import number, signed
from gipcore.ui.findings import severity_tag
from gipcore.ui.form_view import FormView
from gipcore.ui.html import Column, Content, element, join, link, paragraph, show, table
from gipcore.ui.language import language, say, tell
from gipcore.ui.parts import empty, heading, note
from gipcore.ui.query import address
from gipcore.ui.self_check import MOST_DOCUMENTS, MOST_SECONDS, Checked, Draft, Found, Refused
from gipcore.ui.summary import format_words
from gipcore.ui.tables import rejection_words

SHOWN_AT_ONCE = 4  # cells of a finding; more are folded away
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pick(checked: Checked) -> Found:
    """Draw the list of documents where there are several; return the one to show."""
    found = checked.found
    if len(found) == 1 and not checked.is_cut:
        return found[0]
    reports = sum(isinstance(one, Draft) for one in found)
    heading(say("self_check.documents", documents=len(found), reports=reports))
    if checked.is_cut:
        note(say("self_check.documents_cut", documents=MOST_DOCUMENTS, seconds=MOST_SECONDS))
    columns = [Column(say("self_check.document")), Column(say("self_check.result"))]
    rows = [[one.name, _result(one)] for one in found]
    show(table(say("self_check.document"), columns, rows))
    chosen = st.selectbox(
        say("self_check.show_document"),
        range(len(found)),
        format_func=lambda position: f"{position + 1}. {found[position].name}",
        placeholder=say("site.choose"),
        key="self_check_document",
    )
    return found[chosen]


def _result(found: Found) -> str:
    if isinstance(found, Refused):
        return _reason(found.code)
    return f"{name_of(found.report)}{say('site.colon')}{_verdict(found)}"


def _verdict(draft: Draft) -> str:
    return verdict_sentence(draft.outcomes, language())


def name_of(report: Report) -> str:
    """Say whose report on which year a draft is, as far as it was recognised."""
    return say(
        "self_check.of_report",
        office=report.office.name or say("self_check.office_unknown"),
        year=report.year or say("self_check.year_unknown"),
    )


def refusal(refused: Refused) -> None:
    """Say why there is no report, and what to do."""
    key = f"self_check.advise_{refused.code}"
    reason = join([refused.name, say("site.colon"), _reason(refused.code)])
    advice = say(key) if key in words() else say("self_check.advise_no_report")
    empty(say("self_check.refused"), join([paragraph(reason), paragraph(advice)]))


def _reason(code: str) -> str:
    return rejection_words(code) or code


def head(draft: Draft, previous: Report | Refused | None) -> None:
    """Draw whose report it is and the verdict, before all else."""
    report = draft.report
    severities = Counter(o.severity for o in draft.outcomes if o.verdict is Verdict.FAILED)
    worst = next((severity.value for severity in Severity if severities[severity]), "passed")
    about = say(
        "self_check.about",
        file=draft.name,
        format=format_words(report.source.format),
        edition=tell(report.edition.title),
    )
    counts = say(
        "self_check.counts",
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        notices=severities[Severity.NOTICE],
    )
    show(
        element("h2", name_of(report))
        + element("p", _verdict(draft), css=f"gip-verdict gip-{worst}", role="status")
        + paragraph(join([counts, " · ", about]), css="gip-muted gip-small")
    )
    for words_of_note in _notes(draft, previous):
        note(words_of_note)


def _notes(draft: Draft, previous: Report | Refused | None) -> list[str]:
    """Say what of the draft or of last year's report needs saying beforehand."""
    office = draft.report.office
    notes = []
    if office.name and office.suggestion:
        named = say("self_check.suggestion", name=office.name, suggestion=office.suggestion)
        notes.append(named)
    if isinstance(previous, Refused):
        several = say("self_check.several_previous")
        reason = several if previous.code == "several_reports" else _reason(previous.code)
        notes.append(say("self_check.not_compared", reason=reason))
        return notes
    _, said = comparable(draft.report, previous, language())
    if draft.previous is not None:
        year = draft.previous.year or say("self_check.year_unknown")
        notes.append(say("self_check.compared", year=year))
    return [*notes, *([said] if said else [])]


def repairs(draft: Draft) -> None:
    """Draw the list of repairs, the gravest first."""
    groups = repair_list(draft.report, draft.outcomes, language())
    heading(say("self_check.repairs"))
    if not groups:
        empty(say("self_check.nothing_found"), say("self_check.nothing_found_advice"))
    for group in groups:
        show(_group(group))


def _group(group: Group) -> Markup:
    words_of_head = say("self_check.group", heading=group.heading, items=len(group.items))
    return (
        element("h3", words_of_head)
        + paragraph(group.advice, css="gip-muted gip-small")
        + element("div", join(_item(item) for item in group.items), css="gip-findings")
    )


def _item(item: Item) -> Markup:
    relation = say("findings.should_hold", title=item.title)
    head_of_card = join([severity_tag(item.outcome.severity), item.code, relation], by=" ")
    body = paragraph(item.sentence) + _sides(item)
    if item.where:
        body += paragraph(say("self_check.where", where=item.where))
    notes = [item.rests]
    if item.related:
        codes = say("site.comma").join(item.related)
        notes.append(say("self_check.related", codes=codes))
    body += join(paragraph(words, css="gip-muted gip-small") for words in notes if words)
    about = link(say("findings.about_check"), address("checks", check=item.code))
    return element(
        "article",
        element("h4", head_of_card) + body + _cells(item) + element("div", about, css="gip-links"),
        css=f"gip-finding gip-{item.outcome.severity.value}",
    )


def _cells(item: Item) -> Markup:
    """Return the cells of a finding with their printed text and place, folded where many."""
    if not item.cells:
        return Markup("")
    summary = element("summary", say("self_check.cells", cells=len(item.cells)))
    listed = element("ul", join(element("li", _cell(cell)) for cell in item.cells))
    is_open = "" if len(item.cells) <= SHOWN_AT_ONCE else None
    return element("details", summary + listed, open=is_open)


def _cell(cell: CellAt) -> Content:
    if cell.raw is None:
        return say("self_check.cell_absent", cell=cell.words)
    raw = f"「{cell.raw}」" if cell.raw.strip() else say("form.nothing_printed")
    return say("self_check.cell", cell=cell.words, raw=raw, place=cell.place)


def _sides(item: Item) -> Markup:
    """Return both figures and their difference, where there are two to compare."""
    outcome = item.outcome
    is_claim = bool(outcome.right_cells) and not outcome.left_cells
    is_equation = check(item.code).is_arithmetic or bool(outcome.left_cells and outcome.right_cells)
    if outcome.left is None or outcome.right is None or not (is_claim or is_equation):
        return Markup("")
    pairs: list[tuple[str, Content]] = [
        (say("findings.in_text" if is_claim else "findings.left"), number(outcome.left)),
        (say("findings.in_table" if is_claim else "findings.right"), number(outcome.right)),
        (say("findings.difference"), signed(outcome.difference)),
    ]
    sides = (element("div", element("dt", name) + element("dd", side)) for name, side in pairs)
    return element("dl", join(sides), css="gip-sides")


def form_view(draft: Draft) -> FormView:
    """Return the tables of a draft with the cells of its findings marked."""
    return FormView(draft.report, codes_by_cell(draft.outcomes))


def claims(draft: Draft) -> tuple[ClaimBeside, ...]:
    """Return what the text states beside what the tables print."""
    return claims_beside(draft.report)


def downloads(draft: Draft) -> None:
    """Draw the report to take away; each file is made when it is asked for."""
    heading(say("self_check.files"), say("self_check.files_lead"))
    form = filled_form(draft.report, draft.outcomes, language())
    with st.container(horizontal=True, key="self_check_files"):
        _button(draft, "as_word", "docx", WORD, lambda: docx_form(form))
        _button(draft, "as_excel", "xlsx", EXCEL, lambda: xlsx_form(form))
        _button(draft, "as_json", "json", "application/json", lambda: report_json(draft))


def _button(
    draft: Draft, words_of_button: str, suffix: str, media_type: str, make: Callable[[], bytes]
) -> None:
    st.download_button(
        say(f"self_check.{words_of_button}"),
        make,
        file_name=file_name(draft.report, suffix),
        mime=media_type,
        on_click="ignore",
        key=f"self_check_{suffix}",
    )


def report_json(draft: Draft) -> bytes:
    """Return the report with its outcomes as the JSON of the contract."""
    outcomes = [outcome_to_json(outcome) for outcome in draft.outcomes]
    found = report_to_json(draft.report) | {"outcomes": outcomes}
    return json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8", "replace")
