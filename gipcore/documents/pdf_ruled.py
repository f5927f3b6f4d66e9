"""Ruled tables of a PDF: boxes between lines, merged where none parts them, joined over pages."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gipcore.documents.limits import LIMITS, too_large
from gipcore.documents.model import Grid, GridCell, GridRow, Spot
from gipcore.documents.pdf_page import Page, Rule, Word
from gipcore.documents.pdf_text import ENUMERATOR, line_text, lines_of
from gipcore.documents.spans import COVERED

SNAP = 3.0  # lines nearer than this are one line, in points
REACH = 3.5  # lines that miss each other by less than this meet
MIN_RULE = 5.0
MIN_BOX = 5.0  # lines nearer than this, as double lines are, have no box between them
MAX_LONE_COLUMN = 150.0
MIN_WIDTH, MIN_HEIGHT = 40.0, 12.0
PARTED_SHARE = 0.5  # of the height of a box that a line must run along it to part it
MAX_CROSSINGS = 4_000_000
CELL_PADDING = 13.0  # both sides together; Word's is 10.8 points
SAME_PLACE = 4.0
MAX_REPEATED_ROWS = 5
FIGURE = re.compile(r"[\d\s.,，．+\-－−—/／\\０-９件万元]+$")
PAGE_MARK = re.compile(r"[-—–―－]\s*\d{1,3}\s*[-—–―－]$")


Group = tuple[list[Rule], list[Rule]]  # lines across and lines down that meet


@dataclass(slots=True)
class Box:
    """One cell: its place, its reach, and its text; `is_full` when its last line fills it."""

    row: int
    column: int
    rows: int
    columns: int
    text: str = ""
    is_full: bool = False
    is_continued: bool = False


@dataclass(slots=True)
class RuledTable:
    """The lines of one table on one page and the words within."""

    page: int
    xs: list[float]
    ys: list[float]
    horizontals: list[Rule]
    verticals: list[Rule]
    page_height: float
    words: list[Word] = field(default_factory=list)

    @property
    def area(self) -> float:
        """Return the area; of tables within each other the smaller takes a word."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def holds(self, word: Word) -> bool:
        """Tell whether a word stands within."""
        x, y = word.middle
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


