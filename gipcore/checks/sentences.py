"""Outcomes as plain sentences: what was compared, both sides, and the difference."""

import re

from gipcore.checks.equation import NO_NUMBER, read_figures
from gipcore.checks.kinds import Agreement, Check, Condition
from gipcore.checks.outcome import Outcome, Reason, Verdict
from gipcore.checks.roll_forward import Roll, RollForward, read_terms
from gipcore.checks.wording import (
    REASONS,
    cell_name,
    column_name,
    line_name,
    listed,
    number_text,
    place_text,
)
from gipcore.form.editions import CELLS
from gipcore.form.report import ClaimKind
from gipcore.words import Language, Text

QUOTE_KEPT = 60
TERMS_SHOWN = 4

COLUMN = Text("“{}”一列：", "Column “{}”: ")
LINE = Text("“{}”一行：", "Line “{}”: ")
EQUATION_FAILED = Text(
    "{left}，{right}，相差{difference}。", "{left}; {right}; difference {difference}."
)
EQUATION_PASSED = Text("两边都是{left}，相符。", "both sides are {left}.")
NOT_CHECKED = Text("无法核对，{why}。", "cannot be checked: {why}.")
NOT_CHECKED_CELLS = Text("无法核对，{why}（{cells}）。", "cannot be checked: {why} ({cells}).")
OTHERS_ZERO = Text("（其余{}项为0）", " (the other {} are 0)")
ALL_ZERO = Text("{}项都是0", "all {} items are 0")
ADDED = Text("{}项合计{}", "{} items together {}")
SAID = Text(
    "正文{place}写着“{quote}”，即{left}", "The text ({place}) says “{quote}”, that is {left}"
)
SAID_FAILED = Text(
    "{said}；表中{cells}是{right}，相差{difference}。",
    "{said}; the table has {right} for {cells}; difference {difference}.",
)
SAID_PASSED = Text("{said}；与表中{cells}一致。", "{said}; the table agrees ({cells}).")
SAID_OPEN = Text(
    "{said}；与表中{cells}无法核对，{why}。",
    "{said}; for {cells} this cannot be checked: {why}.",
)
SAID_NARROWER = Text(
    "{said}；表中{cells}是{right}，相差{difference}。但{why}，所以不算不符。",
    "{said}; the table has {right} for {cells}; difference {difference}. But {why}, so this is "
    "no failure.",
)
# Words such as 全部办结 state no figure: none is put into their mouth.
WORDS_SAID = Text("正文{place}写着“{quote}”", "The text ({place}) says “{quote}”")
WORDS_FAILED = Text(
    "{said}；而表中{cells}是{right}。", "{said}; the table has {right} for {cells}."
)
WORDS_NARROWER = Text(
    "{said}；而表中{cells}是{right}。但{why}，所以不算不符。",
    "{said}; the table has {right} for {cells}. But {why}, so this is no failure.",
)
FIGURE_SENTENCES = (SAID, SAID_FAILED, SAID_NARROWER)
WORDS_SENTENCES = (WORDS_SAID, WORDS_FAILED, WORDS_NARROWER)
ROLL_PASSED = Text(
    "{cell}是{left}，与上一年的报告一致。",
    "{cell}: {left}, as the report of the year before has it.",
)
ROLL_FAILED = Text(
    "{cell}是{left}；上一年报告的{previous}是{terms}，相差{difference}。",
    "{cell}: {left}; the report of the year before has {terms} for {previous}; "
    "difference {difference}.",
)
PREVIOUS = Text("上一年报告的{}", "{} of the year before")
FACT = re.compile(r"\b(\w+)=(\S+)")
FACTS = ("offices", "own", "peers", "typical", "nearest", "township")


def write(check: Check, outcome: Outcome, language: Language) -> str:
    """Say an outcome of a check."""
    if isinstance(check, Agreement):
        return _agreement(check, outcome, language)
    if isinstance(check, Condition):
        return _condition(check, outcome, language)
    if isinstance(check, RollForward):
        return _roll_forward(check, outcome, language)
    return _equation(outcome, language)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _why(outcome: Outcome, language: Language) -> str:
    return "" if outcome.reason is None else REASONS[outcome.reason].within(language)


