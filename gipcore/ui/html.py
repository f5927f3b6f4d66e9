"""HTML of our own: every value is escaped by Markup, since documents and visitors are hostile."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup, escape

from gipcore.ui.language import language
from gipcore.words import Language

Content = str | Markup
SIGNS = re.compile(r"[!-/:-@\[-`{-~]")  # which mean something in the labels of widgets
TAG = re.compile("(<[^>]*>)")
# Chinese characters with what is written between them.
CHINESE = re.compile("[\u3400-\u9fff][\u3000-\u303f\u3400-\u9fff\uff00-\uffef]*")


def show(html: Markup) -> None:
    """Draw HTML; only Markup is taken, so that nothing unescaped can get here."""
    if not isinstance(html, Markup):
        raise TypeError(f"HTML to draw must be Markup, not {type(html).__name__}")
    if html:
        marked = mark_chinese(html) if language() is Language.EN else html
        st.html(f"<div>{marked}</div>")


def mark_chinese(html: Markup) -> Markup:
    """Say of Chinese words in an English view that they are Chinese, so that they are read so."""
    pieces, is_drawing = [], False
    for piece in TAG.split(html):
        if piece.startswith("<"):
            is_drawing = piece.startswith("<svg") or (is_drawing and piece != "</svg>")
        elif not is_drawing:  # a drawing has no place for an element of text
            piece = CHINESE.sub(r'<span lang="zh-CN">\g<0></span>', piece)
        pieces.append(piece)
    return Markup("".join(pieces))  # noqa: S704 - what was escaped before stays so


def plainly(words: str) -> str:
    """Return words for the label of a widget, where a name must not be read as markup."""
    return SIGNS.sub(r"\\\g<0>", words)


def join(parts: Iterable[Content], by: Content = "") -> Markup:
    """Put pieces together, escaping those that are not Markup."""
    return escape(by).join(parts)


def element(tag: str, content: Content = "", **attributes: str | int | None) -> Markup:
    """Return one element; `css` is its class, underscores in names are dashes, None leaves out.

    It is put together by hand: a page has thousands, and `Markup.format` takes four times as long.
    """
    given = "".join(
        f' {"class" if name == "css" else name.replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{tag}{given}>{escape(content)}</{tag}>")  # noqa: S704 - both are escaped


def link(words: Content, address: str, *, css: str | None = None) -> Markup:
    """Return a link within the site or to a route beside it."""
    return element("a", words, href=address, css=css)


def paragraph(words: Content, *, css: str | None = None) -> Markup:
    """Return a paragraph."""
    return element("p", words, css=css)


def facts(pairs: Iterable[tuple[Content, Content]]) -> Markup:
    """Return names and values as a description list."""
    return element(
        "dl", join(element("dt", n) + element("dd", v) for n, v in pairs), css="gip-facts"
    )


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading, and whether it holds figures.

    `is_plain`: its cells need no heading beside them where a narrow screen lists them.
    """

    title: Content
    is_number: bool = False
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table that is coloured by its figure: how much, in per cent of the accent."""

    content: Content
    heat: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells, the first being its heading, and a class that says what kind it is."""

    cells: Sequence[Content | Cell]
    css: str | None = None


def table(
    caption: Content,
    columns: Sequence[Column],
    rows: Iterable[Row | Sequence[Content | Cell]],
    css: str = "",
    *,
    is_list: bool = False,
) -> Markup:
    """Return an accessible table; where the screen is narrow it scrolls by itself.

    `is_list`: there it lists its rows instead, each cell with its heading. The roles say what a
    browser forgets of a table that is not drawn as one.
    """
    head = join(
        element(
            "th",
            column.title,
            scope="col",
            role="columnheader" if is_list else None,
            css="gip-number" if column.is_number else None,
        )
        for column in columns
    )
    body = join(_row(columns, row if isinstance(row, Row) else Row(row), is_list) for row in rows)
    group, line = ("rowgroup", "row") if is_list else (None, None)
    return element(
        "div",
        element(
            "table",
            element("caption", element("span", caption))
            + element("thead", element("tr", head, role=line), role=group)
            + element("tbody", body, role=group),
            role="table" if is_list else None,
            css=" ".join(filter(None, ("gip-table", "gip-listed" if is_list else "", css))),
        ),
        css="gip-scroll",
        tabindex=0,
        role="group",
        aria_label=escape(caption).striptags(),
    )


def _row(columns: Sequence[Column], row: Row, is_list: bool) -> Markup:
    first, *others = zip(columns, row.cells, strict=True)
    heading = element(
        "th",
        _content(first[1]),
        scope="row",
        role="rowheader" if is_list else None,
        css=_kind(first[0], first[1]),
    )
    cells = join(
        element(
            "td",
            _content(cell),
            role="cell" if is_list else None,
            data_title=_title(column) if is_list else None,
            css=_kind(column, cell),
            style=f"--heat:{cell.heat}%" if isinstance(cell, Cell) else None,
        )
        for column, cell in others
    )
    return element("tr", heading + cells, role="row" if is_list else None, css=row.css)


def _title(column: Column) -> str | None:
    return None if column.is_plain else escape(column.title).striptags()


def _content(cell: Content | Cell) -> Content:
    return cell.content if isinstance(cell, Cell) else cell


def _kind(column: Column, cell: Content | Cell) -> str | None:
    kinds = ["gip-number"] * column.is_number + ["gip-heat"] * isinstance(cell, Cell)
    return " ".join(kinds) or None
