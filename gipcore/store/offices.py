"""The offices of a database: put in from the register, found by name, made for unknown names."""

from dataclasses import asdict, astuple, dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, false, func, insert, select, update

from gipcore.errors import GipError, StoreError
from gipcore.form.report import OfficeName
from gipcore.register.matching import Match, own_finder
from gipcore.register.names import LONGEST_NAME, normalize_name
from gipcore.register.rows import Register, RegisteredOffice
from gipcore.store.body import digest
from gipcore.store.models import MOST_OFFICES, Office, Region, Report, SearchGram
from gipcore.store.models import OfficeName as OfficeNameRow
from gipcore.store.search import search_words
from gipcore.store.types import plain

HINT = "give it with --office NAME"
Row = dict[str, Any]
LISTED = 5  # how many of many offices a message names


class UnplacedReportError(GipError):
    """A report was read, but it is not sure which office or year it is of."""

    code = "unplaced_report"


@dataclass(frozen=True, slots=True)
class PlacedOffice:
    """An office of the database with what its reports carry of it."""

    number: int
    id: str
    name: str
    region_code: str | None
    level: str | None
    function: str | None
    is_registered: bool


def unregistered_id(name: str, key: str | None = None) -> str:
    """Return the id of an office that only documents name; the same for every spelling.

    `key` is what all spellings of an office in a known region have in common.
    """
    return f"x-{digest(normalize_name(name) if key is None else key)[:10]}"


PLACED = (
    Office.number,
    Office.id,
    Office.name,
    Office.region_code,
    Office.level,
    Office.function,
    Office.is_registered,
)


def add_register(connection: Connection, register: Register) -> int:
    """Put in what of the register is not there yet; return what that adds to the content hash.

    Regions and offices that are there stay as they are until the database is built anew.
    """
    known_regions = set(connection.scalars(select(Region.code)))
    regions = [region for region in register.regions if region.code not in known_regions]
    if regions:
        connection.execute(
            insert(Region),
            [{**region._asdict(), "full_name": register.full_name(region)} for region in regions],
        )
    known = set(connection.scalars(select(Office.id)))
    offices = [office for office in register.offices_in_order() if office.id not in known]
    _insert(connection, [_registered(office) for office in offices])
    content = sum(int(digest("region", repr(tuple(region))), 16) for region in regions)
    return content + sum(int(digest("office", *astuple(office)), 16) for office in offices)


def place_office(connection: Connection, named: OfficeName) -> PlacedOffice:
    """Return the office that a document names, by id, name or alias.

    A name of no office in the register makes an unregistered one, of the region that the name
    tells or that is given. Raises UnplacedReportError when there is no name, or when it is the
    name of several offices.
    """
    if named.id:
        row = connection.execute(select(*PLACED).where(Office.id == plain(named.id))).one_or_none()
        if row is not None:
            return PlacedOffice(*row)
    name = " ".join(plain(named.name or "").split())
    if len(name) > LONGEST_NAME:
        raise UnplacedReportError(
            f"the name of the office has {len(name)} characters; at most {LONGEST_NAME} are taken, "
            "give a shorter one with --office",
            code="no_office",
        )
    if not normalize_name(name):
        raise UnplacedReportError(f"no office was found in the document; {HINT}", code="no_office")
    match = match_of(replace(named, name=name))
    found = _named(connection, name, match)
    if len(found) > 1:
        listed = ", ".join(f"{office.id} ({office.name})" for office in found[:LISTED])
        more = f" and {len(found) - LISTED} more" if len(found) > LISTED else ""
        raise UnplacedReportError(
            f"“{name}” is the name of {len(found)} offices: {listed}{more}; give one with "
            "--office ID",
            code="ambiguous_office",
        )
    return found[0] if found else _add_unregistered(connection, name, match)


def match_of(named: OfficeName) -> Match:
    """Return what the register knows of an office that a document names; it has a name.

    A region that was found before decides between several of one name.
    """
    name = named.name or ""
    placed = own_finder().place(name, named.region_code) if named.region_code else None
    return placed or own_finder().match(name)


def find_office(connection: Connection, name: str) -> PlacedOffice | None:
    """Return the one office of an id, name or alias; None when there is none, or several."""
    name = plain(name)[:LONGEST_NAME]
    found = _named(connection, name, match_of(OfficeName(name)))
    return found[0] if len(found) == 1 else None


