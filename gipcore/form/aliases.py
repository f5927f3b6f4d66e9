"""The wordings of lines and columns met in the wild, from `aliases.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from gipcore.errors import InvalidDataError
from gipcore.form.editions import EDITIONS

FILE = Path(__file__).with_name("aliases.toml")


@cache
def _file() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def line_wordings() -> Mapping[str, tuple[str, ...]]:
    """Return the printed and the met wordings of each line, by the line's name."""
    wordings: dict[str, list[str]] = {}
    for edition in EDITIONS.values():
        for table in edition.tables:
            for line in table.lines:
                wordings.setdefault(line.id, []).append(line.printed)
    for line_id, met in _file()["lines"].items():
        if line_id not in wordings:
            raise InvalidDataError(f"{FILE.name}: [lines] names “{line_id}”, which is no line")
        wordings[line_id].extend(met)
    return {line_id: tuple(dict.fromkeys(words)) for line_id, words in wordings.items()}


@cache
def column_wordings() -> Mapping[str, tuple[str, ...]]:
    """Return the wordings of the columns; those of table 2 are named `proactive.<column>`."""
    return {column: tuple(words) for column, words in _file()["columns"].items()}
