"""Title, office and year of a report, from its title line, its other names and its text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gipcore.documents.model import Document, Grid
from gipcore.parsing.normalize import normalize
from gipcore.parsing.sections import Piece
from gipcore.parsing.years import FIRST_YEAR, LAST_YEAR, year_of
from gipcore.parsing.years import YEAR as ANY_YEAR

YEAR = re.compile(rf"({ANY_YEAR})(?:年度|年|度)?")
SUBJECT = r"(?:(?<!人民)政府)?信息公开(?:工作)?(?:情况)?(?:的)?"
END = r"(?:年度|年)?(?:工作)?(?:总结)?报告(?:\(?公开版\)?)?"
INNER_YEAR = rf"(?:{ANY_YEAR}年?度?)?"
REPORT_TITLE = re.compile(rf"{SUBJECT}{INNER_YEAR}{END}")
SUBJECT_AND_END = re.compile(rf"{SUBJECT}{INNER_YEAR}(?:年度|年)?(?:工作)?(?:总结)?报告.*$")
SENTENCE_MARKS = re.compile(r"[。；;！!]|，|,")
QUOTED = re.compile(r'"([^"]+)"')
LEADING = re.compile(r"^(?:[上下]一[篇条]:|关于|印发|公布|发布|附件\d*:?|\d+[.、])+")
SITE_SEPARATORS = re.compile(r"[-_|>»—]+")
LONGEST_TITLE = 60
NEIGHBOURS = 3
LONGEST_HEAD = 200


@dataclass(frozen=True, slots=True)
class Title:
    """What the head of a document says; parts that it does not say are None."""

    text: str | None
    office: str | None
    year: int | None


def find_title(document: Document, pieces: Sequence[Piece]) -> Title:
    """Find the title line, or two that make one, then fill gaps from the document's other names.

    Of several reports' titles, as pages list them beside the report, it is the one that the
    document's names say too, else the one right above the text.
    """
    others = [_as_title(part.strip()) for name in document.names for part in _parts_of(name)]
    named = [title for title in others if title is not None]
    title = _from_lines(_head_lines(pieces), named) or Title(None, None, None)
    for other in named:
        if title.text is not None and title.office and title.year:
            break
        title = Title(
            title.text or other.text, title.office or other.office, title.year or other.year
        )
    return title


def _parts_of(name: str) -> tuple[str, ...]:
    """Return a name of a document whole and in the parts that sites make names of."""
    return (name, *SITE_SEPARATORS.split(name))


def _head_lines(pieces: Sequence[Piece]) -> list[str]:
    """Return the lines before the first section's heading; all short lines when there is none."""
    lines: list[str] = []
    for piece in pieces:
        if isinstance(piece.block, Grid):
            texts = [
                cell.text for row in piece.block.rows for cell in row.cells if cell.text.strip()
            ]
            lines.extend(texts[:NEIGHBOURS] if len(texts) <= NEIGHBOURS else [])
            continue
        if piece.section and piece.paragraph == 0 and lines:
            break
        lines.extend(line for line in piece.block.text.splitlines() if line.strip())
        if len(lines) >= LONGEST_HEAD:
            break
    return lines


def _from_lines(lines: Sequence[str], named: Sequence[Title]) -> Title | None:
    """Return the best title: a single line that says all, else neighbouring lines joined."""
    found: list[Title] = []
    for count in range(1, NEIGHBOURS + 1):
        read = (
            _as_title("".join(lines[start : start + count]))
            for start in range(len(lines) - count + 1)
        )
        titles = [title for title in read if title is not None]
        whole = [title for title in titles if title.office and title.year]
        if whole:
            return _own(whole, named)
        found += titles
    return max(found, key=lambda title: bool(title.office) + bool(title.year), default=None)


def _own(titles: Sequence[Title], named: Sequence[Title]) -> Title:
    """Return the document's own of the titles above its text."""
    said = {(title.office, title.year) for title in named}
    own = [title for title in titles if (title.office, title.year) in said]
    if own or len({title.year for title in titles}) == 1:
        return (own or titles)[0]
    return titles[-1]


def _as_title(line: str) -> Title | None:
    """Read a line as a title; None when it is not one."""
    text = normalize(line).replace("资讯", "信息")
    if not text or len(text) > LONGEST_TITLE or not REPORT_TITLE.search(text):
        return None
    text = _without_quotes(text)
    if SENTENCE_MARKS.search(text) or not REPORT_TITLE.search(text):
        return None
    year = year_in(text)
    office = _office_in(text)
    return Title(" ".join(line.split()), office, year)


def _without_quotes(text: str) -> str:
    """Take the title out of 《…》, or only the marks away where office or year stand outside."""
    inside = QUOTED.search(text)
    if inside is None or not REPORT_TITLE.search(inside.group(1)):
        return text
    says_all = year_in(inside.group(1)) and _office_in(inside.group(1))
    is_sentence = SENTENCE_MARKS.search(text)
    return inside.group(1) if says_all or is_sentence else text.replace('"', "")


def _office_in(text: str) -> str | None:
    """Return what is left of a title without its year, subject and ending."""
    rest = SUBJECT_AND_END.sub("", text)
    rest = YEAR.sub("", rest)
    rest = LEADING.sub("", rest)
    rest = re.sub(r"(?:年度|年|的|工作|关于)+$", "", rest)
    rest = re.sub(r"\((?:草案|征求意见稿|公开版|全文)\)", "", rest).strip("-:.、的#*")
    if rest.count("(") != rest.count(")"):
        rest = rest.strip("()")
    return rest if len(rest) >= 2 and not rest.isdigit() else None


def year_in(text: str) -> int | None:
    """Return the first plausible year in a normalized text, in digits or in Chinese."""
    for match in YEAR.finditer(text):
        year = year_of(match.group(1))
        if FIRST_YEAR <= year <= LAST_YEAR:
            return year
    return None


def reports_in(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Return the titles of the reports in a document: those with a general section of their own."""
    titles: dict[tuple[str | None, int | None], str] = {}
    openings = 0
    for piece in pieces:
        if piece.text is None:
            continue
        openings += piece.section == 1 and piece.paragraph == 0
        title = _as_title(piece.text)
        if title is not None and title.text and title.office and title.year:
            titles.setdefault((title.office, title.year), title.text)
    return tuple(titles.values()) if openings > 1 else tuple(titles.values())[:1]


OFFICE_LINE = re.compile(
    r"^[一-鿿]{2,30}(?:人民政府|办公室|办公厅|办事处|委员会|局|厅|部|院|署|所|中心|管委会|政府)$"
)


def signing_office(pieces: Sequence[Piece]) -> str | None:
    """Return the office of a line that is nothing but an office's name, the last one found."""
    for piece in reversed(pieces):
        if isinstance(piece.block, Grid):
            continue
        text = normalize(piece.block.text)
        if OFFICE_LINE.match(text):
            return text
    return None
