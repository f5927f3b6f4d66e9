"""Downloads end as they should: read to the end, given up by the visitor, or by us."""

import anyio
import pytest

from gipcore.web.streaming import Download, Downloads

SCOPE = {"type": "http", "method": "GET", "path": "/", "headers": []}


class Pieces:
    """A source of pieces that remembers how far it came and whether it was closed."""

    def __init__(self, number: int) -> None:
        self.number, self.made, self.is_closed = number, 0, False

    def generate(self):
        try:
            for _ in range(self.number):
                self.made += 1
                yield b"x"
        finally:
            self.is_closed = True


async def nothing_more():
    await anyio.sleep_forever()


def answer(pieces: Pieces, downloads: Downloads, send, receive=nothing_more) -> None:
    download = Download(pieces.generate(), downloads, {}, "text/csv")
    anyio.run(download, SCOPE, receive, send)


def test_all_pieces_are_sent_and_the_source_is_closed():
    pieces, downloads, bodies = Pieces(5), Downloads(), []

    async def send(message):
        assert downloads.running == 1
        bodies.append(message.get("body"))

    answer(pieces, downloads, send)
    assert bodies == [None, *[b"x"] * 5, b""]
    assert (pieces.is_closed, downloads.running) == (True, 0)


def test_visitor_who_takes_nothing_is_given_up(caplog):
    pieces, downloads = Pieces(1000), Downloads(stall_seconds=0.05)

    async def send(message):
        if pieces.made == 3:
            await anyio.sleep_forever()

    answer(pieces, downloads, send)
    assert pieces.made == 3
    assert (pieces.is_closed, downloads.running) == (True, 0)
    assert "given up" in caplog.text


def test_visitor_who_leaves_ends_the_download():
    pieces, downloads = Pieces(1_000_000), Downloads()

    async def send(message):
        await anyio.sleep(0)

    async def leave():
        while pieces.made < 10:
            await anyio.sleep(0.001)
        return {"type": "http.disconnect"}

    answer(pieces, downloads, send, leave)
    assert 10 <= pieces.made < 100_000
    assert (pieces.is_closed, downloads.running) == (True, 0)


def test_fault_while_making_pieces_is_not_swallowed():
    def broken():
        yield b"x"
        raise LookupError("row 2")

    downloads = Downloads()

    async def send(message):
        return

    with pytest.raises(LookupError):
        anyio.run(Download(broken(), downloads, {}, "text/csv"), SCOPE, nothing_more, send)
    assert downloads.running == 0


def test_no_more_downloads_than_there_is_room_for():
    downloads = Downloads(most=2, running=1)
    assert not downloads.is_full
    downloads.running += 1
    assert downloads.is_full
