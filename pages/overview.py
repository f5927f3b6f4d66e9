"""The overview.

What is collected here, how much of it balances, and where does one begin?
"""

from gipcore.ui import data, tables
from gipcore.ui.drawings import draw_balance
from gipcore.ui.figures import number, span
from gipcore.ui.filters import controls
from gipcore.ui.findings import cards_by_report
from gipcore.ui.html import link, paragraph, show
from gipcore.ui.language import say
from gipcore.ui.parts import (
    citation,
    coverage_line,
    empty,
    end,
    heading,
    search_offices,
    sums_note,
    tiles,
    title,
)
from gipcore.ui.query import address, parameters

FINDINGS_SHOWN = 3
REPORTS_SHOWN = 10

title(say("overview.title"), say("overview.lead"))
search_offices()
query = controls("year", "region", "level")
filters = parameters(query)
coverage = data.coverage(query)
if not coverage.reports:
    empty(say("site.no_reports"), say("site.widen"))
    end()
coverage_line(coverage, query)

balance = data.balance(query)
by_year = data.balance_by_year(query)
tiles(
    [
        (
            say("overview.reports"),
            number(balance.reports),
            say("overview.reports_of", offices=coverage.offices_with_report),
        ),
        (
            say("overview.balanced"),
            say("overview.of_reports", part=balance.balanced, reports=balance.reports),
            say("overview.undecided", reports=balance.undecided),
        ),
        (
            say("overview.unbalanced"),
            number(balance.unbalanced),
            link(say("overview.see_quality"), address("quality", **filters)),
        ),
        (
            say("overview.years"),
            span(by_year),
            say("overview.years_of", years=len(by_year)),
        ),
    ]
)

heading(say("overview.by_year"))
draw_balance(by_year)

heading(say("overview.flow"), say("overview.flow_lead"))
sums_note()
show(tables.years_table(data.yearly_totals(query)))

heading(say("overview.latest_findings"), say("findings.cannot_tell"))
findings = data.findings(query, limit=FINDINGS_SHOWN)
if findings:
    cards_by_report(findings)
    show(paragraph(link(say("overview.all_findings"), address("quality", **filters))))
else:
    empty(say("findings.none"), say("findings.none_advice"))

heading(say("overview.reports_here"))
show(tables.reports_table(data.reports(query, limit=REPORTS_SHOWN)))
show(paragraph(link(say("overview.all_reports"), address("download", **filters))))
citation(say("overview.title"), data.state())
