"""The panel of data quality: how many, by what, since when, and what the offices say."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from gipcore.checks.catalogue import ARITHMETIC_CODES, check
from gipcore.checks.outcome import Severity
from gipcore.store.query import Query
from gipcore.store.rows import (
    CheckCount,
    Coverage,
)
from gipcore.ui import data
from gipcore.ui.data import Balance
from gipcore.ui.figures import number
from gipcore.ui.findings import (
    SHAPES,
)
from gipcore.ui.html import Content, element, join, link
from gipcore.ui.language import say, tell
from gipcore.ui.parts import NOT_PUBLISHED

By = Literal["region", "level", "year"]
BREAKDOWNS: tuple[By, ...] = ("year", "region", "level")


@dataclass(frozen=True)
class Panel:
    """What the panel says of a query, each part read when it is asked for."""

    query: Query

    @cached_property
    def coverage(self) -> Coverage:
        """Return how much of the register the query covers."""
        return data.coverage(self.query)

    @cached_property
    def balance(self) -> Balance:
        """Return how many of the reports balance, whatever findings are asked for."""
        return data.balance(replace(self.query, check=None, severity=None, replied=None))

    @property
    def of_unbalanced(self) -> Query:
        """Return the query for reports that do not balance: of a relation, if one is asked for."""
        code = self.query.check if self.query.check in ARITHMETIC_CODES else None
        return replace(self.query, check=code, severity=None, balanced=False)

    @cached_property
    def unbalanced(self) -> int:
        """Return how many reports do not balance."""
        return data.count_reports(self.of_unbalanced)

    @cached_property
    def findings(self) -> int:
        """Return how many findings there are."""
        return data.count_findings(self.query)

    @cached_property
    def by_severity(self) -> Mapping[Severity, int]:
        """Return how many findings there are of each severity, those that have any."""
        counts = {
            severity: data.count_findings(replace(self.query, severity=severity.value))
            for severity in Severity
            if self.query.severity in (None, severity.value)
        }
        return {severity: count for severity, count in counts.items() if count}

    @cached_property
    def by_check(self) -> tuple[CheckCount, ...]:
        """Return how many reports fail, pass or cannot be decided by each check."""
        return data.finding_counts(self.query)

    @cached_property
    def year(self) -> int | None:
        """Return the year whose missing reports are listed: the one asked for, or the newest."""
        known = data.years()
        return self.query.year or (known[0] if known else None)

    @cached_property
    def offices(self) -> Query:
        """Return the query for the offices of that year, whatever was found in their reports."""
        asked = self.query
        return Query(
            year=self.year,
            region=asked.region,
            level=asked.level,
            function=asked.function,
            office=asked.office,
            search=asked.search,
        )

    @cached_property
    def published(self) -> Coverage:
        """Return how many offices have published for that year, and how many have not."""
        return data.coverage(self.offices)

    def sentence(self) -> str:
        """Say the answer in words: how many do not balance, where most, who has not published."""
        said = say(
            "quality.answer",
            reports=self.coverage.reports,
            unbalanced=self.unbalanced,
            undecided=self.balance.undecided,
        )
        failing = [entry for entry in self.by_check if entry.failed]
        if failing and self.query.replied is None:  # what offices say does not part the checks
            most = max(failing, key=lambda entry: entry.failed)
            title = tell(check(most.code).title)
            said += say("quality.most", check=most.code, title=title, reports=most.failed)
        return said

    def tiles(self) -> list[tuple[Content, Content, Content]]:
        """Return the key figures."""
        shapes = join(
            (
                element("span", f"{SHAPES[severity]} {number(count)}", css=f"gip-tag {css}")
                for severity, count in self.by_severity.items()
                for css in (f"gip-{severity.value}",)
            ),
            by=" ",
        )
        return [
            (
                say("overview.unbalanced"),
                number(self.unbalanced),
                say("quality.of_reports", reports=self.coverage.reports),
            ),
            (
                say("quality.undecided"),
                number(self.balance.undecided),
                say("quality.undecided_why"),
            ),
            (say("quality.findings"), number(self.findings), shapes or say("quality.findings_of")),
            (
                say("quality.with_errors"),
                number(self.coverage.with_errors),
                say("quality.with_errors_why"),
            ),
            (
                say("quality.not_published", year=self.year or "–"),
                number(self.published.offices_without_report),
                link(
                    say("quality.of_offices", offices=self.published.offices),
                    f"#{NOT_PUBLISHED}",
                ),
            ),
        ]
