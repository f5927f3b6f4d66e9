"""A thousand reports with one known fault each, and what every check must find on them.

`others` of a fault are the failures that are no sums of the form: code, cells, left minus right.
The sums that a fault breaks are not listed: `Draft.broken` works them out from the figures printed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from random import Random

from gipcore.checks.across import DAMPING, LEAST_PEERS
from gipcore.checks.subject import KnownOffice
from gipcore.checks.surroundings import OwnOffices, Peers, Surroundings, Twin, Twins
from gipcore.form.editions import CELLS, SECTIONS
from gipcore.form.model import EditionId, Line
from gipcore.form.report import Number, Report
from gipcore.form.requests import LEAVES_BY_GROUP
from tests.checks.case_files import report_of
from tests.checks.drafts import (
    APPLICANTS,
    BLOCKS,
    COLUMNS,
    GROUPS,
    Draft,
    claims,
    draft,
    with_subtotals,
)
from tests.parsing.layouts import Gaps, Layout, Lines

Other = tuple[str, frozenset[str], Number | None]
WAYS = (
    (EditionId.Y2021, False),
    (EditionId.Y2021, True),
    (EditionId.Y2019, False),
)
# Layouts that keep every row where the form has it.
STRAIGHT = tuple(
    Layout(gaps=gaps, lines=lines, is_markdown=markdown, numbering=numbering)
    for gaps, lines, markdown in (
        *((gaps, Lines.SPACES, False) for gaps in Gaps),
        *(
            (gaps, Lines.TABS, markdown)
            for gaps in Gaps
            if gaps is not Gaps.VANISHED
            for markdown in (False, True)
        ),
    )
    for numbering in ("1.", "1、")
)
# Layouts that shift rows by themselves, of which C106 tells whatever else is wrong.
SHIFTING = tuple(
    Layout(gaps=gaps, lines=lines)
    for gaps in Gaps
    for lines in Lines
    if lines is not Lines.SPACES and (gaps is Gaps.VANISHED or lines is not Lines.TABS)
)
SHIFTS = frozenset({"C106"})
NO_CLAIMS = "公开目录按时更新。"
UNIQUE = 987654
RULES = "proactive.government_rules.in_force"
LICENCES = "proactive.licences.decisions"
# Lines whose row has its own label and not that of a group.
EDITABLE = tuple(leaf for leaves in LEAVES_BY_GROUP.values() for leaf in leaves[1:])
COUNTY = KnownOffice("county", "government")
numbers = count(1)


@dataclass(frozen=True)
class Fault:
    """A draft with one fault, the check that must find it, and what else is no sum of the form.

    `allowed` are checks that may tell of the layout besides.
    """

    code: str
    draft: Draft
    others: frozenset[Other] = frozenset()
    allowed: frozenset[str] = frozenset()


def _clean(edition: EditionId = EditionId.Y2021, *, one_row: bool = False) -> Draft:
    """Return the next draft, in the next layout."""
    seed = next(numbers)
    layout = replace(STRAIGHT[seed % len(STRAIGHT)], six_is_one_row=one_row)
    return draft(seed, edition, layout)


def _plain(edition: EditionId = EditionId.Y2021) -> Draft:
    """Return the next draft with a row a line and its cells apart by tabs, fit for editing."""
    return draft(next(numbers), edition)


def _other(code: str, *cells: str, difference: Number | None = None) -> frozenset[Other]:
    return frozenset({(code, frozenset(cells), difference)})


def _step(seed: int) -> int:
    return 1 + seed * 7 % 23


# --- the sums of the form --------------------------------------------------------------------


def one_cell() -> Iterator[Fault]:
    """Change every cell of tables 3 and 4, in every way the form is printed."""
    for edition, one_row in WAYS:
        for name in draft(0, edition, Layout(six_is_one_row=one_row)).figures:
            if name.startswith("proactive."):
                continue
            clean = _clean(edition, one_row=one_row)
            code = BLOCKS.get(name.rpartition(".")[0], "C303")
            yield Fault(code, clean.plus(_step(clean.seed), name))


def other_layouts() -> Iterator[Fault]:
    """Change a cell of a report whose layout shifts rows: with a cell a line, say."""
    for layout in SHIFTING:
        for edition, one_row in WAYS:
            seed = next(numbers)
            clean = draft(seed, edition, replace(layout, six_is_one_row=one_row))
            code, found = _changed_somewhere(clean)
            yield Fault(code, found, allowed=SHIFTS)


def _changed_somewhere(clean: Draft) -> tuple[str, Draft]:
    names = [name for name in clean.figures if not name.startswith("proactive.")]
    name = Random(clean.seed).choice(names)
    return BLOCKS.get(name.rpartition(".")[0], "C303"), clean.plus(_step(clean.seed), name)


def one_column() -> Iterator[Fault]:
    """Change a cell and its line's total, so that lines still add up and columns do not."""
    for edition, one_row in WAYS:
        for applicant in APPLICANTS:
            for code, line in (
                ("C301", "received"),
                ("C301", "brought_forward"),
                ("C301", "carried_forward"),
                ("C302", "granted"),
                ("C302", "not_processed.excessive"),
            ):
                clean = _clean(edition, one_row=one_row)
                names = (f"{line}.{applicant}", f"{line}.total")
                yield Fault(code, clean.plus(_step(clean.seed), *names))


