"""Several workers fire timers of one table: each timer has one effect, none waits for another worker, none is early."""

import asyncio
import inspect
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.messaging.timers import TimerLoop
from shared.unit_of_work import Timer, UnitOfWork
from tests.integration.plumbing.conftest import Bench, said

A = UUID(int=1)
# Far beyond what any of this takes; a worker that waits for another one's rows would wait until it is over.
SOON = 8


class Held:
    """A handler whose first timer stays in hand until it is let go; the others only say that they fired."""

    def __init__(self) -> None:
        self.fired: list[str] = []
        self.in_hand, self.let_go = asyncio.Event(), asyncio.Event()

    async def fire(self, timer: Timer, unit: UnitOfWork) -> None:
        self.fired.append(timer.key)
        unit.outbox.append(said(timer.subject))
        if not self.in_hand.is_set():
            self.in_hand.set()
            await self.let_go.wait()


async def set_due(bench: Bench, *keys: str, subject: UUID = A) -> None:
    async with bench.units.begin() as unit:
        for number, key in enumerate(keys):
            unit.timers.set(Timer(key, "fire", subject, unit.now - timedelta(minutes=len(keys) - number)))


def worker(bench: Bench, held: Held) -> TimerLoop[Any]:
    return TimerLoop(bench.units, {"fire": held.fire})


async def test_timer_that_one_worker_has_in_hand_is_not_fired_by_another(postgres_bench: Bench) -> None:
    held = Held()
    await set_due(postgres_bench, "a")
    first = asyncio.create_task(worker(postgres_bench, held).fire_due())
    await asyncio.wait_for(held.in_hand.wait(), SOON)

    assert await asyncio.wait_for(worker(postgres_bench, held).fire_due(), SOON) == 0
    held.let_go.set()
    assert await first == 1
    assert await worker(postgres_bench, held).fire_due() == 0
    assert held.fired == ["a"]
    assert len(await postgres_bench.records()) == 1


async def test_worker_fires_what_is_due_while_another_holds_a_batch(postgres_bench: Bench) -> None:
    held = Held()
    await set_due(postgres_bench, "a", "b", "c", "d")
    first = asyncio.create_task(worker(postgres_bench, held).fire_due(limit=2))
    await asyncio.wait_for(held.in_hand.wait(), SOON)

    # Of other subjects' facts only: two units that say something of one subject wait for each other, as they must.
    await set_due(postgres_bench, "c", "d", subject=UUID(int=2))
    assert await asyncio.wait_for(worker(postgres_bench, held).fire_due(), SOON) == 2
    assert held.fired == ["a", "c", "d"]
    held.let_go.set()
    assert await first == 2
    assert held.fired == ["a", "c", "d", "b"]


async def test_workers_that_fire_together_give_each_timer_one_effect(postgres_bench: Bench) -> None:
    fired: Counter[str] = Counter()

    async def note(timer: Timer, unit: UnitOfWork) -> None:
        fired[timer.key] += 1
        unit.outbox.append(said(timer.subject))

    async def fire_all() -> None:
        timers = TimerLoop(postgres_bench.units, {"fire": note})
        for _ in range(40):
            await timers.fire_due(limit=7)

    async with postgres_bench.units.begin() as unit:
        for number in range(200):
            unit.timers.set(Timer(f"{number:03}", "fire", UUID(int=number), unit.now - timedelta(minutes=1)))
    await asyncio.gather(*(fire_all() for _ in range(4)))

    assert set(fired.values()) == {1}
    assert len(fired) == len(await postgres_bench.records()) == 200


@pytest.mark.parametrize(("after", "is_due"), [(timedelta(milliseconds=1), False), (timedelta(0), True)])
async def test_timer_is_due_at_its_moment_and_not_a_millisecond_earlier(
    bench: Bench, after: timedelta, *, is_due: bool
) -> None:
    """Set and looked for in one transaction, in which the database's clock stands still."""
    async with bench.units.begin() as unit:
        unit.timers.set(Timer("a", "fire", A, unit.now + after))
        written = unit.timers.flush()
        if inspect.isawaitable(written):
            await written
        assert bool(await unit.timers.claim(10)) == is_due
