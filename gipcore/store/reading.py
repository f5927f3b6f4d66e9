"""Reading the store: every question that pages, commands and routes ask.

A question takes an engine and a frozen `Query`, and gives frozen rows. It raises StoreError where
the database cannot be used.
"""

from gipcore.store.read_cells import cells, count_cells, iterate_cells
from gipcore.store.read_findings import (
    count_findings,
    finding_counts,
    findings,
    iterate_findings,
)
from gipcore.store.read_offices import (
    count_offices,
    iterate_offices,
    office,
    offices,
    regions,
    years,
)
from gipcore.store.read_rejected import rejected
from gipcore.store.read_reports import (
    count_reports,
    iterate_reports,
    report,
    report_changes,
    reports,
)
from gipcore.store.read_totals import coverage, sums, yearly_totals
from gipcore.store.rows import StoredReport

__all__ = [
    "StoredReport",
    "cells",
    "count_cells",
    "count_findings",
    "count_offices",
    "count_reports",
    "coverage",
    "finding_counts",
    "findings",
    "iterate_cells",
    "iterate_findings",
    "iterate_offices",
    "iterate_reports",
    "office",
    "offices",
    "regions",
    "rejected",
    "report",
    "report_changes",
    "reports",
    "sums",
    "yearly_totals",
    "years",
]