def moved_over() -> Iterator[Fault]:
    """Count a request disposed of under another kind of applicant: only its line is wrong."""
    for applicant in APPLICANTS:
        clean = _plain()
        lines = ("received", "granted", "disposed")
        yield Fault("C303", clean.plus(3, *(f"{line}.{applicant}" for line in lines)))


def subtotals() -> Iterator[Fault]:
    """Print the subtotals of all groups, one of them wrong."""
    for group in GROUPS:
        for column in COLUMNS:
            clean = with_subtotals(_plain(), GROUPS)
            yield Fault("C304", clean.plus(_step(clean.seed), f"{group}.{column}"))


def other_formats() -> Iterator[Fault]:
    """Change a cell of a report that is written as a page, a Word file or an Excel file."""
    for format, editions, times in (
        ("html", (EditionId.Y2021,), 96),
        ("site", tuple(EditionId), 24),
        ("xlsx", tuple(EditionId), 8),
        ("docx", tuple(EditionId), 3),
    ):
        for edition in editions:
            for _ in range(times):
                yield in_format(format, edition)


def in_format(format: str, edition: EditionId) -> Fault:
    """Return the fault of one changed cell in a format."""
    clean = draft(next(numbers), edition, format=format)
    code, found = _changed_somewhere(clean)
    # All of these say 2023 in their title, when the older edition was no longer in force.
    others = _other("C109") if edition is EditionId.Y2019 else frozenset()
    return Fault(code, replace(found, year=2023), others)


# --- the form as a whole ---------------------------------------------------------------------


def no_table() -> Iterator[Fault]:
    """Leave a table out."""
    for edition in EditionId:
        headings = [f"{'一二三四五六'[s.number - 1]}、{s.title.zh}" for s in SECTIONS]
        for section in (2, 3, 4):
            clean = replace(_plain(edition), text=NO_CLAIMS)
            written = clean.written().decode()
            start = written.index(headings[section - 1]) + len(headings[section - 1])
            table = written[start : written.index(headings[section])]
            lost = tuple(name for name in clean.figures if CELLS[name].table == section)
            yield Fault("C101", replace(clean, edits=((table, "\n\n"),), lost=lost), _other("C101"))


def no_line() -> Iterator[Fault]:
    """Leave a line out, its label and its figures."""
    for line in EDITABLE:
        clean = replace(_plain(), text=NO_CLAIMS)
        lost = _cells(line)
        edited = replace(clean, edits=((_row_of(clean, line) + "\n", ""),), lost=lost)
        yield Fault("C102", edited, _other("C102", *lost, difference=1))


def no_label() -> Iterator[Fault]:
    """Lose the label of a line between two others."""
    for line in EDITABLE:
        edited = replace(_plain(), edits=((f"\t{line.printed}\t", "\t\t"),))
        yield Fault("C110", edited, _other("C110", *_cells(line)), SHIFTS)


def shifted_row() -> Iterator[Fault]:
    """Shift the figures of a line by the cells of its label that are empty."""
    for line in EDITABLE:
        clean = _plain()
        layout = Layout(shifted_lines=frozenset({line.id}))
        yield Fault("C106", replace(clean, layout=layout), _other("C106", *_cells(line)))


