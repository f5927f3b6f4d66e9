"""Words of the pages, Chinese and English, by key: `file.name`, one file a subject."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from gipcore.errors import InvalidDataError

LANGUAGES = ("zh", "en")


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Return every entry by its key; raises InvalidDataError for one without both languages."""
    entries: dict[str, Mapping[str, str]] = {}
    found = (item for item in files(__name__).iterdir() if item.name.endswith(".toml"))
    for item in sorted(found, key=lambda item: item.name):
        subject = item.name.removesuffix(".toml")
        for name, entry in tomllib.loads(item.read_text(encoding="utf-8")).items():
            key = f"{subject}.{name}"
            if not isinstance(entry, dict) or sorted(entry) != sorted(LANGUAGES):
                raise InvalidDataError(
                    f"gipcore/labels/{item.name}: “{name}” needs words in zh and en, nothing else"
                )
            entries[key] = entry
    return entries


def word(key: str, language: str) -> str:
    """Return the words of a key in one language; raises InvalidDataError for an unknown key."""
    try:
        return words()[key][language]
    except KeyError:
        raise InvalidDataError(
            f"no words for “{key}” in “{language}”; add them to gipcore/labels/"
        ) from None
