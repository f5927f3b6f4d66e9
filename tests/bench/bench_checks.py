"""Print how long all checks take on one report: `python tests/bench/bench_checks.py`."""

import json
import statistics
import time
from pathlib import Path

from gipcore.checks.run import run_checks
from gipcore.form.report_json import report_from_json

REPORTS = Path(__file__).parents[2] / "data" / "reports"
ROUNDS = 300


def main() -> None:
    """Time every stored report and print the median of each and of all."""
    medians = []
    for file in sorted(REPORTS.glob("*.json")):
        report = report_from_json(json.loads(file.read_text(encoding="utf-8")), where=file.name)
        outcomes = run_checks(report)
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            run_checks(report)
            times.append(time.perf_counter() - start)
        medians.append(statistics.median(times))
        print(
            f"{medians[-1] * 1000:7.3f} ms  {len(report.cells)} cells, "
            f"{len(outcomes)} outcomes  {file.name}"
        )
    print(f"{statistics.median(medians) * 1000:7.3f} ms  median of {len(medians)} reports")


if __name__ == "__main__":
    main()
