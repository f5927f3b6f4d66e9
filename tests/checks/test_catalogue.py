"""The cards of the checks are complete and public, and their catalogue is fresh."""

from pathlib import Path

import pytest

from gipcore.checks.catalogue import (
    ARITHMETIC_CODES,
    all_checks,
    catalogue_markdown,
    check,
    reason_text,
    severity_text,
)
from gipcore.checks.kinds import Agreement, Check
from gipcore.checks.outcome import Reason, Severity
from gipcore.errors import WrongUseError
from gipcore.form.editions import CELLS
from gipcore.form.report import ClaimKind
from gipcore.words import Text

CATALOGUE = Path(__file__).parents[2] / "gipcore" / "CHECKS.md"

# Codes and severities are public: others filter by them.
PUBLISHED = {
    "C101": Severity.ERROR,
    "C102": Severity.WARNING,
    "C103": Severity.WARNING,
    "C104": Severity.ERROR,
    "C105": Severity.NOTICE,
    "C106": Severity.NOTICE,
    "C107": Severity.WARNING,
    "C108": Severity.NOTICE,
    "C109": Severity.NOTICE,
    "C110": Severity.NOTICE,
    "C201": Severity.NOTICE,
    "C301": Severity.ERROR,
    "C302": Severity.ERROR,
    "C303": Severity.ERROR,
    "C304": Severity.ERROR,
    "C401": Severity.ERROR,
    "C402": Severity.ERROR,
    "C403": Severity.ERROR,
    "C801": Severity.WARNING,
    "C802": Severity.WARNING,
    "C803": Severity.WARNING,
    "C804": Severity.WARNING,
    "C805": Severity.NOTICE,
    "C806": Severity.NOTICE,
    "C901": Severity.WARNING,
    "C902": Severity.WARNING,
    "C903": Severity.NOTICE,
    "C904": Severity.NOTICE,
    "C905": Severity.NOTICE,
}


def test_published_codes_keep_their_severity() -> None:
    assert {found.code: found.severity for found in all_checks()} == PUBLISHED


def test_checks_come_in_order_of_code() -> None:
    codes = [found.code for found in all_checks()]
    assert codes == sorted(codes)


def test_arithmetic_is_what_the_form_adds_up() -> None:
    assert ARITHMETIC_CODES == ("C301", "C302", "C303", "C304", "C401", "C402", "C403")


def test_names_are_unique() -> None:
    names = [found.name for found in all_checks()]
    assert len(set(names)) == len(names)


def test_unknown_code_is_wrong_use() -> None:
    with pytest.raises(WrongUseError, match="C999"):
        check("C999")


@pytest.mark.parametrize("card", all_checks(), ids=lambda card: card.code)
def test_card_is_written_in_both_languages(card: Check) -> None:
    for text in (card.title, card.explanation, card.formula):
        assert_both_languages(text)
    if card.is_arithmetic:
        assert card.source is not None
        assert card.severity is Severity.ERROR


def test_reasons_and_severities_have_words() -> None:
    for text in (*map(reason_text, Reason), *map(severity_text, Severity)):
        assert_both_languages(text)


def assert_both_languages(text: Text) -> None:
    assert any("一" <= character <= "鿿" for character in text.zh)
    assert text.en.strip()
    assert not any("一" <= c <= "鿿" for c in text.en.replace("受理", "").replace("收办", ""))


def test_catalogue_file_is_fresh() -> None:
    text = CATALOGUE.read_text(encoding="utf-8")
    assert text == catalogue_markdown(), "run `python -m gipcore catalogue`"


def test_claims_are_shared_out_among_the_checks_without_overlap() -> None:
    about = [
        (kind, name)
        for found in all_checks()
        if isinstance(found, Agreement)
        for kind in found.kinds
        for name in found.about
    ]
    assert len(set(about)) == len(about)
    assert {name for _, name in about} <= CELLS.keys()
    assert {kind for kind, _ in about} == set(ClaimKind)
