"""The language of the visit: chosen in the URL (`lang`), Chinese when it says nothing."""

from contextvars import ContextVar
from string import Formatter

import streamlit as st

from gipcore.labels import word
from gipcore.words import Language, Text

PARAMETER = "lang"


# What this rerun speaks: a page asks two thousand times, and the URL stays as it is meanwhile.
_spoken: ContextVar[Language | None] = ContextVar("_spoken", default=None)


def language() -> Language:
    """Return the language that the URL asks for; an unknown one is Chinese."""
    return _spoken.get() or _asked()


def listen() -> None:
    """Look at the URL; the language that it asks for holds for the rest of the rerun."""
    _spoken.set(_asked())


def _asked() -> Language:
    asked = st.query_params.get(PARAMETER)
    return Language.EN if asked == Language.EN else Language.ZH


class Words(Formatter):
    """Puts values into words; `{years:year|years}` takes the word that fits the number."""

    def format_field(self, value: object, format_spec: str) -> str:
        """Return a value, or the singular or plural that goes with it."""
        singular, is_choice, plural = format_spec.partition("|")
        if is_choice:
            return singular if str(value) == "1" else plural
        return str(super().format_field(value, format_spec))


WORDS = Words()
YEARS = ("year", "first", "last", "before", "now")  # the values that are years, not counts


def say(key: str, **values: object) -> str:
    """Return the words of a key in the language of the visit, with values put in.

    A count is written with separators, as figures are everywhere.
    """
    words = word(key, language().value)
    counts = {
        name: f"{value:,}"
        for name, value in values.items()
        if isinstance(value, int) and name not in YEARS
    }
    return WORDS.vformat(words, (), values | counts) if values else words


def tell(text: Text) -> str:
    """Return a declared text in the language of the visit."""
    return text.within(language())
