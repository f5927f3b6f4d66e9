"""Which line of the form a row's label means: by its words, its numbering and its group."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from gipcore.form.aliases import column_wordings, line_wordings
from gipcore.form.requests import GROUPS, LEAVES_BY_GROUP
from gipcore.parsing.normalize import Numbered, bare, normalize, numbered, without_notes

SHORTEST_CONTAINED = 4
LEAST_SCORE = 72.0
LEAST_LEAD = 12.0
LONGEST_REMARK = 8
FORM_WORDS = (
    *("本年度办理结果", "申请人情况", "法人或其他组织"),
    *("信息内容", "单位万元", "数量", "件数", "序号", "项目"),
)


@dataclass(frozen=True, slots=True)
class LineFound:
    """A line that a label means; `is_approximate` when its words are not quite those."""

    line: str
    is_approximate: bool = False


@cache
def _lines_by_words(table: int) -> dict[str, tuple[str, ...]]:
    """Return, for table 2 or 3, the lines that each bare wording may mean."""
    found: dict[str, list[str]] = defaultdict(list)
    for line, wordings in line_wordings().items():
        if line.startswith(("reconsideration", "litigation")):
            continue
        if line.startswith("proactive.") != (table == 2):
            continue
        for words in wordings:
            for form in (words, without_notes(normalize(words))):
                key = core_of(form)
                if line not in found[key]:
                    found[key].append(line)
    return {key: tuple(lines) for key, lines in found.items()}


@lru_cache(maxsize=20_000)
def core_of(label: str) -> str:
    """Return a label's letters without numbering, notes and punctuation."""
    return bare(numbered(normalize(label)).core)


@lru_cache(maxsize=20_000)
def _plain_core(label: str) -> str:
    return bare(without_notes(numbered(normalize(label)).core))


@lru_cache(maxsize=20_000)
def group_of(label: str) -> str | None:
    """Return the group of table 3 that a label is the heading of, alone or before its leaf."""
    number = numbered(normalize(label))
    core = _plain_core(label)
    for group, title in GROUPS.items():
        if core.startswith(core_of(title.zh)):
            return group
    if number.group == 6 and core in ("其他", "其他情形"):
        return "other_handling"
    return None


def requests_line(labels: Iterable[str], group: str | None) -> tuple[LineFound | None, str | None]:
    """Find the line of table 3 that the labels of one row, left to right, end in.

    `group` is the group of the rows above. Returns the line, if any, and the group now.
    """
    return _requests_line(tuple(labels), group)


@lru_cache(maxsize=20_000)
def _requests_line(
    labels: tuple[str, ...], group: str | None
) -> tuple[LineFound | None, str | None]:
    found: LineFound | None = None
    for label in _whole(labels, group):
        own_group = group_of(label)
        if own_group is not None:
            group, found = own_group, LineFound(own_group)
            rest = _after_group(label, own_group)
            leaf = _line(rest, group, 3) if rest else None
            if leaf is not None and leaf.line != "disposed":
                found = leaf
            elif leaf is None and _is_own_line(rest):
                found = None
            continue
        line = _line(label, group, 3)
        if line is None:
            found = None if _is_own_line(label) else found
            continue
        is_in_group = found is not None and found.line == group
        if line.line == "disposed" and group and (is_in_group or core_of(label) == "小计"):
            found = LineFound(group)
            continue
        found = line
        group = line.line.rpartition(".")[0] or None
    return found, group


def _is_own_line(words: str) -> bool:
    """Tell whether words that mean no line begin one all the same: they have a number of its own.

    The line that words to their left mean is not theirs.
    """
    number = numbered(normalize(words))
    has_number = number.leaf is not None or number.group is not None or number.top is not None
    return has_number and len(bare(number.core)) > 1


def _whole(labels: tuple[str, ...], group: str | None) -> Iterator[str]:
    """Yield the labels, joining up to three neighbours that are one line's words in pieces."""
    index = 0
    while index < len(labels):
        size = 1
        if not _is_known(labels[index], group):
            for longer in (2, 3):
                part = labels[index : index + longer]
                if len(part) == longer and _is_known("".join(part), group):
                    size = longer
                    break
        yield "".join(labels[index : index + size])
        index += size


