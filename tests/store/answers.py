"""Every question of the store at once, and the same answers worked out from the reports alone."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product

from sqlalchemy import Engine

from gipcore.checks.catalogue import ARITHMETIC_CODES, all_checks
from gipcore.checks.outcome import Outcome, Reason, Severity, Verdict
from gipcore.checks.run import run_checks
from gipcore.checks.subject import KnownOffice
from gipcore.form.editions import CELLS
from gipcore.form.report import OfficeName, Report
from gipcore.register.matching import own_finder
from gipcore.register.names import kind_of, normalize_name
from gipcore.register.rows import Register, RegisteredOffice, region_prefix
from gipcore.store import reading
from gipcore.store.offices import unregistered_id
from gipcore.store.query import Query
from gipcore.store.records import Reading

QUERIES = (
    *(Query(year, region) for year, region in product((None, 2020, 2024, 1999), (None, "41"))),
    Query(region="410000"),
    Query(region="4103"),
    Query(region="410303", year=2024),
    Query(region="99"),
    Query(level="county"),
    Query(level="township", function="subdistrict"),
    Query(function="government", form="2021", year=2024),
    Query(form="2019"),
    Query(office="xigong"),
    Query(office="nobody"),
    Query(search="西工 区"),
    Query(search="政府", region="32"),
    Query(search="%"),
    Query(search="发展和改革", balanced=True),
    Query(check="C301"),
    Query(check="C801", year=2023),
    Query(check="C999"),
    Query(severity="error"),
    Query(severity="warning", region="41"),
    Query(severity="fatal"),
    Query(balanced=True),
    Query(unbalanced=True),
    Query(unbalanced=False, year=2023),
    Query(unbalanced=False, balanced=False),
    Query(balanced=False, region="410000"),
    Query(balanced=False, check="C301", severity="error", level="county"),
    Query(replied=True),
    Query(replied=False, check="C301"),
    Query(replied=False, region="41", severity="warning"),
)


def answers(engine: Engine, query: Query) -> dict[str, object]:
    """Ask everything that takes a query."""
    return {
        "offices": reading.offices(engine, query),
        "offices streamed": tuple(reading.iterate_offices(engine, query)),
        "offices counted": reading.count_offices(engine, query),
        "reports": reading.reports(engine, query),
        "reports streamed": tuple(reading.iterate_reports(engine, query)),
        "reports counted": reading.count_reports(engine, query),
        "findings": reading.findings(engine, query),
        "findings streamed": tuple(reading.iterate_findings(engine, query)),
        "findings counted": reading.count_findings(engine, query),
        "questions": reading.findings(engine, query, verdict="not_applicable"),
        "questions counted": reading.count_findings(engine, query, verdict="not_applicable"),
        "checks": reading.finding_counts(engine, query),
        "coverage": reading.coverage(engine, query),
        "balance": reading.balance(engine, query),
        "gone": reading.gone_findings(engine, query),
        "gone counted": reading.count_gone_findings(engine, query),
        "without report": reading.offices_without_report(engine, query),
        "without report counted": reading.count_offices_without_report(engine, query),
        **{by: reading.breakdown(engine, query, by) for by in ("region", "level", "year")},
        "sums": dict(reading.sums(engine, query)),
        "years": reading.yearly_totals(engine, query),
    }


@dataclass(frozen=True)
class Published:
    """A report with its office and outcomes."""

    office: RegisteredOffice
    report: Report
    outcomes: tuple[Outcome, ...]

    @property
    def id(self) -> str:
        return f"{self.office.id}-{self.report.year}"

    @property
    def is_balanced(self) -> bool | None:
        verdicts = {o.verdict for o in self.outcomes if o.code in ARITHMETIC_CODES and o.cells}
        if Verdict.FAILED in verdicts:
            return False
        return None if Verdict.NOT_APPLICABLE in verdicts else True

    def failures(self, code: str | None = None, severity: str | None = None) -> list[Outcome]:
        return [
            o
            for o in self.outcomes
            if o.verdict is Verdict.FAILED
            and code in (None, o.code)
            and severity in (None, o.severity.value)
        ]

    def is_in(self, query: Query) -> bool:
        return (
            self.is_in_frame(query)
            and (query.check is None or bool(self.failures(query.check)))
            and (query.severity is None or bool(self.failures(severity=query.severity)))
            and (query.balanced is None or self.is_balanced is query.balanced)
            and query.unbalanced in (None, self.is_balanced is False)
            and (query.replied is None or (not query.replied and bool(self.failures(query.check))))
        )

    def is_in_frame(self, query: Query) -> bool:
        return (
            is_office_in(self.office, query)
            and query.year in (None, self.report.year)
            and query.form in (None, self.report.form.value)
        )


def is_office_in(office: RegisteredOffice, query: Query) -> bool:
    prefix = region_prefix(query.region or "")
    part = normalize_name(query.search or "")
    names = [normalize_name(name) for name in (office.name, *office.aliases)]
    return (
        (office.region_code or "-").startswith(prefix)
        and query.level in (None, office.level)
        and query.function in (None, office.function)
        and query.office in (None, office.id)
        and (query.search is None or (part != "" and any(part in name for name in names)))
    )


def _outcomes(
    office: RegisteredOffice, report: Report, before: Report | None
) -> tuple[Outcome, ...]:
    suggestion = None if office.region_code else own_finder().match(office.name).suggestion
    named = OfficeName(office.name, office.id, office.region_code, suggestion)
    known = KnownOffice(office.level, office.function)
    return run_checks(replace(report, office=named), before, known)


class Country:
    """A register and some readings, one a report, and what they say; nobody has replied."""

    def __init__(self, register: Register, readings: Iterable[Reading]) -> None:
        offices = register.offices_in_order()
        by_name = {normalize_name(n): o for o in offices for n in (o.name, *o.aliases)}
        reports = {}
        for read in readings:
            name = str(read.report.office.name)
            office = by_name.get(normalize_name(name))
            if office is None:
                kind = kind_of(name)
                identity = unregistered_id(name)
                office = RegisteredOffice(identity, name, (), kind.level, kind.function, None)  # type: ignore[arg-type]
                by_name[normalize_name(name)] = office
                offices.append(office)
            reports[office.id, read.report.year] = office, read.report
        self.offices = offices
        self.published = [
            Published(
                office, report, _outcomes(office, report, self._before(reports, office, report))
            )
            for office, report in reports.values()
        ]
        order = [office.id for office in offices]
        self.published.sort(key=lambda p: (-(p.report.year or 0), order.index(p.office.id)))

    @staticmethod
    def _before(
        reports: dict[tuple[str, int | None], tuple[RegisteredOffice, Report]],
        office: RegisteredOffice,
        report: Report,
    ) -> Report | None:
        found = reports.get((office.id, (report.year or 0) - 1))
        return None if found is None else found[1]

    def answers(self, query: Query) -> dict[str, object]:
        """Work out what `summary` asks."""
        chosen = [p for p in self.published if p.is_in(query)]
        frame = [p for p in self.published if p.is_in_frame(query)]
        asks_for_reports = query != replace(
            query,
            year=None,
            form=None,
            check=None,
            severity=None,
            balanced=None,
            unbalanced=None,
            replied=None,
        )
        offices = [
            office
            for office in self.offices
            if is_office_in(office, query)
            and (not asks_for_reports or any(p.office.id == office.id for p in chosen))
        ]
        framed = [office for office in self.offices if is_office_in(office, query)]
        of_reports = replace(query, check=None, severity=None, replied=None)
        findings = [
            (severity, p.id, o.code, o.left, o.right)
            for severity in Severity
            for p in self.published
            if p.is_in(of_reports)
            for o in p.failures(query.check, query.severity)
            if o.severity is severity and query.replied is not True  # nobody has replied
        ]
        with_report = len({p.office.id for p in frame})
        return {
            "offices": [office.id for office in offices],
            "reports": [p.id for p in chosen],
            "findings": findings,
            "questions": sum(
                o.reason is Reason.NARROWER_SCOPE
                and query.replied is not True
                and query.check in (None, o.code)
                and query.severity in (None, o.severity.value)
                for p in self.published
                if p.is_in(of_reports)
                for o in p.outcomes
            ),
            "checks": self._checks(query),
            "coverage": (
                len(framed),
                with_report,
                len(framed) - with_report,
                len(frame),
                sum(bool(p.failures(severity="error")) for p in frame),
                sum(p.is_balanced is False for p in frame),
            ),
            "balance": Counter(
                p.is_balanced
                for p in self.published
                if p.is_in(replace(query, balanced=None, unbalanced=None))
            ),
            "sums": {name: _sum(chosen, name) for name in CELLS},
            "years": {
                year: (
                    sum(p.report.year == year for p in chosen),
                    _sum([p for p in chosen if p.report.year == year], "received.total")[0],
                )
                for year in sorted({p.report.year or 0 for p in chosen})
            },
        }

    def _checks(self, query: Query) -> dict[str, tuple[int, int, int]]:
        of_reports = replace(query, check=None, severity=None, replied=None)
        chosen = [p for p in self.published if p.is_in(of_reports)]
        found = {}
        for check in all_checks():
            if query.check not in (None, check.code):
                continue
            if query.severity not in (None, check.severity.value):
                continue
            verdicts: Counter[Verdict] = Counter()
            for p in chosen:
                own = {o.verdict for o in p.outcomes if o.code == check.code}
                verdicts[next(v for v in (Verdict.FAILED, *Verdict) if v in own)] += 1
            found[check.code] = (
                verdicts[Verdict.PASSED],
                verdicts[Verdict.FAILED],
                verdicts[Verdict.NOT_APPLICABLE],
            )
        return found


def _sum(chosen: list[Published], name: str) -> tuple[float | None, int, int]:
    numbers = [n for p in chosen if (n := p.report.number(name)) is not None]
    having = sum(name in {c.name for c in p.report.edition.cells} for p in chosen)
    return sum(numbers) if numbers else None, len(numbers), having


def summary(engine: Engine, query: Query) -> dict[str, object]:
    """Ask the store what `Country.answers` works out."""
    coverage = reading.coverage(engine, query)
    balance = reading.balance(engine, query)
    return {
        "offices": [row.id for row in reading.offices(engine, query)],
        "reports": [row.id for row in reading.reports(engine, query)],
        "findings": [
            (row.severity, row.report_id, row.code, row.left, row.right)
            for row in reading.findings(engine, query)
        ],
        "questions": reading.count_findings(engine, query, verdict="not_applicable"),
        "checks": {
            row.code: (row.passed, row.failed, row.not_applicable)
            for row in reading.finding_counts(engine, query)
        },
        "coverage": (
            coverage.offices,
            coverage.offices_with_report,
            coverage.offices_without_report,
            coverage.reports,
            coverage.with_errors,
            coverage.unbalanced,
        ),
        "balance": Counter(
            {True: balance.balanced, False: balance.unbalanced, None: balance.undecided}
        ),
        "sums": {
            name: (found.total, found.reports_with_number, found.reports)
            for name, found in reading.sums(engine, query).items()
        },
        "years": {
            row.year: (row.reports, row.headline["received_total"])
            for row in reading.yearly_totals(engine, query)
        },
    }
