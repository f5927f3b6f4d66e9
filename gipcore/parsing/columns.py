"""The order of columns as a table's own header has it; the form's where no header says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gipcore.form import requests, reviews
from gipcore.parsing.labels import columns_meant, core_of, requests_line
from gipcore.parsing.rows import Row

APPLICANTS = tuple(column.id for column in requests.COLUMNS)
PERSON, TOTAL = APPLICANTS[0], APPLICANTS[-1]
ORGANIZATIONS = APPLICANTS[1:-1]
RESULTS = tuple(column.id for column in reviews.COLUMNS)
BLOCKS = tuple(line.id for line in reviews.LINES)
RECONSIDERATION, DIRECT, AFTER = BLOCKS
ORGANIZATIONS_WORD, APPLICANTS_WORD, LITIGATION_WORD = "法人", "申请人情况", "litigation"


@dataclass(frozen=True, slots=True)
class _Name:
    """A header's words for a column or a group of columns, and where they stand."""

    means: str
    row: int
    column: int


def applicants_named(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the columns of table 3 in the order of the header above its figures.

    The form's order when the header does not name them all; without the total when that alone is
    missing.
    """
    names = tuple(_applicant_names(rows))
    first = {name.means: name for name in reversed(names)}
    named = tuple(column for column in APPLICANTS if column in first)
    if named not in (APPLICANTS, APPLICANTS[:-1]):
        return APPLICANTS
    places = {column: first[column].column for column in named}
    has_places = all(row.is_from_grid for row in rows[: first[named[0]].row + 1])
    if has_places and len(set(places.values())) == len(named):
        return tuple(sorted(named, key=places.__getitem__))
    return _unfolded(names, named)


def _applicant_names(rows: Sequence[Row]) -> Iterator[_Name]:
    for number, row in enumerate(rows):
        for label in row.labels:
            line, _ = requests_line([label.text], None)
            if line is not None and line.line == "received":
                return
            core = core_of(label.text)
            if core.startswith(ORGANIZATIONS_WORD):
                yield _Name(ORGANIZATIONS_WORD, number, label.column)
            elif core == APPLICANTS_WORD:
                yield _Name(APPLICANTS_WORD, number, label.column)
            for column in columns_meant(label.text):
                if column in APPLICANTS:
                    yield _Name(column, number, label.column)
        if row.has_number:
            return


def _unfolded(names: Sequence[_Name], named: tuple[str, ...]) -> tuple[str, ...]:
    """Return the order of a header without its columns, in which each row opens a group above."""
    organizations = [name.means for name in names if name.means in ORGANIZATIONS]
    order = list(dict.fromkeys(organizations))
    first = {name.means: name for name in reversed(names)}
    group = first.get(ORGANIZATIONS_WORD)
    person = first[PERSON]
    is_before = group is not None and group.row == person.row and group.column < person.column
    order = [*order, PERSON] if is_before else [PERSON, *order]
    if TOTAL not in named:
        return tuple(order)
    total, above = first[TOTAL], first.get(APPLICANTS_WORD)
    beside = above if above is not None and above.row == total.row else person
    is_first = beside.row == total.row and total.column < beside.column
    return (TOTAL, *order) if is_first else (*order, TOTAL)


def review_columns(rows: Sequence[Row]) -> tuple[tuple[str, str], ...]:
    """Return block and result of each column of table 4, by a header above all three blocks.

    The form's order where the header does not say otherwise.
    """
    names = [
        _Name(column, number, label.column)
        for number, row in enumerate(rows)
        for label in row.labels
        for column in columns_meant(label.text)
    ]
    results = [name for name in names if name.means in RESULTS]
    if len({name.column for name in results}) == len(results):
        results.sort(key=lambda name: name.column)
    size = len(RESULTS)
    orders = [
        tuple(name.means for name in results[start : start + size])
        for start in range(0, len(results), size)
    ]
    if len(orders) not in (1, len(BLOCKS)) or any(set(own) != set(RESULTS) for own in orders):
        orders = [RESULTS]
    orders = orders if len(orders) == len(BLOCKS) else orders * len(BLOCKS)
    return tuple(
        (block, result)
        for block, own in zip(_blocks_in_order(names), orders, strict=True)
        for result in own
    )


def _blocks_in_order(names: Sequence[_Name]) -> tuple[str, ...]:
    order = list(dict.fromkeys(name.means for name in names))
    known = [means for means in order if means in (DIRECT, AFTER)]
    litigation = tuple(known) if len(known) == 2 else (DIRECT, AFTER)
    if LITIGATION_WORD in order and RECONSIDERATION in order:
        is_first = order.index(LITIGATION_WORD) < order.index(RECONSIDERATION)
        return (*litigation, RECONSIDERATION) if is_first else (RECONSIDERATION, *litigation)
    return (RECONSIDERATION, *litigation)