def ruled_tables(page: Page, file_name: str) -> tuple[list[RuledTable], list[Word]]:
    """Return the ruled tables of a page from top to bottom, and the words outside of them."""
    horizontals, verticals = _joined(page.horizontals), _joined(page.verticals)
    if len(horizontals) * len(verticals) > MAX_CROSSINGS:
        raise too_large(file_name, f"page {page.number} has more ruled lines than any table")
    tables = [
        table
        for group in _with_sides(_connected(horizontals, verticals))
        if (table := _table(page, *group)) is not None
    ]
    smallest_first = sorted(tables, key=lambda table: table.area)
    outside: list[Word] = []
    for word in page.words:
        owner = next((table for table in smallest_first if table.holds(word)), None)
        (outside if owner is None else owner.words).append(word)
    return sorted(tables, key=lambda table: table.ys[0]), outside


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Return the lines with the pieces of one line put together."""
    joined: list[Rule] = []
    for group in _snapped(sorted(rules, key=lambda rule: rule.at)):
        at = sum(rule.at for rule in group) / len(group)
        start = end = None
        for rule in sorted(group, key=lambda rule: rule.start):
            if end is not None and start is not None and rule.start > end + SNAP:
                joined.append(Rule(at, start, end))
                start = end = None
            start = rule.start if start is None else start
            end = rule.end if end is None else max(end, rule.end)
        if start is not None and end is not None:
            joined.append(Rule(at, start, end))
    return [rule for rule in joined if rule.end - rule.start >= MIN_RULE]


def _snapped(rules: Sequence[Rule]) -> Iterable[list[Rule]]:
    """Yield sorted lines in groups that are one line, though drawn a little apart."""
    group: list[Rule] = []
    for rule in rules:
        if group and rule.at - group[0].at > SNAP:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def _middles(places: Iterable[float]) -> list[float]:
    """Return sorted places, those with no box between them as one."""
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][0] < MIN_BOX:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [sum(group) / len(group) for group in groups]


def _connected(horizontals: list[Rule], verticals: list[Rule]) -> list[Group]:
    """Return groups of lines that meet each other."""
    parent = list(range(len(horizontals) + len(verticals)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for one, across in enumerate(horizontals):
        for other, down in enumerate(verticals, start=len(horizontals)):
            meets = (
                across.start - REACH <= down.at <= across.end + REACH
                and down.start - REACH <= across.at <= down.end + REACH
            )
            if meets:
                parent[root(one)] = root(other)
    groups: dict[int, Group] = {}
    for index in range(len(parent)):
        group = groups.setdefault(root(index), ([], []))
        if index < len(horizontals):
            group[0].append(horizontals[index])
        else:
            group[1].append(verticals[index - len(horizontals)])
    return list(groups.values())


def _with_sides(groups: list[Group]) -> list[Group]:
    """Return the groups that can be tables, each with the sides that meet none of its lines.

    A merged cell that runs over a whole page has no line across, so its outer side stands alone.
    """
    tables = [group for group in groups if group[0]]
    for across, down in groups:
        if across:
            continue
        for side in down:
            near = [group for group in tables if _stands_beside(side, group)]
            if near:
                min(near, key=lambda group: _distance(side, group))[1].append(side)
    return tables


def _stands_beside(side: Rule, group: Group) -> bool:
    top, bottom = min(r.at for r in group[0]), max(r.at for r in group[0])
    overlap = min(side.end, bottom) - max(side.start, top)
    length = min(side.end - side.start, bottom - top)
    return overlap > 0.8 * length and _distance(side, group) < MAX_LONE_COLUMN


def _distance(side: Rule, group: Group) -> float:
    """Return how far beside a group a line stands; lines within it are no sides."""
    left, right = min(r.start for r in group[0]), max(r.end for r in group[0])
    return max(left - side.at, side.at - right) if not left < side.at < right else MAX_LONE_COLUMN


def _table(page: Page, horizontals: list[Rule], verticals: list[Rule]) -> RuledTable | None:
    """Return the table that lines make, or None for a frame, an underline or a drawing."""
    if len(horizontals) < 2 or not verticals:
        return None
    xs = _places([r.at for r in verticals], [end for r in horizontals for end in (r.start, r.end)])
    ys = _places([r.at for r in horizontals], [end for r in verticals for end in (r.start, r.end)])
    is_tiny = xs[-1] - xs[0] < MIN_WIDTH or ys[-1] - ys[0] < MIN_HEIGHT
    if is_tiny or (len(xs) - 1) * (len(ys) - 1) < 2:
        return None
    return RuledTable(page.number, xs, ys, horizontals, verticals, page.height)


def _places(lines: list[float], ends: list[float]) -> list[float]:
    """Return where boxes begin and end: at the lines, and where lines stick out without one."""
    places = _middles(lines)
    if min(ends) < places[0] - 2 * SNAP:
        places.insert(0, min(ends))
    if max(ends) > places[-1] + 2 * SNAP:
        places.append(max(ends))
    return places


def boxes(table: RuledTable, xs: list[float]) -> list[list[Box]]:
    """Return for each position of a table the box that it belongs to."""
    ys = table.ys
    heights, widths = range(len(ys) - 1), range(len(xs) - 1)
    right = [_parted(table.verticals, xs[c + 1], ys) for c in widths]
    below = [_parted(table.horizontals, ys[r + 1], xs) for r in heights]
    owner: list[list[Box | None]] = [[None for _ in widths] for _ in heights]
    for row in heights:
        for column in widths:
            if owner[row][column] is not None:
                continue
            box = Box(row, column, 1, 1)
            waiting = [(row, column)]
            owner[row][column] = box
            while waiting:
                r, c = waiting.pop()
                box.rows = max(box.rows, r - row + 1)
                box.columns = max(box.columns, c - column + 1)
                for is_open, there in (
                    (c + 1 < len(widths) and not right[c][r], (r, c + 1)),
                    (c > 0 and not right[c - 1][r], (r, c - 1)),
                    (r + 1 < len(heights) and not below[r][c], (r + 1, c)),
                    (r > 0 and not below[r - 1][c], (r - 1, c)),
                ):
                    if is_open and owner[there[0]][there[1]] is None:
                        owner[there[0]][there[1]] = box
                        waiting.append(there)
    filled = [[box for box in row if box is not None] for row in owner]
    _fill(table, xs, filled)
    return filled


def _parted(rules: list[Rule], at: float, places: list[float]) -> list[bool]:
    """Tell for each stretch between places whether a line runs along it."""
    near = [rule for rule in rules if abs(rule.at - at) <= SAME_PLACE]
    return [
        sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in near)
        >= PARTED_SHARE * (end - start)
        for start, end in pairwise(places)
    ]


def _fill(table: RuledTable, xs: list[float], owner: list[list[Box]]) -> None:
    """Put the words of a table into its boxes."""
    within: dict[int, tuple[Box, list[Word]]] = {}
    for word in table.words:
        x, y = word.middle
        row = min(max(bisect_right(table.ys, y) - 1, 0), len(owner) - 1)
        column = min(max(bisect_right(xs, x) - 1, 0), len(xs) - 2)
        box = owner[row][column]
        within.setdefault(id(box), (box, []))[1].append(word)
    for box, words in within.values():
        width = xs[min(box.column + box.columns, len(xs) - 1)] - xs[box.column]
        box.text, box.is_full = _text(words, width, table.page_height)


def _text(words: list[Word], width: float, page_height: float) -> tuple[str, bool]:
    """Return the text of a cell, its wrapped lines joined, and whether the last one is full."""
    lines = [
        line
        for line in lines_of(words)
        if not (line[0].base > 0.92 * page_height and PAGE_MARK.match(line_text(line)))
    ]
    text, is_full = "", False
    texts = [line_text(line) for line in lines]
    is_vertical = len(lines) > 2 and max(map(len, texts)) == 1
    for line, content in zip(lines, texts, strict=True):
        text += ("" if not text or is_full or is_vertical else "\n") + content
        size = max(word.size for word in line)
        is_full = width - (line[-1].right - line[0].left) < size + CELL_PADDING
    return text, is_full or is_vertical


def continues(above: RuledTable, below: RuledTable) -> bool:
    """Tell whether a table on the next page goes on with one that ended a page."""
    return (
        below.page == above.page + 1
        and abs(above.xs[0] - below.xs[0]) <= SAME_PLACE
        and abs(above.xs[-1] - below.xs[-1]) <= SAME_PLACE
    )


def grid(parts: Sequence[RuledTable], file_name: str) -> Grid | None:
    """Return the parts of one table, a part a page, as one grid."""
    xs = _middles(x for part in parts for x in part.xs)
    height = sum(len(part.ys) for part in parts)
    if height * len(xs) > LIMITS.grid_positions:
        raise too_large(file_name, f"a table of {height} rows and {len(xs)} columns")
    rows: list[list[Box]] = []
    pages: list[int] = []
    for part in parts:
        own = boxes(part, xs)
        skipped = 0
        if rows:
            skipped = _repeated(rows, own)
            skipped += _join(rows[-1], own, skipped)
        rows += own[skipped:]
        pages += [part.page] * (len(own) - skipped)
    return _as_grid(rows, pages)


def _repeated(rows: list[list[Box]], below: list[list[Box]]) -> int:
    """Return how many rows at the top of a page only repeat the head of the table."""
    for count in range(min(MAX_REPEATED_ROWS, len(rows), len(below) - 1), 0, -1):
        heads = [_texts_within(part[:count]) for part in (rows, below)]
        has_figures = any(FIGURE.match(text) for text in heads[0])
        if heads[0] and heads[0] == heads[1] and not has_figures:
            return count
    return 0


def _texts_within(rows: list[list[Box]]) -> list[str]:
    unique = {id(box): box for row in rows for box in row}
    return [box.text for box in unique.values() if box.text]


def _join(last: list[Box], below: list[list[Box]], skipped: int) -> int:
    """Tie the first row on a page to the last row before; return 1 when both are one row.

    A row cut by the page end shows by its label, which goes on in the middle of a sentence, while
    the figures stand on one side of the cut only. Else merged cells may run on without their text.
    """
    first = below[skipped] if skipped < len(below) else []
    if not first:
        return 0
    if _is_cut(last, first):
        for one, other in _pairs(last, first):
            if other.text:
                one.text += other.text
                one.is_full = other.is_full
            _replace(below, other, one)
        return 1
    label = next((i for i, box in enumerate(first) if box.text and not _is_figure(box)), 0)
    for one, other in _pairs(last, first):
        is_beside_label = other.column + other.columns <= label
        if not other.text and (other.rows > 1 or is_beside_label) and not _is_figure(one):
            other.is_continued = True
        elif other.text and other.rows > 1 and one.is_full and _goes_on(other):
            one.text += other.text
            other.text, other.is_continued = "", True
    return 0


def _pairs(last: list[Box], first: list[Box]) -> list[tuple[Box, Box]]:
    """Return the boxes of two rows that stand in the same columns."""
    above = {(box.column, box.columns): box for box in last}
    unique = {id(box): box for box in first}
    return [
        (above[box.column, box.columns], box)
        for box in unique.values()
        if (box.column, box.columns) in above
    ]


def _is_cut(last: list[Box], first: list[Box]) -> bool:
    pairs = _pairs(last, first)
    if len(pairs) != len({id(box) for box in first}):
        return False
    labels = [(one, other) for one, other in pairs if other.text and not _is_figure(other)]
    if not labels or not all(one.is_full and _goes_on(other) for one, other in labels):
        return False
    figures = [pair for pair in pairs if any(_is_figure(box) for box in pair)]
    return not (any(one.text for one, _ in figures) and any(other.text for _, other in figures))


def _goes_on(box: Box) -> bool:
    """Tell whether a text can be the rest of another: no figure, no number of its own."""
    return not _is_figure(box) and not ENUMERATOR.match(box.text)


def _is_figure(box: Box) -> bool:
    return bool(box.text) and FIGURE.match(box.text) is not None


def _replace(rows: list[list[Box]], old: Box, new: Box) -> None:
    for row in rows:
        for column, box in enumerate(row):
            if box is old:
                row[column] = new


def _as_grid(rows: list[list[Box]], pages: list[int]) -> Grid | None:
    """Return boxes as grid rows; rows and columns in which no box begins are left out."""
    seen: set[int] = set()
    laid: list[list[GridCell]] = []
    for row in rows:
        line: list[GridCell] = []
        for box in row:
            is_first = id(box) not in seen and not box.is_continued
            seen.add(id(box))
            line.append(GridCell(box.text) if is_first else COVERED)
        laid.append(line)
    columns = [
        column
        for column in range(max(map(len, laid), default=0))
        if not all(line[column].is_covered for line in laid)
    ]
    kept = tuple(
        GridRow(tuple(line[column] for column in columns), Spot(page=page))
        for line, page in zip(laid, pages, strict=True)
        if not all(cell.is_covered for cell in line)
    )
    return Grid(kept, has_spans=True, spot=kept[0].spot) if kept else None
