"""Pictures of every page into screenshots/: `python -m tests.e2e.screenshots`."""

import sys
import tempfile
from pathlib import Path

from tests.e2e.browser import NARROW, WIDE, Visitor, chromium
from tests.e2e.test_every_page import PAGES
from tests.pages.database import ROOT, make_database, published
from tests.web.client import running

FOLDER = ROOT / "screenshots"
TALLEST = 12_000  # pixels
DRAWING_MS = 1_500  # charts draw after their page
HEIGHT_OF_ALL = """() => {
    const all = document.querySelector('[data-testid=stMainBlockContainer]');
    return Math.ceil(all.getBoundingClientRect().height);
}"""


def take_all(folder: Path) -> int:
    """Take every page in both languages, widths and schemes; return how many pictures."""
    folder.mkdir(exist_ok=True)
    taken = 0
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        url = make_database(Path(scratch) / "gip.sqlite", published())
        with running(url) as server:
            for scheme in ("light", "dark"):
                for width in (WIDE, NARROW):
                    context = browser.new_context(color_scheme=scheme, locale="zh-CN")
                    for language in ("zh", "en"):
                        for view, (name, parameters) in PAGES.items():
                            page = context.new_page()
                            page.set_viewport_size({"width": width, "height": 900})
                            Visitor(page, server.address).open(name, **parameters, lang=language)
                            height = min(page.evaluate(HEIGHT_OF_ALL), TALLEST)
                            page.set_viewport_size({"width": width, "height": height})
                            page.wait_for_timeout(DRAWING_MS)
                            file = folder / f"{view}-{language}-{width}-{scheme}.png"
                            page.screenshot(path=file)
                            page.close()
                            taken += 1
                    context.close()
    return taken


if __name__ == "__main__":
    print(f"{take_all(FOLDER)} pictures in {FOLDER}", file=sys.stderr)
