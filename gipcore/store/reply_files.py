"""The files of replies, `data/replies/*.toml`: what an office says of a finding, as it says it."""

import re
import tomllib
from collections.abc import Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from gipcore.checks.catalogue import all_checks
from gipcore.errors import InvalidDataError
from gipcore.form.editions import CELLS
from gipcore.register.rows import DATA, Register
from gipcore.store.models import FIRST_YEAR, LATEST_YEAR
from gipcore.store.rows import Reply

REPLIES = DATA / "replies"
REQUIRED = frozenset({"office", "year", "check", "text", "date", "author"})
OPTIONAL = frozenset({"link", "cells"})
UNREGISTERED = "x-"  # begins the ids of offices that only documents name
LONGEST_TEXT = 5000
LONGEST_LINK = 500
LINK = re.compile(r"https?://[^\s\"'<>\\]+")


def load_replies(register: Register, folder: Path = REPLIES) -> tuple[Reply, ...]:
    """Read every file of a folder; the replies come by their dates.

    An office is named by its id, of the register or of documents (x-…). Raises InvalidDataError
    with the file and the entry.
    """
    offices = frozenset(office.id for office in register.offices)
    found: dict[Reply, str] = {}
    for file in sorted(folder.glob("*.toml")):
        for number, entry in enumerate(_entries(file), start=1):
            where = f"{file.name}, reply {number}"
            reply = _reply(entry, where, offices)
            if reply in found:
                raise InvalidDataError(f"{where}: {found[reply]} is the same")
            found[reply] = where
    return tuple(sorted(found, key=lambda reply: (reply.date, reply.office_id, reply.text)))


def _entries(file: Path) -> list[Mapping[str, Any]]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as fault:
        raise InvalidDataError(f"{file.name}: not a file of replies ({fault})") from fault
    entries = content.pop("reply", [])
    is_list = isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)
    if content or not is_list:
        raise InvalidDataError(f"{file.name}: only [[reply]] entries can stand here")
    return list(entries)


def _reply(entry: Mapping[str, Any], where: str, offices: Collection[str]) -> Reply:
    missing, unknown = REQUIRED - entry.keys(), entry.keys() - REQUIRED - OPTIONAL
    if missing or unknown:
        said = [f"{name} is missing" for name in sorted(missing)]
        said += [f"{name} has no meaning here" for name in sorted(unknown)]
        raise InvalidDataError(f"{where}: {'; '.join(said)}")
    office, year = entry["office"], entry["year"]
    if not isinstance(office, str) or not (office in offices or office.startswith(UNREGISTERED)):
        raise InvalidDataError(f"{where}: no office has the id {office!r}")
    if type(year) is not int or not FIRST_YEAR <= year <= LATEST_YEAR:
        raise InvalidDataError(f"{where}: year is {year!r}, not the year of a report")
    if entry["check"] not in [check.code for check in all_checks()]:
        raise InvalidDataError(f"{where}: check is {entry['check']!r}, no code of a check")
    return Reply(
        office_id=office,
        year=year,
        code=entry["check"],
        text=_words(entry, "text", where),
        date=_date(entry["date"], where),
        link=_link(entry.get("link"), where),
        author=_words(entry, "author", where),
        cells=_cells(entry.get("cells", []), where),
    )


def _words(entry: Mapping[str, Any], name: str, where: str) -> str:
    given = entry[name]
    if not isinstance(given, str) or not given.strip() or "\0" in given:
        raise InvalidDataError(f"{where}: {name} is {given!r}, not words")
    if len(given) > LONGEST_TEXT:
        raise InvalidDataError(
            f"{where}: {name} has {len(given)} characters, more than {LONGEST_TEXT}; give the link "
            "to the whole"
        )
    return given.strip()


def _date(given: object, where: str) -> date:
    if not isinstance(given, date) or isinstance(given, datetime):
        raise InvalidDataError(f"{where}: date is {given!r}; write a day such as 2025-03-01")
    return given


def _link(given: object, where: str) -> str | None:
    if given is None:
        return None
    if not isinstance(given, str) or len(given) > LONGEST_LINK or not LINK.fullmatch(given):
        raise InvalidDataError(f"{where}: link is {given!r}, not the address of a web page")
    return given


def _cells(given: object, where: str) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise InvalidDataError(f"{where}: cells is {given!r}, not a list of names")
    for name in given:
        if not isinstance(name, str) or name not in CELLS:
            raise InvalidDataError(f"{where}: the form has no cell {name!r}")
    return tuple(given)
