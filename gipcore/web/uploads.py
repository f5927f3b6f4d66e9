"""How much of visitors' files the server takes at a time, before Streamlit's own upload route."""

import logging
from collections.abc import Callable

from anyio import fail_after
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

FOLDER = "/_stcore/upload_file/"
MOST_AT_ONCE = 16  # uploads under way
MOST_HELD = 400 * 1024 * 1024  # bytes of all files that wait to be read
SECONDS = 180.0  # an upload may take, so that a slow one does not keep its place for ever
BUSY = "Too many files are being sent just now; try again in a minute."


class UploadsMiddleware:
    """Refuses files while as many as there is room for are held or under way.

    `held` tells how many bytes of files the server holds; Streamlit bounds each one, not their
    sum.
    """

    def __init__(
        self,
        app: ASGIApp,
        held: Callable[[], int],
        most_held: int = MOST_HELD,
        most_at_once: int = MOST_AT_ONCE,
        seconds: float = SECONDS,
    ) -> None:
        self.app = app
        self.held = held
        self.most_held = most_held
        self.most_at_once = most_at_once
        self.seconds = seconds
        self.under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on or refuse one request."""
        if not (scope["type"] == "http" and _is_upload(scope)):
            await self.app(scope, receive, send)
            return
        if self.under_way >= self.most_at_once or self._coming(scope) > self.most_held:
            log.warning("a file was refused: %d uploads are under way", self.under_way)
            await _refuse(scope, receive, send)
            return
        self.under_way += 1
        has_begun = False

        async def note(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            with fail_after(self.seconds):
                await self.app(scope, receive, note)
        except TimeoutError:
            log.warning("a file was given up: it took more than %d seconds", self.seconds)
            if not has_begun:
                await _refuse(scope, receive, send)
        finally:
            self.under_way -= 1

    def _coming(self, scope: Scope) -> int:
        """Return how many bytes would be held with this file."""
        declared = Headers(scope=scope).get("content-length", "")
        return self.held() + (int(declared) if declared.isascii() and declared.isdigit() else 0)


def _is_upload(scope: Scope) -> bool:
    method, path = str(scope["method"]), str(scope["path"])
    return method == "PUT" and path.startswith(FOLDER)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    answer = PlainTextResponse(BUSY, 503, {"Retry-After": "60", "Connection": "close"})
    await answer(scope, receive, send)
