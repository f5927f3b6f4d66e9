"""Data quality.

Which reports do not add up, where exactly, and what else was found?
"""

from gipcore.ui import data, tables
from gipcore.ui.figures import number
from gipcore.ui.filters import controls
from gipcore.ui.findings import cards_by_report
from gipcore.ui.html import show
from gipcore.ui.language import say
from gipcore.ui.parts import (
    NOT_PARSED,
    citation,
    coverage_line,
    download,
    empty,
    end,
    heading,
    note,
    paging,
    tiles,
    title,
)
from gipcore.ui.query import parameters

SIZE = 50

title(say("quality.title"), say("quality.lead"))
query = controls("check", "severity", "year", "region", "level", "function", "search")
filters = parameters(query)
coverage = data.coverage(query)
if not coverage.reports and not coverage.not_parsed:
    coverage_line(coverage, query)
    empty(say("quality.no_reports"), say("site.widen"))
    end()
coverage_line(coverage, query)
note(say("findings.cannot_tell"))

findings = data.count_findings(query)
balance = data.balance(query)
tiles(
    [
        (
            say("overview.unbalanced"),
            number(balance.unbalanced),
            say("quality.of_reports", reports=balance.reports),
        ),
        (say("quality.undecided"), number(balance.undecided), say("quality.undecided_why")),
        (say("quality.findings"), number(findings), say("quality.findings_of")),
        (say("quality.with_errors"), number(coverage.with_errors), say("quality.with_errors_why")),
    ]
)

heading(say("quality.unbalanced"), say("quality.unbalanced_lead"))
unbalanced = data.unbalanced(query, SIZE)
if unbalanced:
    show(tables.reports_table(unbalanced))
    if balance.unbalanced > SIZE:
        note(say("quality.first_only", shown=SIZE, reports=balance.unbalanced))
else:
    empty(say("quality.none_unbalanced"), say("quality.none_unbalanced_advice"))

heading(say("quality.each"), say("quality.each_lead", findings=findings))
if findings:
    offset = paging(findings, SIZE)
    cards_by_report(data.findings(query, SIZE, offset))
    download(say("quality.download", findings=findings), "api/v1/findings.csv", **filters)
else:
    empty(say("findings.none"), say("findings.none_advice"))

if coverage.not_parsed:
    rejected = data.rejected(query, SIZE)
    heading(
        say("quality.rejected", documents=coverage.not_parsed),
        say("quality.rejected_lead"),
        anchor=NOT_PARSED,
    )
    show(tables.rejected_table(rejected))
    if coverage.not_parsed > SIZE:
        note(say("quality.first_documents", shown=SIZE, documents=coverage.not_parsed))

heading(say("quality.by_check"), say("quality.by_check_lead"))
show(tables.checks_table(data.finding_counts(query)))
citation(say("quality.title"), data.state())
