"""Tables that lost their grid: one cell a line, or labels and figures in lines of text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gipcore.parsing.figures import Kind, read_figure
from gipcore.parsing.labels import may_be_of_form
from gipcore.parsing.normalize import normalize
from gipcore.parsing.rows import Position, Row, is_label
from gipcore.parsing.sections import Piece

LONGEST_LABEL = 90
SENTENCE_END = re.compile(r"。$|.{6}[！!?？]$")
WHITESPACE = re.compile(r"\s+")
FEWEST_LINES = 4
PAGE_NUMBER = re.compile(r"^-+\d{1,3}-+$|^第\d{1,3}页(共\d{1,3}页)?$")


@dataclass(frozen=True, slots=True)
class _Token:
    """A cell of a table without its grid."""

    text: str
    page: int | None
    is_blank: bool = False


def is_loose(piece: Piece) -> bool:
    """Tell whether a paragraph may be a cell or a row of a table that lost its grid."""
    text = piece.text
    if text is None or len(text) > LONGEST_LABEL * 2:
        return False
    return len(normalize(text)) <= LONGEST_LABEL and not SENTENCE_END.search(text.strip())


def loose_rows(run: Sequence[Piece], index: int) -> Iterator[Row]:
    """Make rows of neighbouring lines: labels up to the next figures, then those figures."""
    tokens = list(_tokens(run))
    if len(run) < FEWEST_LINES or not any(_is_number(token) for token in tokens):
        return
    labels: list[_Token] = []
    figures: list[_Token] = []
    number = 0
    for token, following in pairwise((*tokens, None)):
        if token is None:
            break
        is_figure = _is_figure(token) or (
            bool(labels or figures) and _stands_for_figure(token, following)
        )
        if not is_figure and figures:
            number += 1
            yield _row(labels, figures, index, number)
            labels, figures = [], []
        if is_figure and (labels or figures):
            figures.append(token)
        elif not is_figure:
            labels.append(token)
    if labels or figures:
        yield _row(labels, figures, index, number + 1)


def _is_figure(token: _Token) -> bool:
    return token.is_blank or read_figure(token.text).is_value


def _stands_for_figure(token: _Token, following: _Token | None) -> bool:
    """Tell damage in a figure's place: no words at all, or none of the form before figures."""
    if not is_label(_position(0, token)):
        return True
    goes_on = following is not None and _is_figure(following)
    return goes_on and not may_be_of_form(token.text)


def _position(column: int, token: _Token) -> Position:
    return Position(column, token.text, read_figure(token.text))


def _is_number(token: _Token) -> bool:
    return read_figure(token.text).kind is Kind.NUMBER


def _row(labels: list[_Token], figures: list[_Token], index: int, number: int) -> Row:
    positions = [
        _position(column, token) for column, token in enumerate((*labels, *figures), start=1)
    ]
    first = (*labels, *figures)[0]
    return Row(
        index,
        number,
        tuple(positions[: len(labels)]),
        tuple(positions[len(labels) :]),
        first.page,
        has_spans=False,
        is_from_grid=False,
    )


def _tokens(run: Sequence[Piece]) -> Iterator[_Token]:
    """Split each line into cells; where lines are single cells, extra blank lines are blanks."""
    run = _without_separators(run)
    usual_gap = 0 if any(_is_pipe(piece) for piece in run) else _usual_gap(run)
    previous: int | None = None
    for piece in run:
        line = piece.block_line
        if usual_gap and previous is not None and line is not None:
            missing = (line - previous) // usual_gap - 1
            yield from (_Token("", piece.page, is_blank=True) for _ in range(missing))
        previous = line
        for text in _cells(piece.text or ""):
            if PAGE_NUMBER.match(normalize(text)):
                continue
            yield _Token(text, piece.page, is_blank=not normalize(text))


def _is_pipe(piece: Piece) -> bool:
    return (piece.text or "").strip() == "|"


def _without_separators(run: Sequence[Piece]) -> Sequence[Piece]:
    """Leave out the lone pipes that end each cell; one pipe more than that is a blank cell."""
    cells = sum(1 for piece in run if not _is_pipe(piece))
    ended = sum(1 for piece, after in pairwise(run) if not _is_pipe(piece) and _is_pipe(after))
    if ended * 10 < cells * 8:
        return run
    return [
        piece
        for before, piece in pairwise((None, *run))
        if piece is not None and (not _is_pipe(piece) or before is None or _is_pipe(before))
    ]


def _usual_gap(run: Sequence[Piece]) -> int:
    """Return how many lines apart two cells are; 0 where the source has no lines."""
    lines = [piece.block_line for piece in run if piece.block_line is not None]
    return min((later - earlier for earlier, later in pairwise(lines)), default=0)


def _cells(text: str) -> list[str]:
    """Split a line: at pipes, else the figures at its end from the label before them."""
    if "|" in text:
        inner = text.strip()
        if inner == "|":
            return [""]
        return [cell.strip() for cell in inner.strip("|").split("|")]
    if read_figure(text).is_value:
        return [text]
    words = WHITESPACE.split(text.strip())
    figures: list[str] = []
    while words and read_figure(words[-1]).is_value:
        figures.insert(0, words.pop())
    label = " ".join(words)
    return [label, *figures] if label else figures
