"""Rows of table 3 with the lines they mean: labels broken over rows are joined first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gipcore.form import requests
from gipcore.form.model import Line
from gipcore.form.report import RepairCode
from gipcore.parsing.labels import LineFound, columns_meant, requests_line
from gipcore.parsing.normalize import Numbered, normalize, numbered
from gipcore.parsing.rows import Row

COUNT = len(requests.COLUMNS)
HEADER_WORDS = 2
TOTAL = requests.DISPOSED.id
OUTER_LINES = {
    line.id for line in (requests.RECEIVED, requests.BROUGHT_FORWARD, requests.CARRIED_FORWARD)
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A row and its line; `repair` says how the line was found when not by its own words."""

    row: Row
    line: str | None
    repair: RepairCode | None = None

    @property
    def has_figures(self) -> bool:
        """Tell whether anything stands where figures belong."""
        return bool(self.row.values)


def is_header(row: Row) -> bool:
    """Tell a header by its words; its last label may read like a line (总计, 其他)."""
    meant = sum(1 for text in row.texts if columns_meant(text))
    return not row.has_number and (meant >= HEADER_WORDS or "勾稽" in "".join(row.texts))


def entries(rows: Sequence[Row]) -> list[Entry]:
    """Return the rows of the table in order, each with its line if its words tell it."""
    found: list[Entry] = []
    groups: list[str | None] = []
    group: str | None = None
    for row in _joined(_given_back([row for row in rows if not is_header(row)])):
        group_above = group
        line, group = requests_line(row.texts, group)
        if line is None and (not row.values or (not found and _numbers_columns(row))):
            continue
        found.append(_entry(row, line))
        groups.append(group_above)
    return _placed_by_order(_paired(_with_subtotals(found, groups)))


def _numbers_columns(row: Row) -> bool:
    """Tell the row under a header that numbers the columns 1, 2, 3 … from a row of figures."""
    numbers = [value.figure.number for value in row.values]
    return len(numbers) > 2 and numbers == list(range(1, len(numbers) + 1))


def _with_subtotals(found: Sequence[Entry], groups: Sequence[str | None]) -> list[Entry]:
    """Take a total at the end of a group for the group's, when that of the table comes later."""
    result = list(found)
    totals = [index for index, entry in enumerate(found) if entry.line == TOTAL]
    for index, following in pairwise(totals):
        lines = [entry.line or "" for entry in found[index + 1 : following]]
        has_leaves = any("." in line for line in lines)
        group = groups[index]
        if group is not None and has_leaves and not OUTER_LINES & set(lines):
            result[index] = replace(found[index], line=group)
    return result


def _entry(row: Row, line: LineFound | None) -> Entry:
    if line is None:
        return Entry(row, None)
    return Entry(row, line.line, RepairCode.LABEL_APPROXIMATE if line.is_approximate else None)


def _is_exact(texts: Sequence[str], group: str | None) -> bool:
    line, _ = requests_line(texts, group)
    return line is not None and not line.is_approximate


def _given_back(rows: Sequence[Row]) -> list[Row]:
    """Give words to the label above that they end: where a row is a line, they come after it."""
    result: list[Row] = []
    group: str | None = None
    for row in rows:
        above = result[-1] if result else None
        if above is not None and above.labels and not row.is_from_grid:
            ends = _ends_of(row)
            whole = above.texts[-1] + "".join(row.texts[:ends])
            if ends and _is_exact([whole], group):
                last = replace(above.labels[-1], text=whole)
                result[-1] = replace(above, labels=(*above.labels[:-1], last))
                row = replace(row, labels=row.labels[ends:])
        if above is not None:
            _, group = requests_line(above.texts, group)
        result.append(row)
    return result


def _ends_of(row: Row) -> int:
    """Return how many labels without a number stand before the first that has one."""
    has_number = [numbered(normalize(text)) != Numbered(normalize(text)) for text in row.texts]
    return has_number.index(True) if True in has_number else 0


