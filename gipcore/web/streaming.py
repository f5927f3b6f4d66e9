"""Long answers, piece by piece: made in worker threads, given up when nobody reads them."""

import logging
from collections.abc import AsyncIterator, Generator, Mapping
from dataclasses import dataclass

from anyio import CancelScope, CapacityLimiter, fail_after, to_thread
from starlette.responses import StreamingResponse
from starlette.types import Message, Send

WORKERS = CapacityLimiter(4)  # threads for questions and downloads, apart from Streamlit's own

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Downloads:
    """Counts the downloads under way, on the event loop only; each holds a connection.

    `stall_seconds` is how long a visitor may not take a piece before the download is given up.
    """

    most: int = 8
    stall_seconds: float = 30.0
    running: int = 0

    @property
    def is_full(self) -> bool:
        """Tell whether one more would be too many."""
        return self.running >= self.most


class Download(StreamingResponse):
    """Sends the pieces of a generator, and always closes it, whoever ends the download."""

    def __init__(
        self,
        pieces: Generator[bytes, None, None],
        downloads: Downloads,
        headers: Mapping[str, str],
        media_type: str,
    ) -> None:
        self.pieces = pieces
        self.downloads = downloads
        super().__init__(self._made(), headers=headers, media_type=media_type)

    async def _made(self) -> AsyncIterator[bytes]:
        def following() -> bytes | None:
            return next(self.pieces, None)

        while (piece := await to_thread.run_sync(following, limiter=WORKERS)) is not None:
            yield piece

    async def stream_response(self, send: Send) -> None:
        """Send all pieces; a visitor who takes none for too long is cut off."""

        async def send_in_time(message: Message) -> None:
            with fail_after(self.downloads.stall_seconds):
                await send(message)

        self.downloads.running += 1
        try:
            await super().stream_response(send_in_time)
        except TimeoutError:
            log.warning("a download was given up: the visitor took nothing any more")
        finally:
            self.downloads.running -= 1
            with CancelScope(shield=True):
                await to_thread.run_sync(self.pieces.close, limiter=WORKERS)
