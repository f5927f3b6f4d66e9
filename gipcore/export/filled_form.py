"""A report as a filled form: what stands in each box, which cells have findings, and the list.

Figures stay as printed: blank stays blank, a text that is no figure stays that text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gipcore.checks.catalogue import severity_text
from gipcore.checks.outcome import Outcome, Severity
from gipcore.export.form_layout import FormTable, form_tables
from gipcore.export.repair_list import Group, repair_list, verdict_sentence
from gipcore.form.report import Number, Report, State
from gipcore.words import Language, Text

LONGEST = 4_000  # characters in one box or paragraph; no form has more
MOST_EXACT = 10**15  # Excel keeps fifteen digits of a number
MOST_PASSAGES, MOST_TEXT = 1_000, 200_000  # paragraphs and characters; no report has more
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+|^\.+')
LONGEST_NAME = 60

LIST_TITLE = Text("核对结果", "Findings")
LIST_NOTE = Text(
    "这一页是核对结果，不是报告的一部分，公布前请删去。底色表示该格有问题：红色为错误，黄色为其他；"
    "问题写在该格的批注和下表里。表中数字照来件所印，没有改动，空白仍是空白。",
    "This page lists what was found; it is no part of the report: remove it before publishing. "
    "Shaded cells have findings, red errors, yellow others; they are told in the comments of the "
    "cells and in the table below. Figures are as printed: nothing was changed, blank is blank.",
)
LIST_NONE = Text("没有发现问题。", "Nothing was found.")
LIST_COLUMNS = (
    Text("程度", "Severity"),
    Text("校验", "Check"),
    Text("问题", "Finding"),
    Text("来件中的位置", "Place in the document"),
)
CONFLICT = Text(
    "来件里这一格有互相矛盾的印刷文字：{raw}",
    "The document prints this cell more than once, differently: {raw}",
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Why a cell is shaded: the gravest finding on it, and what all of them say."""

    severity: Severity
    comment: str


@dataclass(frozen=True, slots=True)
class FilledForm:
    """Everything that a filled form shows, whatever file it becomes."""

    report: Report
    tables: tuple[FormTable, ...]
    marks: Mapping[str, Mark]
    groups: tuple[Group, ...]
    verdict: str
    language: Language

    @property
    def title(self) -> str:
        """Return the title as printed; made of office and year where the document has none."""
        if self.report.title:
            return printable(self.report.title)
        year = f"{self.report.year}年" if self.report.year else ""
        return printable(f"{self.report.office.name or ''}{year}政府信息公开工作年度报告")

    @property
    def subtitle(self) -> str:
        """Return the office and year that were read, where the title names them not; else empty."""
        office, year = self.report.office.name, str(self.report.year or "")
        missing = [office] if office and office not in self.title else []
        missing += [f"{year}年"] if year and year not in self.title else []
        return printable("　".join(missing))

    def content(self, cell: str) -> Number | str:
        """Return what stands in a cell: its figure, or its text as printed; blank is empty."""
        value = self.report.cells.get(cell)
        if value is None or value.state in (State.BLANK, State.NOT_APPLICABLE):
            return "" if value is None else printable(value.raw.strip())
        if value.is_number and value.number is not None and abs(value.number) < MOST_EXACT:
            return value.number
        return printable(value.raw)

    def heading(self, section: int) -> str:
        """Return the heading of a section."""
        return (
            f"{'一二三四五六'[section - 1]}、{self.report.edition.sections[section - 1].title.zh}"
        )

    def paragraphs(self, section: int) -> Iterator[str]:
        """Yield the text of a section as printed, without headings; section 0 is before them."""
        headings = {_bare(found.title) for found in self.report.sections}
        headings.add(_bare(self.report.title or ""))
        left = MOST_TEXT
        for passage in self.report.passages[:MOST_PASSAGES]:
            left -= len(passage.text)
            if left < 0:
                return
            if passage.section == section and _bare(passage.text) not in headings:
                yield printable(passage.text)

    @property
    def list_title(self) -> str:
        """Return the title of the list of findings."""
        return LIST_TITLE.within(self.language)

    @property
    def list_notes(self) -> tuple[str, ...]:
        """Return what stands above the list of findings."""
        note, none = LIST_NOTE.within(self.language), LIST_NONE.within(self.language)
        return (note, self.verdict, *(() if self.groups else (none,)))

    @property
    def list_rows(self) -> tuple[tuple[str, ...], ...]:
        """Return the list of findings, its head first; only the head when there are none."""
        rows = [tuple(words.within(self.language) for words in LIST_COLUMNS)]
        for group in self.groups:
            severity = severity_text(group.severity).within(self.language)
            rows += [
                (
                    severity,
                    item.code,
                    printable(item.sentence),
                    printable(item.where),
                )
                for item in group.items
            ]
        return tuple(rows)


def filled_form(report: Report, outcomes: Sequence[Outcome], language: Language) -> FilledForm:
    """Put a report on its form; the words of the findings are in a language, the form Chinese."""
    groups = repair_list(report, outcomes, language)
    return FilledForm(
        report=report,
        tables=form_tables(report),
        marks=_marks(report, groups, language),
        groups=groups,
        verdict=verdict_sentence(outcomes, language),
        language=language,
    )


def _marks(report: Report, groups: Sequence[Group], language: Language) -> dict[str, Mark]:
    """Return the marked cells; groups come gravest first, so the first severity stays."""
    said: dict[str, list[str]] = {}
    severities: dict[str, Severity] = {}
    for name, value in report.cells.items():
        if value.state is State.CONFLICT:
            severities[name] = Severity.ERROR
            said[name] = [CONFLICT.within(language).format(raw=value.raw)]
    for group in groups:
        for item in group.items:
            for cell in item.cells:
                severities.setdefault(cell.name, group.severity)
                said.setdefault(cell.name, []).append(f"{item.code} {item.sentence}")
    return {
        name: Mark(severity, printable("\n".join(dict.fromkeys(said[name]))))
        for name, severity in severities.items()
    }


def _bare(text: str) -> str:
    return "".join(text.split())


def printable(text: str) -> str:
    """Return text that any of the files can hold: no control signs, of bounded length."""
    clean = NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    return clean if len(clean) <= LONGEST else f"{clean[:LONGEST]}…"


def file_name(report: Report, suffix: str) -> str:
    """Return a name for a file with a report, of office and year where they are known."""
    pieces = [report.office.name or "", str(report.year or "")]
    name = NOT_IN_NAMES.sub("", printable("-".join(piece for piece in pieces if piece)))
    return f"{name[:LONGEST_NAME] or 'report'}.{suffix}"
