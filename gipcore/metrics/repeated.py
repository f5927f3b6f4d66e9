"""What a text repeats from an earlier one: its passages beside those they follow, words marked.

Whole paragraphs that say the same are put together first, then those that differ in figures and
years only. What is left is compared sentence by sentence, since paragraphs are joined, parted and
added to from year to year: the same sentences, then those that differ in figures, then those that
are alike. A partner is looked for in the same section first. Headings and tables take no part.
"""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from unicodedata import normalize

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from gipcore.form.report import Passage
from gipcore.words import Text

TITLE = Text("正文重复占比", "Text repeated")
NUMERATOR = Text(
    "正文中与对照年度相同或相近的段落、句子的字数（只改了数字和年份的也算）",
    "characters in paragraphs and sentences that are the same as, or like, one of the year "
    "compared with, those that differ only in figures and years included",
)
DENOMINATOR = Text(
    "正文的全部字数（不含标题、表格和空白）",
    "all characters of the text, without headings, tables and blanks",
)

# Two sentences on the same subject by different hands share about half of their characters; one
# that was taken over and worked on keeps about three quarters.
LIKE = 70.0  # per cent of the characters, figures and years apart
SHORTEST_LIKE = 12  # characters; shorter ones must be the same, and in the same section
SHORTEST_KEPT = 3  # characters; fewer between two changes are marked as changed with them
LONGEST_HEADING = 40
# Bounds for hostile texts; a long report of a province has 30,000 characters, 800 sentences.
LONGEST = 2_000  # characters of a sentence
MOST_CHARACTERS = 60_000
MOST_SENTENCES = 2_000
CANDIDATES = 8  # partners looked at for each sentence

BLANKS = re.compile(r"\s+")
NUMERAL = r"[〇零一二三四五六七八九]{4}(?=年)|\d+(?:[.,]\d+)*%?"
FIGURE = re.compile(NUMERAL)
SIGNS = re.compile(rf"{NUMERAL}|[A-Za-z]+|\s+|.", re.DOTALL)
SENTENCE = re.compile(r"[^。！？；!?;]+[。！？；!?;”’）)]*|[。！？；!?;]+")
PUNCTUATION = re.compile(r"[，。；！？：,;!?]")

Order = tuple[int, int]  # the number of a paragraph, and of a sentence in it


