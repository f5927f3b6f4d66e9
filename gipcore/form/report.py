"""A report as read: its figures with their states, its claims, and what could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from gipcore.form.editions import EDITIONS
from gipcore.form.model import Edition, EditionId

Number = int | float


class State(StrEnum):
    """What stands in a cell of a document; a cell the document does not have is absent."""

    NUMBER = "number"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    NOT_APPLICABLE = "not_applicable"
    CONFLICT = "conflict"


class RepairCode(StrEnum):
    """Why a value was not simply taken from where the form has it."""

    ROW_SHIFTED = "row_shifted"
    CELL_MISSING = "cell_missing"
    EXTRA_CELL = "extra_cell"
    LABEL_APPROXIMATE = "label_approximate"
    PLACED_BY_ORDER = "placed_by_order"
    NOTE_REMOVED = "note_removed"


@dataclass(frozen=True, slots=True)
class Value:
    """One cell as printed: `number` is None unless a figure was read; `raw` is the printed text."""

    number: Number | None
    state: State
    raw: str
    place: str

    @property
    def is_number(self) -> bool:
        """Tell whether arithmetic may use this cell."""
        return self.state is State.NUMBER and self.number is not None


class ClaimKind(StrEnum):
    """Whether the text states a figure, or in words that there was nothing of something."""

    COUNT = "count"
    ALL_ANSWERED = "all_answered"  # 全部办结, 答复率100%: none is carried forward
    ALL_UPHELD = "all_upheld"  # 均获维持: nothing was corrected, decided otherwise or is pending
    NONE_CORRECTED = "none_corrected"  # 未被纠错: nothing was corrected


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure that the text states: the value of the sum of `cells`.

    `alternatives` are other sums the same words may mean (受理 may include last year's rest).
    `says` is the verb or noun that makes the claim; `quote` is verb, number and counter only.
    `scope` are the words that narrow the claim to less than the table, or None.
    The other kinds than a count follow from words, and their value is always 0.
    """

    cells: tuple[str, ...]
    value: Number
    quote: str
    place: str
    scope: str | None = None
    says: str = ""
    alternatives: tuple[tuple[str, ...], ...] = ()
    kind: ClaimKind = ClaimKind.COUNT


@dataclass(frozen=True, slots=True)
class Repair:
    """Something the reader had to mend or bridge, with the cells that rest on it."""

    code: RepairCode
    place: str
    detail: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A row or text that looked like part of the form and found no line."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """A heading of one of the six sections, as found; `number` is the section it names."""

    number: int
    title: str
    place: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the text as printed; section 0 stands before the first heading."""

    section: int
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The document a report was read from."""

    file: str
    sha256: str
    format: str
    bytes: int


@dataclass(frozen=True, slots=True)
class OfficeName:
    """The office as the document names it; `id` and `region_code` once the register knows it.

    `suggestion` names what the register has nearest, for a name that it does not know.
    """

    name: str | None
    id: str | None = None
    region_code: str | None = None
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One office's report on one year as one document prints it.

    `passages` are its text, empty for a report of which only the figures are kept.
    """

    source: SourceFile
    office: OfficeName
    year: int | None
    form: EditionId
    title: str | None
    cells: Mapping[str, Value]
    claims: tuple[Claim, ...] = ()
    unread: tuple[Unread, ...] = ()
    repairs: tuple[Repair, ...] = ()
    sections: tuple[SectionHeading, ...] = ()
    years_named: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    passages: tuple[Passage, ...] = ()

    @property
    def edition(self) -> Edition:
        """Return the edition of the form that the document uses."""
        return EDITIONS[self.form]

    def number(self, name: str) -> Number | None:
        """Return the figure of a cell; None when it is absent, blank or unreadable."""
        value = self.cells.get(name)
        return value.number if value is not None and value.is_number else None
