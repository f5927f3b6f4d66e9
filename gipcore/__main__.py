"""The command line: every command parses its options, calls the core, and prints."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from gipcore.checks.outcome import Outcome
from gipcore.errors import GipError, StoreError, WrongUseError
from gipcore.form.report import Report
from gipcore.words import Language

if TYPE_CHECKING:  # the commands import what they need, so that each starts quickly
    from gipcore.ingest import Summary

DONE, FINDINGS, WRONG = 0, 1, 2
FIRST_YEAR, LAST_YEAR = 2019, 2099  # of the form that is read
Parameters = ParamSpec("Parameters")
CATALOGUE = Path(__file__).with_name("CHECKS.md")

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Read, check and publish government information disclosure annual reports.",
    epilog="Exit codes: 0 done; 1 findings at error level, or part of a batch rejected; "
    "2 wrong use or unreadable input.",
)
messages = Console(stderr=True, highlight=False)

Files = Annotated[list[Path], typer.Argument(help="Documents in any format that is read.")]
DatabaseUrl = Annotated[
    str | None,
    typer.Option("--database", help="Address of the database; default GIP_DATABASE_URL or data/."),
]
Lang = Annotated[Language, typer.Option("--lang", help="Language of the sentences.")]


def command(function: Callable[Parameters, int]) -> Callable[Parameters, None]:
    """Register a command whose result is the exit code; our errors become a message and 2."""

    @wraps(function)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        try:
            code = function(*args, **kwargs)
        except GipError as error:
            print_message(error)
            code = WRONG
        except BrokenPipeError:  # the reader of our output has seen enough
            sys.stderr.close()
            code = DONE
        raise typer.Exit(code)

    app.command()(run)
    return run


def print_json(value: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """Print one JSON value on a line of its own."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def print_message(error: GipError) -> None:
    """Say on standard error what went wrong."""
    messages.print(error.message, style="red", markup=False, soft_wrap=True)


def print_fault(error: GipError, file: str, *, as_json: bool) -> None:
    """Say that a file could not be read; to a program also as its line of the answer."""
    print_message(error)
    if as_json:
        fault = {"code": error.code, "message": error.message}
        print_json({"source": {"file": file}, "error": fault})


def print_rejections(summary: "Summary") -> None:
    """Name each rejected file with its reason."""
    for rejection in summary.rejected:
        typer.echo(f"rejected {rejection.file}: {rejection.reason} ({rejection.code})")


def print_idle_replies(database: str | None) -> None:
    """Name the offices' replies that no finding shows, since whoever wrote them thinks one does."""
    from gipcore.store.database import open_engine, reading
    from gipcore.store.replies import idle_replies

    with reading(open_engine(database, read_only=True)) as connection:
        for reply in idle_replies(connection):
            cells = f" on {', '.join(reply.cells)}" if reply.cells else ""
            note = (
                f"reply of {reply.date}: {reply.office_id} has no finding {reply.code}{cells} "
                f"in {reply.year}; look at data/replies/"
            )
            messages.print(note, style="yellow", markup=False, soft_wrap=True)


def code_of_batch(files: int, rejected: int) -> int:
    """Return the exit code for some files of which some were rejected."""
    if rejected == 0:
        return DONE
    return WRONG if rejected == files else FINDINGS


@command
def parse(
    files: Files,
    figures_only: Annotated[
        bool, typer.Option("--figures-only", help="Leave the sentences of the text out.")
    ] = False,
) -> int:
    """Print one JSON object a line for each FILE, in order; an unreadable one as an error.

    An archive gives a line for each document in it.
    """
    from gipcore.checks.outcome import outcome_to_json
    from gipcore.checks.run import run_checks
    from gipcore.form.report_json import report_to_json
    from gipcore.ingest import known_office, read_reports

    done = rejected = 0
    for name, report in (found for file in files for found in read_reports(file)):
        done += 1
        if isinstance(report, GipError):
            rejected += 1
            print_fault(report, name, as_json=True)
            continue
        if figures_only:
            report = replace(report, passages=())
        found = run_checks(report, office=known_office(report))
        outcomes = [outcome_to_json(outcome) for outcome in found]
        print_json(report_to_json(report) | {"outcomes": outcomes})
    return code_of_batch(done, rejected)


