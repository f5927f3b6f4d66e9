"""Every word of every page is in the language of the visit, those of the widgets included.

Names and quotations stay in their own language and say which it is; what programs read is in none.
"""

import re
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gipcore.checks.catalogue import all_checks
from gipcore.form.editions import EDITIONS
from gipcore.labels import words
from gipcore.register.rows import load_register
from gipcore.ui.methods import TERMS
from gipcore.web.words import INSTEAD
from gipcore.words import REGULATIONS, Language, Source
from tests.e2e.browser import HEIGHT, WIDE, Visitor
from tests.e2e.test_every_page import PAGES
from tests.e2e.test_self_check import OFFICE, check, drop, report
from tests.factories import REGISTER
from tests.pages import history
from tests.pages.database import published

TYPED = "987654"  # what no list has, in no language
OF_PAST = {
    "past_office": ("office", {"office": history.OFFICE}),
    "past_report": ("report", {"report": f"{history.OFFICE}-2024"}),
    "past_changes": ("changes", {"office": history.OFFICE}),
    "past_revisions": ("revisions", {"report": f"{history.ELSEWHERE}-2023"}),
    "past_quality": ("quality", {}),
}
ON_THE_WAY = {
    "found": ("office", {"find": "洪泽"}),
    "found_nearly": ("office", {"find": "洪择区人民政府"}),
    "found_a_region": ("", {"find": "淮安"}),
    "found_nothing": ("offices", {"search": TYPED}),
    "nothing_fits": ("quality", {"search": TYPED, "year": "1066"}),
    "group_opened": ("outcomes", {"group": "denied", "show": "shares"}),
    "table_of_cells": ("download", {"table": "cells"}),
    "table_of_findings": ("download", {"table": "findings", "columns": "check"}),
}
VIEWS = {**PAGES, **OF_PAST, **ON_THE_WAY}
# The browser is set to the other language, of which nothing must show either.
LOCALES = {Language.ZH: "en-US", Language.EN: "zh-CN"}
GATHER = Path(__file__).with_name("words.js").read_text(encoding="utf-8")
IS_ALL_THERE = """() => !document.querySelector("[data-testid=stSkeleton]")
    && [...document.querySelectorAll("[data-testid=stPlotlyChart]")]
        .every(chart => chart.querySelector(".main-svg"))"""

HAN = re.compile("[\u3400-\u9fff]+")
LATIN = re.compile(r"[A-Za-z]{2,}")
# What is in no language: tags and places in charts, addresses and their parts, names of files, ids,
# hashes, cells, columns before what they mean.
NO_WORDS = re.compile(
    r"<[^>]*>|%\{[^}]*\}|https?://\S+|\b[a-z]+=\w*|\b[\w-]+\.(?:json|txt|csv|any)\b"
    r"|\b[a-z_]+(?:\.[a-z_]+)+\b"
    r"|\b[a-z0-9_]+(?:-[a-z0-9_]+)+\b|\b(?=\w*\d)[0-9a-f]{12,}\b|\b[a-z][a-z0-9_.]* · "
)
# What Chinese readers know as it is: formats, units, programs, signs of formulas, names, pinyin.
FORMATS = "csv json parquet excel word wps pdf zip docx doc xls xlsx rtf utf bom sha ocr atom"
NAMES = frozenset(
    f"{FORMATS} kb mb python pandas duckdb wilson ln max next xigong xgq english".split()
)
PLACE_LEFT = re.compile(r"(?<!%)\{\w+")
KEY = re.compile(r"\b[a-z_]+\.\w+")
VERBS = "is|was|has|does|holds|balances|differs|disagrees"
NOUNS = "report|office|finding|request|case|cell|line|check|year|notice"
MISCOUNTED = re.compile(
    rf"(?<![\w.,–/-])(?:1 (?!(?:{VERBS})\b)[a-z]+s\b|(?!1 |(?:19|20)\d\d )\d[\d,]* (?:{NOUNS})\b)"
)


@dataclass(frozen=True)
class Said:
    """Words on a page: where, as what, in which language, by a document or a program."""

    place: str
    kind: str
    words: str
    language: str
    speaker: str


@dataclass
class Tab:
    """A tab that stays in one language; the lists that it has opened are not opened again."""

    page: Page
    language: Language
    listed: set[str] = field(default_factory=set)

    def open(self, site: str, name: str, **parameters: str) -> Visitor:
        """Open a page and wait for its widgets."""
        one = Visitor(self.page, site)
        one.open(name, **parameters, lang=self.language)
        self.page.wait_for_function(IS_ALL_THERE)
        return one

    def wrong(self, *typed: str) -> list[tuple[str, Said]]:
        """Return the words that are not of the language, but for those that the visitor typed."""
        said = [Said(*each) for each in self.page.evaluate(GATHER)]
        assert said
        judged = ((fault(each, self.language), each) for each in said)
        return [
            (why, each)
            for why, each in judged
            if why and fault(without(each, typed), self.language)
        ]


def without(said: Said, typed: tuple[str, ...]) -> Said:
    """Return words without those that the visitor typed, which stay as they are."""
    left = said.words
    for each in typed:
        left = left.replace(each, "")
    return replace(said, words=left)


