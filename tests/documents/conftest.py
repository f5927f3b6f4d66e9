"""Documents made once a session by real programs."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from gipcore.form.model import EditionId
from tests.documents import factory
from tests.documents.factory import Form, make_form
from tests.documents.tools import convert

FORMS = {edition.value: make_form(31, edition) for edition in EditionId}
WORD_TARGETS = ("pdf", "doc:MS Word 97", "odt", "rtf")
SHEET_TARGETS = ("xls:MS Excel 97", "ods")


@pytest.fixture(scope="session")
def office_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office-profile")


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory, office_profile: Path) -> Path:
    """Return a folder with both forms as Word and Excel files and all that LibreOffice makes."""
    folder = tmp_path_factory.mktemp("converted")
    words, sheets = [], []
    for name, form in FORMS.items():
        words.append(folder / f"{name}.docx")
        words[-1].write_bytes(factory.docx(form, page_numbers=True))
        sheets.append(folder / f"{name}-sheet.xlsx")
        sheets[-1].write_bytes(factory.xlsx(form))
    for target in WORD_TARGETS:
        convert(office_profile, target, words, folder)
    for target in SHEET_TARGETS:
        convert(office_profile, target, sheets, folder)
    return folder


Printer = Callable[..., bytes]


@pytest.fixture(scope="module")
def print_to_pdf(real_browser: Browser) -> Iterator[Printer]:
    """Yield a function that prints a page with Chromium."""
    page = real_browser.new_page()

    def print_page(html: str, **options: object) -> bytes:
        page.set_content(html)
        return page.pdf(**options)  # type: ignore[arg-type]

    yield print_page
    page.close()


@pytest.fixture(params=sorted(FORMS))
def form_name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def form(form_name: str) -> Form:
    return FORMS[form_name]