def _joined(rows: Sequence[Row]) -> Iterator[Row]:
    """Join a label that stands above, around or below its figures to the row of the figures."""
    group: str | None = None
    index = 0
    while index < len(rows):
        row = rows[index]
        for size in (3, 2):
            part = rows[index : index + size]
            joined = _join(part, group) if len(part) == size else None
            if joined is not None:
                row = joined
                index += size - 1
                break
        _, group = requests_line(row.texts, group)
        yield row
        index += 1


def _join(rows: Sequence[Row], group: str | None) -> Row | None:
    """Return one row for rows of which just one has figures and whose last labels make a line."""
    with_figures = [row for row in rows if row.values]
    if len(with_figures) != 1 or len({row.grid for row in rows}) != 1:
        return None
    if any(_is_exact(row.texts, group) for row in rows):
        return None
    ends = [row.texts[-1] for row in rows if row.labels]
    if len(ends) < len(rows) - 1 or len(ends) < 2:
        return None
    text = "".join(ends)
    if not _is_exact([text], group):
        return None
    own = with_figures[0]
    last = replace((own.labels or rows[0].labels)[-1], text=text)
    before = [label for row in rows for label in row.labels[:-1]]
    return replace(own, labels=(*before, last))


def _paired(found: Sequence[Entry]) -> list[Entry]:
    """Give a run of figures without labels to the equally long run of labels right above it."""
    result: list[Entry] = []
    index = 0
    while index < len(found):
        labels = _run(found, index, has_figures=False)
        figures = _run(found, index + len(labels), has_figures=True, line=None)
        if labels and figures:
            for offset, entry in enumerate(figures):
                label = labels[offset] if len(labels) == len(figures) else None
                result.append(
                    Entry(entry.row, label.line, RepairCode.PLACED_BY_ORDER) if label else entry
                )
            index += len(labels) + len(figures)
            continue
        result.append(found[index])
        index += 1
    return result


def _run(
    found: Sequence[Entry], start: int, *, has_figures: bool, line: str | None = ""
) -> list[Entry]:
    """Return the entries from `start` on that have figures or not; `line` None: without a label."""
    run: list[Entry] = []
    for entry in found[start:]:
        is_same = entry.has_figures == has_figures
        if not is_same or (line is None and (entry.line is not None or entry.row.labels)):
            break
        run.append(entry)
    return run


def _placed_by_order(found: Sequence[Entry]) -> list[Entry]:
    """Place rows of unknown label between two known lines when just as many lines are missing."""
    result = list(found)
    read: set[str | None] = {entry.line for entry in found}
    index = 0
    while index < len(result):
        run = _unknown(result, index)
        if not run:
            index += 1
            continue
        before = result[index - 1].line if index else None
        end = index + len(run)
        after = result[end].line if end < len(result) else None
        missing = _missing(before, after, read, len(run))
        for offset, line in enumerate(missing):
            result[index + offset] = Entry(run[offset].row, line, RepairCode.PLACED_BY_ORDER)
            read.add(line)
        index = end
    return result


def _unknown(found: Sequence[Entry], start: int) -> list[Entry]:
    run: list[Entry] = []
    for entry in found[start:]:
        if entry.line is not None or len(entry.row.values) != COUNT:
            break
        run.append(entry)
    return run


def _missing(
    before: str | None, after: str | None, read: set[str | None], count: int
) -> tuple[str, ...]:
    """Return the `count` lines missing between two read ones; empty when the count is not so."""
    for lines in _orders():
        names = [line.id for line in lines]
        start = names.index(before) + 1 if before in names else 0 if before is None else None
        end = names.index(after) if after in names else len(names) if after is None else None
        if start is None or end is None:
            continue
        missing = [name for name in names[start:end] if name not in read]
        if len(missing) == count:
            return tuple(missing)
    return ()


def _orders() -> tuple[tuple[Line, ...], ...]:
    """Return the two orders of lines that reports print: （六） in leaves or as one row."""
    skipped = (set(requests.SUBTOTALS), set(requests.SUBTOTALS))
    skipped[0].add(requests.OTHER_HANDLING_AS_ONE)
    skipped[1].update(requests.OTHER_HANDLING)
    return tuple(
        tuple(line for line in requests.LINES if line not in left_out) for left_out in skipped
    )
