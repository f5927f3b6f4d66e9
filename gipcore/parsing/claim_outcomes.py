"""What became of the requests, as the text counts it: granted, denied and their leaves."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gipcore.errors import InvalidDataError
from gipcore.form.aliases import line_wordings
from gipcore.form.editions import EDITIONS
from gipcore.form.model import EditionId
from gipcore.form.requests import LEAVES, LEAVES_BY_GROUP
from gipcore.parsing.claim_meaning import Cells, Meaning
from gipcore.parsing.claim_scope import BARE, counts_part
from gipcore.parsing.normalize import normalize, numbered

FILE = Path(__file__).with_name("claim_words.toml")
# 其他 alone is also the last kind of applicant, 其他情形 a rest of any group.
NOT_IN_TEXT = frozenset({"其他", "其他情形"})
# What may stand between the words and their number.
FILLING = re.compile(
    r"(的|了|类|负责公开|公开职责|公开范围|职责范围|公开|负责|职责|情形|情况|决定|答复|处理|政府信息公开申请|政府信息|信息公开申请|申请|信息|相关|"
    r"事项|数量|件数|数|共计|合计|总计|总共|共|计|有|为|是|[:\"])*$"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """Words for a line or group of table 3; `is_part` if they cover less than the line counts."""

    line: str
    is_part: bool


@cache
def wordings() -> Mapping[str, Wording]:
    """Return the lines by their normalized words."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    known = {line.id for line in LEAVES} | set(LEAVES_BY_GROUP)
    found: dict[str, Wording] = {}
    for line, words in line_wordings().items():
        if line in known:
            found |= {_spelled(word): Wording(line, False) for word in words}
    for table, is_part in (("exact", False), ("partly", True)):
        for line, words in data[table].items():
            if line not in known:
                raise InvalidDataError(f"{FILE.name}: [{table}] names “{line}”, which is no line")
            found |= {_spelled(word): Wording(line, is_part) for word in words}
    return {word: wording for word, wording in found.items() if word not in NOT_IN_TEXT}


def _spelled(word: str) -> str:
    core = numbered(normalize(word)).core
    return re.sub(r"\([^()]*\)", "", core)


# Longer words first: 不予公开 holds 公开, 予以部分公开 holds 部分公开.
PHRASES = "|".join(map(re.escape, sorted(wordings(), key=len, reverse=True)))
PHRASE = re.compile(PHRASES)
AFTER = re.compile(rf"(申请)?(为|系|是|因|属|被|决定|依法)?({PHRASES})(?=的|情形|申请|[,;、()]|$)")


def outcome_meaning(clause: str, rest: str, edition: EditionId) -> Meaning | None:
    """Return the dispositions that the words right before a number name, added up if several.

    In 3件予以公开 they stand in `rest`, right after the number.
    """
    if counts_part(PHRASE.sub("", clause)):
        return None
    phrases = list(PHRASE.finditer(clause))
    if phrases and not FILLING.match(clause, phrases[-1].end()):
        return None
    after = None if phrases or not BARE.fullmatch(clause) else AFTER.match(rest)
    if after:
        phrases = list(PHRASE.finditer(after.group()))
    if not phrases:
        return None
    named = [wordings()[phrase.group()] for phrase in phrases]
    lines = tuple(dict.fromkeys(wording.line for wording in named))
    groups = {line.partition(".")[0] for line in lines if "." in line}
    exact = tuple(
        line for line in lines if line not in groups
    )  # 不掌握…无法提供: the leaf is meant
    wider = tuple(dict.fromkeys(line.partition(".")[0] for line in lines))
    sums = [*_sums(exact, edition), *(_sums(wider, edition) if exact != lines else ())]
    if not sums:
        return None
    parts = [p.group() for p, wording in zip(phrases, named, strict=True) if wording.is_part]
    says = "、".join(phrase.group() for phrase in phrases)
    return Meaning(sums[0], says, tuple(sums[1:]), "、".join(parts) or None)


def _sums(lines: tuple[str, ...], edition: EditionId) -> list[Cells]:
    """Add up lines: from leaves, and from the rows that reports print for a group."""
    readings = [_readings(line, edition) for line in lines]
    if not all(readings):
        return []
    first = tuple(name for cells in readings for name in cells[0])
    last = tuple(name for cells in readings for name in cells[-1])
    return [first] if first == last else [first, last]


@cache
def _readings(line: str, edition: EditionId) -> tuple[Cells, ...]:
    """Return the cells that a line's or group's total may be printed in; none in this edition: ().

    A group is the sum of its leaves, or the one row that some reports print for it.
    """
    printed = EDITIONS[edition].cells
    leaves = tuple(f"{leaf.id}.total" for leaf in LEAVES_BY_GROUP.get(line, ()))
    names = {cell.name for cell in printed}
    readings = (leaves, (f"{line}.total",))
    return tuple(cells for cells in readings if cells and set(cells) <= names)
