"""The text beside a finding: the claim's own words are marked, and nothing else."""

import time

import pytest
from lxml.html import fromstring

from gipcore.checks.outcome import Outcome, Severity, Verdict
from gipcore.form.report import Claim, Passage
from gipcore.ui.passages import FARTHEST, LONGEST_SHOWN, claims_of, quotations

PLACE = "section 1, paragraph 2"


def marked(text, *quotes):
    claims = [Claim(("received.total",), 1, quote, PLACE) for quote in quotes]
    return quotations([PLACE], claims, [Passage(1, text, PLACE)])


def marks(html):
    return [mark.text_content() for mark in fromstring(html).iter("mark")]


@pytest.mark.parametrize(
    ("text", "quotes", "wanted"),
    [
        ("本机关共受理政府信息公开申请134件。", ["受理…134 件"], ["受理", "134件"]),
        ("受理是依法进行的，共受理申请 134 件。", ["受理…134件"], ["受理", "134 件"]),
        ("收到12件，办结11件。", ["收到12件", "办结11件"], ["收到12件", "办结11件"]),
        ("收到申请12件。", ["收到…12件", "收到…12件"], ["收到", "12件"]),
        ("收到申请12件。", ["收到…13件"], []),
        ("收到" + "很" * (FARTHEST + 1) + "12件", ["收到…12件"], []),
        ("收到申请12件。", ["", "…", " … "], []),
        ("收到(12)件", ["收到(12)件"], ["收到(12)件"]),
    ],
)
def test_words_of_the_claim_are_marked_where_they_stand(text, quotes, wanted):
    html = marked(text, *quotes)
    assert marks(html) == wanted
    assert fromstring(html).find(".//blockquote").text_content() == text


def test_text_of_the_document_stays_text():
    html = marked("<script>收到<b>12件", "收到…12件")
    assert "<script" not in html
    assert "<b>" not in html
    assert marks(html) == ["收到", "12件"]


def test_long_paragraph_is_cut_around_its_claim():
    text = "前" * 3000 + "收到12件" + "后" * 3000
    html = marked(text, "收到12件")
    assert marks(html) == ["收到12件"]
    shown = fromstring(html).find(".//blockquote").text_content()
    assert len(shown) <= LONGEST_SHOWN + 2
    assert (shown[0], shown[-1]) == ("…", "…")


def test_paragraph_that_is_not_kept_gives_nothing():
    claim = Claim(("received.total",), 1, "收到1件", PLACE)
    assert quotations([PLACE], [claim], []) == ""


def test_hostile_quote_costs_little():
    started = time.process_time()
    marked("收" * 20_000, "收…" * 60 + "到")
    assert time.process_time() - started < 10  # a part of a second; never minutes


def test_claims_of_a_finding_are_those_that_it_quotes():
    first = Claim(("received.total",), 134, "受理…134件", PLACE)
    other = Claim(("disposed.total",), 120, "办结120件", PLACE)
    elsewhere = Claim(("received.total",), 134, "受理…134件", "section 5, paragraph 1")
    outcome = Outcome(
        "C801", Verdict.FAILED, Severity.WARNING, places=(PLACE,), detail="受理…134件"
    )
    assert claims_of(outcome, [first, other, elsewhere]) == (first,)
