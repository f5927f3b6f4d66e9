"""Reading the store: every question that pages, commands and routes ask.

A question takes an engine and a frozen `Query`, and gives frozen rows. It raises StoreError where
the database cannot be used.
"""

from gipcore.store.read_breakdown import breakdown
from gipcore.store.read_cells import cells, count_cells, iterate_cells
from gipcore.store.read_chain import chain
from gipcore.store.read_distribution import Distribution, distribution
from gipcore.store.read_findings import (
    count_findings,
    finding_counts,
    findings,
    iterate_findings,
    replies,
)
from gipcore.store.read_gone import (
    count_gone_findings,
    gone_findings,
    iterate_gone_findings,
)
from gipcore.store.read_offices import (
    count_offices,
    count_offices_without_report,
    iterate_offices,
    iterate_offices_without_report,
    office,
    offices,
    offices_without_report,
    years,
)
from gipcore.store.read_peers import peer_figures
from gipcore.store.read_recent import recent_reports
from gipcore.store.read_regions import region, regions
from gipcore.store.read_rejected import rejected
from gipcore.store.read_reports import (
    count_reports,
    iterate_reports,
    passages,
    report,
    report_changes,
    reports,
)
from gipcore.store.read_reviews import count_reviewed, reviewed_offices
from gipcore.store.read_search import FoundOffice, find_offices
from gipcore.store.read_totals import balance, coverage, sums, yearly_sums, yearly_totals
from gipcore.store.rows import StoredReport

__all__ = [
    "Distribution",
    "FoundOffice",
    "StoredReport",
    "balance",
    "breakdown",
    "cells",
    "chain",
    "count_cells",
    "count_findings",
    "count_gone_findings",
    "count_offices",
    "count_offices_without_report",
    "count_reports",
    "count_reviewed",
    "coverage",
    "distribution",
    "find_offices",
    "finding_counts",
    "findings",
    "gone_findings",
    "iterate_cells",
    "iterate_findings",
    "iterate_gone_findings",
    "iterate_offices",
    "iterate_offices_without_report",
    "iterate_reports",
    "office",
    "offices",
    "offices_without_report",
    "passages",
    "peer_figures",
    "recent_reports",
    "region",
    "regions",
    "rejected",
    "replies",
    "report",
    "report_changes",
    "reports",
    "reviewed_offices",
    "sums",
    "yearly_sums",
    "yearly_totals",
    "years",
]