def _not_checked(outcome: Outcome, language: Language) -> str:
    return NOT_CHECKED.within(language).format(why=_why(outcome, language))


# --- equations between cells -----------------------------------------------------------------


def _equation(outcome: Outcome, language: Language) -> str:
    topic, is_column = _topic(outcome, language)
    if outcome.verdict is Verdict.PASSED:
        said = EQUATION_PASSED.within(language).format(left=_number(outcome.left))
    elif outcome.verdict is Verdict.FAILED:
        said = EQUATION_FAILED.within(language).format(
            left=_side(outcome, is_left=True, is_column=is_column, language=language),
            right=_side(outcome, is_left=False, is_column=is_column, language=language),
            difference=_number(outcome.difference),
        )
    else:
        said = _equation_open(outcome, is_column, language)
    return _capital(topic + said)


def _topic(outcome: Outcome, language: Language) -> tuple[str, bool]:
    """Name what all cells have in common, and tell whether that is their column."""
    cells = [CELLS[name] for name in outcome.cells]
    columns = {cell.column.id for cell in cells}
    lines = {cell.line.id for cell in cells}
    if len(columns) == 1:
        return COLUMN.within(language).format(cells[0].column.label.within(language)), True
    if len(lines) == 1:
        return LINE.within(language).format(cells[0].line.label.within(language)), False
    return "", False


def _terms(
    outcome: Outcome, is_column: bool, language: Language
) -> list[list[tuple[str, str]]] | None:
    """Pair the names and printed figures of both sides; None when the figures are not written."""
    figures = read_figures(outcome.detail)
    sides = (outcome.left_cells, outcome.right_cells)
    if figures is None or [len(side) for side in figures] != [len(side) for side in sides]:
        return None
    name = line_name if is_column else column_name
    return [
        [(name(cell, language), figure) for cell, figure in zip(cells, written, strict=True)]
        for cells, written in zip(sides, figures, strict=True)
    ]


def _side(outcome: Outcome, *, is_left: bool, is_column: bool, language: Language) -> str:
    total = _number(outcome.left if is_left else outcome.right)
    cells = outcome.left_cells if is_left else outcome.right_cells
    both = _terms(outcome, is_column, language)
    if both is None:
        return ADDED.within(language).format(len(cells), total)
    terms = both[0 if is_left else 1]
    if len(terms) == 1:
        return _term(*terms[0], language)
    shown = terms if len(terms) <= TERMS_SHOWN else [term for term in terms if term[1] != "0"]
    if not shown:
        return ALL_ZERO.within(language).format(len(terms))
    plus, equals = ("＋", "＝") if language is Language.ZH else (" + ", " = ")
    left_out = len(terms) - len(shown)
    rest = OTHERS_ZERO.within(language).format(left_out) if left_out else ""
    return plus.join(_term(*term, language) for term in shown) + rest + equals + total


def _term(name: str, figure: str, language: Language) -> str:
    try:
        number = float(figure) if "." in figure else int(figure)
    except ValueError:
        text = figure
    else:
        text = number_text(number)
    return f"{name}{text}" if language is Language.ZH else f"{name} {text}"


def _equation_open(outcome: Outcome, is_column: bool, language: Language) -> str:
    both = _terms(outcome, is_column, language)
    if both is None:
        return _not_checked(outcome, language)
    open_cells = [name for side in both for name, figure in side if figure.startswith("[")]
    return NOT_CHECKED_CELLS.within(language).format(
        why=_why(outcome, language), cells=listed(open_cells, language)
    )


def _number(number: int | float | None) -> str:
    return NO_NUMBER if number is None else number_text(number)


# --- text and table --------------------------------------------------------------------------


