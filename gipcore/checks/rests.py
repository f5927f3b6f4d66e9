"""What a finding rests on: the repairs of the reader that its cells went through."""

from collections.abc import Sequence

from gipcore.checks.outcome import Outcome
from gipcore.checks.wording import REPAIRS, listed, place_text
from gipcore.form.report import Repair, Report
from gipcore.words import Language, Text

RESTS = Text(
    "这里用到的格子不全是照规定的位置读出的（{repairs}），请对照原件。",
    "Not every cell used here was read from where the form has it ({repairs}); "
    "compare the document.",
)
REPAIR = Text("{place}：{repair}", "{place}: {repair}")
SEPARATOR = Text("；", "; ")


def rests_on(outcome: Outcome, report: Report) -> tuple[Repair, ...]:
    """Return the repairs that a cell of the outcome rests on, in the order of the document.

    An outcome that reports a repair (C106, C110) does not rest on that one.
    """
    cells = frozenset(outcome.cells)
    return tuple(
        repair
        for repair in report.repairs
        if not cells.isdisjoint(repair.cells) and not _reports(outcome, repair)
    )


def rests_text(repairs: Sequence[Repair], language: Language) -> str:
    """Say that a finding rests on repairs, and on which; empty when it rests on none."""
    if not repairs:
        return ""
    said = [
        REPAIR.within(language).format(
            place=place_text(repair.place, language),
            repair=REPAIRS[repair.code].within(language),
        )
        for repair in repairs
    ]
    return RESTS.within(language).format(
        repairs=listed(said, language, separator=SEPARATOR.within(language))
    )


def _reports(outcome: Outcome, repair: Repair) -> bool:
    is_told = outcome.detail.partition(":")[0] == repair.code.value
    return is_told and outcome.places == (repair.place,)
