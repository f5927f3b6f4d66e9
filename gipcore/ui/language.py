"""The language of the visit: chosen in the URL (`lang`), Chinese when it says nothing."""

import streamlit as st

from gipcore.labels import word
from gipcore.words import Language, Text

PARAMETER = "lang"


def language() -> Language:
    """Return the language that the URL asks for; an unknown one is Chinese."""
    asked = st.query_params.get(PARAMETER)
    return Language.EN if asked == Language.EN else Language.ZH


def say(key: str, **values: object) -> str:
    """Return the words of a key in the language of the visit, with values put in."""
    words = word(key, language().value)
    return words.format(**values) if values else words


def tell(text: Text) -> str:
    """Return a declared text in the language of the visit."""
    return text.within(language())
