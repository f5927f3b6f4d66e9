"""The gate by itself: how many may visit at a time."""

import anyio

from gipcore.web.assets import Assets
from gipcore.web.security import GateMiddleware
from tests.web.client import ROOT

SCOPE = {"type": "websocket", "path": "/_stcore/stream", "headers": []}


async def nothing():
    await anyio.sleep_forever()


def test_visitors_beyond_the_most_are_turned_away_until_one_leaves():
    async def run() -> list[str]:
        told: list[str] = []
        may_leave = anyio.Event()

        async def site(scope, receive, send) -> None:
            told.append("welcome")
            await may_leave.wait()

        async def send(message) -> None:
            told.append(message["type"])

        gate = GateMiddleware(site, (), Assets(ROOT), most_visits=2)
        async with anyio.create_task_group() as tasks:
            for _ in range(2):
                tasks.start_soon(gate, SCOPE, nothing, send)
            await anyio.wait_all_tasks_blocked()
            await gate(SCOPE, nothing, send)
            may_leave.set()
        await gate(SCOPE, nothing, send)
        assert gate.visits == 0
        return told

    assert anyio.run(run) == ["welcome", "welcome", "websocket.close", "welcome"]
