"""How the store fares with many reports: how fast it is written, how long its questions take.

    python -m tests.bench.bench_store [--reports 20000] [--database URL] [--keep]

The full size to plan for is 1,100,000 reports (about an hour, 6 GB). With --keep an existing
database of the address is asked without being written again.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine

from gipcore.form.report import OfficeName, Passage, Report, SourceFile, Value
from gipcore.register.rows import Register, RegisteredOffice, RegisteredRegion
from gipcore.store import reading
from gipcore.store.building import has_database, new_database
from gipcore.store.database import database_state, open_engine, sqlite_path, url_of_file
from gipcore.store.query import Query
from gipcore.store.records import Reading
from tests.factories import make_report, value_of

YEARS = range(2019, 2026)
PROVINCES, CITIES, COUNTIES = 31, 11, 9
FUNCTIONS = (
    "government",
    "general_office",
    "development_and_reform",
    *(f"bureau_{n}" for n in range(20)),
)
REPEATS = 7
HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 800)]  # about as many as reports use
CHARACTERS = 2000  # of a report's text
PARAGRAPHS = 20
REVISED = 100  # one report in so many comes a second time, changed
LEAVES = ("granted", "partially_granted", "denied.third_party_rights", "unable_to_provide.not_held")
COLUMNS = ("natural_person", "business")


def regions() -> Iterator[RegisteredRegion]:
    """Yield a country of about 3,000 counties."""
    for province in range(11, 11 + PROVINCES):
        yield RegisteredRegion(f"{province}0000", f"第{province}省", None, "province")
        for city in range(1, 1 + CITIES):
            above = f"{province}{city:02}00"
            yield RegisteredRegion(above, f"{city}号市", f"{province}0000", "city")
            for county in range(1, 1 + COUNTIES):
                code = f"{province}{city:02}{county:02}"
                yield RegisteredRegion(code, f"{county}号县", above, "county")


def register(offices: int) -> Register:
    """Return that country with so many offices, spread over its counties."""
    found = tuple(regions())
    counties = [region for region in found if region.level == "county"]
    made = []
    for number in range(offices):
        region = counties[number % len(counties)]
        place = number // len(counties)
        is_town = place >= len(FUNCTIONS)
        level, function = ("township", "subdistrict") if is_town else ("county", FUNCTIONS[place])
        name = f"{region.code}第{place}号机关"
        made.append(RegisteredOffice(f"office-{number}", name, (), level, function, region.code))
    return Register(found, tuple(made))


def reports(known: Register) -> Iterator[Report]:
    """Yield a report of each office on each year, most figures 0, one in thirty unbalanced."""
    dice = random.Random(7)
    blanks = {year: make_report("", year) for year in YEARS}
    for office in known.offices:
        for year in YEARS:
            figures = {leaf: dice.randrange(30) if dice.random() < 0.3 else 0 for leaf in LEAVES}
            disposed = sum(figures.values())
            received = disposed + (1 if dice.random() < 1 / 30 else 0)
            figures |= {"received": received, "disposed": disposed}
            column = COLUMNS[dice.random() < 0.2]
            cells: dict[str, Value] = {
                **blanks[year].cells,
                "proactive.licences.decisions": value_of(dice.randrange(5000)),
            }
            for line, figure in figures.items():
                cells[f"{line}.{column}"] = cells[f"{line}.total"] = value_of(figure)
            made = replace(
                blanks[year],
                source=SourceFile("a.html", f"{dice.getrandbits(256):064x}", "html", 40_000),
                office=OfficeName(office.name),
                title=f"{office.name}{year}年政府信息公开工作年度报告",
                cells=cells,
                passages=text(dice),
            )
            yield made
            if dice.randrange(REVISED) == 0:
                yield revised(made)


def text(dice: random.Random) -> tuple[Passage, ...]:
    """Return paragraphs of made-up words: harder to compress than the ones people write."""
    return tuple(
        Passage(1, "".join(dice.choices(HAN, k=CHARACTERS // PARAGRAPHS)), f"section 1, {number}")
        for number in range(PARAGRAPHS)
    )


def revised(report: Report) -> Report:
    """Return a report as it is published again, its table 3 blown out of balance."""
    cells = {**report.cells, "carried_forward.natural_person": value_of(1)}
    source = replace(report.source, sha256=report.source.sha256[::-1])
    return replace(report, source=source, cells=cells)


def write(url: str, number: int) -> None:
    """Write so many reports and say how long it took."""
    known = register(-(-number // len(YEARS)))
    start = time.perf_counter()
    with new_database(url, known, is_synthetic=True) as writer:
        for report in islice(reports(known), number):
            writer.save(Reading(report))
        written = time.perf_counter()
    finished = time.perf_counter()
    print(f"written: {number / (written - start):,.0f} reports/s", end="; ")
    print(f"sums, indexes and putting in place: {finished - written:.1f} s", end="; ")
    print(f"in all {(finished - start) / 60:.1f} min")


QUERIES = {
    "the country": Query(),
    "the country, a year": Query(year=2024),
    "a province and year": Query(region="210000", year=2024),
    "a city": Query(region="210300"),
    "a county and year": Query(region="210303", year=2024),
    "a function": Query(function="bureau_3"),
    "townships of a year": Query(level="township", year=2023),
    "unbalanced, a year": Query(balanced=False, year=2024),
    "unbalanced, a province": Query(balanced=False, region="210000"),
    "a check": Query(check="C301"),
    "a check, a county": Query(check="C301", region="210303"),
    "errors": Query(severity="error"),
    "not replied": Query(replied=False, year=2024),
    "a search": Query(search="2103 第3号"),
    "an office": Query(office="office-17"),
}
SOUGHT = {  # what visitors look for, by how it is found
    "exact": "210303第3号机关",
    "beginning": "210303",
    "part": "第3号机",
    "pinyin": "haojiguan",
    "initials": "hjg",
    "region": "第21省",
    "two words": "第21省 第3号",
    "wrong character": "210303第3号鸡管",
    "nothing near": "啊哦呃",
    "mended pinyin": "haojigan",
}
QUESTIONS: dict[str, Callable[[Engine, Query], object]] = {
    "offices": lambda engine, query: reading.offices(engine, query, limit=50),
    "count_offices": reading.count_offices,
    "reports": lambda engine, query: reading.reports(engine, query, limit=50),
    "count_reports": reading.count_reports,
    "findings": lambda engine, query: reading.findings(engine, query, limit=50),
    "count_findings": reading.count_findings,
    "finding_counts": reading.finding_counts,
    "coverage": reading.coverage,
    "sums": reading.sums,
    "yearly_totals": reading.yearly_totals,
    "gone_findings": lambda engine, query: reading.gone_findings(engine, query, limit=50),
    "by region": lambda engine, query: reading.breakdown(engine, query, "region"),
    "by level": lambda engine, query: reading.breakdown(engine, query, "level"),
    "by year": lambda engine, query: reading.breakdown(engine, query, "year"),
    "unpublished": lambda engine, query: reading.offices_without_report(engine, query, limit=50),
}


def milliseconds(ask: Callable[[], object]) -> float:
    """Return the median time of a question, warm."""
    ask()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        ask()
        times.append(time.perf_counter() - start)
        if sum(times) > 2:
            break
    return 1000 * statistics.median(times)


def ask_everything(engine: Engine) -> None:
    """Print the median of every question for every query."""
    print(f"{'ms':24}" + "".join(f"{name:>15}" for name in QUESTIONS))
    for words, query in QUERIES.items():
        times = (milliseconds(lambda q=query, a=a: a(engine, q)) for a in QUESTIONS.values())
        print(f"{words:24}" + "".join(f"{time:15.1f}" for time in times), flush=True)
    last = reading.reports(engine, Query(), limit=2000)[-1].id
    others = {
        "years": lambda: reading.years(engine),
        "regions": lambda: reading.regions(engine),
        "database_state": lambda: database_state(engine),
        "report": lambda: reading.report(engine, "office-17-2024"),
        "passages": lambda: reading.passages(engine, "office-17-2024"),
        "chain": lambda: reading.chain(engine, "office-17"),
        "reports, a later page": lambda: reading.reports(engine, Query(), limit=50, after=last),
        "10,000 reports streamed": lambda: list(
            islice(reading.iterate_reports(engine, Query()), 10_000)
        ),
    }
    for words, ask in others.items():
        print(f"{words:24}{milliseconds(ask):15.1f}")


def find_offices(engine: Engine) -> None:
    """Print how long finding takes, as a ratio to listing the first 50 of a filter by name."""
    unit = milliseconds(lambda: reading.offices(engine, Query(search="第3号机"), limit=50))
    print(f"finding offices, in times of a filter by name ({unit:.1f} ms)")
    for way, words in SOUGHT.items():
        time = milliseconds(lambda words=words: reading.find_offices(engine, words))
        print(f"{way:24}{time / unit:15.2f}", flush=True)


def main() -> None:
    """Write a database of synthetic reports, unless one is kept, and ask it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=20_000)
    options.add_argument("--database")
    options.add_argument("--keep", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="gip-bench-") as folder:
        url = given.database or url_of_file(Path(folder) / "gip.sqlite")
        if not (given.keep and has_database(url)):
            write(url, given.reports)
        engine = open_engine(url, read_only=True)
        path = sqlite_path(engine.url)
        if path is not None:
            print(f"size: {path.stat().st_size / 1e6:,.0f} MB")
        find_offices(engine)
        ask_everything(engine)
        engine.dispose()


if __name__ == "__main__":
    main()
