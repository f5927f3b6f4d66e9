"""Table 2, proactive disclosure: each line has columns of its own, different in each edition."""

from dataclasses import dataclass

from gipcore.form.model import (
    BOTH,
    ONLY_2019,
    ONLY_2021,
    Cell,
    Column,
    EditionId,
    Line,
    Table,
    Unit,
)
from gipcore.words import Text

TITLE = Text("主动公开政府信息情况", "Proactive disclosure")

ISSUED = Column("issued", Text("本年制发件数", "Issued this year"))
REPEALED = Column("repealed", Text("本年废止件数", "Repealed this year"))
IN_FORCE = Column("in_force", Text("现行有效件数", "Currently in force"))
DECISIONS = Column("decisions", Text("本年处理决定数量", "Decisions this year"))
DECISIONS_UNDATED = Column("decisions", Text("处理决定数量", "Decisions this year"))
FEES_AMOUNT = Column("amount_wan_yuan", Text("本年收费金额", "Amount charged this year"))
MADE = Column("made", Text("本年新制作数量", "Newly made this year"))
DISCLOSED = Column("disclosed", Text("本年新公开数量", "Newly disclosed this year"))
DISCLOSED_TOTAL = Column("disclosed_total", Text("对外公开总数量", "Disclosed in total"))
ITEMS_LAST_YEAR = Column("items_last_year", Text("上一年项目数量", "Items last year"))
ITEMS_CHANGE = Column("items_change", Text("本年增/减", "Change this year"))
ITEMS = Column("items", Text("采购项目数量", "Items"))
AMOUNT = Column("amount", Text("采购总金额", "Amount"))

GOVERNMENT_RULES = Line("proactive.government_rules", Text("规章", "Government rules"), "规章")
NORMATIVE_DOCUMENTS = Line(
    "proactive.normative_documents",
    Text("行政规范性文件", "Administrative normative documents"),
    "行政规范性文件",
)
NORMATIVE_DOCUMENTS_2019 = Line(
    "proactive.normative_documents", Text("规范性文件", "Normative documents"), "规范性文件"
)
LICENCES = Line("proactive.licences", Text("行政许可", "Administrative licences"), "行政许可")
OTHER_SERVICES = Line(
    "proactive.other_services",
    Text("其他对外管理服务事项", "Other public management services"),
    "其他对外管理服务事项",
)
PENALTIES = Line("proactive.penalties", Text("行政处罚", "Administrative penalties"), "行政处罚")
COERCIVE_MEASURES = Line(
    "proactive.coercive_measures",
    Text("行政强制", "Administrative coercive measures"),
    "行政强制",
)
FEES = Line("proactive.fees", Text("行政事业性收费", "Administrative fees"), "行政事业性收费")
PROCUREMENT = Line(
    "proactive.procurement", Text("政府集中采购", "Government procurement"), "政府集中采购"
)


@dataclass(frozen=True, slots=True)
class Block:
    """One boxed part of table 2: the item of article 20 it stands under, its lines and columns."""

    article_item: str
    lines: tuple[Line, ...]
    columns: tuple[Column, ...]


BLOCKS_2021 = (
    Block(
        "第二十条第（一）项",
        (GOVERNMENT_RULES, NORMATIVE_DOCUMENTS),
        (ISSUED, REPEALED, IN_FORCE),
    ),
    Block("第二十条第（五）项", (LICENCES,), (DECISIONS,)),
    Block("第二十条第（六）项", (PENALTIES, COERCIVE_MEASURES), (DECISIONS,)),
    Block("第二十条第（八）项", (FEES,), (FEES_AMOUNT,)),
)
BLOCKS_2019 = (
    Block(
        "第二十条第（一）项",
        (GOVERNMENT_RULES, NORMATIVE_DOCUMENTS_2019),
        (MADE, DISCLOSED, DISCLOSED_TOTAL),
    ),
    Block(
        "第二十条第（五）项",
        (LICENCES, OTHER_SERVICES),
        (ITEMS_LAST_YEAR, ITEMS_CHANGE, DECISIONS_UNDATED),
    ),
    Block(
        "第二十条第（六）项",
        (PENALTIES, COERCIVE_MEASURES),
        (ITEMS_LAST_YEAR, ITEMS_CHANGE, DECISIONS_UNDATED),
    ),
    Block("第二十条第（八）项", (FEES,), (ITEMS_LAST_YEAR, ITEMS_CHANGE)),
    Block("第二十条第（九）项", (PROCUREMENT,), (ITEMS, AMOUNT)),
)
BLOCKS = {EditionId.Y2019: BLOCKS_2019, EditionId.Y2021: BLOCKS_2021}
UNITS = {FEES_AMOUNT: Unit.WAN_YUAN, AMOUNT: Unit.AS_PUBLISHED}
IN_BOTH = frozenset(
    f"{line.id}.{DECISIONS.id}" for line in (LICENCES, PENALTIES, COERCIVE_MEASURES)
)


def table(edition: EditionId) -> Table:
    """Return table 2 of an edition."""
    own = ONLY_2019 if edition is EditionId.Y2019 else ONLY_2021
    cells = tuple(
        Cell(
            line,
            column,
            2,
            UNITS.get(column, Unit.COUNT),
            BOTH if f"{line.id}.{column.id}" in IN_BOTH else own,
        )
        for block in BLOCKS[edition]
        for line in block.lines
        for column in block.columns
    )
    lines = tuple(line for block in BLOCKS[edition] for line in block.lines)
    return Table(2, TITLE, lines, cells)