def _is_known(label: str, group: str | None) -> bool:
    if group_of(label) is not None:
        return True
    line = _line(label, group, 3)
    return line is not None and not line.is_approximate


def _after_group(label: str, group: str) -> str:
    """Return the leaf's words in a label that holds group and leaf together."""
    text = numbered(normalize(label)).core
    title = numbered(normalize(GROUPS[group].zh)).core
    if group == "other_handling" and not text.startswith(title):
        return ""
    rest = without_notes(text.removeprefix(title))
    return rest if len(bare(rest)) > 1 else ""


def proactive_line(label: str) -> LineFound | None:
    """Find the line of table 2 that a label means."""
    return _line(label, None, 2)


@lru_cache(maxsize=20_000)
def _line(label: str, group: str | None, table: int) -> LineFound | None:
    number = numbered(normalize(label))
    lines = _lines_by_words(table)
    for core in dict.fromkeys((_plain_core(label), core_of(label))):
        if core in lines:
            chosen = _choose(lines[core], number, group)
            return None if chosen is None else LineFound(chosen)
    core = core_of(label)
    held = {
        line
        for words, candidates in lines.items()
        if len(words) >= SHORTEST_CONTAINED and words in core
        for line in candidates
        if not any(words != other and words in other and other in core for other in lines)
    }
    if len(held) == 1:
        return LineFound(held.pop())
    return _nearest(core, number, group) if table == 3 else None


def _choose(lines: tuple[str, ...], number: Numbered, group: str | None) -> str | None:
    """Choose between lines of the same words (其他) by numbering and group."""
    if len(lines) == 1 and lines[0] != "other_handling.other":
        return lines[0]
    if "other_handling.other" in lines:
        if number.group == 6:
            return "other_handling"
        is_leaf = number.leaf == 3 or group == "other_handling"
        return "other_handling.other" if is_leaf else None
    return lines[0]


def _nearest(core: str, number: Numbered, group: str | None) -> LineFound | None:
    """Find the one line whose words are near enough; its number must agree where it has one."""
    if len(core) < SHORTEST_CONTAINED:
        return None
    lines = _lines_by_words(3)
    ranked = process.extract(core, lines.keys(), scorer=fuzz.ratio, limit=6)
    best: dict[str, float] = {}
    for words, score, _ in ranked:
        for line in lines[words]:
            best[line] = max(best.get(line, 0.0), score)
    order = sorted(best.items(), key=lambda pair: -pair[1])
    if not order or order[0][1] < LEAST_SCORE:
        return None
    if len(order) > 1 and order[0][1] - order[1][1] < LEAST_LEAD:
        return None
    line = order[0][0]
    own_group = line.rpartition(".")[0]
    if group is not None and own_group and own_group != group:
        return None
    if own_group and number.leaf is not None and number.leaf != leaf_number(line):
        return None
    return LineFound(line, is_approximate=True)


@cache
def leaf_number(line: str) -> int | None:
    """Return the printed number of a leaf within its group."""
    group = line.rpartition(".")[0]
    ids = [leaf.id for leaf in LEAVES_BY_GROUP.get(group, ())]
    return ids.index(line) + 1 if line in ids else None


@cache
def _columns_by_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for column, wordings in column_wordings().items():
        for words in wordings:
            found[core_of(words)].append(column)
    return {key: tuple(columns) for key, columns in found.items()}


@cache
def _words_of_form() -> str:
    """Return every wording of lines and columns as bare words, each on a line of its own."""
    wordings = (*line_wordings().values(), *column_wordings().values(), FORM_WORDS)
    return "\n".join({core_of(words) for own in wordings for words in own})


@lru_cache(maxsize=20_000)
def is_of_form(text: str) -> bool:
    """Tell whether words are, or are a piece of, what stands in the form beside its figures."""
    normal = normalize(text)
    return numbered(normal) != Numbered(normal) or core_of(text) in _words_of_form()


def may_be_of_form(text: str) -> bool:
    """Tell words from what stands where a figure should, as 若干 or 见附件: short and unknown."""
    return len(core_of(text)) > LONGEST_REMARK or is_of_form(text)


def columns_meant(label: str) -> tuple[str, ...]:
    """Return the columns that a header's words may mean; empty when it is no header."""
    columns = _columns_by_words()
    return columns.get(_plain_core(label)) or columns.get(core_of(label)) or ()
