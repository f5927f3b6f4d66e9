"""One page of a PDF as words and ruled lines, taken from pdfium; y grows downwards from the top."""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2.raw as pdfium

from gipcore.documents.limits import LIMITS, too_large
from gipcore.documents.raised import raised

THIN = 4.0  # a filled shape thinner than this is a ruled line, in points
MAX_FORM_DEPTH = 4
ANGLE_SAMPLE = 200  # characters of a page that tell which way its text runs
QUARTER_TURN = math.pi / 2
BLANK_CODE = 32
TWICE = 4.0  # points: text printed twice does not lie further apart
BOLD_SHIFT = 0.15  # of the size
WORD_GAP = 0.25  # of the size: from here on two characters are two words
SMALL = 0.85  # of the size of the word before: a raised mark is no larger
RAISED_LEAST = 0.2  # of the size: it stands at least so much higher
SAME_LINE = 0.3  # of the size: baselines nearer than this are one line
WIDE = ("\u1100", "\uffef")  # from Hangul on, most scripts are as wide as high

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Word:
    """Characters that stand together on one line."""

    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        """Return the point by which the word is placed in a cell."""
        return (self.left + self.right) / 2, self.base - 0.35 * self.size


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: its place across, and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """What stands on one page."""

    number: int
    width: float
    height: float
    words: list[Word]
    horizontals: list[Rule]
    verticals: list[Rule]
    has_image: bool


@dataclass(frozen=True, slots=True)
class _Frame:
    """Turns a page's own coordinates into ours: upright, from the top left corner."""

    rotation: int
    left: float
    bottom: float
    width: float
    height: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        if self.rotation == 1:
            return y, x
        if self.rotation == 2:
            return self.width - x, y
        if self.rotation == 3:
            return self.width - y, self.height - x
        return x, self.height - y


def read_page(handle: pdfium.FPDF_PAGE, number: int, file_name: str, budget: list[int]) -> Page:
    """Read one page; `budget` counts down the objects that the whole document may have."""
    width, height = pdfium.FPDF_GetPageWidthF(handle), pdfium.FPDF_GetPageHeightF(handle)
    rotation = pdfium.FPDFPage_GetRotation(handle)
    upright = _upright_rotation(handle, rotation)
    if (upright - rotation) % 2:
        width, height = height, width
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(handle, box)
    frame = _Frame(
        upright, min(box.left, box.right), min(box.bottom, box.top),
        width, height,
    )  # fmt: skip
    shapes = _Shapes(frame, file_name, budget)
    shapes.read(handle)
    words = list(_words(handle, frame, file_name))
    return Page(
        number, width, height, words, shapes.horizontals, shapes.verticals, shapes.has_image
    )


