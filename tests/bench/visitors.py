"""Visitors of a Streamlit server without a browser: they open the socket and ask for reruns."""

import asyncio
import random
import time
from dataclasses import dataclass, field

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

FINISHED = 0  # ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY
PATIENCE_SECONDS = 60.0


@dataclass
class Measured:
    """What all visitors together felt, in milliseconds."""

    first: list[float] = field(default_factory=list)
    reruns: list[float] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)
    failures: int = 0


class Visitor:
    """One open page."""

    def __init__(self, port: int, page: str, query: str) -> None:
        self.port, self.page, self.query = port, page, query

    async def ask(self, times: int, measured: Measured) -> None:
        """Open the page and ask for it again so many times, without a thought between."""
        async with self._connected() as socket:
            measured.first.append(await self._run(socket, measured))
            for _ in range(times):
                measured.reruns.append(await self._run(socket, measured))

    async def visit(self, seconds: float, think: float, measured: Measured) -> None:
        """Open the page, then ask for it again after some thought, until the time is over."""
        end = time.perf_counter() + seconds
        try:
            async with self._connected() as socket:
                measured.first.append(await self._run(socket, measured))
                while True:
                    pause = random.uniform(0.5, 1.5) * think
                    if time.perf_counter() + pause > end:
                        return
                    await asyncio.sleep(pause)
                    measured.reruns.append(await self._run(socket, measured))
        except (OSError, TimeoutError, websockets.WebSocketException):
            measured.failures += 1

    def _connected(self) -> websockets.connect:
        return websockets.connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            subprotocols=["streamlit"],
            max_size=None,
            compression=None,
            open_timeout=PATIENCE_SECONDS,
        )

    async def _run(self, socket: websockets.ClientConnection, measured: Measured) -> float:
        ask = BackMsg()
        ask.rerun_script.page_name = self.page
        ask.rerun_script.query_string = self.query
        ask.rerun_script.context_info.url = f"http://127.0.0.1:{self.port}/{self.page}"
        began = time.perf_counter()
        received = 0
        await socket.send(ask.SerializeToString())
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                data = await socket.recv()
                received += len(data)
                message = ForwardMsg()
                message.ParseFromString(data)
                if message.WhichOneof("type") == "script_finished":
                    if message.script_finished != FINISHED:
                        continue  # this run was given up for another
                    measured.bytes.append(received)
                    return (time.perf_counter() - began) * 1000


async def crowd(
    port: int, visitors: int, seconds: float, think: float, page: str = "", query: str = ""
) -> Measured:
    """Let many visit at once, arriving over one time of thought."""
    measured = Measured()

    async def arrive(number: int) -> None:
        await asyncio.sleep(think * number / visitors)
        await Visitor(port, page, query).visit(seconds, think, measured)

    await asyncio.gather(*(arrive(number) for number in range(visitors)))
    return measured
