"""Table 4: blocks of five results, side by side or below each other."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from gipcore.form.report import RepairCode
from gipcore.parsing.columns import BLOCKS, RESULTS, TOTAL, review_columns
from gipcore.parsing.figures import read_figure
from gipcore.parsing.labels import columns_meant, core_of, may_be_of_form
from gipcore.parsing.reading import Reading
from gipcore.parsing.rows import Position, Row
from gipcore.parsing.windows import NO_HABITS, Window, choose_window

TABLE = 4
STANDARD = tuple((block, result) for block in BLOCKS for result in RESULTS)
LITIGATION = BLOCKS[1:]
BLOCK_WORDS = {BLOCKS[1]: "直接起诉", BLOCKS[2]: "复议后"}
LONGEST_BLOCK_NAME = 20
ZERO = Position(0, "0", read_figure("0"))
RESULT_WORDS = frozenset(RESULTS)


def results_named(row: Row) -> int:
    """Count the labels of a row that are results; a header of table 4 has several."""
    return sum(
        1
        for text in row.texts
        if any(column in RESULT_WORDS and column != "total" for column in columns_meant(text))
    )


def blocks_named(row: Row) -> tuple[str, ...]:
    """Return the blocks that a row names, left to right (行政诉讼 alone names none)."""
    return tuple(block for text in row.texts for block in _blocks_meant(text))


def _blocks_meant(text: str) -> tuple[str, ...]:
    meant = tuple(column for column in columns_meant(text) if column in BLOCKS)
    if meant:
        return meant
    core = core_of(text)
    if len(core) > LONGEST_BLOCK_NAME:
        return ()
    return tuple(block for block, words in BLOCK_WORDS.items() if words in core)


def read_reviews(rows: Sequence[Row], reading: Reading) -> None:
    """Read the rows that belong to table 4: 15 figures, or 5 or 10 under their blocks' names."""
    pending: list[str] = []
    header: list[Row] = []
    order = STANDARD
    for row in map(_with_damaged_first, rows):
        named = blocks_named(row)
        if not _may_hold_figures(row):
            pending.extend(block for block in named if block not in pending)
            header.append(row)
            continue
        if not row.values and all(f"{block}.{TOTAL}" in reading.values for block in BLOCKS):
            continue  # an empty row below the figures
        if header or not row.is_from_grid:
            order = review_columns([*header, row])
            header = []
        blocks = tuple(named) or _expected(row, tuple(pending), reading)
        is_by_order = not blocks
        if is_by_order:
            blocks = _first_open(row, reading)
        names = _names(blocks, order)
        if not _read_row(row, names, reading, is_by_order=is_by_order):
            reading.leave(TABLE, row)
            reading.repair(RepairCode.CELL_MISSING, reading.place(TABLE, row), row.as_text(), names)
        pending = []


def _with_damaged_first(row: Row) -> Row:
    """Return a row that has a figure where words unknown to the form open it, and 14 are left."""
    is_short = len(row.tail) == len(STANDARD) - 1 and len(row.labels) == 1
    if not is_short or may_be_of_form(row.texts[0]):
        return row
    return replace(row, labels=(), tail=(*row.labels, *row.tail))


def _may_hold_figures(row: Row) -> bool:
    """Tell a row of figures, blank ones included, from a header."""
    if row.has_number:
        return True
    is_under_header = row.has_spans and row.number > 1 and not results_named(row)
    return is_under_header and len(row.tail) >= len(RESULTS)


def _expected(row: Row, named: tuple[str, ...], reading: Reading) -> tuple[str, ...]:
    """Return the blocks a row without a name of its own must be for, by what is above and read."""
    candidates_by_trust = (BLOCKS, named, LITIGATION)
    for size in (len(row.tail), len(row.values)):
        for candidates in candidates_by_trust:
            is_open = all(f"{block}.total" not in reading.values for block in candidates)
            if len(candidates) * len(RESULTS) == size and is_open:
                return candidates
    return named


def _first_open(row: Row, reading: Reading) -> tuple[str, ...]:
    """Return the blocks not read yet, as many as the row has figures for."""
    open_blocks = tuple(b for b in BLOCKS if f"{b}.total" not in reading.values)
    return open_blocks[: max(len(row.values), len(RESULTS)) // len(RESULTS)]


def _names(blocks: Iterable[str], order: Sequence[tuple[str, str]] = STANDARD) -> tuple[str, ...]:
    wanted = set(blocks)
    return tuple(f"{block}.{result}" for block, result in order if block in wanted)


def _read_row(
    row: Row, names: tuple[str, ...], reading: Reading, *, is_by_order: bool = False
) -> bool:
    if not names:
        return False
    order = order_of(names)
    choice = choose_window(row, len(names), NO_HABITS, partial(_adds_up, order))
    if choice is None:
        return False
    blocks = {name.rpartition(".")[0] for name in names}
    printed = _names(blocks)
    if names != printed and not is_by_order:
        usual = order_of(printed)
        if _adds_up(usual, choice.window) and not _adds_up(order, choice.window):
            names = printed  # the sums belie the header
        detail = f"the header has the columns otherwise than the form; read as {', '.join(names)}"
        reading.repair(RepairCode.ROW_SHIFTED, reading.place(TABLE, row), detail)
    for name, position in zip(names, choice.window, strict=True):
        reading.put(name, position, TABLE, row)
    # Where columns are only where figures stand, blank ones may be missing from among these.
    is_part = row.is_unruled and len(blocks) < len(BLOCKS)
    is_doubtful = is_part and not _adds_up(order_of(names), choice.window)
    repair = RepairCode.PLACED_BY_ORDER if is_by_order or is_doubtful else choice.repair
    if repair is not None:
        reading.repair(repair, reading.place(TABLE, row), row.as_text(), names)
    elif _may_lack_a_cell(order_of(names), choice.window):
        detail = f"a blank cell, and the row does not add up: {row.as_text()}"
        reading.repair(RepairCode.CELL_MISSING, reading.place(TABLE, row), detail, names)
    return True


def _may_lack_a_cell(order: Sequence[str], window: Window) -> bool:
    """Tell a row with blank cells that does not add up without them: it may be shifted."""
    if not any(position.is_empty for position in window):
        return False
    filled = tuple(ZERO if position.is_empty else position for position in window)
    return _adds_up(order, filled) is False


def order_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return the results that cells are of."""
    return tuple(name.rpartition(".")[2] for name in names)


def _adds_up(order: Sequence[str], window: Window) -> bool | None:
    """Tell whether each block's total is the sum of its results."""
    size = len(RESULTS)
    for start in range(0, len(window), size):
        numbers = [position.figure.number for position in window[start : start + size]]
        total = numbers.pop(order[start : start + size].index(TOTAL))
        known = [number for number in numbers if number is not None]
        if total is None or len(known) < len(numbers):
            return None
        if total != sum(known):
            return False
    return True
