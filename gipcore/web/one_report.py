"""One report over HTTP: cells with raw texts and places, claims, repairs, and all outcomes."""

from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gipcore.checks.catalogue import sentence
from gipcore.checks.outcome import Outcome, outcome_to_json
from gipcore.export.filters import BadParameterError
from gipcore.export.tables import page_address
from gipcore.form.report_json import report_to_json
from gipcore.store import reading
from gipcore.store.rows import StoredReport
from gipcore.web.answering import Answer, understood
from gipcore.web.database import Databases, database_facts
from gipcore.web.errors import error_answer
from gipcore.web.negotiation import is_known
from gipcore.web.streaming import WORKERS
from gipcore.words import Language

REVISION = "revision"
MOST_DIGITS = 4


def one_report(databases: Databases) -> Route:
    """Return the route of a report in full, its newest revision or the one asked for."""

    def answer_to(request: Request) -> Response:
        answer = understood(databases, request, apart=(REVISION,), filters=())
        if is_known(request, answer.tag):
            return answer.unchanged()
        report_id = request.path_params["report_id"]
        revision = revision_asked(answer)
        found = reading.report(answer.database.engine, report_id, revision)
        if found is None:
            newest = None if revision is None else reading.report(answer.database.engine, report_id)
            return _not_there(newest, revision)
        made = JSONResponse(_body(found, answer), headers=answer.headers())
        return answer.unless_held(request, made)

    async def endpoint(request: Request) -> Response:
        return await to_thread.run_sync(answer_to, request, limiter=WORKERS)

    return Route("/v1/reports/{report_id}", endpoint)


def _not_there(newest: StoredReport | None, revision: int | None) -> Response:
    """Answer that there is no such report, or that it has no such revision but others."""
    if newest is None:
        message = "no report has this id; ids stand in /api/v1/reports.json"
        return error_answer(404, "not_found", message)
    numbers = ", ".join(map(str, newest.revisions))
    message = (
        f"the report {newest.row.id} has no revision {revision}; "
        f"it has {len(newest.revisions)}: {numbers}"
    )
    return error_answer(404, "not_found", message, parameter=REVISION)


def revision_asked(answer: Answer) -> int | None:
    """Return which revision a request asks for, None: the newest; raises BadParameterError."""
    given = answer.asked.apart.get(REVISION)
    if not given:
        return None
    if given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS:
        return int(given)
    raise BadParameterError(REVISION, "revision takes the number of a revision, such as 1")


def _body(found: StoredReport, answer: Answer) -> dict[str, Any]:
    row = found.row
    return report_to_json(found.report) | {
        "id": row.id,
        "revision": row.revision,
        "revisions": list(found.revisions),
        "read_at": None if row.read_at is None else row.read_at.isoformat(timespec="seconds"),
        "is_balanced": row.is_balanced,
        "is_synthetic": answer.origin.is_synthetic,
        "outcomes": [_outcome(outcome) for outcome in found.outcomes],
        "address": page_address(answer.origin, "report", report=row.id),
        "database": database_facts(answer.database),
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    said = {language.value: sentence(outcome, language) for language in Language}
    return outcome_to_json(outcome) | {"sentence": said}
