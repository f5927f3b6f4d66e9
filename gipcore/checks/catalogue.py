"""The catalogue of checks: looking them up, and writing them down for readers."""

from functools import cache

from gipcore.checks import declared, sentences
from gipcore.checks.kinds import Check
from gipcore.checks.outcome import Outcome, Reason, Severity
from gipcore.checks.wording import REASONS, SEVERITIES
from gipcore.errors import InvalidDataError, WrongUseError
from gipcore.registry import declared as find_declared
from gipcore.words import Language, Text


@cache
def _by_code() -> dict[str, Check]:
    found: dict[str, Check] = {}
    for declaration in find_declared(declared, Check):  # type: ignore[type-abstract]
        if declaration.code in found:
            raise InvalidDataError(
                f"two checks have the code {declaration.code}; "
                "give the newer one in gipcore/checks/declared/ a code of its own"
            )
        found[declaration.code] = declaration
    return dict(sorted(found.items()))


@cache
def all_checks() -> tuple[Check, ...]:
    """Return every declared check, in order of code."""
    return tuple(_by_code().values())


def check(code: str) -> Check:
    """Return a check by its code; raises WrongUseError for a code no check has."""
    try:
        return _by_code()[code]
    except KeyError:
        raise WrongUseError(
            f"no check has the code “{code}”; the codes stand in the catalogue"
        ) from None


ARITHMETIC_CODES = tuple(found.code for found in all_checks() if found.is_arithmetic)


def sentence(outcome: Outcome, language: Language) -> str:
    """Say an outcome in one plain sentence, with both sides and their difference.

    The text may quote the document: a page must escape it like any text of a visitor's.
    """
    return sentences.write(check(outcome.code), outcome, language)


def reason_text(reason: Reason) -> Text:
    """Return the words for why a check could not be decided."""
    return REASONS[reason]


def severity_text(severity: Severity) -> Text:
    """Return the words for how much a failure matters."""
    return SEVERITIES[severity]


HEADER = """\
# Checks · 核对项目

Generated from the declarations in `gipcore/checks/declared/` by `python -m gipcore catalogue`;
do not edit. 本文件由程序按声明生成，请勿手改。

Each check gives outcomes with one of three verdicts: passed, failed, not applicable. A blank,
unreadable or absent cell makes a check not applicable; it is never taken for 0 or for a pass. Where
two figures disagree, arithmetic cannot tell which of them is wrong.
每项核对的结论有三种：通过、不符、不适用。格子空白、读不出或者不存在时，结论是不适用，不当作0，
也不算通过。两个数对不上时，算术不能说明哪一个错了。
"""


def catalogue_markdown() -> str:
    """Return the text of `gipcore/CHECKS.md`."""
    index = ["| code | 核对 | check | 等级 · severity |", "| --- | --- | --- | --- |"]
    index += [
        f"| [{found.code}](#{found.code.lower()}) | {found.title.zh} | {found.title.en} "
        f"| {_both(SEVERITIES[found.severity])} |"
        for found in all_checks()
    ]
    reasons = ["## Reasons for “not applicable” · 不适用的原因", ""]
    reasons += [f"* `{reason}`: {_both(text)}" for reason, text in REASONS.items()]
    parts = [HEADER, "\n".join(index), *map(_entry, all_checks()), "\n".join(reasons)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _entry(found: Check) -> str:
    source = str(found.source) if found.source else "没有文件规定 · not prescribed by any notice"
    reasons = ", ".join(f"`{reason}`" for reason in found.reasons) or "—"
    lines = (
        f"## {found.code}",
        f"**{found.title.zh}** · **{found.title.en}** (`{found.name}`)",
        found.explanation.zh,
        found.explanation.en,
        f"* 公式 · formula: {found.formula.zh} · {found.formula.en}\n"
        f"* 等级 · severity: {_both(SEVERITIES[found.severity])}\n"
        f"* 依据 · source: {source}\n"
        f"* 不适用 · not applicable: {reasons}",
    )
    return "\n\n".join(lines)


def _both(text: Text) -> str:
    return f"{text.zh} · {text.en}"
