"""Working in processes: results in order, and a lost process costs its own item only."""

import os
import time
from collections.abc import Iterator

import pytest

from gipcore.workers import Bounds, Lost, run_in_order

BOUNDS = Bounds(seconds=30, memory_bytes=4 << 30)


def work(item: tuple[str, int]) -> int | str:
    what, number = item
    if what == "crash":
        os._exit(7)
    if what == "raise":
        raise RuntimeError
    if what == "hang":
        time.sleep(600)
    if what == "grow":
        try:
            return len(bytearray(number))
        except MemoryError:
            return "too much memory"
    if what == "slow":
        time.sleep(number / 100)
    return number


def run(*items: tuple[str, int], jobs: int = 2, bounds: Bounds = BOUNDS) -> list[object]:
    return list(run_in_order(work, items, jobs=jobs, bounds=bounds))


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_the_order_of_the_items(jobs: int):
    items = [("slow", (7 * n) % 10) for n in range(40)]
    assert run(*items, jobs=jobs) == [number for _, number in items]


def test_no_items_no_results():
    assert run() == []


def test_crash_costs_its_own_item():
    results = run(*(("crash" if n in (0, 3, 4) else "echo", n) for n in range(8)))
    assert [r for r in results if not isinstance(r, Lost)] == [1, 2, 5, 6, 7]
    lost = results[3]
    assert isinstance(lost, Lost)
    assert "exit code 7" in lost.reason


def test_exception_costs_its_own_item():
    first, second = run(("raise", 1), ("echo", 2))
    assert isinstance(first, Lost)
    assert second == 2


def test_item_that_takes_too_long_is_given_up():
    bounds = Bounds(seconds=3, memory_bytes=BOUNDS.memory_bytes)
    start = time.monotonic()
    first, second = run(("hang", 1), ("echo", 2), jobs=1, bounds=bounds)
    assert isinstance(first, Lost)
    assert "longer than 3 seconds" in first.reason
    assert second == 2
    assert time.monotonic() - start < 30


def test_memory_is_bounded():
    bounds = Bounds(seconds=30, memory_bytes=1 << 30)
    assert run(("grow", 2 << 30), ("grow", 1000), bounds=bounds) == ["too much memory", 1000]


def test_items_are_taken_as_they_are_needed():
    taken = []

    def items() -> Iterator[tuple[str, int]]:
        for number in range(1000):
            taken.append(number)
            yield "echo", number

    results = run_in_order(work, items(), jobs=2, bounds=BOUNDS)
    assert next(results) == 0
    assert len(taken) < 100
    results.close()
