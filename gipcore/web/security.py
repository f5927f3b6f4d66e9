"""What every answer tells the browser to forbid, and which requests are not answered at all."""

import logging
import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from gipcore.web.assets import Assets
from gipcore.web.errors import is_for_programs, not_found
from gipcore.web.sending import EXPOSED

log = logging.getLogger(__name__)

SOCKET = "/_stcore/stream"
POLICY_VIOLATION, TRY_AGAIN_LATER = 1008, 1013  # reasons for closing a WebSocket
# All of Streamlit's own routes that a visit needs; its metrics and agent API are not among them.
STREAMLIT_PATHS = frozenset({"/_stcore/health", "/_stcore/host-config"})
STREAMLIT_FOLDERS = ("/_stcore/upload_file/", "/media/")
MOST_VISITS = 1000  # open pages at a time; beyond it all would wait for seconds

# Steps upwards, empty steps and what no address has; Streamlit would answer them in its own way.
_ODD_PATH = re.compile(r"[\x00-\x1f\x7f\\]|(?:^|/)\.{1,2}(?:/|$)|//")

COMMON: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# A notebook in a browser may fetch these from another site; the print page is one of them.
OPEN: Mapping[str, str] = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": ", ".join(EXPOSED),
}
PRINT_PAGES = "/reports/"
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"


def page_policy(script_hashes: Iterable[str]) -> str:
    """Return the content security policy of pages: nothing from outside, no code from text.

    Inline styles are how Streamlit lays out and plotly draws; scripts only run by address or hash.
    """
    scripts = " ".join(["'self'", *(f"'{digest}'" for digest in script_hashes)])
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "media-src 'self' blob:",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


class SecurityHeadersMiddleware:
    """Adds the headers to every answer; one that a route set itself stays."""

    def __init__(self, app: ASGIApp, script_hashes: Iterable[str]) -> None:
        self.app = app
        pages = {
            "Content-Security-Policy": page_policy(script_hashes),
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Frame-Options": "SAMEORIGIN",
        }
        data = {
            "Content-Security-Policy": DATA_POLICY,
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        self.pages = {**COMMON, **pages}
        self.print_pages = {**self.pages, **OPEN}
        self.data = {**COMMON, **data, **OPEN}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on one request and complete its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        added = self._added(scope["path"])

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in added.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _added(self, path: str) -> Mapping[str, str]:
        if is_for_programs(path):
            return self.data
        return self.print_pages if path.startswith(PRINT_PAGES) else self.pages


class GateMiddleware:
    """Lets through what the site has, and answers 404 to everything else.

    Streamlit would answer 200 with its shell to any path, and open its socket to other sites after
    asking a server abroad which address this machine has.
    """

    def __init__(
        self,
        app: ASGIApp,
        routes: Iterable[BaseRoute],
        assets: Assets,
        allowed_origins: Iterable[str] = (),
        most_visits: int = MOST_VISITS,
    ) -> None:
        self.app = app
        self.routes = tuple(routes)
        self.assets = assets
        self.most_visits = most_visits
        self.visits = 0
        self.allowed_hosts = frozenset(_host(origin) for origin in allowed_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on or refuse one request."""
        if scope["type"] == "websocket":
            await self._visit(scope, receive, send)
        elif scope["type"] == "http" and not self._has(scope):
            await self._elsewhere(scope)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _visit(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._is_welcome(scope):
            await WebSocketClose(POLICY_VIOLATION)(scope, receive, send)
            return
        if self.visits >= self.most_visits:
            log.warning("a visitor was turned away: %d pages are open", self.visits)
            await WebSocketClose(TRY_AGAIN_LATER)(scope, receive, send)
            return
        self.visits += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.visits -= 1

    def _has(self, scope: Scope) -> bool:
        path: str = scope["path"]
        if _ODD_PATH.search(path):
            return False
        return (
            path in STREAMLIT_PATHS
            or path.startswith(STREAMLIT_FOLDERS)
            or self.assets.has(path)
            or any(route.matches(scope)[0] is not Match.NONE for route in self.routes)
        )

    def _elsewhere(self, scope: Scope) -> Response:
        """Return the way to the same path without a slash at its end, or 404."""
        path: str = scope["path"].rstrip("/")
        if path and path != scope["path"] and self._has({**scope, "path": path}):
            query = scope["query_string"].decode("latin-1")
            return RedirectResponse(f"{path}?{query}" if query else path, 301)
        return not_found(Request(scope))

    def _is_welcome(self, scope: Scope) -> bool:
        """Tell whether a socket is the site's own page's; programs send no origin."""
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if scope["path"] != SOCKET:
            return False
        if origin is None:
            return True
        host = _host(origin)
        return host != "" and (host == headers.get("host") or host in self.allowed_hosts)


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # what a hostile client may send
        return ""
