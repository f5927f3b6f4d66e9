"""Everything as one file over HTTP, with the filters of the pages."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gipcore.export.bundle import CSV, FORMATS_OF_TABLES, MEDIA_TYPE, bundle
from gipcore.export.filters import FILTERS, FILTERS_OF_TABLE, BadParameterError
from gipcore.web.answering import Answer, understood
from gipcore.web.database import Databases
from gipcore.web.negotiation import is_known
from gipcore.web.sending import disposition, download, open_to_all
from gipcore.web.streaming import WORKERS, Downloads

FORMAT = "format"  # of the tables within
TAKEN = tuple(name for name in FILTERS if name not in FILTERS_OF_TABLE)


def bundle_route(databases: Databases, downloads: Downloads) -> Route:
    """Return /bundle.zip."""

    def asked(request: Request) -> Answer:
        answer = understood(databases, request, apart=(FORMAT,), filters=TAKEN)
        if _format(answer) not in FORMATS_OF_TABLES:
            there_are = " or ".join(FORMATS_OF_TABLES)
            raise BadParameterError(FORMAT, f"{FORMAT} takes {there_are}")
        return answer

    async def endpoint(request: Request) -> Response:
        answer = await to_thread.run_sync(asked, request, limiter=WORKERS)
        if is_known(request, answer.tag):
            return answer.unchanged()
        headers = answer.headers()
        headers["Content-Disposition"] = disposition(answer.file_name(_name(answer), "zip"))
        pieces = bundle(
            answer.database.engine,
            answer.asked.query,
            answer.database.state,
            answer.origin,
            answer.asked.parameters,
            _format(answer),
        )
        made = download(request, downloads, pieces, headers, MEDIA_TYPE)
        return answer.unless_held(request, made)

    return open_to_all(Route("/bundle.zip", endpoint))


def _format(answer: Answer) -> str:
    return answer.asked.apart.get(FORMAT) or CSV


def _name(answer: Answer) -> str:
    return "bundle" if _format(answer) == CSV else f"bundle-{_format(answer)}"
