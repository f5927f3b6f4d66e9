"""What a file holds: its first rows as they will be, its columns explained, its addresses."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from json import dumps

import streamlit as st
from markupsafe import Markup

from gipcore.export import csv_file
from gipcore.export.chosen import BETWEEN, COLUMNS, with_columns
from gipcore.export.columns import AnyTable, Origin
from gipcore.export.files import FORMATS, Format
from gipcore.store.query import Query
from gipcore.ui import data, views
from gipcore.ui.figures import number
from gipcore.ui.html import Column, Content, element, join, link, paragraph, show, table
from gipcore.ui.language import say, tell
from gipcore.ui.parts import heading
from gipcore.ui.query import Choices, choose_several, parameters, route, site_address, switch
from gipcore.words import Language

PREVIEWED = 10
BUNDLE, DOCS = "bundle.zip", "api/v1/docs"
FIRST = "reports"
OF_OFFICES = ("region", "level", "function", "search", "office")
FILTERS = {
    "reports": ("year", "form", "balanced", "reviewed", *OF_OFFICES),
    "cells": ("cell", "year", "form", "balanced", *OF_OFFICES),
    "findings": ("check", "severity", "replied", "year", *OF_OFFICES),
    "gone_findings": ("check", "severity", "year", *OF_OFFICES),
    "offices": OF_OFFICES,
    "offices_without_report": ("year", *OF_OFFICES),
}
OWN = ("cell", "form", "balanced", "reviewed", "check", "severity", "replied", COLUMNS)
BIG = 1_000_000  # bytes, from which a size is told in MB
JSON_ROWS = 1000  # the most of one page


@dataclass(frozen=True)
class FileView:
    """A table as far as the visitor wants it: its filters and its columns."""

    name: str
    query: Query
    columns: tuple[str, ...]

    @cached_property
    def table(self) -> AnyTable:
        """Return the table with the chosen columns."""
        return with_columns(views.files()[self.name], BETWEEN.join(self.columns))

    @property
    def whole(self) -> AnyTable:
        """Return the table with all its columns."""
        return views.files()[self.name]

    @cached_property
    def rows(self) -> int:
        """Return how many rows it has."""
        return data.count_rows(self.name, self.query)

    @cached_property
    def origin(self) -> Origin:
        """Return where its addresses lead."""
        return Origin(site_address(), data.state().is_synthetic)

    @cached_property
    def first(self) -> tuple[object, ...]:
        """Return the rows it begins with."""
        return data.first_rows(self.name, self.query, PREVIEWED)

    @property
    def about_bytes(self) -> int:
        """Return about how long it is as CSV, from the rows it begins with."""
        head = b"".join(csv_file.csv_chunks(self.table.columns, (), self.origin))
        begun = b"".join(csv_file.csv_chunks(self.table.columns, self.first, self.origin))
        of_row = (len(begun) - len(head)) / max(1, len(self.first))
        return round(len(head) + of_row * self.rows)

    def address(self, suffix: str) -> str:
        """Return the address of the file, relative to the site."""
        given: dict[str, object] = {**parameters(self.query)}
        if self.columns:
            given[COLUMNS] = BETWEEN.join(self.columns)
        if suffix == "json":
            given["limit"] = JSON_ROWS
        return route(f"api/v1/{self.name}.{suffix}", **given)


def choose_table() -> str:
    """Draw the choice among the tables; the filters of one are not those of another."""
    choices = {name: tell(table.title) for name, table in views.files().items()}
    ordered = {name: choices[name] for name in FILTERS}
    return switch("table", say("download.table"), ordered, FIRST, resets=OWN)


def choose_columns(name: str) -> tuple[str, ...]:
    """Draw the choice of columns; none chosen takes all."""
    columns = views.files()[name].columns
    choices: Choices = {column.name: f"{column.name} · {tell(column.label)}" for column in columns}
    placeholder = say("download.all_columns", columns=len(columns))
    return choose_several(COLUMNS, say("download.choose_columns"), choices, placeholder)


def draw_formats(view: FileView) -> None:
    """Draw the file in every format, each with what it is for and its limit."""
    show(
        element("div", join(_format(view, format) for format in FORMATS.values()), css="gip-files")
    )


def _format(view: FileView, format: Format) -> Markup:
    name, most = format.suffix, format.most_rows
    words = say("download.take", format=say(f"download.{name}"))
    if most is not None and view.rows > most:
        said = say("download.too_many", format=say(f"download.{name}"), most=number(most))
        return element("div", element("span", words, css="gip-untaken") + paragraph(said))
    said = say(f"download.{name}_for", most=number(most or JSON_ROWS), size=size(view.about_bytes))
    return element("div", link(words, view.address(name), css="gip-button") + paragraph(said))


def size(length: int) -> str:
    """Write a length in bytes as a person says it."""
    if length >= BIG:
        return f"{length / BIG:,.1f} MB" if length < 100 * BIG else f"{length / BIG:,.0f} MB"
    return f"{max(1, round(length / 1000)):,} kB"


def file_preview(view: FileView) -> Markup:
    """Return the first rows of a file as it will be, states and all."""
    columns = view.table.columns
    cells = [
        [_written(column.name, csv_file.text(column.value(row, view.origin))) for column in columns]
        for row in view.first
    ]
    heads = [Column(element("code", column.name)) for column in columns]
    return table(tell(view.table.title), heads, cells, css="gip-raw")


def _written(column: str, value: float | str | None) -> Content:
    words = "" if value is None else str(value)
    return element("span", words, lang=Language.EN.value) if column.endswith("_en") else words


def draw_programs(view: FileView) -> None:
    """Draw the lines that fetch the same file in programs, to be copied."""
    docs = link(say("download.docs"), f"{DOCS}#{view.name}")
    heading(say("download.programs"), join([say("download.programs_lead"), docs]))
    for words, line in _programs(view):
        show(paragraph(words, css="gip-muted gip-small"))
        st.code(line, language=None, wrap_lines=True)


def draw_everything() -> None:
    """Draw the file that holds all tables."""
    heading(say("download.everything"))
    button = link(say("download.everything_take"), BUNDLE, css="gip-button")
    said = paragraph(say("download.everything_for"))
    show(element("div", element("div", button + said), css="gip-files"))


def _programs(view: FileView) -> Iterator[tuple[Content, str]]:
    """Yield lines of programs; addresses hold no quotation marks, they are encoded there."""
    site = view.origin.site
    csv, parquet = (f"{site}/{view.address(suffix)}" for suffix in ("csv", "parquet"))
    file = f"{view.name}.parquet"
    yield say("download.in_shell"), f"curl -o {view.name}.csv '{csv}'"
    yield say("download.in_pandas"), f"import pandas\npandas.read_csv({dumps(csv)})"
    most = FORMATS["parquet"].most_rows
    if most is None or view.rows <= most:
        fetched = f"curl -o {file} '{parquet}'"
        yield say("download.in_duckdb"), f"{fetched}\nduckdb -c \"FROM '{file}'\""
    yield say("download.on_command_line"), _command(view)


def _command(view: FileView) -> str:
    given = parameters(view.query) | ({COLUMNS: BETWEEN.join(view.columns)} if view.columns else {})
    options = "".join(f" --{name} '{_quoted(code)}'" for name, code in given.items())
    return f"python -m gipcore export --table {view.name}{options} -o {view.name}.csv"


def _quoted(code: str) -> str:
    return code.replace("'", "'\\''")


def dictionary(view: FileView) -> Markup:
    """Return all columns of a file with their kinds and meanings, folded away."""
    columns = view.whole.columns
    rows = [
        [element("code", column.name), say(f"kinds.{column.kind.value}"), tell(column.label)]
        for column in columns
    ]
    heads = [
        Column(say("columns.column")),
        Column(say("columns.kind")),
        Column(say("columns.meaning")),
    ]
    words = say("download.columns", columns=len(columns))
    return element(
        "details", element("summary", words) + table(tell(view.whole.title), heads, rows)
    )
