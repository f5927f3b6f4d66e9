"""Starting the server: uvicorn on one socket, with limits fit for a public site."""

import os
import socket
import sys
from contextlib import chdir
from importlib import import_module
from pathlib import Path

import uvicorn

from gipcore.errors import WrongUseError

ROOT = Path(__file__).resolve().parents[2]
BACKLOG = 2048
LARGEST_MESSAGE = 4 * 1024 * 1024  # bytes a browser may send at once; files come another way
PING_SECONDS = 30.0
CLOSING_SECONDS = 5
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - what a person asks for by name


def serve(port: int, host: str = "127.0.0.1") -> None:
    """Serve the site until it is stopped; raises WrongUseError when the port is taken."""
    listening = listen(host, port)
    actual = listening.getsockname()[1]
    os.environ.setdefault("STREAMLIT_SERVER_PORT", str(actual))  # what Streamlit names itself by
    sys.path.insert(0, str(ROOT))
    with chdir(ROOT):  # where Streamlit looks for its settings
        app = import_module("app").app
    config = uvicorn.Config(
        app,
        log_config=None,  # Streamlit has set up logging; visitors are not logged
        access_log=False,
        use_colors=False,
        server_header=False,
        ws="websockets-sansio",
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PING_SECONDS,
        ws_max_size=LARGEST_MESSAGE,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=CLOSING_SECONDS,
    )
    shown = "localhost" if host in EVERYWHERE else host
    print(f"http://{shown}:{actual}/", file=sys.stderr, flush=True)
    with listening:
        uvicorn.Server(config).run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; raises WrongUseError where none can be had.

    Only because the socket names TCP does asyncio send small messages at once.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)  # IPv4 visitors too
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as fault:
        listening.close()
        raise WrongUseError(
            f"cannot listen on {host}, port {port} ({fault}); choose others with --host and --port"
        ) from fault
    listening.listen(BACKLOG)
    listening.setblocking(False)
    return listening