class Kind(StrEnum):
    """What became of a passage."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


class Change(StrEnum):
    """What became of a run of words within a passage."""

    KEPT = "kept"
    REMOVED = "removed"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that were kept, removed or inserted together."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class PassageBeside:
    """A paragraph of the later text with what became of it, or one that only the earlier had.

    `moved_from` is the section that it stood in before, None where it is the same one.
    """

    section: int
    place: str
    kind: Kind
    runs: tuple[Run, ...]
    moved_from: int | None = None


@dataclass(frozen=True, slots=True)
class TextComparison:
    """Two texts paragraph by paragraph in the order of the later one, those gone where they stood.

    `characters` are those of the later text, `repeated` those of them in paragraphs and sentences
    that have a partner, `verbatim` those that are kept letter for letter. `is_cut_off`: a text was
    longer than is compared.
    """

    passages: tuple[PassageBeside, ...]
    characters: int
    repeated: int
    verbatim: int
    is_cut_off: bool

    @property
    def share(self) -> float:
        """Return the share of the later text that is repeated, from 0 to 1."""
        return self.repeated / self.characters


@dataclass(frozen=True)
class _Part:
    """A paragraph or a sentence of one; `order` is unique in its text."""

    text: str
    passage: Passage
    order: Order

    @property
    def section(self) -> int:
        return self.passage.section

    @cached_property
    def plain(self) -> str:
        """Return the words without blanks and in one width."""
        return BLANKS.sub("", normalize("NFKC", self.text))

    @cached_property
    def shape(self) -> str:
        """Return the words with every figure and year the same."""
        return FIGURE.sub("0", self.plain)

    @property
    def is_long(self) -> bool:
        return len(self.shape) >= SHORTEST_LIKE

    @cached_property
    def sentences(self) -> tuple["_Part", ...]:
        """Return the sentences of a paragraph."""
        return tuple(
            _Part(sentence, self.passage, (self.order[0], number))
            for number, sentence in enumerate(_sentences(self.text))
        )


Pairs = list[tuple[_Part, _Part]]  # of the earlier text, of the later
Key = Callable[[_Part], Hashable]


def compare_texts(before: Sequence[Passage], now: Sequence[Passage]) -> TextComparison | None:
    """Return two texts side by side; None when one of them has no text."""
    old, old_is_cut_off = _paragraphs(before)
    new, new_is_cut_off = _paragraphs(now)
    if not old or not new:
        return None
    pairs = _match_same(old, new)
    old_sentences = [each for part in _left(old, pairs, 0) for each in part.sentences]
    new_sentences = [each for part in _left(new, pairs, 1) for each in part.sentences]
    pairs += _match_same(old_sentences, new_sentences)
    for within_section in (True, False):
        rest = _left(old_sentences, pairs, 0), _left(new_sentences, pairs, 1)
        pairs += _match_like(*rest, within_section=within_section)
    gone, added = _left(old_sentences, pairs, 0), _left(new_sentences, pairs, 1)
    passages = _in_order(pairs, gone, added)
    return TextComparison(
        passages=passages,
        characters=sum(_characters(part.text) for part in new),
        repeated=sum(_characters(part.text) for _, part in pairs),
        verbatim=sum(
            _characters(run.text)
            for passage in passages
            for run in passage.runs
            if run.change is Change.KEPT
        ),
        is_cut_off=old_is_cut_off or new_is_cut_off,
    )


def is_heading(passage: Passage) -> bool:
    """Tell a heading from a paragraph: short, and without the punctuation of a sentence."""
    text = passage.text.strip().rstrip("：:")
    return len(text) <= LONGEST_HEADING and not PUNCTUATION.search(text)


def _paragraphs(passages: Iterable[Passage]) -> tuple[list[_Part], bool]:
    """Return the paragraphs of a text that are compared, and whether there are more."""
    parts: list[_Part] = []
    characters, sentences = MOST_CHARACTERS, MOST_SENTENCES
    for passage in passages:
        text = passage.text.strip()
        if not text or is_heading(passage):
            continue
        if not characters or not sentences:
            return parts, True
        part = _Part(text[:characters], passage, (len(parts), 0))
        if len(part.sentences) > sentences:
            kept = "".join(each.text for each in part.sentences[:sentences])
            part = _Part(kept, passage, part.order)
        parts.append(part)
        if part.text != text:
            return parts, True
        characters -= len(text)
        sentences -= len(part.sentences)
    return parts, False


def _sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph; a very short one goes with its neighbour."""
    sentences: list[str] = []
    for found in SENTENCE.findall(text):
        for start in range(0, len(found), LONGEST):
            sentence = found[start : start + LONGEST]
            is_short = bool(sentences) and min(len(sentence), len(sentences[-1])) < SHORTEST_LIKE
            if is_short and len(sentences[-1]) + len(sentence) <= LONGEST:
                sentences[-1] += sentence
            else:
                sentences.append(sentence)
    return sentences


def _left(parts: Iterable[_Part], pairs: Pairs, side: int) -> list[_Part]:
    taken = {pair[side].order for pair in pairs}
    return [part for part in parts if part.order not in taken]


def _match_same(old: Sequence[_Part], new: Sequence[_Part]) -> Pairs:
    """Put together parts that say the same, and then those that differ in figures only."""
    keys: tuple[Key, ...] = (lambda part: part.plain, lambda part: part.shape)
    pairs: Pairs = []
    for key in keys:
        for within_section in (True, False):
            waiting: dict[Hashable, deque[_Part]] = defaultdict(deque)
            for part in _left(old, pairs, 0):
                if within_section or part.is_long:
                    waiting[part.section if within_section else None, key(part)].append(part)
            for part in _left(new, pairs, 1):
                found = waiting.get((part.section if within_section else None, key(part)))
                if found:
                    pairs.append((found.popleft(), part))
    return pairs


