"""The long table of figures: one row a cell, numbers and states apart."""

from gipcore.export.columns import IS_SYNTHETIC, Column, Kind, Table, attribute
from gipcore.export.paging import by_id
from gipcore.form.editions import CELLS
from gipcore.store import reading
from gipcore.store.read_cells import CellRow
from gipcore.words import Text

CELL_COLUMNS: tuple[Column[CellRow], ...] = (
    attribute("id", Kind.TEXT, "格编号", "Id of the row: report and cell"),
    attribute("report_id", Kind.TEXT, "报告编号", "Report id"),
    attribute("office_id", Kind.TEXT, "机关编号", "Office id"),
    attribute("office_name", Kind.TEXT, "机关名称", "Office"),
    attribute("office_name_en", Kind.TEXT, "机关英文名称", "Office, in English"),
    attribute("region_code", Kind.TEXT, "行政区划代码", "Region code"),
    attribute("level", Kind.TEXT, "层级", "Level of the office"),
    attribute("function", Kind.TEXT, "职能", "Function of the office"),
    attribute("year", Kind.INTEGER, "报告年度", "Year that the report is on"),
    attribute("form", Kind.TEXT, "表格版本", "Edition of the form"),
    Column(
        "table",
        Kind.INTEGER,
        Text("第几张表", "Table of the form: 2, 3 or 4"),
        lambda row, _: CELLS[row.cell].table,
    ),
    attribute("cell", Kind.TEXT, "格的名称", "Name of the cell: line and column"),
    Column(
        "label",
        Kind.TEXT,
        Text("格的含义", "What the cell counts, in Chinese as on the form"),
        lambda row, _: CELLS[row.cell].label.zh,
    ),
    attribute("value", Kind.NUMBER, "数值", "Figure; empty when the state is not number"),
    Column(
        "state",
        Kind.TEXT,
        Text("状态", "number, blank, unreadable, not_applicable, conflict or absent"),
        lambda row, _: row.state.value,
    ),
    attribute("raw", Kind.TEXT, "印出的原文", "Text as printed"),
    attribute("place", Kind.TEXT, "在文件中的位置", "Place in the document; empty when absent"),
    IS_SYNTHETIC,
)


CELLS_TABLE: Table[CellRow] = Table(
    "cells",
    Text("各格数值", "Cells"),
    CELL_COLUMNS,
    reading.iterate_cells,
    by_id(reading.cells),
    reading.count_cells,
)
