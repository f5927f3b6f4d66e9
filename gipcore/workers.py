"""Work on many things in processes of their own, so that one of them cannot stop the others."""

import multiprocessing
import resource
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

RESULTS_KEPT = 64  # results that may wait for an earlier one
SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Lost:
    """An item whose process ended before it had a result, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an item may cost before its process is ended."""

    seconds: float
    memory_bytes: int


def run_in_order(
    function: Callable[[Item], Result], items: Iterable[Item], *, jobs: int, bounds: Bounds
) -> Iterator[Result | Lost]:
    """Yield the result of each item in the order of the items, working on `jobs` at a time.

    Items, results and the function itself are pickled. A process that crashes, or takes too long
    or too much memory, costs its own item only. Items are taken as they are needed.
    """
    source = iter(items)
    workers = [_Worker(function, bounds) for _ in range(jobs)]
    done: dict[int, Result | Lost] = {}
    taken = yielded = 0
    is_exhausted = False
    try:
        while True:
            for worker in workers:
                if is_exhausted or worker.position is not None or len(done) > RESULTS_KEPT:
                    continue
                try:
                    item = next(source)
                except StopIteration:
                    is_exhausted = True
                else:
                    worker.give(taken, item)
                    taken += 1
            while yielded in done:
                yield done.pop(yielded)
                yielded += 1
            busy = [worker for worker in workers if worker.position is not None]
            if not busy:
                if is_exhausted:
                    return
                continue
            _collect(busy, done)
    finally:
        for worker in workers:
            worker.stop()


class _Worker(Generic[Item, Result]):
    """A process that takes one item at a time; started anew when it is lost."""

    def __init__(self, function: Callable[[Item], Result], bounds: Bounds) -> None:
        self._function = function
        self._bounds = bounds
        self.position: int | None = None
        self.deadline = 0.0
        self._start()

    def _start(self) -> None:
        self.connection, theirs = SPAWN.Pipe()
        self._process = SPAWN.Process(
            target=_serve, args=(self._function, theirs, self._bounds.memory_bytes), daemon=True
        )
        self._process.start()
        theirs.close()

    def give(self, position: int, item: Item) -> None:
        """Hand over the next item."""
        self.position, self.deadline = position, time.monotonic() + self._bounds.seconds
        try:
            self.connection.send(item)
        except OSError:
            return  # the process has ended; taking its result says so

    def take(self) -> Result | Lost:
        """Take the result that has come, or that can come no more."""
        self.position = None
        try:
            result: Result = self.connection.recv()
        except (EOFError, OSError):
            self._process.join()
            lost = Lost(f"the reading process crashed (exit code {self._process.exitcode})")
            self._restart()
            return lost
        return result

    def give_up(self) -> Lost:
        """End the process, which takes too long."""
        self.position = None
        self._restart()
        return Lost(f"reading took longer than {self._bounds.seconds:g} seconds")

    def _restart(self) -> None:
        self.stop()
        self._start()

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self.connection.close()


def _collect(busy: list[_Worker[Any, Result]], done: dict[int, Result | Lost]) -> None:
    """Wait until a worker has a result, or one has used up its time."""
    now = time.monotonic()
    ready = wait(
        [worker.connection for worker in busy],
        timeout=max(0.0, min(worker.deadline for worker in busy) - now),
    )
    for worker in busy:
        position = worker.position
        if position is None:
            continue
        if worker.connection in ready:
            done[position] = worker.take()
        elif worker.deadline <= time.monotonic():
            done[position] = worker.give_up()


def _serve(function: Callable[[Item], Result], connection: Connection, memory_bytes: int) -> None:
    """Answer items until there are no more; the process's whole life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it, and ends us
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    while True:
        try:
            item = connection.recv()
        except EOFError:
            return
        connection.send(function(item))