@cache
def chinese() -> str:
    """Return all that may be Chinese in an English view: names, laws, terms, words of documents."""
    registers = load_register(), REGISTER
    offices = (office for register in registers for office in register.offices)
    regions = (each.full_name(region) for each in registers for region in each.regions)
    sources = [Source(REGULATIONS, "第五十条"), *(one.source for one in all_checks())]
    sources += (edition.source for edition in EDITIONS.values())
    documents = [*published(), *(reading.report for reading in history.readings())]
    claims = (claim for document in documents for claim in document.claims)
    return "\n".join(
        [
            words()["site.other_language"]["en"],
            *(name for office in offices for name in (office.name, *office.aliases)),
            *regions,
            *map(str, sources),
            *(term.zh for term, _ in TERMS),
            *(f"{document.title}\n{document.office.name}" for document in documents),
            *(f"{claim.quote}\n{claim.says}\n{claim.scope}" for claim in claims),
            history.REPLY.author,
            f"{OFFICE}2024年政府信息公开工作年度报告",
        ]
    )


def fault(said: Said, language: Language) -> str | None:
    """Return what is wrong with words in a view; None when nothing is."""
    if said.speaker:
        return None
    if PLACE_LEFT.search(said.words) or not words().keys().isdisjoint(KEY.findall(said.words)):
        return "not filled in"
    told = NO_WORDS.sub(" ", said.words)
    if language is Language.ZH:
        foreign = {found.lower() for found in LATIN.findall(told)} - NAMES
        return "not Chinese" if foreign and said.language != "en" else None
    if MISCOUNTED.search(told):
        return "does not fit its number"
    runs = HAN.findall(told)
    if not all(run in chinese() for run in runs):
        return "not English"
    is_marked = said.kind != "text" or said.language.startswith("zh")
    return None if is_marked or not runs else "not said to be Chinese"


@pytest.fixture(scope="module", params=list(Language), ids=str)
def tab(request, real_browser):
    """One tab for all pages of a language."""
    context = real_browser.new_context(
        viewport={"width": WIDE, "height": HEIGHT},
        locale=LOCALES[request.param],
        permissions=["clipboard-read", "clipboard-write"],
    )
    yield Tab(context.new_page(), request.param)
    context.close()


@pytest.mark.parametrize("view", VIEWS)
def test_every_word_is_of_the_language(tab, site, past, view):
    name, parameters = VIEWS[view]
    one = tab.open(past if view in OF_PAST else site, name, **parameters)
    assert tab.wrong(*parameters.values()) == []
    for box in tab.page.locator("[role=combobox]").all():
        label = box.get_attribute("aria-label")
        if label not in tab.listed:
            tab.listed.add(label)
            box.press("ArrowDown")
            tab.page.locator("[role=option]").first.wait_for()
            assert tab.wrong(*parameters.values()) == []
            box.press_sequentially(TYPED)
            expect(tab.page.locator("[role=option]")).to_have_text(
                INSTEAD["No results"].within(tab.language)
            )
            assert tab.wrong(*parameters.values()) == []
            box.press("Escape")
    for fold in tab.page.locator("[data-testid=stExpander] summary").all():
        fold.click()
        one.settle()
        tab.page.wait_for_function(IS_ALL_THERE)
        assert tab.wrong(*parameters.values()) == []


def test_boxes_and_buttons_in_use_speak_the_language(tab, site):
    page = tab.page
    tab.open(site, "offices")
    box = page.get_by_test_id("stTextInputField").first
    box.fill("1")
    page.get_by_test_id("InputInstructions").wait_for()
    assert tab.wrong() == []
    tab.open(site, "download")
    line = page.get_by_test_id("stCode").first
    line.hover()
    said = INSTEAD["Copy to clipboard"].within(tab.language)
    button = line.get_by_role("button", name=said, exact=True)
    button.hover()
    page.get_by_test_id("stTooltipContent").get_by_text(said, exact=True).wait_for()
    button.click()
    said = INSTEAD["Copied"].within(tab.language)
    line.locator(f"[aria-label='{said}']").wait_for(state="attached")
    assert tab.wrong() == []


def test_check_of_a_draft_speaks_the_language(tab, site):
    one = tab.open(site, "check")
    drop(one, b"x" * (21 << 20), "draft.any")
    assert tab.wrong() == []
    one = tab.open(site, "check")
    drop(one, report(**{"received.total": 99999}), "draft.any")
    drop(one, report(2023), "former.any", which=1)
    assert tab.wrong() == []
    check(one, words()["self_check.submit"][tab.language])
    assert tab.wrong() == []


@pytest.mark.parametrize("language", list(Language))
def test_words_said_instead_stay_as_they_are(language):
    """The script sees its own words again, and must not find a word of Streamlit's in them."""
    patterns = [
        (theirs, re.compile(".+".join(map(re.escape, theirs.split("…"))))) for theirs in INSTEAD
    ]
    for theirs, text in INSTEAD.items():
        ours = text.within(language)
        matched = {named for named, pattern in patterns if pattern.fullmatch(ours)}
        assert matched <= {theirs}
        assert not matched or ours == theirs
