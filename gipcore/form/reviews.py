"""Table 4, reconsideration and litigation: three blocks of five results."""

from gipcore.form.model import BOTH, Cell, Column, EditionId, Line, Table, Unit
from gipcore.words import Text

TITLE = Text("政府信息公开行政复议、行政诉讼情况", "Reconsideration and litigation")

RESULTS = (
    Column("upheld", Text("结果维持", "Upheld")),
    Column("corrected", Text("结果纠正", "Corrected")),
    Column("other_outcome", Text("其他结果", "Other result")),
    Column("pending", Text("尚未审结", "Pending")),
)
TOTAL = Column("total", Text("总计", "Total"))
COLUMNS = (*RESULTS, TOTAL)

RECONSIDERATION = Line(
    "reconsideration", Text("行政复议", "Administrative reconsideration"), "行政复议"
)
LITIGATION_DIRECT = Line(
    "litigation_direct",
    Text("行政诉讼 未经复议直接起诉", "Litigation without prior reconsideration"),
    "未经复议直接起诉",
)
LITIGATION_AFTER_RECONSIDERATION = Line(
    "litigation_after_reconsideration",
    Text("行政诉讼 复议后起诉", "Litigation after reconsideration"),
    "复议后起诉",
)
LINES = (RECONSIDERATION, LITIGATION_DIRECT, LITIGATION_AFTER_RECONSIDERATION)


def table(edition: EditionId) -> Table:
    """Return table 4; it is the same in both editions."""
    cells = tuple(Cell(line, column, 4, Unit.COUNT, BOTH) for line in LINES for column in COLUMNS)
    return Table(4, TITLE, LINES, cells)