def _match_like(old: Iterable[_Part], new: Iterable[_Part], *, within_section: bool) -> Pairs:
    """Put those together that are most alike, the nearest in order where several are."""
    choices: dict[int | None, list[_Part]] = defaultdict(list)
    for part in old:
        if part.is_long:
            choices[part.section if within_section else None].append(part)
    shapes = {section: [part.shape for part in parts] for section, parts in choices.items()}
    candidates: list[tuple[float, int, _Part, _Part]] = []
    for part in new:
        section = part.section if within_section else None
        if part.is_long and section in shapes:
            found = process.extract(
                part.shape,
                shapes[section],
                scorer=fuzz.ratio,
                score_cutoff=LIKE,
                limit=CANDIDATES,
            )
            for _, likeness, index in found:
                partner = choices[section][index]
                distance = abs(partner.order[0] - part.order[0])
                candidates.append((-likeness, distance, partner, part))
    candidates.sort(key=lambda found: (*found[:2], found[3].order, found[2].order))
    pairs: Pairs = []
    taken_old: set[Order] = set()
    taken_new: set[Order] = set()
    for _, _, partner, part in candidates:
        if partner.order not in taken_old and part.order not in taken_new:
            taken_old.add(partner.order)
            taken_new.add(part.order)
            pairs.append((partner, part))
    return pairs


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part on its way into the order of the later text; `old` or `new` may be missing.

    `paragraph` says with what it stands together, `within` where it stands there.
    """

    paragraph: tuple[int, int, int, int]
    within: tuple[int, int, int]
    old: _Part | None
    new: _Part | None


def _in_order(
    pairs: Pairs, gone: Iterable[_Part], added: Iterable[_Part]
) -> tuple[PassageBeside, ...]:
    pieces = [_placed(None, new) for new in added]
    pieces += [_placed(old, new) for old, new in pairs]
    partners: dict[int, list[tuple[_Part, _Part]]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda pair: pair[0].order):
        if pair[0].section == pair[1].section:
            partners[pair[0].section].append(pair)
    pieces += [_placed_gone(part, partners[part.section]) for part in gone]
    pieces.sort(key=lambda piece: (piece.paragraph, piece.within))
    return tuple(
        _beside(tuple(together))
        for _, together in groupby(pieces, key=lambda piece: piece.paragraph)
    )


def _placed(old: _Part | None, new: _Part) -> _Piece:
    return _Piece((new.section, new.order[0], 0, 0), (new.order[1], 0, 0), old, new)


def _placed_gone(part: _Part, partners: Pairs) -> _Piece:
    """Place what is gone: within its old paragraph, or else behind what it followed."""
    paragraph, sentence = part.order
    beside = [pair for pair in partners if pair[0].order[0] == paragraph]
    before = [new for old, new in beside if old.order < part.order]
    if before or beside:
        near = before[-1] if before else beside[0][1]
        side = 1 if before else -1
        home = (near.section, near.order[0], 0, 0)
        return _Piece(home, (near.order[1], side, sentence), part, None)
    earlier = [new for old, new in partners if old.order < part.order]
    behind = earlier[-1].order[0] if earlier else -1
    return _Piece((part.section, behind, 1, paragraph), (sentence, 0, 0), part, None)


def _beside(pieces: Sequence[_Piece]) -> PassageBeside:
    runs: list[Run] = []
    for piece in pieces:
        old, new = (part.text if part is not None else "" for part in (piece.old, piece.new))
        runs += _runs(old, new)
    runs = _together(runs)
    matched = [piece.old for piece in pieces if piece.old is not None and piece.new is not None]
    if all(piece.new is None for piece in pieces):
        kind = Kind.GONE
    elif not matched:
        kind = Kind.NEW
    else:
        is_same = all(run.change is Change.KEPT for run in runs)
        kind = Kind.UNCHANGED if is_same else Kind.CHANGED
    shown = next((piece.new for piece in pieces if piece.new is not None), pieces[0].old)
    assert shown is not None
    origins = {part.section for part in matched}
    is_moved = len(origins) == 1 and shown.section not in origins
    return PassageBeside(
        shown.section, shown.passage.place, kind, tuple(runs), origins.pop() if is_moved else None
    )


def _runs(before: str, now: str) -> list[Run]:
    """Return the words of two passages as runs; figures and Latin words stand or fall whole."""
    old, new = SIGNS.findall(before), SIGNS.findall(now)
    steps = Indel.opcodes([_sign(sign) for sign in old], [_sign(sign) for sign in new])
    runs: list[Run] = []
    removed, inserted = "", ""
    for step in steps:
        words_old = "".join(old[step.src_start : step.src_end])
        words_new = "".join(new[step.dest_start : step.dest_end])
        is_last = step.dest_end == len(new) and step.src_end == len(old)
        is_between = bool(removed or inserted) and not is_last
        if step.tag == "equal" and not (is_between and len(words_new) < SHORTEST_KEPT):
            runs += [*_changed(removed, inserted), Run(Change.KEPT, words_new)]
            removed, inserted = "", ""
        else:
            removed, inserted = removed + words_old, inserted + words_new
    return [*runs, *_changed(removed, inserted)]


def _sign(sign: str) -> str:
    """Return what makes a sign the same as another: not its width, nor how many blanks it is."""
    return " " if sign.isspace() else normalize("NFKC", sign)


def _changed(removed: str, inserted: str) -> list[Run]:
    """Return what was removed and inserted; blanks alone are no change."""
    if not removed.strip() and not inserted.strip():
        return [Run(Change.KEPT, inserted)] if inserted else []
    runs = (Run(Change.REMOVED, removed), Run(Change.INSERTED, inserted))
    return [run for run in runs if run.text.strip()]


def _together(runs: Iterable[Run]) -> list[Run]:
    return [
        Run(change, "".join(run.text for run in group))
        for change, group in groupby(runs, key=lambda run: run.change)
    ]


def _characters(text: str) -> int:
    """Return how many characters are printed, blanks apart."""
    return len(BLANKS.sub("", text))
