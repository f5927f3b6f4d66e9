"""Drafts: reports about to be written in some format, on which a fault can be seeded.

A draft's `figures` are what will be printed; None is a blank cell. What the form adds up is worked
out here once more from the words of the contract, without the program's own checks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random

from gipcore.checks.outcome import Outcome, Verdict
from gipcore.checks.run import run_checks
from gipcore.checks.subject import KnownOffice
from gipcore.checks.surroundings import NOTHING_KNOWN, Surroundings
from gipcore.documents.reader import read_document
from gipcore.form.model import EditionId
from gipcore.form.report import Number, Report, SourceFile
from gipcore.parsing.parse import parse_document
from tests.documents import factory
from tests.parsing.layouts import Layout, balanced_figures, write
from tests.parsing.web_tables import PageLayout, page

YEARS = {EditionId.Y2019: 2020, EditionId.Y2021: 2023}
APPLICANTS = (
    "natural_person",
    "business",
    "research_institution",
    "public_interest_organization",
    "legal_services",
    "other_organization",
)
COLUMNS = (*APPLICANTS, "total")
RESULTS = ("upheld", "corrected", "other_outcome", "pending")
BLOCKS = {
    "reconsideration": "C401",
    "litigation_direct": "C402",
    "litigation_after_reconsideration": "C403",
}
GROUPS = ("denied", "unable_to_provide", "not_processed", "other_handling")
FLOW = ("received", "brought_forward", "disposed", "carried_forward")

# code, cells of the left side, cells of the right side, left minus right
Broken = tuple[str, frozenset[str], frozenset[str], Number]


@dataclass(frozen=True)
class Draft:
    """A report before it is written.

    `format` is text, html, site, docx or xlsx; only text knows layouts and subtotals, only text
    and html know `edits`, which are pairs of a text and what is put in its place. `lost` are cells
    that the edits take away or make unreadable.
    """

    edition: EditionId = EditionId.Y2021
    layout: Layout = field(default_factory=Layout)
    format: str = "text"
    seed: int = 0
    figures: Mapping[str, Number | None] = field(default_factory=dict)
    subtotals: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    year: int = 0
    text: str | None = None
    edits: tuple[tuple[str, str], ...] = ()
    previous: Report | None = None
    office: KnownOffice | None = None
    surroundings: Surroundings = NOTHING_KNOWN

    def printing(self, figures: Mapping[str, Number | None]) -> "Draft":
        """Return the draft with other figures in some cells."""
        return replace(self, figures={**self.figures, **figures})

    def plus(self, more: Number, *names: str) -> "Draft":
        """Return the draft with more in each of these cells."""
        return self.printing({name: (self.figures[name] or 0) + more for name in names})

    def read(self, data: bytes | None = None) -> Report:
        """Write the report and read it back."""
        written = self.written() if data is None else data
        ending = {"text": "txt", "site": "html"}.get(self.format, self.format)
        document = read_document(written, f"report.{ending}")
        source = SourceFile(f"report.{ending}", "0" * 64, document.format, len(written))
        return parse_document(document, source)

    def written(self) -> bytes:
        """Return the report as a file."""
        if self.format == "text":
            return self._text().encode()
        if self.format == "html":
            layouts = [
                PageLayout(is_total_in_first_row=first, reviews=shape, is_one_table=one)
                for first in (True, False)
                for shape in ("wide", "split", "upright")
                for one in (True, False)
            ]
            layout = layouts[self.seed % len(layouts)]
            written = page(self.figures, layout, year=self.year, encoding="gb18030")
            return self._edited(written.decode("gb18030")).encode("gb18030")
        form = self.form()
        if self.format == "site":
            return factory.site_page(form).encode()
        return {"docx": factory.docx, "xlsx": factory.xlsx}[self.format](form)

    def form(self) -> factory.Form:
        """Return the report in the neutral form that every program can render."""
        return factory.make_form(self.seed, self.edition, self.figures)

    def _text(self) -> str:
        text = claims(self.figures) if self.text is None else self.text
        written = write(self.figures, self.layout, edition=self.edition, year=self.year, text=text)
        for group in self.subtotals:
            row = "\t".join(str(self.figures[f"{group}.{column}"]) for column in COLUMNS)
            label = SUBTOTAL_LABELS[group]
            at = next(line for line in written.split("\n") if f"\t{label}\t" in line)
            written = written.replace(at, f"\t{label}\t\t{row}\n" + at.replace(label, ""))
        return self._edited(written)

    def _edited(self, written: str) -> str:
        for old, new in self.edits:
            assert old in written, f"nothing to edit: {old}"
            written = written.replace(old, new, 1)
        return written

    def outcomes(self, data: bytes | None = None) -> tuple[Outcome, ...]:
        """Run every check on what was read."""
        return run_checks(self.read(data), self.previous, self.office, self.surroundings)

    def broken(self) -> set[Broken]:
        """Work out which sums of the form the printed figures break, and by how much."""
        found = set()
        for code, left, right in self._sums():
            if any(self._is_unknown(name) for name in (*left, *right)):
                continue
            difference = self._sum(left) - self._sum(right)
            if difference:
                found.add((code, frozenset(left), frozenset(right), difference))
        return found

    def _is_unknown(self, name: str) -> bool:
        return name in self.lost or self.figures[name] is None

    def _sum(self, names: list[str]) -> Number:
        return sum(self.figures[name] or 0 for name in names)

    def _sums(self) -> Iterator[tuple[str, list[str], list[str]]]:
        lines = {
            name.rpartition(".")[0]
            for name in self.figures
            if not name.startswith(("proactive.", *BLOCKS))
        }
        leaves = sorted(lines - {*FLOW, *self.subtotals})
        for line in lines:
            yield "C303", [f"{line}.total"], [f"{line}.{column}" for column in APPLICANTS]
        for column in COLUMNS:
            received, brought, disposed, carried = (f"{line}.{column}" for line in FLOW)
            yield "C301", [received, brought], [disposed, carried]
            yield "C302", [disposed], [f"{leaf}.{column}" for leaf in leaves]
            for group in self.subtotals:
                parts = [leaf for leaf in leaves if leaf.startswith(f"{group}.")]
                yield "C304", [f"{group}.{column}"], [f"{leaf}.{column}" for leaf in parts]
        for block, code in BLOCKS.items():
            yield code, [f"{block}.total"], [f"{block}.{result}" for result in RESULTS]


SUBTOTAL_LABELS = {
    "denied": "（三）不予公开",
    "unable_to_provide": "（四）无法提供",
    "not_processed": "（五）不予处理",
    "other_handling": "（六）其他处理",
}


def draft(
    seed: int,
    edition: EditionId = EditionId.Y2021,
    layout: Layout | None = None,
    format: str = "text",
) -> Draft:
    """Return a draft without any fault."""
    chosen = layout or Layout()
    figures = balanced_figures(Random(seed), edition, chosen.six_is_one_row)
    year = YEARS[edition]
    return Draft(edition, chosen, format, seed, figures, year=year)


def with_subtotals(clean: Draft, groups: tuple[str, ...]) -> Draft:
    """Return a draft that also prints the subtotals of groups."""
    figures = {
        f"{group}.{column}": sum(
            number or 0
            for name, number in clean.figures.items()
            if name.startswith(f"{group}.") and name.endswith(f".{column}")
        )
        for group in groups
        for column in COLUMNS
    }
    return replace(clean.printing(figures), subtotals=groups)


def claims(figures: Mapping[str, Number | None]) -> str:
    """Return an opening that says of the tables what they print."""
    said = (
        ("received.total", "本年新收政府信息公开申请{}件。"),
        ("disposed.total", "全年办结政府信息公开申请{}件。"),
        ("reconsideration.total", "因政府信息公开被申请行政复议{}件。"),
    )
    sentences = [
        words.format(figures[name]) for name, words in said if figures.get(name) is not None
    ]
    return "".join(("公开目录按时更新。", *sentences))


def failures(outcomes: tuple[Outcome, ...]) -> list[Outcome]:
    """Return the outcomes that failed."""
    return [outcome for outcome in outcomes if outcome.verdict is Verdict.FAILED]


def as_broken(outcome: Outcome) -> Broken:
    """Return an outcome as `Draft.broken` has it."""
    assert outcome.difference is not None
    sides = frozenset(outcome.left_cells), frozenset(outcome.right_cells)
    return (outcome.code, *sides, outcome.difference)
