"""The parts of the methods page: checks, indicators, editions and terms as declared."""

from markupsafe import Markup

from gipcore.checks.catalogue import all_checks
from gipcore.form import requests, reviews
from gipcore.form.editions import EDITIONS
from gipcore.metrics import repeated
from gipcore.metrics.indicators import INDICATORS
from gipcore.ui.changes import REPEATED
from gipcore.ui.checks import check_name
from gipcore.ui.html import Column, Content, element, link, table
from gipcore.ui.language import say, tell
from gipcore.ui.query import address
from gipcore.words import REGULATIONS, Source, Text

TERMS = (
    (Text("依申请公开", "disclosure on request"), "terms.on_request"),
    (Text("主动公开", "proactive disclosure"), "terms.proactive"),
    (Text("勾稽关系", "balance relation"), "terms.balance_relation"),
    (requests.RECEIVED.label, "terms.received"),
    (requests.BROUGHT_FORWARD.label, "terms.brought_forward"),
    (requests.DISPOSED.label, "terms.disposed"),
    (requests.CARRIED_FORWARD.label, "terms.carried_forward"),
    (requests.GRANTED.label, "terms.granted"),
    (requests.PARTIALLY_GRANTED.label, "terms.partially_granted"),
    (requests.GROUPS["denied"], "terms.denied"),
    (requests.GROUPS["unable_to_provide"], "terms.unable_to_provide"),
    (requests.GROUPS["not_processed"], "terms.not_processed"),
    (requests.GROUPS["other_handling"], "terms.other_handling"),
    (reviews.RECONSIDERATION.label, "terms.reconsideration"),
    (reviews.LITIGATION_DIRECT.label, "terms.litigation_direct"),
    (reviews.LITIGATION_AFTER_RECONSIDERATION.label, "terms.litigation_after_reconsideration"),
    (reviews.RESULTS[1].label, "terms.corrected"),
)


def checks_table() -> Markup:
    """Return every check with its formula and where it is prescribed; a code leads to results."""
    rows: list[list[Content]] = [
        [
            link(check_name(each.code), address("checks", check=each.code)),
            tell(each.formula),
            say("methods.no_source") if each.source is None else str(each.source),
        ]
        for each in all_checks()
    ]
    columns = [
        Column(say("columns.check")),
        Column(say("methods.formula")),
        Column(say("methods.source")),
    ]
    return table(say("methods.checks_caption"), columns, rows, is_list=True)


def indicators_table() -> Markup:
    """Return the declared indicators with what is divided by what."""
    rows: list[list[Content]] = [
        [
            tell(indicator.title),
            element("code", " + ".join(indicator.numerator)),
            tell(indicator.denominator_words),
        ]
        for indicator in INDICATORS
    ]
    anchored = element("span", tell(repeated.TITLE), id=REPEATED)
    rows.append([anchored, tell(repeated.NUMERATOR), tell(repeated.DENOMINATOR)])
    columns = [
        Column(say("methods.indicator")),
        Column(say("methods.numerator")),
        Column(say("methods.denominator_column")),
    ]
    return table(say("methods.indicators_caption"), columns, rows, is_list=True)


def editions_table() -> Markup:
    """Return the editions of the form with their notices."""
    rows = [
        [
            tell(edition.title),
            str(edition.source),
            say("methods.years_from", first=edition.first_year)
            if edition.last_year is None
            else f"{edition.first_year}–{edition.last_year}",
            str(len(edition.required_cells())),
        ]
        for edition in EDITIONS.values()
    ]
    columns = [
        Column(say("methods.edition")),
        Column(say("methods.source")),
        Column(say("methods.in_force")),
        Column(say("methods.cells"), is_number=True),
    ]
    law = str(Source(REGULATIONS, "第五十条"))
    return table(say("methods.editions_caption", law=law), columns, rows)


def glossary_table() -> Markup:
    """Return the terms of the form in both languages, explained."""
    rows = [[term.zh, element("span", term.en, lang="en"), say(key)] for term, key in TERMS]
    columns = [
        Column(say("methods.term_zh")),
        Column(say("methods.term_en")),
        Column(say("methods.meaning")),
    ]
    return table(say("methods.glossary"), columns, rows)
