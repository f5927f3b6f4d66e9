"""A database with a past: a finding that a revision mended, a reply, a broken chain of years."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from gipcore.form.report import Claim, Number, Passage
from gipcore.store.building import new_database
from gipcore.store.records import Reading
from gipcore.store.rows import Reply
from tests.factories import REGISTER, balanced, make_report

OFFICE, ELSEWHERE = "xigong", "luoyang"
NAME, NAME_ELSEWHERE = "西工区人民政府", "洛阳市人民政府"
TEXT = "2024年，本机关共受理政府信息公开申请134件，<b>均已</b>答复。"
PLACE = "section 1, paragraph 1"
SAID = "统计口径不同，<i>原文如此</i>。"
Figures = dict[str, Number | None]
REPLY = Reply(
    OFFICE, 2024, "C801", SAID, date(2025, 6, 1), "https://example.gov.cn/reply", "本机关"
)


def history(file: Path) -> str:
    """Make the database; return its address."""
    url = f"sqlite:///{file}"
    with new_database(url, REGISTER, replies=(REPLY,)) as writer:
        for reading in readings():
            writer.save(reading)
    return url


def readings() -> tuple[Reading, ...]:
    claim = Claim(("received.total",), 134, "受理…134 件", PLACE, says="受理")
    told = replace(
        make_report(NAME, 2024, _carried(120, 3), claims=(claim,)),
        passages=(Passage(1, TEXT, PLACE),),
    )
    return (
        Reading(make_report(NAME, 2021, _carried(80, 2)), _on(2022)),
        Reading(make_report(NAME, 2022, _taken(90, 5)), _on(2023)),
        Reading(told, _on(2025)),
        Reading(make_report(NAME_ELSEWHERE, 2023, _broken(), file="old.txt"), _on(2024)),
        Reading(make_report(NAME_ELSEWHERE, 2023, balanced(50), file="new.txt"), _on(2024, 6)),
        Reading(make_report(NAME_ELSEWHERE, 2024, _broken()), _on(2025)),
    )


def _on(year: int, month: int = 1) -> datetime:
    return datetime(year, month, 31 if month == 1 else 30, 8, tzinfo=UTC)


def _carried(received: int, left: int) -> Figures:
    """Return a table 3 that balances and hands some requests on."""
    figures = balanced(received)
    for line in ("granted", "disposed"):
        for column in ("natural_person", "total"):
            figures[f"{line}.{column}"] = received - left
    return figures | {f"carried_forward.{c}": left for c in ("natural_person", "total")}


def _taken(received: int, before: int) -> Figures:
    """Return a table 3 that balances and takes some requests over."""
    figures = balanced(received + before)
    columns = ("natural_person", "total")
    return (
        figures
        | {f"received.{c}": received for c in columns}
        | {f"brought_forward.{c}": before for c in columns}
    )


def _broken() -> Figures:
    return balanced(50) | {"reconsideration.upheld": 4, "reconsideration.total": 3}
