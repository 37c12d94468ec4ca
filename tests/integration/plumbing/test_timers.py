"""P4: never early, once each, by the database's clock."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.kernel.retry_budget import MOST_TRIES
from shared.messaging.schedule import TimerHandler
from shared.messaging.timers import TimerLoop
from shared.unit_of_work import Timer, UnitOfWork
from tests.integration.plumbing.conftest import Bench, said

A = UUID(int=1)
HOUR = timedelta(hours=1)


async def set_timer(bench: Bench, key: str, after: timedelta, kind: str = "say") -> None:
    async with bench.units.begin() as unit:
        unit.timers.set(Timer(key, kind, A, unit.now + after, {"number": key}))


async def say(timer: Timer, unit: UnitOfWork) -> None:
    unit.outbox.append(said(timer.subject))


def loop(bench: Bench, **handlers: TimerHandler[Any]) -> TimerLoop[Any]:
    return TimerLoop(bench.units, {"say": say, **handlers})


async def test_timer_fires_not_before_it_is_due_and_then_once(bench: Bench) -> None:
    await set_timer(bench, "a", HOUR)
    assert await loop(bench).fire_due() == 0

    await bench.forward(HOUR - timedelta(minutes=1))
    assert await loop(bench).fire_due() == 0
    await bench.forward(timedelta(minutes=2))
    assert await loop(bench).fire_due() == 1
    assert await loop(bench).fire_due() == 0

    assert len(await bench.records()) == 1


async def test_timers_fire_oldest_first_and_no_more_than_asked(bench: Bench) -> None:
    seen: list[str] = []

    async def note(timer: Timer, unit: UnitOfWork) -> None:
        seen.append(timer.data["number"])

    for key, hours in (("c", 3), ("a", 1), ("b", 2)):
        await set_timer(bench, key, hours * HOUR, "note")
    await bench.forward(4 * HOUR)

    assert await loop(bench, note=note).fire_due(2) == 2
    assert seen == ["a", "b"]


async def test_timer_that_was_cleared_or_moved_does_not_fire(bench: Bench) -> None:
    await set_timer(bench, "a", HOUR)
    await set_timer(bench, "b", HOUR)
    await set_timer(bench, "b", 3 * HOUR)
    async with bench.units.begin() as unit:
        unit.timers.clear("a", "unknown")
    await bench.forward(2 * HOUR)

    assert await loop(bench).fire_due() == 0


async def test_timer_may_set_itself_again(bench: Bench) -> None:
    async def again(timer: Timer, unit: UnitOfWork) -> None:
        unit.timers.set(Timer(timer.key, timer.kind, timer.subject, unit.now + HOUR))

    await set_timer(bench, "a", HOUR, "again")
    await bench.forward(HOUR)
    assert await loop(bench, again=again).fire_due() == 1
    assert await loop(bench, again=again).fire_due() == 0
    await bench.forward(HOUR)
    assert await loop(bench, again=again).fire_due() == 1


async def test_timer_that_fails_comes_again_later_and_holds_up_no_other(bench: Bench) -> None:
    async def fail(timer: Timer, unit: UnitOfWork) -> None:
        unit.outbox.append(said(timer.subject))
        raise ValueError

    await set_timer(bench, "a", HOUR, "fail")
    await set_timer(bench, "b", 2 * HOUR)
    await bench.forward(2 * HOUR)
    assert await loop(bench, fail=fail).fire_due() == 2
    assert len(await bench.records()) == 1

    assert await loop(bench, fail=say).fire_due() == 0
    await bench.forward(timedelta(minutes=2))
    assert await loop(bench, fail=say).fire_due() == 1
    assert len(await bench.records()) == 2


async def test_timer_that_an_earlier_one_cleared_or_moved_in_the_same_batch_does_not_fire(bench: Bench) -> None:
    async def overtake(timer: Timer, unit: UnitOfWork) -> None:
        unit.timers.clear("b")
        unit.timers.set(Timer("c", "say", timer.subject, unit.now + HOUR))

    await set_timer(bench, "a", HOUR, "overtake")
    await set_timer(bench, "b", 2 * HOUR)
    await set_timer(bench, "c", 2 * HOUR)
    await bench.forward(3 * HOUR)
    assert await loop(bench, overtake=overtake).fire_due() == 3
    assert await bench.records() == []

    await bench.forward(HOUR)
    assert await loop(bench).fire_due() == 1
    assert len(await bench.records()) == 1


async def test_timer_whose_effect_is_refused_only_at_the_end_comes_later_and_holds_up_no_other(
    postgres_bench: Bench,
) -> None:
    async def set_what_no_table_takes(timer: Timer, unit: UnitOfWork) -> None:
        unit.timers.set(Timer("x", "say", timer.subject, unit.now, {"a": "\0"}))

    await set_timer(postgres_bench, "a", HOUR, "bad")
    await set_timer(postgres_bench, "b", 2 * HOUR)
    await postgres_bench.forward(3 * HOUR)

    timers = loop(postgres_bench, bad=set_what_no_table_takes)
    assert [await timers.fire_due(), await timers.fire_due()] == [2, 0]
    assert len(await postgres_bench.records()) == 1
    await postgres_bench.forward(timedelta(minutes=2))
    assert await timers.fire_due() == 1


async def test_timer_whose_fault_never_passes_is_put_off_so_that_the_others_fire(bench: Bench) -> None:
    async def never_end(timer: Timer, unit: UnitOfWork) -> None:
        raise TimeoutError

    await set_timer(bench, "a", HOUR, "never_end")
    await set_timer(bench, "b", 2 * HOUR)
    await bench.forward(3 * HOUR)
    timers = loop(bench, never_end=never_end)

    for _ in range(MOST_TRIES - 1):
        with pytest.raises(TimeoutError):
            await timers.fire_due()
    assert await bench.records() == []
    assert [await timers.fire_due(), await timers.fire_due()] == [2, 0]
    assert len(await bench.records()) == 1


async def test_units_that_clear_and_set_the_same_timers_crosswise_wait_for_each_other(postgres_bench: Bench) -> None:
    async def change(clear: str, move: str) -> None:
        async with postgres_bench.units.begin() as unit:
            unit.timers.clear(clear)
            unit.timers.set(Timer(move, "say", A, unit.now))

    for _ in range(10):
        for key in "ab":
            await set_timer(postgres_bench, key, HOUR)
        await asyncio.gather(*(change(*keys) for keys in ("ab", "ba") * 2))
