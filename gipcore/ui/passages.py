"""The text of a report beside its findings: the paragraph of a claim, with the claim marked."""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from gipcore.checks.outcome import Outcome
from gipcore.form.report import Claim, Passage
from gipcore.ui.figures import place_words
from gipcore.ui.html import element, join

GAP = "…"  # in a quote: words between the verb and the number that are left out
FARTHEST = 120  # letters that such a gap may stand for
LONGEST_QUOTE = 120
LONGEST_SHOWN = 1200  # letters of a paragraph shown; a longer one is cut around its claims


def claims_of(outcome: Outcome, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the claims of the text that an outcome speaks of."""
    at_place = [claim for claim in claims if claim.place in outcome.places]
    quoted = [claim for claim in at_place if claim.quote == outcome.detail]
    return tuple(quoted or at_place)


def passage_at(place: str, passages: Iterable[Passage]) -> Passage | None:
    """Return the paragraph at a place; None when the text is not kept."""
    return next((passage for passage in passages if passage.place == place), None)


def quotations(places: Sequence[str], claims: Sequence[Claim], text: Sequence[Passage]) -> Markup:
    """Return the paragraphs at some places, as printed, with the words of the claims marked."""
    found = ((place, passage_at(place, text)) for place in dict.fromkeys(places))
    return join(
        element(
            "figure",
            element("blockquote", _marked(passage.text, _at(place, claims)))
            + element("figcaption", place_words(place)),
            css="gip-quotation",
        )
        for place, passage in found
        if passage is not None
    )


def _at(place: str, claims: Iterable[Claim]) -> list[str]:
    return [claim.quote for claim in claims if claim.place == place]


def _marked(text: str, quotes: Iterable[str]) -> Markup:
    """Return a paragraph with the words of its quotes marked; what overlaps is marked once."""
    spans = sorted(span for quote in quotes for span in _found(text, quote))
    start, end = _shown(text, spans)
    pieces: list[Markup] = [escape(GAP if start else "")]
    last = start
    for first, after in spans:
        if last <= first < after <= end:
            pieces += [escape(text[last:first]), element("mark", text[first:after])]
            last = after
    return join([*pieces, text[last:end], GAP if end < len(text) else ""])


def _found(text: str, quote: str) -> list[tuple[int, int]]:
    """Return where the words of a quote stand closest together, run by run; spaces may differ."""
    runs = [run for piece in quote[:LONGEST_QUOTE].split(GAP) if (run := "".join(piece.split()))]
    patterns = [re.compile(r"\s*".join(map(re.escape, run))) for run in runs]
    starts = patterns[0].finditer(text) if patterns else ()
    found = [_following(text, match.span(), patterns[1:]) for match in starts]
    return min(filter(None, found), key=lambda spans: spans[-1][1] - spans[0][0], default=[])


def _following(
    text: str, first: tuple[int, int], patterns: Iterable[re.Pattern[str]]
) -> list[tuple[int, int]]:
    """Return the first run and the nearest of each other behind it; none when one is missing."""
    spans = [first]
    for pattern in patterns:
        end = spans[-1][1]
        match = pattern.search(text, end, end + FARTHEST)
        if match is None:
            return []
        spans.append(match.span())
    return spans


def _shown(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return which part of a long paragraph is shown: what stands around its first claim."""
    if len(text) <= LONGEST_SHOWN:
        return 0, len(text)
    middle = spans[0][0] if spans else 0
    start = max(0, middle - LONGEST_SHOWN // 2)
    return start, min(len(text), start + LONGEST_SHOWN)
