"""C101–C104, C106, C110: tables there, complete, filled with figures (国办公开办函〔2021〕30号)."""

from collections.abc import Iterator

from gipcore.checks.kinds import Check, Condition
from gipcore.checks.outcome import Outcome, Reason, Severity, Verdict
from gipcore.checks.subject import Subject
from gipcore.checks.wording import REPAIRS
from gipcore.form.editions import CELLS
from gipcore.form.model import Cell, Unit
from gipcore.form.proactive import ITEMS_CHANGE
from gipcore.form.report import Number, RepairCode, State
from gipcore.words import NOTICE_2021, Source, Text

WHOLE_FORM = Source(NOTICE_2021, "附件")
GEOMETRY = frozenset({RepairCode.ROW_SHIFTED, RepairCode.CELL_MISSING, RepairCode.EXTRA_CELL})
BY_ORDER = frozenset({RepairCode.PLACED_BY_ORDER})
NOTHING_READ = (Reason.TABLE_NOT_READ,)


def _tables_read(check: Check, subject: Subject) -> Iterator[Outcome]:
    """Give one outcome a table, which stands in `places`."""
    for number in subject.layout.required:
        verdict = Verdict.PASSED if number in subject.tables else Verdict.FAILED
        yield Outcome(check.code, verdict, check.severity, places=(f"table {number}",))


def _lines_present(check: Check, subject: Subject) -> Iterator[Outcome]:
    """Give one outcome a table: left is the number of absent lines, the cells are theirs."""
    for number, lines in subject.layout.required.items():
        places = (f"table {number}",)
        if number not in subject.tables:
            reason = Reason.TABLE_NOT_READ
            yield Outcome(
                check.code, Verdict.NOT_APPLICABLE, check.severity, reason=reason, places=places
            )
            continue
        absent = [line.id for line in lines if line.id not in subject.lines]
        yield Outcome(
            check.code,
            Verdict.FAILED if absent else Verdict.PASSED,
            check.severity,
            tuple(name for line in absent for name in subject.layout.names[line]),
            left=len(absent),
            right=0,
            places=places,
        )


def _no_blank_cells(check: Check, subject: Subject) -> Iterator[Outcome]:
    """Give one outcome: left is the number of blank cells on lines that the form has."""
    if not subject.tables:
        yield check.not_applicable(Reason.TABLE_NOT_READ)
        return
    required = subject.layout.required_ids
    blank = tuple(
        name
        for name, value in subject.report.cells.items()
        if value.state is State.BLANK and name.rpartition(".")[0] in required
    )
    verdict = Verdict.FAILED if blank else Verdict.PASSED
    yield Outcome(check.code, verdict, check.severity, blank, left=len(blank), right=0)


def _figures_valid(check: Check, subject: Subject) -> Iterator[Outcome]:
    """Give one outcome a cell that holds no figure of its kind, or one when all do."""
    has_figure, is_valid = False, True
    for name, value in subject.report.cells.items():
        if value.state in (State.BLANK, State.NOT_APPLICABLE):
            continue
        has_figure = True
        number = value.number if value.is_number else None
        if number is not None and (_is_count(number) or _fits(CELLS[name], number)):
            continue
        is_valid = False
        yield Outcome(
            check.code,
            Verdict.FAILED,
            check.severity,
            (name,),
            left=number,
            places=(value.place,),
            detail=value.raw,
        )
    if not has_figure:
        yield check.not_applicable(Reason.BLANK_CELL if subject.tables else Reason.TABLE_NOT_READ)
    elif is_valid:
        yield Outcome(check.code, Verdict.PASSED, check.severity)


def _is_count(number: Number) -> bool:
    """Tell whether a number can stand in any cell."""
    return isinstance(number, int) and number >= 0


def _fits(cell: Cell, number: Number) -> bool:
    """Tell whether a cell can hold a number; amounts may be decimals, changes may be negative."""
    is_whole = isinstance(number, int) or number.is_integer()
    if cell.unit is not Unit.COUNT:
        return number >= 0
    return is_whole and (number >= 0 or cell.column == ITEMS_CHANGE)


def _geometry_kept(check: Check, subject: Subject) -> Iterator[Outcome]:
    return _without_repairs(check, subject, GEOMETRY)


def _nothing_placed_by_order(check: Check, subject: Subject) -> Iterator[Outcome]:
    return _without_repairs(check, subject, BY_ORDER)


def _without_repairs(
    check: Check, subject: Subject, codes: frozenset[RepairCode]
) -> Iterator[Outcome]:
    """Give one outcome a repair, whose detail begins with the code of the repair."""
    if not subject.tables:
        yield check.not_applicable(Reason.TABLE_NOT_READ)
        return
    repairs = [repair for repair in subject.report.repairs if repair.code in codes]
    for repair in repairs:
        yield Outcome(
            check.code,
            Verdict.FAILED,
            check.severity,
            repair.cells,
            places=(repair.place,),
            detail=f"{repair.code.value}: {repair.detail}",
        )
    if not repairs:
        yield Outcome(check.code, Verdict.PASSED, check.severity)


TABLES_READ = Condition(
    code="C101",
    name="structure.tables_read",
    title=Text("三张表都在，并且读出来了", "The three tables are there and were read"),
    explanation=Text(
        "年度报告的第二、三、四部分各有一张统计表。缺一张，或者一个格子也没有读出来，就在这里指出；"
        "没有读出来的表，不会当作0。",
        "Sections 2, 3 and 4 of the report each hold a table. One that is missing, or of which "
        "not a single cell could be read, is reported here; a table that was not read is never "
        "taken for zeros.",
    ),
    formula=Text("表二、表三、表四各至少读出一格", "tables 2, 3 and 4: at least one cell each"),
    severity=Severity.ERROR,
    source=WHOLE_FORM,
    reasons=(),
    find=_tables_read,
    when_passed=Text("{place}已经读出。", "{place} was read."),
    when_failed=Text(
        "没有找到{place}，或者一格也没有读出来。",
        "{place} was not found, or not one of its cells could be read.",
    ),
)

