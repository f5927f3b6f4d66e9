"""A real Chromium, and a visitor who notices what goes wrong behind the page."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
WIDE, NARROW = 1440, 390
HEIGHT = 900
PATIENCE = 90_000  # ms: tests run beside each other, on machines that others use too


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser; without one tests are skipped here, and fail where everything must run."""
    if not CHROMIUM.exists():
        missing = f"{CHROMIUM} is not there; apt-get install chromium fonts-noto-cjk"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """A tab of the browser, with what the page did wrong so far."""

    page: Page
    site: str
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self._see(request.url))
        self.page.on("dialog", lambda dialog: self.errors.append(f"dialog: {dialog.message}"))

    def open(self, name: str = "", **parameters: str) -> None:
        """Open a page by its address and wait until it is all there."""
        self.page.goto(f"{self.site}/{name}" + (f"?{urlencode(parameters)}" if parameters else ""))
        self.settle()

    def settle(self) -> None:
        """Wait until the page is drawn to its end."""
        self.page.locator(".gip-footer").wait_for()
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()

    @property
    def address(self) -> str:
        """Return path and query of where the visitor is."""
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def heading(self, words: str) -> Locator:
        """Return the heading of the page."""
        return self.page.locator("h1", has_text=words)

    def words(self) -> str:
        """Return all that our own parts say; the widgets around them load when they like."""
        return "\n".join(self.page.locator(".stHtml").all_inner_texts())

    def choose(self, label: str, words: str) -> None:
        """Choose from a list as a person does."""
        self.page.get_by_role("combobox", name=label, exact=False).click()
        self.page.get_by_role("option", name=words, exact=True).click()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location['url']})")

    def _see(self, url: str) -> None:
        if not url.startswith((self.site, "data:", "blob:")):
            self.outside.append(url)
