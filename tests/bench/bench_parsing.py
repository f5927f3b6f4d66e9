"""Reading onto the form beside reading the bare document: medians in milliseconds.

Run with `python -m tests.bench.bench_parsing`.
"""

import time
from collections.abc import Callable
from random import Random
from statistics import median

from gipcore.checks.run import run_checks
from gipcore.documents.reader import read_document
from gipcore.form.model import EditionId
from gipcore.form.report import SourceFile
from gipcore.parsing.parse import parse_document
from tests.parsing.layouts import Gaps, Layout, Lines, balanced_figures, write
from tests.parsing.web_tables import EDITION, PageLayout, page

TIMES = 60


def milliseconds(work: Callable[[], object]) -> float:
    """Return the median processor time of some work."""
    work()
    taken = []
    for _ in range(TIMES):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1000)
    return median(taken)


def documents() -> dict[str, tuple[bytes, str]]:
    """Return one report in the layouts whose cost differs."""
    figures = balanced_figures(Random(1), EditionId.Y2021)
    text = {
        name: write(figures, layout, edition=EDITION, year=2024).encode()
        for name, layout in {
            "text, tabs": Layout(),
            "text, collapsed": Layout(gaps=Gaps.COLLAPSED),
            "text, a cell a line": Layout(lines=Lines.CELLS_APART),
            "markdown": Layout(is_markdown=True),
        }.items()
    }
    found = {name: (data, "report.txt") for name, data in text.items()}
    return found | {"web page": (page(figures, PageLayout(), year=2024), "report.html")}


def main() -> None:
    """Print a line a layout: the document alone, document and form, and the checks."""
    print(f"{'layout':22}{'document':>10}{'and form':>10}{'checks':>10}")
    for name, (data, file) in documents().items():
        document = read_document(data, file)
        source = SourceFile(file, "0" * 64, document.format, len(data))
        report = parse_document(document, source)
        bare = milliseconds(lambda data=data, file=file: read_document(data, file))
        whole = bare + milliseconds(lambda d=document, s=source: parse_document(d, s))
        checks = milliseconds(lambda report=report: run_checks(report))
        print(f"{name:22}{bare:10.2f}{whole:10.2f}{checks:10.2f}")


if __name__ == "__main__":
    main()