def blank_cell() -> Iterator[Fault]:
    """Leave a cell blank: where its row does not add up, it may be a lost cell as well (C106)."""
    for edition, format in (
        (EditionId.Y2021, "html"),
        (EditionId.Y2021, "text"),
        (EditionId.Y2019, "text"),
    ):
        names = list(draft(0, edition).figures)
        for name in names[:: len(names) // 25]:
            clean = draft(next(numbers), edition, format=format)
            blank = clean.printing({name: None})
            yield Fault("C103", blank, _other("C103", name, difference=1), SHIFTS)


def no_figure() -> Iterator[Fault]:
    """Print in a cell what is no figure of its kind."""
    for name in ("granted.business", "received.total", "reconsideration.upheld", LICENCES):
        for printed in ("12x4", "7.8.9", "约35"):
            clean = draft(next(numbers), format="html").printing({name: UNIQUE})
            edited = replace(clean, edits=((str(UNIQUE), printed),), lost=(name,))
            yield Fault("C104", edited, _other("C104", name))
    for number in (2.5, 0.25, 1034.5):
        yield Fault("C104", _plain().printing({LICENCES: number}), _other("C104", LICENCES))


def headings() -> Iterator[Fault]:
    """Number a heading wrongly, or leave it out."""
    for section in SECTIONS:
        own, other = "一二三四五六"[section.number - 1], "一二三四五六"[section.number - 2]
        heading = f"{own}、{section.title.zh}\n"
        for new in (f"{other}、{section.title.zh}\n", ""):
            yield Fault("C105", replace(_plain(), edits=((heading, new),)), _other("C105"))


def edition() -> Iterator[Fault]:
    """Use an edition that was not in force."""
    for used, year in ((EditionId.Y2019, 2021), (EditionId.Y2019, 2024), (EditionId.Y2021, 2019)):
        yield Fault("C109", replace(_plain(used), year=year), _other("C109"))


def no_rule_maker() -> Iterator[Fault]:
    """Let an organ that can make no rules have some in force."""
    for level, function in (
        ("township", "subdistrict"),
        ("township", "government"),
        ("county", "government"),
        ("city", "finance"),
        ("province", "development_and_reform"),
    ):
        clean = replace(_plain(), office=KnownOffice(level, function))
        found = clean.printing({RULES: 3})
        yield Fault("C201", found, _other("C201", RULES, difference=3))


# --- text, years, other offices --------------------------------------------------------------


def text() -> Iterator[Fault]:
    """Let the text say another figure than the table."""
    for code, name in (
        ("C801", "received.total"),
        ("C802", "disposed.total"),
        ("C803", "reconsideration.total"),
    ):
        for edition, one_row in WAYS:
            for _ in range(4):
                clean = _clean(edition, one_row=one_row)
                said = {**clean.figures, name: (clean.figures[name] or 0) + UNIQUE}
                found = replace(clean, text=claims(said))
                yield Fault(code, found, _other(code, name, difference=UNIQUE))


def year_before() -> Iterator[Fault]:
    """Go on from another figure than the one that the year before ended with."""
    for column in COLUMNS:
        for more in (1, 40):
            clean = _plain()
            name = f"carried_forward.{column}"
            found = replace(clean, previous=_before(clean, name, more))
            others = _other("C901", f"brought_forward.{column}", difference=-more)
            yield Fault("C901", found, others)
    for line in ("proactive.government_rules", "proactive.normative_documents"):
        clean = _plain()
        found = replace(clean, previous=_before(clean, f"{line}.in_force", 5))
        cells = (f"{line}.{column}" for column in ("in_force", "issued", "repealed"))
        yield Fault("C902", found, _other("C902", *cells, difference=-5))


def other_offices() -> Iterator[Fault]:
    """Be a copy, jump as no other, or be less than one's own offices."""
    for _ in range(5):
        twins = Twins(1, (Twin("青禾县杏花镇人民政府", 2023),))
        found = replace(_plain(), surroundings=Surroundings(twins=twins))
        yield Fault("C903", found, _other("C903", difference=1))
        clean = replace(_plain(), office=COUNTY).printing({RULES: 0})
        more = 5 * ((clean.figures["received.total"] or 0) + DAMPING)
        peers = {"received.total": Peers(LEAST_PEERS, typical=0.0, spread=0.0)}
        before = _before(clean, "received.total", more)
        jumping = replace(clean, previous=before, surroundings=Surroundings(peers=peers))
        yield Fault("C904", jumping, _other("C904", "received.total", difference=-more))
        clean = replace(_plain(), office=COUNTY).printing({RULES: 0})
        received = clean.figures["received.total"] or 0
        offices = {"received.total": OwnOffices(3, received + 7)}
        found = replace(clean, surroundings=Surroundings(own_offices=offices))
        yield Fault("C905", found, _other("C905", "received.total", difference=-7))


def _before(clean: Draft, name: str, more: Number) -> Report:
    """Return a report of the year before that fits, but for more in one cell."""
    figures = clean.figures
    cells = {f"carried_forward.{c}": figures[f"brought_forward.{c}"] or 0 for c in COLUMNS}
    for line in ("proactive.government_rules", "proactive.normative_documents"):
        in_force, issued, repealed = (
            figures[f"{line}.{column}"] or 0 for column in ("in_force", "issued", "repealed")
        )
        cells[f"{line}.in_force"] = in_force - issued + repealed
    cells["received.total"] = figures["received.total"] or 0
    return report_of(clean.edition, {**cells, name: cells[name] + more})


def _cells(line: Line) -> tuple[str, ...]:
    return tuple(f"{line.id}.{column}" for column in COLUMNS)


def _row_of(clean: Draft, line: Line) -> str:
    """Return the row of a line as it is written."""
    rows = clean.written().decode().split("\n")
    return next(row for row in rows if line.printed in row.split("\t"))


KINDS: tuple[Callable[[], Iterator[Fault]], ...] = (
    one_cell,
    other_layouts,
    one_column,
    moved_over,
    subtotals,
    other_formats,
    no_table,
    no_line,
    no_label,
    shifted_row,
    blank_cell,
    no_figure,
    headings,
    edition,
    no_rule_maker,
    text,
    year_before,
    other_offices,
)
