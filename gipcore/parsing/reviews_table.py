"""Table 4: blocks of five results, side by side or below each other."""

from collections.abc import Iterable, Sequence

from gipcore.form.report import RepairCode
from gipcore.form.reviews import COLUMNS, LINES
from gipcore.parsing.labels import columns_meant, core_of
from gipcore.parsing.reading import Reading
from gipcore.parsing.rows import Row
from gipcore.parsing.windows import NO_HABITS, Window, choose_window

TABLE = 4
RESULTS = tuple(column.id for column in COLUMNS)
BLOCKS = tuple(line.id for line in LINES)
LITIGATION = BLOCKS[1:]
BLOCK_WORDS = {BLOCKS[1]: "直接起诉", BLOCKS[2]: "复议后"}
LONGEST_BLOCK_NAME = 20
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
    for row in rows:
        named = blocks_named(row)
        if not _may_hold_figures(row):
            pending.extend(block for block in named if block not in pending)
            continue
        blocks = tuple(named) or _expected(row, tuple(pending), reading)
        is_by_order = not blocks
        if is_by_order:
            blocks = _first_open(row, reading)
        if not _read_row(row, blocks, reading, is_by_order=is_by_order):
            reading.leave(TABLE, row)
            names = _names(blocks)
            reading.repair(RepairCode.CELL_MISSING, reading.place(TABLE, row), row.as_text(), names)
        pending = []


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


def _names(blocks: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{block}.{result}" for block in blocks for result in RESULTS)


def _read_row(
    row: Row, blocks: Iterable[str], reading: Reading, *, is_by_order: bool = False
) -> bool:
    names = _names(blocks)
    if not names:
        return False
    choice = choose_window(row, len(names), NO_HABITS, _adds_up)
    if choice is None:
        return False
    for name, position in zip(names, choice.window, strict=True):
        reading.put(name, position, TABLE, row)
    repair = RepairCode.PLACED_BY_ORDER if is_by_order else choice.repair
    if repair is not None:
        reading.repair(repair, reading.place(TABLE, row), row.as_text(), names)
    return True


def _adds_up(window: Window) -> bool | None:
    """Tell whether each block's total is the sum of its results."""
    size = len(RESULTS)
    for start in range(0, len(window), size):
        numbers = [position.figure.number for position in window[start : start + size]]
        known = [number for number in numbers if number is not None]
        if len(known) < size:
            return None
        if known[-1] != sum(known[:-1]):
            return False
    return True