@command
def check(
    files: Files,
    previous: Annotated[
        Path | None, typer.Option(help="Last year's report of the same office.")
    ] = None,
    output: Annotated[
        str, typer.Option("--format", help="text for a person, json for a program.")
    ] = "text",
    lang: Lang = Language.ZH,
) -> int:
    """Say in plain words what to put right in reports before they are published, and where.

    An archive gives an answer for each document in it.
    """
    from gipcore.checks.outcome import Severity, Verdict
    from gipcore.checks.run import run_checks
    from gipcore.export.repair_list import comparable, terminal_text
    from gipcore.ingest import known_office, read_report, read_reports

    if output not in ("text", "json"):
        raise WrongUseError(f"--format takes text or json, not “{output}”")
    last_year = read_report(previous) if previous is not None else None
    done = rejected = errors = 0
    for name, report in (found for file in files for found in read_reports(file)):
        done += 1
        if isinstance(report, GipError):
            rejected += 1
            print_fault(report, name, as_json=output == "json")
            continue
        before, note = comparable(report, last_year, lang)
        if note:
            messages.print(note, style="yellow", markup=False, soft_wrap=True)
        outcomes = run_checks(report, before, known_office(report))
        errors += any(
            outcome.verdict is Verdict.FAILED and outcome.severity is Severity.ERROR
            for outcome in outcomes
        )
        if output == "json":
            print_checked(report, outcomes)
        else:
            typer.echo(terminal_text(report, outcomes, lang))
    return code_of_batch(done, rejected) or (FINDINGS if errors else DONE)


def print_checked(report: Report, outcomes: tuple[Outcome, ...]) -> None:
    """Print the outcomes of one report as one JSON object."""
    from gipcore.checks.catalogue import sentence
    from gipcore.checks.outcome import outcome_to_json

    said = [
        outcome_to_json(outcome)
        | {"sentence": {str(lang): sentence(outcome, lang) for lang in Language}}
        for outcome in outcomes
    ]
    office, file = report.office.name, report.source.file
    print_json({"source": {"file": file}, "office": office, "year": report.year, "outcomes": said})


@command
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    database: DatabaseUrl = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Processes that read.")] = 1,
    office: Annotated[
        str | None, typer.Option(help="The office, for reports that do not name it.")
    ] = None,
    year: Annotated[
        int | None, typer.Option(min=2008, max=2099, help="The year, likewise.")
    ] = None,
    correct: Annotated[
        bool,
        typer.Option("--correct", help="Take --office and --year even where a document differs."),
    ] = False,
) -> int:
    """Read files and folders into the database; each document is kept in the archive."""
    from gipcore.ingest import ingest_paths

    with progress_bar("ingest") as step:
        summary = ingest_paths(
            paths,
            database,
            jobs=jobs,
            office=office,
            year=year,
            is_correction=correct,
            progress=step,
        )
    rejected = len(summary.rejected)
    kept = summary.new + summary.revised + summary.unchanged
    if kept + rejected == 0:
        names = ", ".join(str(path) for path in paths)
        raise WrongUseError(f"no document was found in {names}; name files, or folders with files")
    print_rejections(summary)
    print_idle_replies(database)
    typer.echo(
        f"new {summary.new}, revised {summary.revised}, unchanged {summary.unchanged}, "
        f"rejected {rejected}"
    )
    return code_of_batch(kept + rejected, rejected)


