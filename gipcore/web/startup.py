"""What is done once before the first visitor, so that nobody waits for it later."""

import gc
import logging
import socket
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from threading import Thread


def warm(modules: tuple[str, ...]) -> None:
    """Import modules, and those directly in them where they are packages."""
    for name in modules:
        module = import_module(name)
        for found in iter_modules(getattr(module, "__path__", ())):
            if name.startswith("gipcore"):
                import_module(f"{name}.{found.name}")


def do_beside(*steps: Callable[[], None]) -> None:
    """Do one thing after another while the first visitors are served already.

    None of them may load parts of a package that a page loads parts of, too: it may meet half.
    """

    def do() -> None:
        for step in steps:
            step()

    Thread(target=do, name="prepare", daemon=True).start()


def keep_loaded_objects() -> None:
    """Take what is loaded by now out of every later garbage collection."""
    gc.collect()
    gc.freeze()


def keep_visitors_out_of_the_log() -> None:
    """Log only warnings and faults from now on; uvicorn would note each visitor's address."""
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)


def send_small_messages_at_once() -> None:
    """Switch Nagle's algorithm off on the listening sockets; accepted ones inherit it.

    `streamlit run` leaves it on, and a small message then waits up to 40 ms for the next.
    """
    for found in gc.get_objects():
        if isinstance(found, socket.socket) and _is_listening(found):
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _is_listening(found: socket.socket) -> bool:
    if found.fileno() < 0 or found.family not in (socket.AF_INET, socket.AF_INET6):
        return False
    return found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) == 1
