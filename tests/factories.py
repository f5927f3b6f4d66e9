"""Synthetic reports, made from the form itself, and a register to go with them."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select

from gipcore.form.editions import EDITIONS, edition_in_force
from gipcore.form.report import Claim, Number, OfficeName, Report, SourceFile, State, Value
from gipcore.form.requests import COLUMNS
from gipcore.register.rows import Register, RegisteredOffice, RegisteredRegion
from gipcore.store.building import new_database
from gipcore.store.database import open_engine
from gipcore.store.models import Base
from gipcore.store.records import Reading

REGISTER = Register(
    regions=(
        RegisteredRegion("410000", "河南省", None, "province", "Henan"),
        RegisteredRegion("410300", "洛阳市", "410000", "city", "Luoyang"),
        RegisteredRegion("410303", "西工区", "410300", "county", "Xigong District"),
        RegisteredRegion("320000", "江苏省", None, "province", "Jiangsu"),
        RegisteredRegion("320800", "淮安市", "320000", "city", "Huai'an"),
    ),
    offices=(
        RegisteredOffice(
            "luoyang", "洛阳市人民政府", ("洛阳市政府",), "city", "government", "410300"
        ),
        RegisteredOffice(
            "xigong", "西工区人民政府", ("西工区政府",), "county", "government", "410303"
        ),
        RegisteredOffice(
            "jinguyuan",
            "西工区金谷园街道办事处",
            ("金谷园（街道）办事处",),
            "township",
            "subdistrict",
            "410303",
            "Jinguyuan Subdistrict Office",
        ),
        RegisteredOffice(
            "huaian", "淮安市人民政府", (), "city", "government", "320800", "Huai'an Government"
        ),
        RegisteredOffice("nowhere", "无处办事处", (), "township", "subdistrict", None),
    ),
)
FIRST_READ = datetime(2026, 1, 31, 8, 0, tzinfo=UTC)


def make_report(
    office: str = "西工区人民政府",
    year: int = 2024,
    figures: Mapping[str, Number | None] | None = None,
    *,
    without: tuple[str, ...] = (),
    claims: tuple[Claim, ...] = (),
    file: str | None = None,
) -> Report:
    """Make a complete report: every required cell is a printed 0 but for the figures given.

    A figure None is a blank cell, one in `without` is not in the document. The document's hash
    follows from what it says and its file name.
    """
    edition = edition_in_force(year)
    known = {cell.name for cell in EDITIONS[edition.id].cells}
    cells = {cell.name: value_of(0) for cell in edition.required_cells()}
    for name, number in (figures or {}).items():
        assert name in known, f"{name} is no cell of the edition {edition.id}"
        cells[name] = value_of(number)
    for name in without:
        del cells[name]
    file_name = file or f"{office}-{year}.txt"
    said = repr((office, year, sorted(cells.items()), claims, file_name))
    sha256 = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
    return Report(
        source=SourceFile(file_name, sha256, "text", len(said)),
        office=OfficeName(office),
        year=year,
        form=edition.id,
        title=f"{office}{year}年政府信息公开工作年度报告",
        cells=cells,
        claims=claims,
    )


def value_of(number: Number | None, place: str = "table 3, row 4, column 3") -> Value:
    """Return a printed figure; None is a blank cell."""
    if number is None:
        return Value(None, State.BLANK, "", place)
    return Value(number, State.NUMBER, str(number), place)


def balanced(received: int, column: str = "natural_person") -> dict[str, Number | None]:
    """Return the figures of a table 3 that balances: all that was received was granted."""
    lines = ("received", "granted", "disposed")
    return {f"{line}.{c}": received for line in lines for c in (column, "total")}


def claim_of_received(value: Number, scope: str | None = None) -> Claim:
    """Return the claim of a text that so many requests were received."""
    return Claim(("received.total",), value, f"收到{value}件", "section 1", scope, "收到")


def read(report: Report, day: int = 0) -> Reading:
    """Return a report as read so many days after the first."""
    return Reading(report, FIRST_READ + timedelta(days=day))


def country() -> tuple[Reading, ...]:
    """Return a handful of reports with everything that lists and sums tell apart."""
    unbalanced = balanced(7) | {"carried_forward.natural_person": 2, "carried_forward.total": 2}
    reports = (
        make_report(
            "洛阳市人民政府", 2024, balanced(1200) | {"proactive.fees.amount_wan_yuan": 12.5}
        ),
        make_report("西工区人民政府", 2023, balanced(117), claims=(claim_of_received(134),)),
        make_report("西工区人民政府", 2024, unbalanced),
        make_report(
            "西工区金谷园街道办事处", 2024, balanced(1), claims=(claim_of_received(3, "本机关"),)
        ),
        make_report("淮安市人民政府", 2020, balanced(30)),
        make_report("淮安市人民政府", 2024, balanced(31) | {"received.total": None}),
        make_report("淮安市人民政府", 2023, without=("disposed.total", "disposed.natural_person")),
        make_report("无处办事处", 2024),
        make_report("某某县发展和改革局", 2024, balanced(5)),
        with_subtotal(make_report("某某县发展和改革局", 2023, balanced(4)), 0),
    )
    return tuple(read(report, day) for day, report in enumerate(reports))


def with_subtotal(report: Report, number: Number) -> Report:
    """Return a report that also prints the subtotal of what it denied, in every column."""
    line = {f"denied.{column.id}": value_of(number) for column in COLUMNS}
    return replace(report, cells={**report.cells, **line})


def build(url: str, readings: Iterable[Reading], register: Register = REGISTER) -> Engine:
    """Make a database of readings; gives an engine that only reads."""
    with new_database(url, register) as writer:
        for reading in readings:
            writer.save(reading)
    return open_engine(url, read_only=True)


def dump(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table in order, but for the time of building."""
    tables = {}
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            columns = [column for column in table.c if column.name != "built_at"]
            rows = connection.execute(select(*columns).order_by(*table.primary_key))
            tables[table.name] = [tuple(row) for row in rows]
    return tables
