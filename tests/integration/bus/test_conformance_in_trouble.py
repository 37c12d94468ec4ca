"""The contract of the bus when members die, brokers go away and records are too large. In both worlds, as ever."""

import asyncio
from collections.abc import Sequence

import pytest

from shared.messaging.bus.base import LARGEST_RECORD, Bus, BusAway, Delivered, Record, RecordTooLarge
from tests.integration.bus.worlds import (
    ARRIVES_WITHIN,
    Taken,
    World,
    eventually,
    group_name,
    join,
    keys,
    member,
    records,
    relay,
)

pytestmark = pytest.mark.timeout(300)


async def test_records_come_again_to_another_member_when_one_is_killed_before_its_commit(world: World) -> None:
    reached, taken = asyncio.Event(), Taken()
    group = group_name()
    said = records(world.topic, ["subject"], range(1, 6))

    async def never_done(batch: Sequence[Delivered]) -> None:
        reached.set()
        await asyncio.Event().wait()

    killed = join(world.bus(), world.topic, group, "one", never_done)
    speaking = asyncio.create_task(relay(world.bus(), said))
    await reached.wait()
    await killed.kill()
    async with member(world.bus(), world.topic, group, "two", taken.deliver):
        await taken.until_all(said)
        await speaking
    assert taken.histories() == {"subject": [1, 2, 3, 4, 5]}


async def test_failed_delivery_comes_again_while_other_partitions_flow(world: World) -> None:
    taken, mended = Taken(), asyncio.Event()
    failures: list[list[str]] = []
    stuck, free = records(world.topic, ["stuck"], range(1, 4)), records(world.topic, keys(12), range(1, 4))

    async def deliver(batch: Sequence[Delivered]) -> None:
        if not mended.is_set() and any(one.key == "stuck" for one in batch):
            failures.append([one.value.decode() for one in batch])
            raise RuntimeError("the database is away")
        await taken.deliver(batch)

    async with member(world.bus(), world.topic, group_name(), "one", deliver):
        speaking = asyncio.create_task(relay(world.bus(), stuck + free))
        await eventually(lambda: len(failures) > 2 and len(taken.partitions) > 2)
        mended.set()
        await taken.until_all(stuck + free)
        await speaking
    assert failures[0] == failures[1]
    assert taken.histories() == {key: [1, 2, 3] for key in ["stuck", *keys(12)]}


async def test_everything_arrives_when_the_broker_was_away_and_is_back(world: World) -> None:
    taken = Taken()
    before, after = records(world.topic, keys(8), range(1, 4)), records(world.topic, keys(8), range(4, 9))
    bus = world.bus()
    async with member(world.bus(), world.topic, group_name(), "one", taken.deliver) as running:
        await relay(bus, before)
        await taken.until_all(before)
        await world.stop()
        async with asyncio.timeout(ARRIVES_WITHIN):
            with pytest.raises(BusAway):
                await bus.publish(after)
            with pytest.raises(BusAway):
                await bus.check()
            with pytest.raises(BusAway):
                await running.subscription.lag()
        assert not running.task.done()
        await world.start()
        await relay(bus, after)
        await taken.until_all(after)
        await answers(bus)
    assert taken.histories() == {key: list(range(1, 9)) for key in keys(8)}


async def answers(bus: Bus) -> None:
    async with asyncio.timeout(ARRIVES_WITHIN):
        while True:
            try:
                return await bus.check()
            except BusAway:
                await asyncio.sleep(0.1)


async def test_delivery_that_ends_while_the_broker_is_away_holds_up_nothing_afterwards(world: World) -> None:
    reached, go_on, taken = asyncio.Event(), asyncio.Event(), Taken()
    before, after = records(world.topic, ["subject"], [1]), records(world.topic, ["subject", *keys(8)], [2])

    async def wait_first(batch: Sequence[Delivered]) -> None:
        reached.set()
        await go_on.wait()
        await taken.deliver(batch)

    async with member(world.bus(), world.topic, group_name(), "one", wait_first):
        speaking = asyncio.create_task(relay(world.bus(), before))
        await reached.wait()
        await world.stop()
        go_on.set()
        await taken.until_all(before)
        await world.start()
        await relay(world.bus(), after)
        await taken.until_all(after)
        await speaking
    assert taken.histories()["subject"] == [1, 2]


async def test_member_that_starts_while_the_broker_is_away_begins_when_it_is_back(world: World) -> None:
    taken = Taken()
    said = records(world.topic, keys(8), range(1, 4))
    await world.stop()
    async with member(world.bus(), world.topic, group_name(), "one", taken.deliver):
        with pytest.raises(BusAway):
            await world.bus().publish(said)
        await world.start()
        await relay(world.bus(), said)
        await taken.until_all(said)


async def test_everything_new_arrives_when_the_broker_was_wiped_and_refilled(world: World) -> None:
    taken, late = Taken(), Taken()
    old, new = records(world.topic, keys(8), range(1, 31)), records(world.topic, keys(8), range(31, 41))
    kept = old[len(old) // 3 :]
    bus = world.bus()
    async with member(world.bus(), world.topic, group_name(), "one", taken.deliver):
        await relay(bus, old)
        await taken.until_all(old)
        await world.wipe()
        await relay(bus, kept + new)
        await taken.until_all(new)
        async with member(world.bus(), world.topic, group_name(), "one", late.deliver):
            await late.until_all(kept + new)
    assert late.histories() == {key: list(range(11, 41)) for key in keys(8)}


async def test_record_that_is_too_large_is_named_and_the_others_go_on(world: World) -> None:
    taken = Taken()
    large = Record(world.topic, "large", b"x" * (LARGEST_RECORD + 1), {})
    small = records(world.topic, keys(4), [1])
    async with member(world.bus(), world.topic, group_name(), "one", taken.deliver):
        with pytest.raises(RecordTooLarge) as refused:
            await world.bus().publish([small[0], large, Record(world.topic, "x", b"x" * 2 * LARGEST_RECORD, {})])
        assert refused.value.record is large
        await relay(world.bus(), small)
        await taken.until_all(small)


async def test_record_of_the_largest_size_arrives(world: World) -> None:
    taken = Taken()
    large = Record(world.topic, "large", b"x" * (LARGEST_RECORD - len("large")), {})
    async with member(world.bus(), world.topic, group_name(), "one", taken.deliver):
        await relay(world.bus(), [large])
        await eventually(lambda: len(taken.batches) == 1)
    assert taken.batches[0][0].value == large.value
