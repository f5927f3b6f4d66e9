"""The panel of data quality: how many, by what, since when, and what the offices say."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from gipcore.checks.catalogue import ARITHMETIC_CODES, check, severity_text
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

    @property
    def is_narrowed(self) -> bool:
        """Tell whether the view takes some findings alone, or the reports of some balance."""
        asked = self.query
        chosen = (asked.check, asked.severity, asked.replied, asked.balanced)
        return any(value is not None for value in chosen)

    @cached_property
    def balance(self) -> Balance:
        """Return how many of the reports balance, whatever findings are asked for."""
        return data.balance(replace(self.query, check=None, severity=None, replied=None))

    @property
    def relation(self) -> str | None:
        """Return the balance relation that is asked for, None when it is no such check or none."""
        return self.query.check if self.query.check in ARITHMETIC_CODES else None

    @property
    def of_unbalanced(self) -> Query:
        """Return the query for reports that do not balance: of a relation, if one is asked for."""
        return replace(self.query, check=self.relation, severity=None, balanced=False)

    @cached_property
    def unbalanced(self) -> int:
        """Return how many reports are listed as not balancing."""
        return data.count_reports(self.of_unbalanced)

    @cached_property
    def with_findings(self) -> int | None:
        """Return how many reports have the findings asked for; None where that is not counted.

        A query takes reports by severity and by reply each for itself: of both together, and of
        balance alone, it counts other reports than those of the findings.
        """
        asked = self.query
        if not self.findings:
            return 0
        if asked.check is not None:  # a check has one severity, so that one adds nothing
            return data.count_reports(replace(asked, severity=None))
        is_one = (asked.severity is None) != (asked.replied is None)
        return data.count_reports(asked) if is_one else None

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
        counts = {
            "reports": self.coverage.reports,
            "unbalanced": self.balance.unbalanced,
            "undecided": self.balance.undecided,
        }
        if not self.is_narrowed:
            return say("quality.answer", **counts) + self._most()
        replied = ""
        if self.query.replied is not None and self.relation is None:
            code = str(self.query.replied).lower()
            replied = say(f"quality.unbalanced_replied_{code}", unbalanced=self.unbalanced)
        return self._narrowed() + self._most() + replied + say("quality.answer_of_all", **counts)

    def _narrowed(self) -> str:
        """Say what is asked for, and how many reports have it how often."""
        asked, found = self.query, self.with_findings
        title = tell(check(asked.check).title) if asked.check else ""
        named = say("quality.named_check", check=asked.check, title=title) if asked.check else ""
        if named and asked.severity is None and asked.replied is None and asked.balanced is None:
            return say("quality.fails", check=named, reports=found or 0, findings=self.findings)
        which = [named]
        if asked.severity is not None:
            severity = tell(severity_text(Severity(asked.severity)))
            which.append(say("quality.of_severity", severity=severity))
        if asked.replied is not None:
            which.append(say(f"quality.of_replied_{str(asked.replied).lower()}"))
        if asked.balanced is not None:
            which.append(say(f"quality.of_balanced_{str(asked.balanced).lower()}"))
        chosen = say("site.comma").join(filter(None, which))
        if found is None:
            return say("quality.only", which=chosen, findings=self.findings)
        return say("quality.only_in", which=chosen, findings=self.findings, reports=found)

    def _most(self) -> str:
        """Say which check fails most often, where one does and the filter leaves it open."""
        failing = sorted((e for e in self.by_check if e.failed), key=lambda e: -e.failed)
        if len(failing) < 2 or self.query.replied is not None:  # checks are not parted by reply
            return ""
        most, next_to_it = failing[:2]
        if most.failed == next_to_it.failed:
            return ""
        title = tell(check(most.code).title)
        return say("quality.most", check=most.code, title=title, reports=most.failed)

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
        key = "quality.of_all_reports" if self.is_narrowed else "quality.of_reports"
        of_reports = say(key, reports=self.coverage.reports)
        undecided_why, errors_why = say("quality.undecided_why"), say("quality.with_errors_why")
        return [
            (say("overview.unbalanced"), number(self.balance.unbalanced), of_reports),
            (
                say("quality.undecided"),
                number(self.balance.undecided),
                of_reports if self.is_narrowed else undecided_why,
            ),
            (
                say("quality.findings_asked" if self.is_narrowed else "quality.findings"),
                number(self.findings),
                shapes or say("quality.findings_of"),
            ),
            (
                say("quality.with_errors"),
                number(self.coverage.with_errors),
                of_reports if self.is_narrowed else errors_why,
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
