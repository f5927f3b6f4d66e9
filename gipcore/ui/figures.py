"""How a figure is written: numbers, the states of those that are none, shares, places."""

from collections.abc import Iterable, Mapping
from datetime import date

from markupsafe import Markup

from gipcore.checks.wording import place_text
from gipcore.form.report import Number, State, Value
from gipcore.metrics.share import Share, Standing
from gipcore.ui.html import Content, element, join
from gipcore.ui.language import language, say

STATES: Mapping[str, str] = {
    "[x]": "states.blank",
    "[z]": "states.not_in_edition",
    "[n]": "states.not_published",
    "[p]": "states.not_parsed",
    "[!]": "states.conflict",
    "[r]": "states.revised",
}
MARKS: Mapping[State, str] = {
    State.BLANK: "[x]",
    State.UNREADABLE: "[x]",
    State.NOT_APPLICABLE: "[z]",
    State.CONFLICT: "[!]",
}


def number(figure: Number) -> str:
    """Write a number with separators; decimals as many as it has."""
    return f"{figure:,}"


def signed(figure: Number | None) -> str:
    """Write a difference with its sign, a true minus; a dash when it is unknown."""
    if figure is None:
        return "–"
    return f"−{abs(figure):,}" if figure < 0 else f"+{figure:,}" if figure else "0"


def span(years: Iterable[int]) -> str:
    """Write the first and the last of some years."""
    first, last = min(known := tuple(years)), max(known)
    return str(first) if first == last else f"{first}–{last}"


def mark(symbol: str, meaning: str | None = None) -> Markup:
    """Return the sign of a value state, with its meaning on demand."""
    return element("abbr", symbol, title=meaning or say(STATES[symbol]), css="gip-state")


def count(figure: Number | None) -> str | Markup:
    """Write a figure of a list; unknown is [x], never 0.

    Lists know only that there is no figure; whether its cell is absent, the report's page says.
    """
    return mark("[x]", say("states.no_figure")) if figure is None else number(figure)


def printed(value: Value | None, *, is_in_edition: bool = True) -> str | Markup:
    """Write a cell of a report by its state; None is a cell that the document does not have."""
    if value is None:
        return mark("[p]" if is_in_edition else "[z]")
    if value.is_number and value.number is not None:
        return number(value.number)
    return mark(MARKS.get(value.state, "[x]"))


def percent(share: float) -> str:
    """Write a share of 1 as a percentage, with one decimal where it is small."""
    return f"{share:.0%}" if share >= 0.1 or share == 0 else f"{share:.1%}"


def share_words(share: Share) -> Markup:
    """Write counts first, then the share; in its place the reason why there is none."""
    counts = counts_of(share)
    if share.share is None:
        return join([counts, " ", why_not(share.standing)])
    muted = share.standing is Standing.SMALL_NUMBER
    words = say("shares.percent", percent=percent(share.share))
    if not muted:
        return join([counts, words])
    return join([counts, element("span", words + say("shares.small_number"), css="gip-muted")])


def counts_of(share: Share) -> Content:
    """Write how many of how many; only how many where it is not known of what."""
    if share.count is None or share.denominator is None:
        return count(share.count)
    return say("shares.of", count=number(share.count), denominator=number(share.denominator))


def share_cell(share: Share) -> Markup:
    """Write a share as the cell of a table, wide enough to be read."""
    return element("span", share_words(share), css="gip-share")


def interval_words(share: Share) -> str:
    """Write the 95 % interval of a share; a dash when there is none."""
    if share.interval is None:
        return "–"
    return f"{percent(share.interval.low)} – {percent(share.interval.high)}"


def why_not(standing: Standing) -> Markup:
    """Say why there is no share."""
    return element("span", say(f"shares.{standing.value}"), css="gip-muted")


def place_words(place: str) -> str:
    """Say a place in the language of the visit; places are stored in English."""
    return place_text(place, language())


def day(moment: date | str | None) -> str:
    """Write a moment as a day."""
    if moment is None:
        return "–"
    return moment[:10] if isinstance(moment, str) else f"{moment:%Y-%m-%d}"


def legend() -> Markup:
    """Return the signs of the value states with their meanings."""
    signs = [("0", "states.zero"), *STATES.items()]
    return element(
        "p",
        join((join([element("b", sign), " ", say(key)]) for sign, key in signs), by="　"),
        css="gip-small gip-muted",
    )
