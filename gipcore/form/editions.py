"""The two editions of the form and the look-ups over their cells."""

from gipcore.errors import WrongUseError
from gipcore.form import proactive, requests, reviews
from gipcore.form.model import Cell, Edition, EditionId, Section, Table
from gipcore.words import NOTICE_2019, NOTICE_2021, Source, Text

SECTIONS = (
    Section(1, Text("总体情况", "General situation")),
    Section(2, proactive.TITLE),
    Section(3, requests.TITLE),
    Section(4, reviews.TITLE),
    Section(5, Text("存在的主要问题及改进情况", "Main problems and improvements")),
    Section(6, Text("其他需要报告的事项", "Other matters to report")),
)


def _tables(edition: EditionId) -> tuple[Table, ...]:
    return (proactive.table(edition), requests.table(edition), reviews.table(edition))


EDITION_2019 = Edition(
    EditionId.Y2019,
    Text("2019年版", "2019 edition"),
    Source(NOTICE_2019, "附件"),
    first_year=2019,
    last_year=2020,
    sections=SECTIONS,
    tables=_tables(EditionId.Y2019),
)
EDITION_2021 = Edition(
    EditionId.Y2021,
    Text("2021年版", "2021 edition"),
    Source(NOTICE_2021, "附件"),
    first_year=2021,
    last_year=None,
    sections=SECTIONS,
    tables=_tables(EditionId.Y2021),
)
EDITIONS = {edition.id: edition for edition in (EDITION_2019, EDITION_2021)}

# The newest wording of a cell wins where both editions have it.
CELLS: dict[str, Cell] = {
    cell.name: cell for edition in EDITIONS.values() for cell in edition.cells
}


def edition_in_force(year: int) -> Edition:
    """Return the edition that the law prescribes for reports on a year."""
    return EDITION_2019 if year < EDITION_2021.first_year else EDITION_2021


def cell(name: str) -> Cell:
    """Return a cell by its public name; raises WrongUseError for a name no edition has."""
    try:
        return CELLS[name]
    except KeyError:
        raise WrongUseError(
            f"no cell is named “{name}”; the names stand in the data dictionary"
        ) from None
