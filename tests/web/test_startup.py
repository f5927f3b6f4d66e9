import asyncio
import gc
import socket
import sys
from threading import Event

import pytest

from gipcore.errors import WrongUseError
from gipcore.web.server import listen
from gipcore.web.startup import (
    do_beside,
    keep_loaded_objects,
    send_small_messages_at_once,
    warm,
)


def has_no_delay(found: socket.socket) -> bool:
    return found.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_accepted_connections_send_small_messages_at_once():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert not has_no_delay(listening)
        send_small_messages_at_once()
        assert has_no_delay(listening)
        with socket.create_connection(listening.getsockname()):
            accepted, _ = listening.accept()
            with accepted:
                assert has_no_delay(accepted)


def test_closed_and_other_sockets_are_left_alone():
    closed = socket.create_server(("127.0.0.1", 0))
    closed.close()
    pair = socket.socketpair()
    send_small_messages_at_once()
    for end in pair:
        end.close()


def test_packages_are_imported_with_their_modules():
    warm(("json.tool", "gipcore.form"))
    assert "json.tool" in sys.modules
    assert "gipcore.form.reviews" in sys.modules


def test_steps_are_done_in_turn_while_others_go_on():
    done, may_go_on, is_finished = [], Event(), Event()
    do_beside(may_go_on.wait, lambda: done.append("step"), is_finished.set)
    assert done == []
    may_go_on.set()
    assert is_finished.wait(10)
    assert done == ["step"]


def test_loaded_objects_are_out_of_later_collections():
    before = gc.get_freeze_count()
    try:
        keep_loaded_objects()
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::"])
def test_own_server_sends_small_messages_at_once(host):
    async def accepted() -> bool:
        loop, found = asyncio.get_running_loop(), asyncio.get_running_loop().create_future()

        class Accepting(asyncio.Protocol):
            def connection_made(self, transport):
                found.set_result(has_no_delay(transport.get_extra_info("socket")))
                transport.close()

        listening = listen(host, 0)
        server = await loop.create_server(Accepting, sock=listening)
        await loop.create_connection(asyncio.Protocol, "127.0.0.1", listening.getsockname()[1])
        server.close()
        return await asyncio.wait_for(found, 10)

    assert asyncio.run(accepted())


def test_port_that_is_taken_is_named():
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(WrongUseError, match=f"port {taken.getsockname()[1]} .*--port"),
    ):
        listen("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize(
    ("host", "port"), [("127.0.0.1", 99999), ("203.0.113.7", 0), ("no such", 0)]
)
def test_place_that_nobody_can_listen_on_is_refused(host, port):
    with pytest.raises(WrongUseError, match="--host"):
        listen(host, port)
