"""The synthetic country as a database."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.random import Generator

from gipcore.demo.country import make_country
from gipcore.demo.faults import FAULT_SHARE, Cells, as_printed, damage
from gipcore.demo.figures import yearly_figures
from gipcore.demo.text import claims_of, passages_of
from gipcore.errors import StoreError, WrongUseError
from gipcore.form import requests
from gipcore.form.editions import edition_in_force
from gipcore.form.report import OfficeName, Report, SourceFile
from gipcore.register.rows import RegisteredOffice
from gipcore.store.building import has_database, new_database
from gipcore.store.database import database_state, open_engine
from gipcore.store.records import Reading
from gipcore.store.writing import Rejected

Progress = Callable[[int, int, str], None]
FORMAT = "synthetic"
UNPUBLISHED_SHARE = 0.04
REVISED_SHARE = 0.02
REJECTED_SHARE = 0.005
BYTES_OF_DOCUMENT = 40_000
SCAN_CODE = "scan_without_text"
SCAN = "the pages are pictures without text; recognize them (OCR) first"


def write_demo(
    url: str | None,
    offices: int,
    years: Sequence[int],
    seed: int,
    progress: Progress | None = None,
) -> None:
    """Put a synthetic country at the place of a database; the same seed gives the same country.

    Raises WrongUseError rather than replace a database of real reports.
    """
    _spare_real_reports(url)
    country = make_country(offices, seed)
    with new_database(url, country, is_synthetic=True) as writer:
        for done, office in enumerate(country.offices, start=1):
            for found in _readings(office, years, np.random.default_rng([seed, done])):
                if isinstance(found, Rejected):
                    writer.reject(found)
                else:
                    writer.save(found)
            if progress is not None:
                progress(done, offices, office.name)


def _spare_real_reports(url: str | None) -> None:
    if not has_database(url):
        return
    engine = open_engine(url, read_only=True)
    try:
        if database_state(engine).is_synthetic:
            return
    except StoreError:
        pass  # of another version: what it holds is not known, so it is spared
    finally:
        engine.dispose()
    raise WrongUseError(
        "the database there holds real reports, or was made by another version of the program; "
        "give the address of another one with --database"
    )


def _readings(
    office: RegisteredOffice, years: Sequence[int], dice: Generator
) -> Iterator[Reading | Rejected]:
    """Yield what was read of an office: reports, some of them revised, and what gave none."""
    for made in yearly_figures(office.level, office.function, years, dice):
        luck = dice.random()
        read_at = datetime(made.year + 1, 1, 31, tzinfo=UTC) + timedelta(days=luck * 60)
        if luck < UNPUBLISHED_SHARE:
            continue
        if luck < UNPUBLISHED_SHARE + REJECTED_SHARE:
            file = f"{office.id}-{made.year}.pdf"
            yield Rejected(_hash(file), file, SCAN_CODE, SCAN, read_at, office.id, made.year)
            continue
        cells = as_printed(made.figures)
        if luck > 1 - REVISED_SHARE:
            yield Reading(_report(office, made.year, damage(cells, dice), dice), read_at)
            read_at += timedelta(days=30)
        elif dice.random() < FAULT_SHARE:
            cells = damage(cells, dice)
        yield Reading(_report(office, made.year, cells, dice), read_at)


def _report(office: RegisteredOffice, year: int, cells: Cells, dice: Generator) -> Report:
    edition = edition_in_force(year)
    title = f"{office.name}{year}年政府信息公开工作年度报告"
    received = cells[f"{requests.RECEIVED.id}.{requests.TOTAL.id}"].number
    disposed = cells[f"{requests.DISPOSED.id}.{requests.TOTAL.id}"].number
    claims = claims_of(received, disposed, dice)
    file = f"{office.id}-{year}.html"
    return Report(
        source=SourceFile(file, _hash(repr(cells) + file), FORMAT, BYTES_OF_DOCUMENT),
        office=OfficeName(office.name),
        year=year,
        form=edition.id,
        title=title,
        cells=cells,
        claims=claims,
        years_named={"title": year, "period": year},
        passages=passages_of(office.name, year, claims, dice),
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
