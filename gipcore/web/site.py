"""Everything beside Streamlit put together for app.py: routes, middleware, start and end."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from anyio import CapacityLimiter, create_task_group, move_on_after, to_thread
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from gipcore.errors import StoreError
from gipcore.web import errors, shell, startup
from gipcore.web.api import api
from gipcore.web.asking import site_address
from gipcore.web.assets import Assets, AssetsMiddleware
from gipcore.web.bundle_route import bundle_route
from gipcore.web.database import Databases
from gipcore.web.discovery import discovery
from gipcore.web.health import health
from gipcore.web.print_page import print_page
from gipcore.web.security import GateMiddleware, SecurityHeadersMiddleware
from gipcore.web.streaming import Downloads
from gipcore.web.subjects import Subject, asks_of, find_subject
from gipcore.web.uploads import UploadsMiddleware

PATIENCE_SECONDS = 1.0  # for what a page is about, before it is sent without
LOOKUPS = CapacityLimiter(2)  # threads for it, apart from downloads
A_DAY = "public, max-age=86400"


class Site:
    """The HTTP side of the site.

    `static` is the folder of Streamlit's front end, `pages` the paths of the pages, `imports` the
    modules to load before the first visit, `prepare` is done beside it, `allowed_origins` are other
    sites that may open the socket, `held` tells how many bytes of visitors' files are in memory.
    """

    def __init__(
        self,
        static: Path,
        pages: tuple[str, ...],
        imports: tuple[str, ...] = (),
        prepare: Callable[[], None] = lambda: None,
        allowed_origins: tuple[str, ...] = (),
        held: Callable[[], int] = lambda: 0,
    ) -> None:
        self.imports = imports
        self.prepare = prepare
        self.databases = Databases()
        self.assets = Assets(static / "static")
        made = shell.make_shell(static / "index.html")

        downloads = Downloads()

        async def page(request: Request) -> Response:
            return made.answer(request, site_address(request), await self._subject(request))

        self.routes: list[BaseRoute] = [
            *(Route(path, page) for path in pages),
            Route("/icon.svg", _icon),
            health(self.databases),
            api(self.databases, downloads),
            bundle_route(self.databases, downloads),
            print_page(self.databases),
            *discovery(self.databases, pages),
        ]
        self.middleware = [
            Middleware(SecurityHeadersMiddleware, script_hashes=made.script_hashes),
            Middleware(
                GateMiddleware,
                routes=self.routes,
                assets=self.assets,
                allowed_origins=allowed_origins,
            ),
            Middleware(UploadsMiddleware, held=held),
            Middleware(AssetsMiddleware, assets=self.assets),
        ]
        self.exception_handlers: Mapping[Any, Any] = errors.HANDLERS

    async def _subject(self, request: Request) -> Subject | None:
        """Return what a page is about by the database; None where that has nothing to say.

        None too when it is not told soon: a page never waits for the database.
        """
        asked = asks_of(request)
        if asked is None:
            return None
        site = site_address(request)
        with move_on_after(PATIENCE_SECONDS):
            return await to_thread.run_sync(
                self._find, *asked, site, limiter=LOOKUPS, abandon_on_cancel=True
            )
        return None

    def _find(self, path: str, code: str, site: str) -> Subject | None:
        try:
            return find_subject(self.databases.engine(), path, code, site)
        except StoreError:  # the page says so itself
            return None

    @asynccontextmanager
    async def lifespan(self, _: object) -> AsyncIterator[None]:
        """Make ready for visitors; at the end close the database."""
        async with create_task_group() as tasks:
            tasks.start_soon(to_thread.run_sync, self.assets.load)
            tasks.start_soon(to_thread.run_sync, startup.warm, self.imports)
        startup.send_small_messages_at_once()
        startup.keep_visitors_out_of_the_log()
        startup.do_beside(self.prepare, startup.keep_loaded_objects)
        try:
            yield
        finally:
            self.databases.close()


async def _icon(request: Request) -> Response:
    return FileResponse(shell.ICON, headers={"Cache-Control": A_DAY}, media_type="image/svg+xml")
