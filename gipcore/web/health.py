"""Whether the site can answer: for whoever watches over it."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from gipcore.web.database import Databases, database_facts
from gipcore.web.streaming import WORKERS


def health(databases: Databases) -> BaseRoute:
    """Return /healthz: 200 with the database's state, 503 with what to do."""

    async def endpoint(request: Request) -> Response:
        database = await to_thread.run_sync(databases.current, limiter=WORKERS)
        body = {"status": "ok", "database": database_facts(database)}
        return JSONResponse(body, headers={"Cache-Control": "no-store"})

    return Route("/healthz", endpoint)