def _agreement(check: Agreement, outcome: Outcome, language: Language) -> str:
    is_figure = ClaimKind.COUNT in check.kinds
    said_as, failed, narrower = FIGURE_SENTENCES if is_figure else WORDS_SENTENCES
    if outcome.reason is Reason.NO_CLAIM:
        return _capital(_why(outcome, language)) + ("。" if language is Language.ZH else ".")
    said = said_as.within(language).format(
        place="、".join(place_text(place, language) for place in outcome.places),
        quote=_shortened(outcome.detail),
        left=_number(outcome.left),
    )
    wording = {
        (Verdict.PASSED, None): SAID_PASSED,
        (Verdict.FAILED, None): failed,
        (Verdict.NOT_APPLICABLE, Reason.NARROWER_SCOPE): narrower,
    }.get((outcome.verdict, outcome.reason), SAID_OPEN)
    plus = "＋" if language is Language.ZH else " + "
    return wording.within(language).format(
        said=said,
        cells=plus.join(cell_name(name, language) for name in outcome.right_cells),
        right=_number(outcome.right),
        difference=_number(outcome.difference),
        why=_why(outcome, language),
    )


def _shortened(text: str) -> str:
    """Put a text of the document on one line of bounded length."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTE_KEPT else f"{line[:QUOTE_KEPT]}…"


# --- year to year ----------------------------------------------------------------------------


def _roll_forward(check: RollForward, outcome: Outcome, language: Language) -> str:
    if not outcome.left_cells:
        return _capital(_not_checked(outcome, language))
    roll = check.roll_of(outcome.left_cells[0])
    cell, previous = (cell_name(name, language) for name in (roll.cell, roll.previous))
    own, opening, *rest = read_terms(outcome.detail) if outcome.detail else ("", "")
    moves = list(zip((*roll.added, *roll.taken), rest, strict=False))
    if outcome.verdict is Verdict.PASSED:
        said = ROLL_PASSED.within(language).format(cell=cell, left=_number(outcome.left))
    elif outcome.verdict is Verdict.FAILED:
        said = ROLL_FAILED.within(language).format(
            cell=cell,
            left=_number(outcome.left),
            previous=previous,
            terms=_moves(roll, opening, moves, outcome, language),
            difference=_number(outcome.difference),
        )
    else:
        named = [(cell, own), (PREVIOUS.within(language).format(previous), opening)]
        named += [(cell_name(name, language), figure) for name, figure in moves]
        said = NOT_CHECKED_CELLS.within(language).format(
            why=_why(outcome, language),
            cells=listed([name for name, figure in named if figure.startswith("[")], language),
        )
    return _capital(said)


def _moves(
    roll: Roll, opening: str, moves: list[tuple[str, str]], outcome: Outcome, language: Language
) -> str:
    """Write the figure of the year before with what this year added and took away."""
    if not moves:
        return _number(outcome.right)
    plus, minus, equals = ("＋", "−", "＝") if language is Language.ZH else (" + ", " − ", " = ")
    terms = [
        (minus if name in roll.taken else plus)
        + _term(column_name(name, language), figure, language)
        for name, figure in moves
    ]
    return _term("", opening, language).strip() + "".join(terms) + equals + _number(outcome.right)


# --- conditions ------------------------------------------------------------------------------


def _condition(check: Condition, outcome: Outcome, language: Language) -> str:
    place = "、".join(place_text(place, language) for place in outcome.places)
    if outcome.verdict is Verdict.NOT_APPLICABLE:
        separator = "：" if language is Language.ZH else ": "
        topic = f"{place}{separator}" if place else ""
        return _capital(topic + _not_checked(outcome, language))
    wording = check.when_passed if outcome.verdict is Verdict.PASSED else check.when_failed
    lines = [f"“{CELLS[name].line.label.within(language)}”" for name in outcome.cells]
    word, _, rest = outcome.detail.partition(": ")
    facts = dict.fromkeys(FACTS, "") | dict(FACT.findall(outcome.detail))
    named = {name: facts[name] for name in FACTS} | {"rest": _shortened(rest)}
    fault = check.faults[word].within(language) if word in check.faults else ""
    said = wording.within(language).format(
        place=place,
        cells=listed([cell_name(name, language) for name in outcome.cells], language),
        lines=listed(lines, language),
        left=_number(outcome.left),
        right=_number(outcome.right),
        detail=_shortened(outcome.detail),
        fault=fault.format(**named),
        **named,
    )
    return _capital(said)
