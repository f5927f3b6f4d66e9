"""A report's three tables laid out as on the form, each cell with its raw text and place."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from gipcore.checks.catalogue import ARITHMETIC_CODES
from gipcore.form import proactive, requests, reviews
from gipcore.form.editions import CELLS
from gipcore.form.model import Column, Line, Presence, Unit
from gipcore.form.report import Report, Value
from gipcore.ui.addresses import of_cell
from gipcore.ui.figures import place_words, printed
from gipcore.ui.findings import MARKED, cell_words
from gipcore.ui.html import Content, element, facts, join
from gipcore.ui.language import language, say, tell
from gipcore.words import Language, Text

FAILED, NOTED = "✗", "▲"
ARITHMETIC = frozenset(ARITHMETIC_CODES)
BELOW = ("nothing", "raw", "place")  # what may stand under each figure
WIDTH_OF_PROACTIVE = 3  # columns of figures beside the labels
DIGITS = "零一二三四五六七八九"
UNITS = {Unit.WAN_YUAN: "form.wan_yuan", Unit.AS_PUBLISHED: "form.as_published"}
SUBORDINATE = 3  # columns of labels in table 3


@dataclass(frozen=True)
class FormView:
    """A report with what to mark in it: failing checks by cell, and the check asked for.

    `below` is what stands under each figure: nothing, `raw` or `place`. `sides` names the side of
    the relation asked for that a cell stands on: `left` or `right`. `of` are the office and the
    year of a report that is in the database, whose cells have addresses.
    """

    report: Report
    failing: Mapping[str, Sequence[str]] = field(default_factory=dict)
    asked: str = ""
    below: str = BELOW[0]
    sides: Mapping[str, str] = field(default_factory=dict)
    of: tuple[str, int] | None = None

    @cached_property
    def first_asked(self) -> str | None:
        """Return the cell that a visitor is taken to, the first marked one of the form."""
        found = (name for name in CELLS if self.asked and self.asked in self.failing.get(name, ()))
        return next(found, None)

    def tables(self) -> tuple[Markup, ...]:
        """Return the three tables in the order of the form, one with cells to look at first."""
        drawn = {2: self._proactive, 3: self._requests, 4: self._reviews}
        wanted = {CELLS[name].table for name, codes in self.failing.items() if self.asked in codes}
        return tuple(
            drawn[number]() for number in sorted(drawn, key=lambda n: (n not in wanted, n))
        )

    def _proactive(self) -> Markup:
        bodies: list[Markup] = []
        for block in proactive.BLOCKS[self.report.form]:
            last = WIDTH_OF_PROACTIVE - len(block.columns) + 1
            item = say("form.article", item=_item(block))
            rows = [_row([_head(item, colspan=WIDTH_OF_PROACTIVE + 1, scope="rowgroup")])]
            heads = [_head(say("form.content"))]
            for column in block.columns:
                is_last = column is block.columns[-1]
                heads.append(_head(_with_unit(block, column), colspan=last if is_last else 1))
            rows.append(_row(heads))
            for line in block.lines:
                cells = [
                    self._cell(
                        f"{line.id}.{column.id}",
                        colspan=last if column is block.columns[-1] else 1,
                    )
                    for column in block.columns
                ]
                rows.append(_row([_label(line), *cells]))
            bodies.append(join(rows))
        return _form(2, proactive.TITLE, Markup(""), *bodies)

    def _requests(self) -> Markup:
        organizations = requests.ORGANIZATIONS
        head = (
            _row(
                [
                    _head(say("form.relation"), rowspan=3, colspan=SUBORDINATE),
                    _head(say("form.applicants"), colspan=len(requests.COLUMNS)),
                ]
            )
            + _row(
                [
                    _head(tell(requests.NATURAL_PERSON.label), rowspan=2),
                    _head(say("form.organizations"), colspan=len(organizations)),
                    _head(tell(requests.TOTAL.label), rowspan=2),
                ]
            )
            + _row([_head(tell(column.label)) for column in organizations])
        )
        rows = [self._request_row(line) for line in (requests.RECEIVED, requests.BROUGHT_FORWARD)]
        rows += self._outcome_rows()
        rows.append(self._request_row(requests.CARRIED_FORWARD))
        return _form(3, requests.TITLE, head, join(rows))

    def _outcome_rows(self) -> list[Markup]:
        groups: list[tuple[str | None, tuple[Line, ...]]] = [
            (None, (requests.GRANTED, requests.PARTIALLY_GRANTED)),
            *((group, self._lines_of(group)) for group in requests.GROUPS),
            (None, (requests.DISPOSED,)),
        ]
        size = sum(len(lines) for _, lines in groups)
        rows: list[Markup] = []
        for group, lines in groups:
            for line in lines:
                labels: list[Markup] = []
                if not rows:
                    labels.append(_head(say("form.outcomes"), rowspan=size, scope="rowgroup"))
                if group is None or (line.id == group and len(lines) == 1):
                    labels.append(_label(line, colspan=2))
                else:
                    if line is lines[0]:
                        labels.append(
                            element(
                                "th",
                                tell(requests.GROUPS[group]),
                                scope="rowgroup" if len(lines) > 1 else "row",
                                rowspan=len(lines),
                            )
                        )
                    labels.append(_label(line))
                rows.append(_row([*labels, *self._figures(line)]))
        return rows

    def _lines_of(self, group: str) -> tuple[Line, ...]:
        """Return a group's leaves, the one row printed for all of them, or both as printed."""
        edition = self.report.edition
        table = edition.tables[1]
        of_group = tuple(line for line in table.lines if group in (line.group, line.id))
        shown = tuple(
            line
            for line in of_group
            if edition.presence(line) is Presence.REQUIRED or self._has(line)
        )
        as_one = tuple(line for line in shown if line.id == group)
        leaves = tuple(line for line in shown if line.id != group)
        if as_one and not any(self._has(line) for line in leaves):
            return as_one
        return (*leaves, *as_one)

    def _has(self, line: Line) -> bool:
        return any(f"{line.id}.{column.id}" in self.report.cells for column in requests.COLUMNS)

    def _request_row(self, line: Line) -> Markup:
        return _row([_label(line, colspan=SUBORDINATE), *self._figures(line)])

    def _figures(self, line: Line) -> list[Markup]:
        return [self._cell(f"{line.id}.{column.id}") for column in requests.COLUMNS]

    def _reviews(self) -> Markup:
        results = len(reviews.COLUMNS)
        head = (
            _row(
                [
                    _head(tell(reviews.RECONSIDERATION.label), rowspan=2, colspan=results),
                    _head(say("form.litigation"), colspan=2 * results),
                ]
            )
            + _row(
                [
                    _head(_printed(line), colspan=results)
                    for line in (
                        reviews.LITIGATION_DIRECT,
                        reviews.LITIGATION_AFTER_RECONSIDERATION,
                    )
                ]
            )
            + _row([_head(tell(c.label)) for _ in reviews.LINES for c in reviews.COLUMNS])
        )
        cells = [
            self._cell(f"{line.id}.{column.id}")
            for line in reviews.LINES
            for column in reviews.COLUMNS
        ]
        return _form(4, reviews.TITLE, head, _row(cells))

    def _cell(self, name: str, colspan: int = 1) -> Markup:
        value = self.report.cells.get(name)
        codes = self.failing.get(name, ())
        mark = _mark(codes)
        kinds = [
            *(["gip-failed"] if mark == FAILED else []),
            *(["gip-quiet"] if mark == NOTED and (value is None or not value.is_number) else []),
            *(["gip-asked"] if self.asked in codes else []),
            *(["gip-zero"] if value is not None and value.number == 0 else []),
        ]
        shown: Content = printed(value, is_in_edition=self.report.form in CELLS[name].editions)
        if name in self.sides:
            kinds.append(f"gip-{self.sides[name]}")
            mark += say(f"form.{self.sides[name]}")
        marks = element("sup", mark) if mark else Markup("")
        identity = f"cell-{name.replace('.', '-')}"
        button = element("button", join([shown, marks]), popovertarget=identity, type="button")
        return element(
            "td",
            button + self._below(value) + self._card(identity, name, value, codes),
            css=" ".join(kinds) or None,
            colspan=colspan if colspan > 1 else None,
            id=MARKED if name == self.first_asked else None,
        )

    def _below(self, value: Value | None) -> Markup:
        if value is None or self.below == BELOW[0]:
            return Markup("")
        words = _raw(value) if self.below == "raw" else place_words(value.place)
        return element("small", words)

    def _card(self, identity: str, name: str, value: Value | None, codes: Sequence[str]) -> Markup:
        pairs: list[tuple[Content, Content]] = []
        if value is None:
            pairs.append((say("form.printed"), say("form.absent")))
        else:
            pairs.append((say("form.printed"), _raw(value)))
            pairs.append((say("form.place"), place_words(value.place)))
        pairs.append((say("form.name"), element("code", name)))
        if self.of is not None:
            pairs.append((say("addresses.of_cell"), of_cell(*self.of, name)))
        if codes:
            pairs.append((say("form.fails"), say("site.comma").join(codes)))
        body = element("strong", cell_words(name)) + facts(pairs)
        return element("div", body, id=identity, popover="", css="gip-card")


