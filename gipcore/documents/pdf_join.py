"""Ruled tables that go on over pages: rows cut in two, heads repeated, merged cells run on."""

from bisect import bisect_right
from collections.abc import Sequence

from gipcore.documents.limits import LIMITS, too_large
from gipcore.documents.model import Grid, GridCell, GridRow, Spot
from gipcore.documents.pdf_ruled import FIGURE, SAME_PLACE, Box, RuledTable, boxes, middles
from gipcore.documents.pdf_text import ENUMERATOR, Line
from gipcore.documents.spans import COVERED

MAX_REPEATED_ROWS = 5
HANGING = 2.5  # of the size: lines of one cell are not further apart


def continues(above: RuledTable, below: RuledTable) -> bool:
    """Tell whether a table on the next page goes on with one that ended a page."""
    return (
        below.page == above.page + 1
        and abs(above.xs[0] - below.xs[0]) <= SAME_PLACE
        and abs(above.xs[-1] - below.xs[-1]) <= SAME_PLACE
    )


def without_frames(pages: Sequence[list[RuledTable]]) -> list[list[RuledTable]]:
    """Return the tables of each page without single boxes, unless one is a piece of a table.

    The first row of a table may stand alone at the end of a page, and the last one at the top.
    """
    kept: list[list[RuledTable]] = []
    for index, tables in enumerate(pages):
        before = pages[index - 1][-1:] if index else []
        after = pages[index + 1][:1] if index + 1 < len(pages) else []
        kept.append(
            [
                table
                for table in tables
                if not table.is_frame
                or (table is tables[-1] and any(_goes_over(table, next_) for next_ in after))
                or (table is tables[0] and any(_goes_over(last, table) for last in before))
            ]
        )
    return kept


def take_back_hanging(lines: Sequence[list[Line]], tables: Sequence[list[RuledTable]]) -> None:
    """Give lines that hang out of a cell cut by the end of a page back to their table."""
    for index in range(len(tables) - 1):
        own, found, below = lines[index], tables[index], tables[index + 1]
        if not found or not below or not continues(found[-1], below[0]):
            continue
        table = found[-1]
        hanging = [line for line in own if line.base > table.ys[-1]]
        is_next = all(line.base > below[0].ys[0] for line in lines[index + 1])
        if is_next and hanging and _hang_from(table, hanging):
            table.words += [word for line in hanging for word in line.words]
            own[:] = [line for line in own if line not in hanging]


def _hang_from(table: RuledTable, hanging: Sequence[Line]) -> bool:
    """Tell whether lines below a table go on with the full text of a cell of its last row."""
    last_row = boxes(table, table.xs)[-1]
    lowest = {id(box): _lowest(table, box) for box in last_row}
    for line in hanging:
        for word in line.words:
            column = min(max(bisect_right(table.xs, word.middle[0]) - 1, 0), len(last_row) - 1)
            box = last_row[column]
            distance = word.base - lowest[id(box)]
            if not box.is_full or ENUMERATOR.match(word.text) or distance > HANGING * word.size:
                return False
            lowest[id(box)] = word.base
    return True


def _lowest(table: RuledTable, box: Box) -> float:
    left, right = table.xs[box.column], table.xs[box.column + box.columns]
    bases = [word.base for word in table.words if left <= word.middle[0] <= right]
    return max(bases, default=0.0)


def _goes_over(above: RuledTable, below: RuledTable) -> bool:
    return continues(above, below) and not (above.is_frame and below.is_frame)


def grid(parts: Sequence[RuledTable], file_name: str) -> Grid | None:
    """Return the parts of one table, a part a page, as one grid."""
    xs = middles(x for part in parts for x in part.xs)
    height = sum(len(part.ys) for part in parts)
    if height * len(xs) > LIMITS.grid_positions:
        raise too_large(file_name, f"a table of {height} rows and {len(xs)} columns")
    rows: list[list[Box]] = []
    pages: list[int] = []
    for part in parts:
        own = boxes(part, xs)
        skipped = 0
        if rows:
            while len(rows) > 1 and _is_remnant(rows[-1], rows[-2]):
                del rows[-1], pages[-1]
            skipped = _repeated(rows, own)
            while skipped + 1 < len(own) and _is_remnant(own[skipped], own[skipped + 1]):
                skipped += 1
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
    if skipped >= len(below):
        return 0
    first = below[skipped]
    pairs = _pairs(last, first)
    is_whole = len(pairs) == len({id(box) for box in first})
    if is_whole and _is_cut(pairs):
        for one, other in pairs:
            if other.text:
                one.text += other.text
                one.is_full = other.is_full
            _replace(below, other, one)
        return 1
    label = next((i for i, box in enumerate(first) if box.text and not _is_figure(box)), 0)
    has_figures = any(_is_figure(box) for box in first)
    for other in {id(box): box for box in first}.values():
        if other.text or not (
            other.rows > 1 or other.column + other.columns <= label or not has_figures
        ):
            continue
        over = [box for box in last if _overlap(box, other)]
        is_under_label = all((box.text or box.is_continued) and not _is_figure(box) for box in over)
        other.is_continued = is_under_label or (other.rows > 1 and not any(map(_is_figure, over)))
    for one, other in pairs:
        if (
            other.text
            and (other.rows > 1 or not has_figures)
            and one.is_full
            and _goes_on(other, one)
        ):
            one.text += other.text
            other.text, other.is_continued = "", True
    return 0


def _overlap(one: Box, other: Box) -> bool:
    return one.column < other.column + other.columns and other.column < one.column + one.columns


def _pairs(last: list[Box], first: list[Box]) -> list[tuple[Box, Box]]:
    """Return the boxes of two rows that stand in the same columns."""
    above = {(box.column, box.columns): box for box in last}
    unique = {id(box): box for box in first}
    return [
        (above[box.column, box.columns], box)
        for box in unique.values()
        if (box.column, box.columns) in above
    ]


def _is_cut(pairs: list[tuple[Box, Box]]) -> bool:
    """Tell whether the lower boxes are the rest of the upper ones."""
    labels = [(one, other) for one, other in pairs if other.text and not _is_figure(other)]
    if not labels or not all(one.is_full and _goes_on(other, one) for one, other in labels):
        return False
    # Figures, too, are wrapped where they are wider than their column.
    return all(one.is_full for one, other in pairs if one.text and _is_figure(other))


def _is_remnant(row: list[Box], neighbour: list[Box]) -> bool:
    """Tell whether all that begins in a row is empty: the edge of a row that stands elsewhere."""
    known = {id(box) for box in neighbour}
    own = [box for box in row if id(box) not in known]
    return bool(own) and not any(box.text for box in own)


def _goes_on(box: Box, above: Box) -> bool:
    """Tell whether a text can be the rest of another: no figure, no number of its own."""
    if _is_figure(box):
        return False
    return above.text.endswith(("（", "(")) or not ENUMERATOR.match(box.text)


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
