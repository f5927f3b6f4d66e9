import gc
import socket
import sys

from gipcore.web.startup import keep_loaded_objects, send_small_messages_at_once, warm


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


def test_loaded_objects_are_out_of_later_collections():
    before = gc.get_freeze_count()
    try:
        keep_loaded_objects()
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