def _mark(codes: Collection[str]) -> str:
    """Return the sign of a cell: of a relation that does not hold, or else of any other finding."""
    if not ARITHMETIC.isdisjoint(codes):
        return FAILED
    return NOTED if codes else ""


def _raw(value: Value) -> str:
    return f"「{value.raw}」" if value.raw.strip() else say("form.nothing_printed")


def _with_unit(block: proactive.Block, column: Column) -> str:
    """Return the words of a column, with its unit where it does not count."""
    unit = CELLS[f"{block.lines[0].id}.{column.id}"].unit
    words = tell(column.label)
    return say(UNITS[unit], column=words) if unit in UNITS else words


def _item(block: proactive.Block) -> str:
    """Return the item of article 20 that a block stands under; its numeral in English."""
    if language() is Language.ZH:
        return block.article_item
    return next(str(DIGITS.index(sign)) for sign in block.article_item[5:] if sign in DIGITS)


def _printed(line: Line) -> str:
    """Return the words of a line's own cell; in English those behind the name of its group."""
    if language() is Language.ZH:
        return line.printed
    words = line.label.en.rsplit(": ", 1)[-1]
    return words[:1].upper() + words[1:]


def _label(line: Line, colspan: int = 1) -> Markup:
    return element("th", _printed(line), scope="row", colspan=colspan if colspan > 1 else None)


def _head(words: str, rowspan: int = 1, colspan: int = 1, scope: str = "") -> Markup:
    """Return a heading of the columns that it spans, or of what `scope` says."""
    return element(
        "th",
        words,
        scope=scope or ("colgroup" if colspan > 1 else "col"),
        rowspan=rowspan if rowspan > 1 else None,
        colspan=colspan if colspan > 1 else None,
        css="gip-head",
    )


def _row(cells: Sequence[Markup]) -> Markup:
    return element("tr", join(cells))


def _form(number: int, title: Text, head: Markup, *bodies: Markup) -> Markup:
    caption = f"{say('form.table', number=number)}　{tell(title)}"
    table = element(
        "table",
        element("caption", caption)
        + (element("thead", head) if head else Markup(""))
        + join(element("tbody", body) for body in bodies),
        css=f"gip-form gip-form-{number}",
    )
    return element("div", table, css="gip-scroll", tabindex=0, role="region", aria_label=caption)