def office_by_number(connection: Connection, number: int) -> PlacedOffice:
    """Return an office that is known to be there."""
    return PlacedOffice(*connection.execute(select(*PLACED).where(Office.number == number)).one())


def _named(connection: Connection, name: str, match: Match) -> list[PlacedOffice]:
    """Return the offices of a name: by its id, its name, or the spelling that the register knows.

    An unregistered one is the same only in the same region.
    """
    by_id = connection.execute(select(*PLACED).where(Office.id == name)).all()
    if by_id:
        return [PlacedOffice(*row) for row in by_id]
    by_name = connection.execute(
        select(*PLACED)
        .join(OfficeNameRow, OfficeNameRow.office == Office.number)
        .where(OfficeNameRow.name == normalize_name(name), Office.is_registered)
        .order_by(Office.number)
    ).all()
    if by_name:
        return [PlacedOffice(*row) for row in by_name]
    ids = [unregistered_id(name, match.key)]
    if match.office is not None:
        ids.insert(0, match.office.id)
    wanted = select(*PLACED).where(Office.id.in_(ids)).order_by(Office.is_registered.desc())
    return [PlacedOffice(*row) for row in connection.execute(wanted).all()[:1]]


def _add_unregistered(connection: Connection, name: str, match: Match) -> PlacedOffice:
    region = connection.scalar(select(Region.code).where(Region.code == match.region_code))
    row = {
        "id": unregistered_id(name, match.key),
        "name": name,
        "aliases": (),
        "level": match.level,
        "function": match.function,
        "region_code": region,
        "name_en": None,
        "is_registered": False,
    }
    _insert(connection, [row])
    return PlacedOffice(*connection.execute(select(*PLACED).where(Office.id == row["id"])).one())


def _registered(office: RegisteredOffice) -> Row:
    return {**asdict(office), "is_registered": True}


def _insert(connection: Connection, rows: list[Row]) -> None:
    """Insert offices after those there are."""
    first = 1 + (connection.scalar(select(func.max(Office.number))) or 0)
    if first + len(rows) > MOST_OFFICES:
        raise StoreError(f"the database holds {MOST_OFFICES} offices at most")
    names: list[Row] = []
    grams: list[Row] = []
    for number, row in enumerate(rows, start=first):
        spellings = dict.fromkeys(map(normalize_name, (row["name"], *row["aliases"])))
        sought = search_words(spellings, row["name_en"])
        row |= {
            "number": number,
            "search_text": "\n".join(sought.names),
            "sounds": "\n".join(sought.sounds),
            "reports": 0,
            "first_year": None,
            "last_year": None,
            "findings": 0,
        }
        names += [{"name": spelling, "office": number} for spelling in spellings]
        grams += [{"gram": gram, "office": number} for gram in sought.grams]
    if rows:
        connection.execute(insert(Office), rows)
        connection.execute(insert(OfficeNameRow), names)
    if grams:
        connection.execute(insert(SearchGram), grams)


def count_reports_of(connection: Connection, office: int | None = None) -> None:
    """Bring the counts of an office, or of all, up to date; an unregistered one without goes."""
    only = [] if office is None else [Office.number == office]
    own = Report.office == Office.number
    findings = func.coalesce(func.sum(Report.errors + Report.warnings + Report.notices), 0)
    connection.execute(
        update(Office)
        .where(*only)
        .values(
            reports=select(func.count()).where(own).scalar_subquery(),
            first_year=select(func.min(Report.year)).where(own).scalar_subquery(),
            last_year=select(func.max(Report.year)).where(own).scalar_subquery(),
            findings=select(findings).where(own).scalar_subquery(),
        )
    )
    gone = select(Office.number).where(Office.is_registered == false(), Office.reports == 0, *only)
    if connection.scalar(gone.limit(1)) is None:  # so the names need not be looked through
        return
    connection.execute(delete(OfficeNameRow).where(OfficeNameRow.office.in_(gone)))
    connection.execute(delete(SearchGram).where(SearchGram.office.in_(gone)))
    connection.execute(
        delete(Office).where(Office.is_registered == false(), Office.reports == 0, *only)
    )
