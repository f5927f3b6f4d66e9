"""Ruled tables of a PDF: boxes between lines, merged where none parts them, joined over pages."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gipcore.documents.limits import too_large
from gipcore.documents.pdf_page import Page, Rule, Word
from gipcore.documents.pdf_text import line_text, lines_of

SNAP = 3.0  # lines nearer than this are one line, in points
REACH = 3.5  # lines that miss each other by less than this meet
MIN_RULE = 5.0
MIN_BOX = 5.0  # lines nearer than this, as double lines are, have no box between them
MIN_EMPTY_BOX = 9.0  # nor have lines nearer than this, if no word stands there
MAX_LONE_COLUMN = 150.0
MIN_WIDTH, MIN_HEIGHT = 40.0, 8.0
PARTED_SHARE = 0.5  # of the height of a box that a line must run along it to part it
MAX_CROSSINGS = 4_000_000
MAX_SIDES = 100  # of a page; more lines that stand alone are a drawing
CELL_PADDING = 13.0  # both sides together; Word's is 10.8 points
DIGIT_WIDTH = 0.6  # of the size
SAME_PLACE = 4.0
FIGURE = re.compile(r"(?!\d{1,2}[.．]$)[\d\s.,，．+\-－−—/／\\０-９件万元①-⑳⁰¹²³⁴-⁹*]+$")
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
    def is_frame(self) -> bool:
        """Tell whether this is a single box: a frame, unless a table goes on from it."""
        return len(self.xs) == 2 and len(self.ys) == 2

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
    smallest_first = sorted(tables, key=lambda table: (table.is_frame, table.area))
    outside: list[Word] = []
    for word in page.words:
        owner = next((table for table in smallest_first if table.holds(word)), None)
        (outside if owner is None else owner.words).append(word)
    for table in tables:
        middles = [word.middle for word in table.words]
        table.xs = _without_slits(table.xs, sorted(x for x, _ in middles))
        table.ys = _without_slits(table.ys, sorted(y for _, y in middles))
    return sorted(tables, key=lambda table: table.ys[0]), outside


def _without_slits(places: list[float], middles: list[float]) -> list[float]:
    """Return places without those that only bound a slit in which nothing stands."""
    kept = places[:1]
    for place in places[1:]:
        is_slit = place - kept[-1] < MIN_EMPTY_BOX and (
            bisect_right(middles, place) == bisect_right(middles, kept[-1])
        )
        if not is_slit:
            kept.append(place)
        elif len(kept) > 1:
            kept[-1] = (kept[-1] + place) / 2
        else:
            kept[-1] = min(kept[-1], place)
    return kept if len(kept) > 1 else places


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


def middles(places: Iterable[float]) -> list[float]:
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
    sides = [side for across, down in groups if not across for side in down]
    while 0 < len(sides) <= MAX_SIDES:
        pairs = [(_distance(s, t), i, t) for i, s in enumerate(sides) for t in tables]
        near = [pair for pair in pairs if _stands_beside(sides[pair[1]], pair[2])]
        if not near:
            break
        _, index, table = min(near, key=lambda pair: pair[0])
        table[1].append(sides.pop(index))
    return tables


def _stands_beside(side: Rule, group: Group) -> bool:
    top, bottom = min(r.at for r in group[0]), max(r.at for r in group[0])
    overlap = min(side.end, bottom) - max(side.start, top)
    length = min(side.end - side.start, bottom - top)
    return overlap > 0.8 * length and _distance(side, group) < MAX_LONE_COLUMN


def _distance(side: Rule, group: Group) -> float:
    """Return how far beside a group a line stands; lines within it are no sides."""
    left = min([r.start for r in group[0]] + [r.at for r in group[1]])
    right = max([r.end for r in group[0]] + [r.at for r in group[1]])
    return max(left - side.at, side.at - right) if not left < side.at < right else MAX_LONE_COLUMN


def _table(page: Page, horizontals: list[Rule], verticals: list[Rule]) -> RuledTable | None:
    """Return the table that lines make, or None for an underline or a drawing."""
    if len(horizontals) < 2 or not verticals:
        return None
    xs = _places([r.at for r in verticals], [end for r in horizontals for end in (r.start, r.end)])
    ys = _places([r.at for r in horizontals], [end for r in verticals for end in (r.start, r.end)])
    is_tiny = xs[-1] - xs[0] < MIN_WIDTH or ys[-1] - ys[0] < MIN_HEIGHT
    if is_tiny:
        return None
    return RuledTable(page.number, xs, ys, horizontals, verticals, page.height)


def _places(lines: list[float], ends: list[float]) -> list[float]:
    """Return where boxes begin and end: at the lines, and where lines stick out without one."""
    places = middles(lines)
    if min(ends) < places[0] - 2 * SNAP:
        places.insert(0, min(ends))
    if max(ends) > places[-1] + 2 * SNAP:
        places.append(max(ends))
    return places


def boxes(table: RuledTable, xs: list[float]) -> list[list[Box]]:
    """Return for each position of a table the box that it belongs to."""
    ys = table.ys
    heights, widths = range(len(ys) - 1), range(len(xs) - 1)
    right = _parted(table.verticals, xs, ys)[1:]
    below = _parted(table.horizontals, ys, xs)[1:]
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


def _parted(rules: list[Rule], lines: list[float], places: list[float]) -> list[list[bool]]:
    """Tell for each line, and each stretch between places, whether it is ruled there."""
    near: list[list[Rule]] = [[] for _ in lines]
    for rule in rules:
        nearest = min(range(len(lines)), key=lambda i: abs(lines[i] - rule.at))
        if abs(lines[nearest] - rule.at) <= MIN_EMPTY_BOX:
            near[nearest].append(rule)
    return [
        [
            sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in own)
            >= PARTED_SHARE * (end - start)
            for start, end in pairwise(places)
        ]
        for own in near
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
        # Punctuation may not begin a line, so up to two characters go down together.
        next_width = DIGIT_WIDTH * size if FIGURE.match(content) else 2 * size
        is_full = width - (line[-1].right - line[0].left) < next_width + CELL_PADDING
    return text, is_full or is_vertical