LINES_PRESENT = Condition(
    code="C102",
    name="structure.lines_present",
    title=Text("表格的每一行都在", "Every line of the form is there"),
    explanation=Text(
        "所用版本的表格规定的每一行都应当印出来。“（六）其他处理”只印成一行的，也算齐全。",
        "Every line that the edition prescribes should be printed. A report that prints “other "
        "handling” as one row is complete all the same.",
    ),
    formula=Text("每张表缺少的行数＝0", "lines absent from each table = 0"),
    severity=Severity.WARNING,
    source=WHOLE_FORM,
    reasons=NOTHING_READ,
    find=_lines_present,
    when_passed=Text("{place}的每一行都在。", "{place}: every line is there."),
    when_failed=Text(
        "{place}有{left}行没有印出，或者没能读出：{lines}。",
        "{place}: lines absent or not readable: {left} ({lines}).",
    ),
)

NO_BLANK_CELLS = Condition(
    code="C103",
    name="structure.no_blank_cells",
    title=Text("没有空白的格子", "No cell is blank"),
    explanation=Text(
        "没有发生的应当填0。空白不等于0：不知道是没有，还是没有填，所以用到它的核对都不能做。",
        "Where nothing happened, 0 should be printed. Blank is not zero: whether there was "
        "nothing or nothing was filled in is unknown, so no check that needs the cell can be made.",
    ),
    formula=Text("空白格数＝0", "blank cells = 0"),
    severity=Severity.WARNING,
    source=WHOLE_FORM,
    reasons=NOTHING_READ,
    find=_no_blank_cells,
    when_passed=Text("没有空白的格子。", "No cell is blank."),
    when_failed=Text(
        "有{left}个格子没有数（空白，或只印着“/”一类的符号）：{cells}。不当作0。",
        "Cells without a figure (blank, or with a mark such as “/”): {left} ({cells}). "
        "They are not taken for 0.",
    ),
)

FIGURES_VALID = Condition(
    code="C104",
    name="structure.figures_valid",
    title=Text("格子里是合理的数", "Every cell holds a proper figure"),
    explanation=Text(
        "件数应当是0或正整数。收费金额（万元）和采购总金额可以有小数；2019年版的“本年增/减”可以是负数。"
        "读不出的数、同一格印了两个不同的数，也在这里指出。",
        "A count should be a whole number, not negative. Fees (in 10,000 CNY) and the amount of "
        "procurement may have decimals; “change this year” of the 2019 edition may be negative. "
        "Figures that cannot be read, and cells printed twice with different figures, are "
        "reported here too.",
    ),
    formula=Text(
        "每一格都是不小于0的整数（金额可有小数，“本年增/减”可为负）",
        "each cell is a whole number ≥ 0 (amounts: a decimal; change this year: any whole number)",
    ),
    severity=Severity.ERROR,
    source=WHOLE_FORM,
    reasons=(Reason.BLANK_CELL, Reason.TABLE_NOT_READ),
    find=_figures_valid,
    when_passed=Text("填了的格子里都是合理的数。", "Every cell that is filled holds a figure."),
    when_failed=Text(
        "{cells}印的是“{detail}”，不是这一格应有的数。",
        "{cells} reads “{detail}”, which is not a figure that belongs there.",
    ),
)

GEOMETRY_KEPT = Condition(
    code="C106",
    name="structure.geometry_kept",
    title=Text("行和格都在表格规定的位置", "Rows and cells stand where the form has them"),
    explanation=Text(
        "有时转贴的表格会错开一格、少一格或多一格。这时按行的名称和数的个数来读，并在这里说明，"
        "请读者对照原件。",
        "In tables copied from elsewhere a row may be shifted by a cell, or have one too few or "
        "too many. Such a row is read by its label and the number of its figures, and reported "
        "here, so that readers can compare it with the original.",
    ),
    formula=Text("错位、缺格、多格的行数＝0", "rows shifted, short or long by a cell = 0"),
    severity=Severity.NOTICE,
    source=WHOLE_FORM,
    reasons=NOTHING_READ,
    find=_geometry_kept,
    when_passed=Text("行和格都在规定的位置。", "Rows and cells stand where the form has them."),
    when_failed=Text("{place}：{fault}。", "{place}: {fault}."),
    faults={code.value: REPAIRS[code] for code in GEOMETRY},
)

NOTHING_PLACED_BY_ORDER = Condition(
    code="C110",
    name="structure.nothing_placed_by_order",
    title=Text("没有只按次序认出的数", "No value was placed by its order alone"),
    explanation=Text(
        "有的行丢了名称。只有当缺少的行与没有名称的行恰好一样多时，才按次序认作缺少的那一行，并在这里说明；"
        "用到这些格子的核对，结论也要打折扣。",
        "Some rows have lost their label. Only where exactly as many lines are missing as there "
        "are rows without a label is such a row taken, by its order, for the line that is missing; "
        "it is reported here, and what is found with its cells is less sure.",
    ),
    formula=Text("只按次序认出的行数＝0", "rows placed by their order alone = 0"),
    severity=Severity.NOTICE,
    source=WHOLE_FORM,
    reasons=NOTHING_READ,
    find=_nothing_placed_by_order,
    when_passed=Text("每一行都是按自己的名称读出的。", "Every row was read by its own label."),
    when_failed=Text("{place}：{fault}（{lines}）。", "{place}: {fault} ({lines})."),
    faults={code.value: REPAIRS[code] for code in BY_ORDER},
)
