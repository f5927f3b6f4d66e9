"""Figures that the text states about the tables; digits that are no claims are left alone.

Precision goes before recall: a number is a claim only when the words right before it say which
figure of the form it means, and nothing around it says it is a part, a rate or another year's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from gipcore.documents.model import Grid
from gipcore.form.model import EditionId
from gipcore.form.report import Claim, ClaimKind
from gipcore.parsing.claim_answered import all_answered
from gipcore.parsing.claim_counts import Count, counts
from gipcore.parsing.claim_flow import SUBJECT_AFTER, flow_meaning, none_meanings
from gipcore.parsing.claim_meaning import BROUGHT, CARRIED, RECEIVED, Meaning, Stated
from gipcore.parsing.claim_outcomes import outcome_meaning
from gipcore.parsing.claim_reviews import (
    is_other_work,
    none_reviewed,
    results_said,
    review_meaning,
)
from gipcore.parsing.claim_scope import Scope, scope_of
from gipcore.parsing.claim_sentences import About, Sentence, sentences
from gipcore.parsing.normalize import normalize
from gipcore.parsing.sections import Piece

GENERAL_SECTIONS = (0, 1)
TABLE_SECTIONS = (3, 4)
LONGEST_HEADING = 24
# More was not written by an office, and the time that it takes must stay bounded.
LONGEST_PARAGRAPH = 8_000
MOST_TEXT = 60_000
MOST_COUNTS = 80  # in one sentence
NUMBERING = r"[(\d一二三四五六七八九十、.)]*"
TOPIC = re.compile(
    rf"{NUMBERING}(政府信息)?(依申请公开|申请公开|公开申请|(收到和)?处理政府信息公开申请)"
)
OTHER_TOPIC = re.compile(r"\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|\d+[.、]")
WORTH_READING = re.compile(r"申请|复议|诉讼")
# A number after 申请数: or 申请，共 belongs to the words before.
SAYS_NOTHING = re.compile(r"(:(共|共计|总计|合计|总共)?|,(共|共计|总计|合计|总共|数量为?))$")
COMPARISON = re.compile(
    r"(增加|减少|增长|下降|上升|同比|相比|多了|少了|较上年|较去年|比上年|比去年|占|"
    r"(较|比|与|同)20\d\d年)[^,]*$"
)


def find_claims(
    pieces: Sequence[Piece],
    office: str | None,
    year: int | None = None,
    edition: EditionId = EditionId.Y2021,
) -> tuple[Claim, ...]:
    """Find the claims of the general section, of what stands before it and beside the tables."""
    found: dict[tuple[object, ...], Claim] = {}
    topic = About.ELSE
    length = 0
    for piece in pieces:
        if isinstance(piece.block, Grid) or not _may_claim(piece):
            continue
        text = piece.block.text
        if len(text) > LONGEST_PARAGRAPH or length > MOST_TEXT:
            continue
        normal = normalize(text)
        topic = _topic(normal, topic)
        if topic is About.ELSE and not WORTH_READING.search(normal):
            continue
        length += len(text)
        reader = _Reader(piece.place, scope_of(office), edition)
        for claim in reader.claims(sentences(normal, topic, year)):
            found.setdefault((claim.cells, claim.value, claim.kind, claim.place), claim)
    return tuple(found.values())


def _may_claim(piece: Piece) -> bool:
    """Tell whether a paragraph may state figures; beside the tables only sentences do."""
    if piece.section in GENERAL_SECTIONS:
        return True
    return piece.section in TABLE_SECTIONS and "。" in (piece.text or "")


def _topic(paragraph: str, before: About) -> About:
    """Return what a paragraph is about by its first words, or by the heading line above it."""
    if TOPIC.match(paragraph):
        return About.REQUESTS
    is_heading = len(paragraph) <= LONGEST_HEADING and "。" not in paragraph
    return About.ELSE if is_heading or OTHER_TOPIC.match(paragraph) else before


class _Reader:
    """Reads the claims of one paragraph."""

    def __init__(self, place: str, scope: Scope, edition: EditionId) -> None:
        self.place = place
        self.scope = scope
        self.edition = edition

    def claims(self, found: Iterable[Sentence]) -> list[Claim]:
        """Return the claims of a paragraph's sentences."""
        claims: list[Claim] = []
        for sentence in found:
            self.scope = self.scope.within(sentence.text)
            claims += self._in_sentence(sentence)
        return list(_answerable(_scoped_parts(claims)))

    def _in_sentence(self, sentence: Sentence) -> Iterator[Claim]:
        text = sentence.text
        stated: list[Stated] = []
        for count, number in self._counts(sentence):
            stated.append(number)
            if number.meaning is None:
                continue
            counter = f" {count.counter}" if count.counter else ""
            quote = f"{number.meaning.says}…{count.printed}{counter}"
            yield self._claim(number.meaning, count.value, quote, sentence, count.start)
        is_own = not is_other_work(text)
        is_request = sentence.about(0) is About.REQUESTS
        nones = [*none_meanings(text, is_request), *(none_reviewed(text) if is_own else ())]
        for meaning, quote, at in nones:
            if sentence.is_this_year(at):
                yield self._claim(meaning, 0, quote, sentence, at)
        for meaning, quote, at in all_answered(sentence, stated):
            yield self._claim(meaning, 0, quote, sentence, at, ClaimKind.ALL_ANSWERED)
        for kind, meaning, quote, at in results_said(text) if is_own else ():
            if sentence.is_this_year(at):
                yield self._claim(meaning, 0, quote, sentence, at, kind)

    def _counts(self, sentence: Sentence) -> Iterator[tuple[Count, Stated]]:
        """Yield the counts with what they mean."""
        text = sentence.text
        parts = _Parts()
        end = 0
        is_own = not is_other_work(text)
        for count in islice(counts(text), MOST_COUNTS):
            between = text[end : count.start]
            is_part = parts.is_part(between, count.value)
            clause = text[max(sentence.clause_start(count.start), end) : count.start]
            if SAYS_NOTHING.search(text, end, count.start):
                start = sentence.clause_start(count.start - len(clause) - 1)
                clause = text[max(start, end) : count.start].replace(":", "")
            meaning = None
            if not COMPARISON.search(clause) and sentence.is_this_year(count.start):
                meaning = self._meaning(clause, count, sentence, is_part=is_part, is_own=is_own)
            parts.take(meaning)
            yield count, Stated(meaning, count.value, count.start, count.end, parts.is_on)
            noun = SUBJECT_AFTER.match(text, count.end)
            end = noun.end() if noun else count.end

    def _meaning(
        self, clause: str, count: Count, sentence: Sentence, *, is_part: bool, is_own: bool
    ) -> Meaning | None:
        rest = sentence.text[count.end :]
        about = sentence.about(count.start)
        noun = SUBJECT_AFTER.match(rest)
        if noun:
            is_review = "复议" in noun.group() or "诉讼" in noun.group()
            clause += noun.group() if is_review else ""
            about = About.ELSE if is_review else max(about, _about_noun(noun.group(), about))
        review = review_meaning(clause, rest, is_part=is_part) if is_own else None
        if review is not None or "复议" in clause or "诉讼" in clause:
            return review
        if about is About.ELSE:
            return None
        outcome = outcome_meaning(clause, rest, self.edition)
        if outcome is not None:
            return outcome
        return flow_meaning(
            clause,
            is_part=is_part,
            is_plain=about is About.BEFORE,
            rest=rest,
            sentence=sentence.text,
            year=sentence.year,
        )

    def _claim(
        self,
        meaning: Meaning,
        value: int,
        quote: str,
        sentence: Sentence,
        at: int,
        kind: ClaimKind = ClaimKind.COUNT,
    ) -> Claim:
        scope = meaning.scope or self.scope.narrowed_by(*sentence.part(at))
        return Claim(
            meaning.cells,
            value,
            quote,
            self.place,
            scope,
            meaning.says,
            meaning.alternatives,
            kind,
        )


