"""What the local bus promises beyond the contract of every bus: published means committed by all who listen."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence

import pytest

from shared.messaging.bus.base import Bus, BusAway, Deliver, Delivered, Record
from shared.messaging.bus.local import LocalBus

TOPIC, OTHER = "topic", "other-topic"


def record(number: int, key: str = "subject", topic: str = TOPIC) -> Record:
    return Record(topic, key, str(number).encode(), {})


class Taken:
    def __init__(self) -> None:
        self.values: list[int] = []

    async def deliver(self, batch: Sequence[Delivered]) -> None:
        self.values += [int(one.value) for one in batch]


@contextlib.asynccontextmanager
async def listening(bus: Bus, group: str, deliver: Deliver, topic: str = TOPIC) -> AsyncIterator[None]:
    stop = asyncio.Event()
    running = asyncio.create_task(bus.subscribe([topic], group=group, member="one", deliver=deliver).run(stop))
    await asyncio.sleep(0)
    try:
        yield
    finally:
        stop.set()
        await running


async def test_publishing_returns_when_every_group_has_committed() -> None:
    bus, quick, go_on = LocalBus(), Taken(), asyncio.Event()

    async def slow(batch: Sequence[Delivered]) -> None:
        await go_on.wait()

    async with listening(bus, "quick", quick.deliver), listening(bus, "slow", slow):
        publishing = asyncio.create_task(bus.publish([record(1)]))
        for _ in range(20):
            await asyncio.sleep(0)
        assert quick.values == [1]
        assert not publishing.done()
        go_on.set()
        await publishing


async def test_publishing_says_that_the_bus_is_away_while_an_expected_group_has_not_come() -> None:
    bus, taken = LocalBus(expected={TOPIC: ["matching", "notify"]}), Taken()
    async with listening(bus, "matching", taken.deliver):
        with pytest.raises(BusAway, match="notify"):
            await bus.publish([record(1)])
        async with listening(bus, "notify", taken.deliver):
            await bus.publish([record(2)])
    assert taken.values == [2, 2]


async def test_publishing_says_that_the_bus_is_away_when_a_known_group_has_left() -> None:
    bus = LocalBus()
    async with listening(bus, "matching", Taken().deliver):
        await bus.publish([record(1)])
    with pytest.raises(BusAway, match="matching"):
        await bus.publish([record(2)])


async def test_publishing_gives_up_when_a_group_keeps_failing_and_loses_nothing() -> None:
    bus, taken, fixed = LocalBus(timeout=0.5), Taken(), asyncio.Event()

    async def deliver(batch: Sequence[Delivered]) -> None:
        if not fixed.is_set():
            raise RuntimeError("its database is away")
        await taken.deliver(batch)

    async with listening(bus, "matching", deliver):
        with pytest.raises(BusAway):
            await bus.publish([record(1)])
        fixed.set()
        await bus.publish([record(2)])
    assert taken.values == [1, 2]


async def test_publishing_takes_no_more_when_too_much_waits() -> None:
    bus, taken, go_on = LocalBus(timeout=0.01, kept=2), Taken(), asyncio.Event()

    async def deliver(batch: Sequence[Delivered]) -> None:
        await go_on.wait()
        await taken.deliver(batch)

    async with listening(bus, "matching", deliver):
        for number in range(4):
            with pytest.raises(BusAway):
                await bus.publish([record(number)])
        with pytest.raises(BusAway, match="too much"):
            await bus.publish([record(4)])
        go_on.set()
        await asyncio.sleep(0.05)
        await bus.publish([record(6)])
    assert taken.values == [0, 1, 2, 3, 6]


async def test_new_group_begins_with_the_oldest_record_that_is_kept() -> None:
    bus, late = LocalBus(kept=3), Taken()
    async with listening(bus, "early", Taken().deliver):
        for number in range(10):
            await bus.publish([record(number)])
        async with listening(bus, "late", late.deliver):
            await bus.publish([record(10)])
    assert late.values == [7, 8, 9, 10]


async def test_services_that_answer_each_other_do_not_wait_for_ever() -> None:
    """Each delivery on one topic makes another service publish on the other, and so on back."""
    bus = LocalBus(timeout=1)
    outboxes: dict[str, asyncio.Queue[int]] = {TOPIC: asyncio.Queue(), OTHER: asyncio.Queue()}
    finished = asyncio.Event()

    def answering_on(topic: str) -> Deliver:
        async def deliver(batch: Sequence[Delivered]) -> None:
            for one in batch:
                if int(one.value) == 50:
                    finished.set()
                else:
                    outboxes[topic].put_nowait(int(one.value) + 1)

        return deliver

    async def relay(topic: str) -> None:
        while True:
            await bus.publish([record(await outboxes[topic].get(), topic=topic)])

    async with listening(bus, "a", answering_on(OTHER), TOPIC), listening(bus, "b", answering_on(TOPIC), OTHER):
        relays = [asyncio.create_task(relay(topic)) for topic in outboxes]
        outboxes[TOPIC].put_nowait(0)
        async with asyncio.timeout(5):
            await finished.wait()
        for task in relays:
            task.cancel()


async def test_partitions_are_delivered_at_the_same_time_and_each_in_order() -> None:
    bus, at_work, most = LocalBus(), 0, 0
    seen: dict[str, list[int]] = {}

    async def deliver(batch: Sequence[Delivered]) -> None:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        for _ in range(5):
            await asyncio.sleep(0)
        for one in batch:
            seen.setdefault(one.key, []).append(int(one.value))
        at_work -= 1

    async with listening(bus, "matching", deliver):
        await bus.publish([record(number, f"subject-{number % 10}") for number in range(1000)])
    assert most > 1
    assert seen == {f"subject-{key}": list(range(key, 1000, 10)) for key in range(10)}


async def test_records_of_nobody_are_taken_at_once() -> None:
    bus, taken = LocalBus(), Taken()
    await bus.publish([record(1)])
    async with listening(bus, "matching", taken.deliver):
        await bus.publish([record(2)])
    assert taken.values == [1, 2]


async def test_delivery_that_outlives_a_wipe_does_not_hide_what_comes_after_it() -> None:
    bus, taken, reached, go_on = LocalBus(timeout=0.05), Taken(), asyncio.Event(), asyncio.Event()

    async def deliver(batch: Sequence[Delivered]) -> None:
        reached.set()
        await go_on.wait()
        await taken.deliver(batch)

    async with listening(bus, "matching", deliver):
        publishing = asyncio.create_task(bus.publish([record(number) for number in range(5)]))
        await reached.wait()
        bus.wipe()
        go_on.set()
        with contextlib.suppress(BusAway):
            await publishing
        await bus.publish([record(9)])
    assert taken.values == [0, 1, 2, 3, 4, 9]


async def test_closed_bus_takes_nothing() -> None:
    bus = LocalBus()
    await bus.close()
    with pytest.raises(BusAway):
        await bus.publish([record(1)])
    with pytest.raises(BusAway):
        await bus.check()
