"""Everything that pages read from the store, kept by the database's version.

The rows are frozen, so all visitors share the same objects (`cache_resource`): nothing is pickled
or copied on a rerun. A new database, or a changed one, has a new version and is read anew.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import replace
from itertools import islice
from typing import Concatenate, Literal, ParamSpec, TypeVar, cast

import streamlit as st
from sqlalchemy import Engine

from gipcore.errors import StoreError
from gipcore.export.tables import TABLES
from gipcore.form.report import Passage
from gipcore.labels import words
from gipcore.metrics import spread
from gipcore.metrics.peers import Quartiles, quartiles_by_name
from gipcore.metrics.repeated import TextComparison, compare_texts
from gipcore.register.names import normalize_name
from gipcore.register.sounds import syllables
from gipcore.store import database, read_changes, reading
from gipcore.store.query import EVERYTHING as EVERYTHING
from gipcore.store.query import Query
from gipcore.store.read_changes import ChangeRow, Past
from gipcore.store.read_reviews import Order, Reviewed, ReviewedOffice
from gipcore.store.reading import Distribution, FoundOffice
from gipcore.store.rows import Balance as Balance
from gipcore.store.rows import (
    BreakdownRow,
    CellChange,
    CellSum,
    ChainYear,
    CheckCount,
    Coverage,
    DatabaseState,
    FindingRow,
    GoneFindingRow,
    OfficeRow,
    PeerRow,
    RegionRow,
    RejectedRow,
    ReportRow,
    StoredReport,
    YearTotal,
)
from gipcore.store.snapshots import Snapshot

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
Question = Callable[Concatenate[Engine, Given], Answer]

ANY_NAME = "政府"
log = logging.getLogger(__name__)
# What this rerun saw of the database: each rerun has a thread and so a context of its own.
_seen: ContextVar[DatabaseState | None] = ContextVar("_seen", default=None)
KEPT = 1000  # answers kept, the longest unused go first


def _dispose(engine: Engine) -> None:
    engine.dispose()


@st.cache_resource(max_entries=2, show_spinner=False, on_release=_dispose)
def _open(url: str) -> Engine:
    return database.open_engine(url, read_only=True)


def _engine() -> Engine:
    return _open(database.database_url())


@st.cache_resource(max_entries=2, show_spinner=False)
def _state(url: str, version: str) -> DatabaseState:
    return database.database_state(_open(url))


def look_again() -> DatabaseState:
    """Look at the database; what it says of itself holds for the rest of the rerun.

    Raises StoreError when it cannot be used.
    """
    _seen.set(None)
    _seen.set(_look())
    return state()


def prepare() -> None:
    """Read what every page needs, so that no visitor waits for it: words, sounds, regions."""
    words()
    syllables(ANY_NAME)
    try:
        look_again()
        regions_within(None)
        regions_by_code()
    except StoreError as fault:  # each page says so, and looks again
        log.warning("%s", fault.message)


def state() -> DatabaseState:
    """Return what the database says of itself; raises StoreError when it cannot be used."""
    return _seen.get() or _look()


def _look() -> DatabaseState:
    return _state(database.database_url(), database.database_version(_engine()))


def _ask(
    question: Question[Given, Answer], *arguments: Given.args, **named: Given.kwargs
) -> Answer:
    """Put a question to the store, or return the answer that is kept.

    All that is asked with is frozen and shows its values: as one text it is a key at a tenth of
    what Streamlit takes to look into a query.
    """
    version = state().content_hash
    asked = repr((version, question.__name__, arguments, named))
    try:
        return _keep(asked, version, lambda engine: question(engine, *arguments, **named))
    except _OfAnotherDatabaseError as found:
        return cast(Answer, found.answer)


class _OfAnotherDatabaseError(Exception):
    """The database was replaced before a question was answered: the answer is not to be kept."""

    def __init__(self, answer: object) -> None:
        super().__init__()
        self.answer = answer


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _keep(asked: str, _version: str, _question: Callable[[Engine], Answer]) -> Answer:
    answer = _question(_engine())
    if _look().content_hash != _version:
        raise _OfAnotherDatabaseError(answer)
    return answer


def past(snapshot: Snapshot) -> Past:
    """Return what can be said of a state of the data that was cited."""
    return _ask(read_changes.past, snapshot)


def changes_since(query: Query, snapshot: Snapshot, limit: int) -> tuple[ChangeRow, ...]:
    """Return the first changes since a state of the data that was cited."""
    return _ask(_changes_since, query, snapshot, limit)


def _changes_since(
    engine: Engine, query: Query, snapshot: Snapshot, limit: int
) -> tuple[ChangeRow, ...]:
    return tuple(islice(read_changes.changes(engine, query, snapshot), limit))


def years() -> tuple[int, ...]:
    """Return the years that have reports, newest first."""
    return _ask(reading.years)


def years_of(query: Query) -> tuple[int, ...]:
    """Return the years with reports within a query, newest first, whatever it says of balance."""
    within = replace(query, balanced=None, unbalanced=None)
    return tuple(sorted((total.year for total in yearly_totals(within)), reverse=True))


def regions() -> tuple[RegionRow, ...]:
    """Return the regions that hold offices."""
    return _ask(reading.regions)


def regions_by_code() -> Mapping[str, RegionRow]:
    """Return the regions by their codes."""
    return _ask(_regions_by_code)


def _regions_by_code(_: Engine) -> Mapping[str, RegionRow]:
    return {region.code: region for region in regions()}


def regions_within(code: str | None) -> tuple[RegionRow, ...]:
    """Return the regions directly below one, those that hold offices; None gives the provinces."""
    return tuple(_ask(_regions_by_parent).get(code, ()))


def _regions_by_parent(_: Engine) -> Mapping[str | None, Sequence[RegionRow]]:
    found = defaultdict(list)
    for region in regions():
        found[region.parent_code].append(region)
    return dict(found)


def regions_named(beginning: str) -> tuple[RegionRow, ...]:
    """Return the regions of which a name begins so, the largest first; it is in one spelling."""
    named = (
        region
        for region, names in _ask(_names_of_regions)
        if any(name.startswith(beginning) for name in names)
    )
    return tuple(sorted(named, key=lambda region: -region.offices))


def _names_of_regions(_: Engine) -> Sequence[tuple[RegionRow, tuple[str, ...]]]:
    """Return the regions with their names in one spelling."""
    return [
        (region, tuple(map(normalize_name, filter(None, (region.name, region.name_en)))))
        for region in regions()
    ]


def region(code: str) -> RegionRow | None:
    """Return a region, one without offices too; None when the register has no such code."""
    return regions_by_code().get(code) or _ask(reading.region, code)


def offices(query: Query, limit: int, offset: int = 0) -> tuple[OfficeRow, ...]:
    """Return offices in the order of the register."""
    return _ask(reading.offices, query, limit=limit, offset=offset)


def find_offices(words: str) -> tuple[FoundOffice, ...]:
    """Return the offices that the words of a visitor may mean, the surest first."""
    return _ask(reading.find_offices, words)


def recent_reports(query: Query, limit: int) -> tuple[ReportRow, ...]:
    """Return the reports that were read or revised last, the latest first."""
    return _ask(reading.recent_reports, query, limit=limit)


def granted(query: Query) -> Distribution:
    """Return how the share of requests granted in full is distributed over reports."""
    return _ask(spread.granted, query)


def office(office_id: str) -> OfficeRow | None:
    """Return one office; None when the register has no such id."""
    return _ask(reading.office, office_id)


def offices_named(query: Query) -> tuple[OfficeRow, ...]:
    """Return the offices that a query names."""
    ids = () if query.office is None else query.office.split(",")
    return tuple(found for each in ids if (found := office(each)) is not None)


def reports(query: Query, limit: int | None = None, offset: int = 0) -> tuple[ReportRow, ...]:
    """Return reports, the newest year first."""
    return _ask(reading.reports, query, limit=limit, offset=offset)


def peer_figures(query: Query) -> tuple[PeerRow, ...]:
    """Return all reports of a query with their headline figures alone."""
    return _ask(reading.peer_figures, query)


def peer_quartiles(query: Query, but: tuple[str, ...]) -> Mapping[str, Quartiles | None]:
    """Return the quartiles of shares and flow over the reports of a query, some offices apart."""
    return _ask(_peer_quartiles, query, but)


def _peer_quartiles(
    engine: Engine, query: Query, but: tuple[str, ...]
) -> Mapping[str, Quartiles | None]:
    rows = reading.peer_figures(engine, query)
    return quartiles_by_name([row for row in rows if row.office_id not in but])


def count_reports(query: Query) -> int:
    """Return how many reports a query finds."""
    return _ask(reading.count_reports, query)


def balance(query: Query) -> Balance:
    """Return how many reports of a query balance, whatever the query says of balance."""
    return _ask(reading.balance, query)


def balance_by_year(query: Query) -> Mapping[int, Balance]:
    """Return the balance of each year that has reports, newest first."""
    wanted = years() if query.year is None else (query.year,)
    found = {year: balance(replace(query, year=year)) for year in wanted}
    return {year: entry for year, entry in found.items() if entry.reports}


def report(report_id: str, revision: int | None = None) -> StoredReport | None:
    """Return one report with all its cells and outcomes, the newest revision unless asked else.

    None when there is none.
    """
    return _ask(reading.report, report_id, revision)


def report_changes(report_id: str) -> tuple[CellChange, ...]:
    """Return the cells that each revision of a report changed."""
    return _ask(reading.report_changes, report_id)


def repeated(
    earlier_id: str, earlier: int | None, later_id: str, later: int | None
) -> TextComparison | None:
    """Return the texts of two reports side by side; None when one of them is not kept."""
    return _ask(_repeated, earlier_id, earlier, later_id, later)


def _repeated(
    engine: Engine, earlier_id: str, earlier: int | None, later_id: str, later: int | None
) -> TextComparison | None:
    before = reading.passages(engine, earlier_id, earlier)
    return compare_texts(before, reading.passages(engine, later_id, later))


def findings(query: Query, limit: int | None = None, offset: int = 0) -> tuple[FindingRow, ...]:
    """Return failed checks, errors first."""
    return _ask(reading.findings, query, limit=limit, offset=offset)


def count_findings(query: Query) -> int:
    """Return how many failed checks a query finds."""
    return _ask(reading.count_findings, query)


def finding_counts(query: Query) -> tuple[CheckCount, ...]:
    """Return for each check how many reports passed, failed, or could not be decided."""
    return _ask(reading.finding_counts, query)


def findings_of(office_id: str, year: int) -> tuple[FindingRow, ...]:
    """Return the failed checks of one report, errors first."""
    return findings(Query(office=office_id, year=year))


def gone_findings(query: Query, limit: int) -> tuple[GoneFindingRow, ...]:
    """Return failed checks that an older revision had and the newest has not."""
    return _ask(reading.gone_findings, query, limit=limit)


def count_gone_findings(query: Query) -> int:
    """Return how many failed checks of older revisions are gone."""
    return _ask(reading.count_gone_findings, query)


def breakdown(query: Query, by: Literal["region", "level", "year"]) -> tuple[BreakdownRow, ...]:
    """Return reports and findings of a query by region, level or year."""
    return _ask(reading.breakdown, query, by)


def chain(office_id: str) -> tuple[ChainYear, ...]:
    """Return what an office took over and handed on, year by year from the first to the last."""
    return _ask(reading.chain, office_id)


def reviewed_offices(
    query: Query, order: Order, limit: int, offset: int
) -> tuple[ReviewedOffice, ...]:
    """Return offices with a case of reconsideration or litigation."""
    return _ask(reading.reviewed_offices, query, order=order, limit=limit, offset=offset)


def count_reviewed(query: Query) -> Reviewed:
    """Return how many offices and reports of a query have such a case."""
    return _ask(reading.count_reviewed, query)


def offices_without_report(query: Query, limit: int) -> tuple[OfficeRow, ...]:
    """Return the offices of a query that have no report in it."""
    return _ask(reading.offices_without_report, query, limit=limit)


def passages(report_id: str) -> tuple[Passage, ...]:
    """Return the text of a report as printed; empty when only its figures are kept."""
    return _ask(reading.passages, report_id)


def rejected(query: Query, limit: int) -> tuple[RejectedRow, ...]:
    """Return documents that gave no report, the newest read first."""
    return _ask(reading.rejected, query, limit=limit)


def count_rows(table: str, query: Query) -> int:
    """Return how many rows the file of a table has."""
    return _ask(_count_rows, table, query)


def _count_rows(engine: Engine, table: str, query: Query) -> int:
    return TABLES[table].count(engine, query)


def first_rows(table: str, query: Query, limit: int) -> tuple[object, ...]:
    """Return the rows that the file of a table begins with."""
    return _ask(_first_rows, table, query, limit)


def _first_rows(engine: Engine, table: str, query: Query, limit: int) -> tuple[object, ...]:
    return TABLES[table].page(engine, query, limit, None).rows


def coverage(query: Query) -> Coverage:
    """Return how much of the register a query covers."""
    return _ask(reading.coverage, query)


def sums(query: Query) -> Mapping[str, CellSum]:
    """Return the sums of every cell over the reports of a query."""
    return _ask(reading.sums, query)


def yearly_sums(query: Query, names: tuple[str, ...]) -> Mapping[int, Mapping[str, CellSum]]:
    """Return the sums of some cells by year."""
    return _ask(reading.yearly_sums, query, names)


def yearly_totals(query: Query) -> tuple[YearTotal, ...]:
    """Return the sums of the headline figures by year."""
    return _ask(reading.yearly_totals, query)