def _about_noun(noun: str, about: About) -> About:
    return about if noun.removeprefix("的") == "申请" else About.REQUESTS


class _Parts:
    """Follows an enumeration of parts: it goes on until they add up to the whole."""

    def __init__(self) -> None:
        self._whole: int | None = None
        self._sum = 0
        self.is_on = False
        self._last: int | None = None
        self._has_colon = False

    def is_part(self, between: str, value: int) -> bool:
        """Tell whether a number is a part of one before, by the words between the two."""
        opens = between.rfind("其中")
        closes = max(between.rfind(")"), -1 if self._has_colon else between.rfind(";"))
        if closes >= 0:
            self.is_on = False
        if opens > closes:
            self.is_on, self._whole, self._sum = True, self._last, 0
            self._has_colon = between[opens + 2 : opens + 3] == ":"
        is_part = self.is_on
        if is_part:
            self._sum += value
            if self._sum == self._whole:
                self.is_on = False
        self._last = value
        return is_part

    def take(self, meaning: Meaning | None) -> None:
        """Close the enumeration at 其中上年结转3件: the rest is what is new, and is not listed."""
        if meaning is not None and meaning.cells == BROUGHT and self._sum == self._last:
            self.is_on = False


def _scoped_parts(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Narrow the claims that others of the same paragraph show to count less than the table.

    The same line stated twice with two figures, or a group beside words for a part of it: at
    least one of them counts less, and which one is not said.
    """
    values: dict[tuple[str, ...], set[int | float]] = {}
    partly: dict[str, str] = {}
    for claim in claims:
        if claim.kind is ClaimKind.COUNT:
            values.setdefault(claim.cells, set()).add(claim.value)
    for claim in claims:
        group = _group(claim)
        if claim.scope is not None and claim.scope in claim.says and group:
            partly[group] = claim.scope
    for claim in claims:
        if claim.scope is not None or claim.kind is not ClaimKind.COUNT:
            yield claim
        elif _group(claim) in partly:
            yield replace(claim, scope=partly[_group(claim)])
        elif len(values[claim.cells]) > 1:
            other = next(c for c in claims if c.cells == claim.cells and c.value != claim.value)
            yield replace(claim, scope=other.quote)
        else:
            yield claim


def _group(claim: Claim) -> str:
    """Return the group of dispositions that a claim speaks of; empty for any other claim."""
    if claim.kind is not ClaimKind.COUNT or claim.cells in (RECEIVED, CARRIED):
        return ""
    return claim.cells[0].partition(".")[0]


def _answerable(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Leave out "all answered" where the same paragraph says what was carried forward."""
    every = list(claims)
    says_carried = any(
        claim.cells == CARRIED and claim.kind is ClaimKind.COUNT and claim.value for claim in every
    )
    for claim in every:
        if claim.kind is not ClaimKind.ALL_ANSWERED or not says_carried:
            yield claim
