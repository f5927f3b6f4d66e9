"""What each page is about: its title, description and data, for search and for those who share it.

The Streamlit pages themselves are drawn by scripts; this is what stands in their HTML before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Engine
from starlette.requests import Request

from gipcore.export.columns import Origin
from gipcore.store import reading
from gipcore.store.database import database_state, database_version
from gipcore.store.query import Query
from gipcore.store.rows import ReportRow
from gipcore.web import words
from gipcore.web.linked_data import dataset, dataset_of_office, dataset_of_report
from gipcore.web.plain import report_page
from gipcore.words import Language, Text

LONGEST_ID = 100
KEPT = 512  # reports and offices whose facts are kept
NEWEST = 20  # reports that are named on pages of all the data
WITH_DATASET = ("/", "/download")


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What a page is about; equal only to itself, so that what is made of it can be kept.

    `path` and `query` make its one address, without the language; `data` describes it to search
    engines in each language; `reports` are the ids and names of the plain pages that hold the same,
    or of the newest. A page of what `is_unknown` is not to be found by search.
    """

    path: str
    title: Text
    description: Text
    query: str = ""
    data: Mapping[Language, Mapping[str, Any]] | None = None
    reports: Mapping[str, Text] = field(default_factory=dict)
    is_unknown: bool = False


def subject_of_path(path: str, site: str) -> Subject:
    """Return what a page is about whatever its parameters."""
    title, description = words.PAGES.get(path, (None, words.DESCRIPTION))
    name = words.SITE_NAME if title is None else _on_site(title)
    data = {each: dataset(site, each) for each in Language} if path in WITH_DATASET else None
    return Subject(path, name, description, data=data)


def asks_of(request: Request) -> tuple[str, str] | None:
    """Return the path and the id of what a page says that only the database knows; None for none.

    It is a report, an office, or the whole of the data, which has no id.
    """
    path = request.url.path
    if path in WITH_DATASET:
        return path, ""
    name = {"/report": "report", "/office": "office"}.get(path)
    code = request.query_params.get(name) if name else None
    if name is None or not code or len(code) > LONGEST_ID or not code.isprintable():
        return None
    return path, code


def find_subject(engine: Engine, path: str, code: str, site: str) -> Subject:
    """Return what a page is about, given what `asks_of` it tells.

    Raises StoreError where the database cannot be used.
    """
    return _found(engine, database_version(engine), path, code, site)


@lru_cache(maxsize=KEPT)
def _found(engine: Engine, _version: str, path: str, code: str, site: str) -> Subject:
    if path in WITH_DATASET:
        return _whole(engine, path, site)
    found = _office(engine, code, site) if path == "/office" else _report(engine, code, site)
    return _unknown(path, site) if found is None else found


@lru_cache
def _unknown(path: str, site: str) -> Subject:
    """Return one for all unknown ids, so that what is kept of known ones is not driven out."""
    return replace(subject_of_path(path, site), is_unknown=True)


def _whole(engine: Engine, path: str, site: str) -> Subject:
    """Return what a page of all the data is about: their state, and the newest reports."""
    state = database_state(engine)
    newest = reading.recent_reports(engine, Query(), limit=NEWEST)
    return replace(
        subject_of_path(path, site),
        data={each: dataset(site, each, state) for each in Language},
        reports={row.id: _title(row) for row in newest},
    )


def _report(engine: Engine, code: str, site: str) -> Subject | None:
    office, _, year = code.rpartition("-")
    if not office or "," in office or not (year.isascii() and year.isdigit() and len(year) == 4):
        return None
    found = reading.reports(engine, Query(office=office, year=int(year)), limit=1)
    if not found:
        return None
    row = found[0]
    title = _title(row)
    origin = Origin(site, is_synthetic=False)
    return Subject(
        report_page("", row.id, Language.ZH),  # holds the same, and needs no scripts
        _on_site(title),
        _of(words.REPORT_DESCRIPTION, row.office_name, row.office_name_en, row.year),
        data={each: dataset_of_report(row, origin, each) for each in Language},
        reports={row.id: title},
    )


def _office(engine: Engine, code: str, site: str) -> Subject | None:
    row = reading.office(engine, code)
    if row is None:
        return None
    reports = reading.reports(engine, Query(office=row.id)) if row.reports else ()
    return Subject(
        "/office",
        _on_site(Text(row.name, row.name_en or row.name)),
        _of(words.OFFICE_DESCRIPTION, row.name, row.name_en, None),
        urlencode({"office": row.id}),
        {each: dataset_of_office(row, site, each) for each in Language} if row.reports else None,
        {
            report.id: _of(words.REPORT_TITLE, row.name, row.name_en, report.year)
            for report in reports
        },
    )


def _title(row: ReportRow) -> Text:
    return _of(words.REPORT_TITLE, row.office_name, row.office_name_en, row.year)


def _of(said: Text, name: str, name_en: str | None, year: int | None) -> Text:
    return Text(
        said.zh.format(office=name, year=year), said.en.format(office=name_en or name, year=year)
    )


def _on_site(title: Text) -> Text:
    return Text(f"{title.zh} · {words.SITE_NAME.zh}", f"{title.en} · {words.SITE_NAME.en}")
