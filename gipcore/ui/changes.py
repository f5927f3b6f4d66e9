"""Two reports side by side: two years of one office, or two revisions of one report."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from gipcore.checks.outcome import Outcome, Severity, Verdict
from gipcore.form.model import Line
from gipcore.form.report import Number
from gipcore.metrics.differences import CellBeside, cells_beside, lines_apart
from gipcore.metrics.repeated import Kind, TextComparison
from gipcore.store.rows import OfficeRow, StoredReport
from gipcore.ui import data
from gipcore.ui.figures import day, number, percent, signed
from gipcore.ui.html import Content, join, link
from gipcore.ui.language import say, tell
from gipcore.ui.query import address

RECEIVED = "received.total"
TEXT = "text"  # the anchor of the text
REPEATED = "repeated"  # the anchor of the share of repeated text, on the page of methods
SEVERITIES = tuple(Severity)  # the gravest first


@dataclass(frozen=True)
class Comparison:
    """Two reports, the earlier and the later one."""

    before: StoredReport
    now: StoredReport

    @cached_property
    def cells(self) -> tuple[CellBeside, ...]:
        """Return the cells that can be compared, in the order of the form."""
        return cells_beside(self.before.report, self.now.report)

    @cached_property
    def changed(self) -> tuple[CellBeside, ...]:
        """Return the cells that differ."""
        return tuple(beside for beside in self.cells if beside.is_changed)

    @cached_property
    def apart(self) -> tuple[Line, ...]:
        """Return the lines that are not compared, since only one of the two has them."""
        return lines_apart(self.before.report, self.now.report)

    @cached_property
    def text(self) -> TextComparison | None:
        """Return the texts side by side; None when one of them is not kept."""
        before, now = self.before.row, self.now.row
        return data.repeated(before.id, before.revision, now.id, now.revision)

    @property
    def has_two_editions(self) -> bool:
        """Tell whether the form was changed between the two."""
        return self.before.report.form != self.now.report.form


@dataclass(frozen=True, slots=True)
class FindingChanges:
    """The failed checks of two revisions: only in the earlier, only in the later, in both."""

    gone: tuple[Outcome, ...]
    new: tuple[Outcome, ...]
    stay: tuple[Outcome, ...]


def comparison(
    before: str, now: str, revisions: tuple[int | None, int | None] = (None, None)
) -> Comparison:
    """Return two reports by their ids, in the revisions given or the newest."""
    earlier, later = data.report(before, revisions[0]), data.report(now, revisions[1])
    assert earlier is not None and later is not None
    return Comparison(earlier, later)


def lead(words: str, back: Markup) -> Markup:
    """Return what a page is about, with the way back."""
    return join([words, back], by=" ")


def years_links(view: Comparison) -> Markup:
    """Return the ways to the two reports, and down to the text."""
    reports = [
        link(say("changes.to_report", year=row.year), address("report", report=row.id))
        for row in (view.before.row, view.now.row)
    ]
    return join([*reports, link(say("changes.to_text"), f"#{TEXT}")], by=" · ")


def years_link(office: OfficeRow, year: int) -> Content:
    """Return the way to a year beside the one before, or the newest beside it; "" for one year."""
    first, last = office.first_year, office.last_year
    if first is None or last is None or first == last:
        return ""
    given = {"year": year} if year > first else {"before": year}
    return link(say("changes.compare_years"), address("changes", office=office.id, **given))


def finding_changes(before: StoredReport, now: StoredReport) -> FindingChanges:
    """Return what became of the failed checks; those of one check on the same cells are one."""
    old, new = _failed(before), _failed(now)
    return FindingChanges(
        gone=tuple(outcome for key, outcome in old.items() if key not in new),
        new=tuple(outcome for key, outcome in new.items() if key not in old),
        stay=tuple(outcome for key, outcome in new.items() if key in old),
    )


def _failed(stored: StoredReport) -> Mapping[tuple[object, ...], Outcome]:
    failed = [each for each in stored.outcomes if each.verdict is Verdict.FAILED]
    failed.sort(key=lambda outcome: (SEVERITIES.index(outcome.severity), outcome.code))
    return {_identity(outcome): outcome for outcome in failed}


def _identity(outcome: Outcome) -> tuple[object, ...]:
    """Return what makes a finding the same in another revision: its figures may differ."""
    about = (outcome.left_cells, outcome.right_cells) if outcome.cells else outcome.places
    return outcome.code, about


def years_sentences(view: Comparison) -> tuple[Content, ...]:
    """Say how the requests went from one year to the other, and how much else differs."""
    before, now = view.before, view.now
    received = next(beside for beside in view.cells if beside.cell.name == RECEIVED)
    flowed = say(
        "changes.received",
        before=before.row.year,
        now=now.row.year,
        before_figure=_figure(before.report.number(RECEIVED)),
        now_figure=_figure(now.report.number(RECEIVED)),
        difference=signed(received.difference),
    )
    return (flowed, *cells_sentences(view), *_repeated_sentences(view))


def cells_sentences(view: Comparison) -> tuple[str, ...]:
    """Say how many cells differ, and whether the form was changed between the two."""
    differ = say("changes.cells", cells=number(len(view.cells)), changed=number(len(view.changed)))
    if not view.has_two_editions:
        return (differ,)
    before, now = (tell(each.report.edition.title) for each in (view.before, view.now))
    return (say("changes.editions", before=before, now=now), differ)


def _figure(figure: Number | None) -> str:
    return "[x]" if figure is None else number(figure)


def _repeated_sentences(view: Comparison) -> tuple[Content, ...]:
    """Say how much of the later text repeats the earlier, and how that is counted."""
    text = view.text
    if text is None:
        return ()
    words = say(
        "changes.repeated",
        before=view.before.row.year,
        now=view.now.row.year,
        characters=number(text.characters),
        repeated=number(text.repeated),
        verbatim=number(text.verbatim),
        percent=percent(text.share),
    )
    how = link(say("changes.repeated_how"), address("methods") + f"#{REPEATED}")
    return (join([words, " ", how]),)


def text_sentence(text: TextComparison) -> str:
    """Say how many paragraphs changed, are new, are gone, and stayed."""
    kinds = Counter(passage.kind for passage in text.passages)
    return say("changes.counted", **{kind.value: number(kinds[kind]) for kind in Kind})


def readings(stored: StoredReport) -> tuple[StoredReport, ...]:
    """Return every revision of a report, the oldest first."""
    found = (data.report(stored.row.id, revision) for revision in stored.revisions)
    return tuple(reading for reading in found if reading is not None)


def reading_choices(found: Sequence[StoredReport]) -> Mapping[str, str]:
    """Return the revisions with the days on which they were read, the newest first."""
    return {
        str(each.row.revision): say(
            "changes.reading_number", revision=each.row.revision, date=day(each.row.read_at)
        )
        for each in sorted(found, key=lambda each: -each.row.revision)
    }


def changed_cells(report_id: str) -> Mapping[int, int]:
    """Return how many cells each revision of a report changed."""
    return Counter(change.revision for change in data.report_changes(report_id))