@command
def build(
    database: DatabaseUrl = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Processes that read.")] = 1,
    if_needed: Annotated[
        bool, typer.Option("--if-needed", help="Only when there is no usable database.")
    ] = False,
) -> int:
    """Make the database anew from data/reports/ and the archive, put in place atomically."""
    from gipcore.ingest import build_database
    from gipcore.store.database import database_state, open_engine

    if if_needed:
        try:
            database_state(open_engine(database, read_only=True))
        except StoreError:
            messages.print("No usable database yet: making one from data/reports/ and the archive.")
        else:
            return DONE
    with progress_bar("build") as step:
        summary = build_database(database, jobs=jobs, progress=step)
    print_rejections(summary)
    print_idle_replies(database)
    state = database_state(open_engine(database, read_only=True))
    typer.echo(f"{state.reports} reports of {state.offices} offices, {state.content_hash[:12]}")
    return FINDINGS if summary.rejected and not if_needed else DONE


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int, str], None]]:
    """Show a bar on standard error while something goes through files."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[file]}", markup=False),
    )
    with Progress(*columns, console=messages, transient=True) as progress:
        task = progress.add_task(what, total=None, file="")

        def step(done: int, total: int, file: str) -> None:
            progress.update(task, completed=done, total=total, file=Path(file).name)

        yield step


@command
def export(
    table: Annotated[
        str,
        typer.Option(
            help="offices, reports, cells, findings, gone_findings or offices_without_report; "
            "a table of sums, such as totals, outcomes, shares or counts_by_year; "
            "or bundle for all as a zip."
        ),
    ] = "reports",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A file; default standard output.")
    ] = None,
    format: Annotated[
        str | None, typer.Option(help="csv, xlsx, parquet or json; default by the file's name.")
    ] = None,
    year: Annotated[str | None, typer.Option(help="A year of reports.")] = None,
    region: Annotated[str | None, typer.Option(help="A region's code, all below it too.")] = None,
    level: Annotated[str | None, typer.Option(help="ministry, province, city …")] = None,
    function: Annotated[str | None, typer.Option(help="The code of a function.")] = None,
    office: Annotated[str | None, typer.Option(help="The id of an office.")] = None,
    search: Annotated[str | None, typer.Option(help="Part of an office's name.")] = None,
    form: Annotated[str | None, typer.Option(help="The edition, 2019 or 2021.")] = None,
    check_code: Annotated[str | None, typer.Option("--check", help="Such as C301.")] = None,
    severity: Annotated[str | None, typer.Option(help="error, warning or notice.")] = None,
    balanced: Annotated[str | None, typer.Option(help="true or false.")] = None,
    unbalanced: Annotated[str | None, typer.Option(help="true or false.")] = None,
    errors: Annotated[str | None, typer.Option(help="true or false.")] = None,
    cell: Annotated[str | None, typer.Option(help="Of cells: one, by its name.")] = None,
    replied: Annotated[str | None, typer.Option(help="true or false.")] = None,
    reviewed: Annotated[str | None, typer.Option(help="true or false.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Of changes: the snapshot that a citation names.")
    ] = None,
    without: Annotated[
        str | None, typer.Option(help="Of quartiles: offices that do not count.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Of sums: rows with a value, such as outcome=denied; may be repeated."),
    ] = None,
    columns: Annotated[
        str, typer.Option(help="Names of columns with commas between; default all.")
    ] = "",
    database: DatabaseUrl = None,
) -> int:
    """Write filtered figures; the filters are those of the website."""
    from gipcore.export.writing import write_export
    from gipcore.store.database import open_engine

    named = {
        "year": year,
        "region": region,
        "level": level,
        "function": function,
        "office": office,
        "search": search,
        "form": form,
        "check": check_code,
        "severity": severity,
        "balanced": balanced,
        "unbalanced": unbalanced,
        "errors": errors,
        "cell": cell,
        "replied": replied,
        "reviewed": reviewed,
        "since": since,
        "without": without,
    }
    given = {name: value for name, value in named.items() if value is not None}
    engine = open_engine(database, read_only=True)
    rows = write_export(engine, table, format, given, output, columns, only or ())
    if output is not None:
        messages.print(f"{output}: {rows}", markup=False)
    return DONE


@command
def demo(
    offices: Annotated[int, typer.Option(min=1, max=170_000, help="How many.")] = 300,
    years: Annotated[str, typer.Option(help="From the first to the last.")] = "2019-2025",
    seed: Annotated[int, typer.Option(min=0, help="The same gives the same country.")] = 1,
    database: DatabaseUrl = None,
) -> int:
    """Make a synthetic country, marked as such everywhere, in a database of its own."""
    from gipcore.demo.writing import write_demo
    from gipcore.store.database import database_state, open_engine

    if database is None and not os.environ.get("GIP_DATABASE_URL"):
        raise WrongUseError(
            "name a database for it with --database, for example sqlite:///demo.sqlite; "
            "the site shows it with GIP_DATABASE_URL set to the same address"
        )
    with progress_bar("demo") as step:
        write_demo(database, offices, years_between(years), seed, step)
    state = database_state(open_engine(database, read_only=True))
    typer.echo(f"{state.reports} synthetic reports of {state.offices} offices")
    return DONE


def years_between(given: str) -> range:
    """Return the years of `2019-2025`, or of `2025` alone."""
    first, _, last = given.partition("-")
    try:
        years = range(int(first), int(last or first) + 1)
    except ValueError:
        years = range(0)
    if not years or years[0] < FIRST_YEAR or years[-1] > LAST_YEAR:
        raise WrongUseError(
            f"--years takes {FIRST_YEAR} to {LAST_YEAR}, for example 2019-2025, not “{given}”"
        )
    return years


@command
def catalogue() -> int:
    """Rewrite the generated catalogue of checks."""
    from gipcore.checks.catalogue import catalogue_markdown

    CATALOGUE.write_text(catalogue_markdown(), encoding="utf-8")
    messages.print(str(CATALOGUE), markup=False)
    return DONE


@command
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8501,
    host: Annotated[str, typer.Option(help="0.0.0.0 opens it to the network.")] = "127.0.0.1",
) -> int:
    """Serve the website."""
    from gipcore.web.server import serve as serve_site

    serve_site(port, host)
    return DONE


if __name__ == "__main__":
    app()