def _upright_rotation(handle: pdfium.FPDF_PAGE, rotation: int) -> int:
    """Return the quarter turns after which most of the page's text stands upright."""
    text = pdfium.FPDFText_LoadPage(handle)
    if not text:
        return rotation
    try:
        count = pdfium.FPDFText_CountChars(text)
        step = max(1, count // ANGLE_SAMPLE)
        turns = Counter(
            -round(pdfium.FPDFText_GetCharAngle(text, index) / QUARTER_TURN) % 4
            for index in range(0, count, step)
            if pdfium.FPDFText_GetUnicode(text, index) > BLANK_CODE
        )
    finally:
        pdfium.FPDFText_ClosePage(text)
    most = turns.most_common(1)
    return most[0][0] if most else rotation


def _words(handle: pdfium.FPDF_PAGE, frame: _Frame, file_name: str) -> Iterator[Word]:
    """Yield the words of a page; text printed twice to look bold comes once."""
    text = pdfium.FPDFText_LoadPage(handle)
    if not text:
        return
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > LIMITS.text_characters:
            raise too_large(file_name, f"a page of more than {LIMITS.text_characters} characters")
        printed = _Printed()
        before: Word | None = None
        for word in _runs(text, count, frame):
            if not printed.is_new(word):
                continue
            if before is not None and _is_raised(word, before):
                before.text += raised(word.text)
                before.right = word.right
                continue
            before = word
            yield word
    finally:
        pdfium.FPDFText_ClosePage(text)


def _is_raised(word: Word, before: Word) -> bool:
    """Tell whether a word is the mark of a note behind another: small, and set higher."""
    rise = before.base - word.base
    return (
        word.text.isdigit()
        and word.size < SMALL * before.size
        and RAISED_LEAST * before.size < rise < before.size
        and abs(word.left - before.right) < WORD_GAP * before.size
    )


class _Printed:
    """Remembers where each text was printed, to know it when it is printed again for boldness."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, int, int], list[Word]] = {}

    def is_new(self, word: Word) -> bool:
        """Tell whether the same text does not stand here already, a hair aside."""
        across, down = int(word.left // TWICE), int(word.base // TWICE)
        near = (
            known
            for column in (across - 1, across, across + 1)
            for row in (down - 1, down, down + 1)
            for known in self._places.get((word.text, column, row), ())
        )
        hair = BOLD_SHIFT * word.size
        if any(abs(k.left - word.left) < hair and abs(k.base - word.base) < hair for k in near):
            return False
        self._places.setdefault((word.text, across, down), []).append(word)
        return True


def _runs(text: pdfium.FPDF_TEXTPAGE, count: int, frame: _Frame) -> Iterator[Word]:
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    word: Word | None = None
    owner: object = None
    last_left = 0.0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        character = chr(code) if 32 < code < 0x110000 else ""
        if not character or character.isspace() or 0xD800 <= code < 0xE000:
            if word is not None:
                yield word
                word = None
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        left, _ = frame.point(box.left, box.bottom)
        right, _ = frame.point(box.right, box.top)
        left, right = min(left, right), max(left, right)
        _, base = frame.point(x.value, y.value)
        size = box.top - box.bottom if frame.rotation in (0, 2) else box.right - box.left
        size = max(size, (right - left) if WIDE[0] <= character <= WIDE[1] else 1.0)
        # Cells without padding touch each other, but are drawn one by one.
        before, owner = owner, _address(pdfium.FPDFText_GetTextObject(text, index))
        if word is not None and owner == before:
            is_same_line = abs(base - word.base) < SAME_LINE * max(size, word.size)
            gap = left - word.right
            if (
                is_same_line
                and word.text[-1] == character
                and abs(left - last_left) < BOLD_SHIFT * size
            ):
                continue  # printed again a little aside: bold
            if is_same_line and -0.5 * size < gap < WORD_GAP * size:
                word.text += character
                word.right = max(word.right, right)
                word.size = max(word.size, size)
                last_left = left
                continue
        if word is not None:
            yield word
        word = Word(character, left, right, base, size)
        last_left = left
    if word is not None:
        yield word


def _address(handle: pdfium.FPDF_PAGEOBJECT) -> int | None:
    return ctypes.cast(handle, ctypes.c_void_p).value


class _Shapes:
    """Collects ruled lines from the drawings of a page, whatever way a program draws them."""

    def __init__(self, frame: _Frame, file_name: str, budget: list[int]) -> None:
        self.horizontals: list[Rule] = []
        self.verticals: list[Rule] = []
        self.has_image = False
        self._frame = frame
        self._file_name = file_name
        self._budget = budget

    def read(self, handle: pdfium.FPDF_PAGE) -> None:
        """Read the objects of a page."""
        for index in range(pdfium.FPDFPage_CountObjects(handle)):
            self._object(pdfium.FPDFPage_GetObject(handle, index), IDENTITY, 0)

    def _object(self, shape: pdfium.FPDF_PAGEOBJECT, matrix: Matrix, depth: int) -> None:
        self._budget[0] -= 1
        if self._budget[0] < 0:
            raise too_large(self._file_name, f"more than {LIMITS.page_objects} drawn objects")
        kind = pdfium.FPDFPageObj_GetType(shape)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.has_image = True
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(shape, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
            inner = _times(_matrix(shape), matrix)
            for index in range(pdfium.FPDFFormObj_CountObjects(shape)):
                self._object(pdfium.FPDFFormObj_GetObject(shape, index), inner, depth + 1)

    def _path(self, path: pdfium.FPDF_PAGEOBJECT, matrix: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
        if not fill.value and not stroke.value:
            return
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        pdfium.FPDFPageObj_GetBounds(path, left, bottom, right, top)
        corners = ((left.value, bottom.value), (right.value, top.value))
        if self._line(*(_apply(matrix, x, y) for x, y in corners)):
            return
        for points in self._subpaths(path, _times(_matrix(path), matrix)):
            if stroke.value:
                for one, other in pairwise(points):
                    self._line(one, other, is_stroke=True)
            else:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                self._line((min(xs), min(ys)), (max(xs), max(ys)))

    def _subpaths(
        self, path: pdfium.FPDF_PAGEOBJECT, matrix: Matrix
    ) -> Iterator[list[tuple[float, float]]]:
        """Yield the corners of each connected part of a path."""
        count = pdfium.FPDFPath_CountSegments(path)
        self._budget[0] -= count // 8
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        for index in range(min(count, LIMITS.page_objects)):
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
                yield points
                points = []
            points.append(_apply(matrix, x.value, y.value))
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if points:
            yield points

    def _line(
        self, one: tuple[float, float], other: tuple[float, float], *, is_stroke: bool = False
    ) -> bool:
        """Take a thin box, or a stroke between two points, as a ruled line if it is one."""
        (x0, y0), (x1, y1) = self._frame.point(*one), self._frame.point(*other)
        width, height = abs(x1 - x0), abs(y1 - y0)
        thin = 1.0 if is_stroke else THIN
        if height <= thin and width > height:
            self.horizontals.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif width <= thin and height > width:
            self.verticals.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
        else:
            return width <= thin and height <= thin
        return True


def _matrix(shape: pdfium.FPDF_PAGEOBJECT) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(shape, found):
        return IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
