"""Everything as one file over HTTP, with the filters of the pages."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gipcore.export.bundle import MEDIA_TYPE, bundle
from gipcore.export.filters import FILTERS, FILTERS_OF_TABLE
from gipcore.web.answering import Answer, understood
from gipcore.web.database import Databases
from gipcore.web.negotiation import is_known
from gipcore.web.sending import disposition, download
from gipcore.web.streaming import WORKERS, Downloads

TAKEN = tuple(name for name in FILTERS if name not in FILTERS_OF_TABLE)


def bundle_route(databases: Databases, downloads: Downloads) -> Route:
    """Return /bundle.zip."""

    def asked(request: Request) -> Answer:
        return understood(databases, request, filters=TAKEN)

    async def endpoint(request: Request) -> Response:
        answer = await to_thread.run_sync(asked, request, limiter=WORKERS)
        if is_known(request, answer.tag):
            return answer.unchanged()
        headers = answer.headers()
        headers["Content-Disposition"] = disposition(answer.file_name("bundle", "zip"))
        pieces = bundle(
            answer.database.engine,
            answer.asked.query,
            answer.database.state,
            answer.origin,
            answer.asked.parameters,
        )
        return download(request, downloads, pieces, headers, MEDIA_TYPE)

    return Route("/bundle.zip", endpoint)
