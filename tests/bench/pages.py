"""Every page of the site in the ways that visitors see it, and how long each takes."""

import asyncio
import sqlite3
import statistics
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.bench.visitors import Measured, Visitor

VISITS, RERUNS = 5, 5
OFFICES_COMPARED = 5
# Who is looked at: offices with a report in every year, a revised report, one out of balance.
PEOPLE = {
    "office": "SELECT id FROM office WHERE level = 'county' ORDER BY reports DESC, number",
    "report": """SELECT id || '-' || year FROM report JOIN office ON office.number = office
                 WHERE is_balanced = 0 ORDER BY report.number""",
    "revised": """SELECT id || '-' || year FROM report JOIN office ON office.number = office
                  WHERE revision > 1 ORDER BY report.number""",
    "city": "SELECT code FROM region WHERE level = 'city' ORDER BY code",
    "name": "SELECT substr(name, 1, 3) FROM office ORDER BY number DESC",
}
PAGES = (
    ("overview", ""),
    ("overview", "year=all"),
    ("overview", "region={city}"),
    ("overview", "find={name}"),
    ("offices", ""),
    ("offices", "region={city}"),
    ("offices", "search={name}"),
    ("office", "office={office}"),
    ("report", "report={report}"),
    ("outcomes", ""),
    ("outcomes", "year=all"),
    ("outcomes", "region={city}"),
    ("reviews", ""),
    ("reviews", "year=all"),
    ("compare", "office={offices}"),
    ("quality", ""),
    ("quality", "region={city}&year=2023"),
    ("quality", "check=C301"),
    ("checks", ""),
    ("checks", "check=C301"),
    ("check", ""),
    ("changes", "office={office}"),
    ("revisions", "report={revised}"),
    ("download", ""),
    ("download", "table=cells&search={name}"),
    ("methods", ""),
)
FirstText = Callable[[int, str], float]  # port and address to milliseconds until the title


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its query."""

    name: str
    query: str

    @property
    def path(self) -> str:
        """Return the path in the URL: the overview is at the root."""
        return "" if self.name == "overview" else self.name

    @property
    def address(self) -> str:
        """Return the path with its query."""
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True, slots=True)
class Asked:
    """How the server answered for a page: with no answer kept, with all, and for a bare page."""

    unread: Measured
    read: Measured
    bare: Measured


def pages_of(file: Path) -> Iterator[Page]:
    """Yield every page, filled in with offices and reports that the database has."""
    with closing(sqlite3.connect(file)) as connection:
        found = {name: connection.execute(sql).fetchall() for name, sql in PEOPLE.items()}
    known = {name: rows[0][0] for name, rows in found.items() if rows}
    known["offices"] = ",".join(row[0] for row in found["office"][:OFFICES_COMPARED])
    for name, query in PAGES:
        try:
            yield Page(name, quote(query.format_map(known), safe="=&,"))
        except KeyError:  # no report is revised, or none is out of balance
            continue


def forget_answers(file: Path) -> None:
    """Make the site take the database for another one, of which no answer is kept yet."""
    with closing(sqlite3.connect(file, timeout=30)) as connection, connection:
        connection.execute("UPDATE meta SET content_hash = randomblob(32)")


def ask_page(port: int, page: str = "", query: str = "") -> Measured:
    """Return what one visitor feels who opens a page and stays, without a browser."""
    measured = Measured()
    asyncio.run(Visitor(port, page, query).ask(RERUNS, measured))
    return measured


def ask_pages(port: int, bare_port: int, file: Path) -> dict[Page, Asked]:
    """Ask for every page without a browser, in turns with a bare page of Streamlit."""
    found = {}
    for page in pages_of(file):
        forget_answers(file)
        found[page] = Asked(
            unread=ask_page(port, page.path, page.query),
            read=ask_page(port, page.path, page.query),
            bare=ask_page(bare_port),
        )
    return found


def print_pages(
    asked: Mapping[Page, Asked], port: int, bare_port: int, first_text: FirstText
) -> None:
    """Print a line for each page, the first text measured in turns with that of the bare page."""
    print(
        f"{'page':44} {'first text':>18} {'unread':>8} {'read':>8} {'rerun':>18} "
        f"{'payload':>8} {'again':>7}"
    )
    for page, found in asked.items():
        shown, bare = [], []
        for _ in range(VISITS):
            shown.append(first_text(port, page.address))
            bare.append(first_text(bare_port, ""))
        print(
            f"{page.name + '?' + page.query:44.44}",
            f"{beside(shown, bare):>18}",
            f"{found.unread.first[0]:5,.0f} ms",
            f"{found.read.first[0]:5,.0f} ms",
            f"{beside(found.unread.reruns + found.read.reruns, found.bare.reruns):>18}",
            f"{found.unread.bytes[0] / 1000:5,.0f} kB",
            f"{found.unread.bytes[1] / 1000:4,.0f} kB",
            flush=True,
        )


def beside(times: list[float], bare: list[float]) -> str:
    """Return a median, and how many times that of the bare page it is."""
    own, base = statistics.median(times), statistics.median(bare)
    return f"{own:,.0f} ms ({own / base:.2f}×)"
