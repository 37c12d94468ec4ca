"""The contract of the bus. Every test runs on the local bus and on Apache Kafka, and neither knows which it is on."""

import asyncio
import contextlib
from collections.abc import Sequence
from itertools import chain

import pytest

from shared.messaging.bus.base import BusAway, BusConsumer, Delivered, Record
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


async def test_records_of_a_subject_arrive_in_order_whatever_else_is_said(world: World) -> None:
    taken = Taken()
    async with member(world.bus(), world.topic, group_name(), "one", taken.deliver):
        bus, said = world.bus(), []
        for first in range(1, 51, 7):
            said.append(records(world.topic, keys(20), range(first, first + 7)))
            await relay(bus, said[-1])
        await taken.until_all(chain(*said))
    assert taken.histories() == {key: list(range(1, 57)) for key in keys(20)}


async def test_records_keep_key_value_and_headers_on_the_way(world: World) -> None:
    taken = Taken()
    said = Record(world.topic, "kind-één", b'{"a": "\xc3\xa9"}', {"ce_id": "1", "content-type": "application/json"})
    async with member(world.bus(), world.topic, group_name(), "one", taken.deliver):
        await relay(world.bus(), [said])
        await eventually(lambda: bool(taken.batches))
    got = taken.batches[0][0]
    assert (got.topic, got.key, got.value, dict(got.headers)) == (said.topic, said.key, said.value, said.headers)


async def test_records_of_a_partition_are_delivered_in_batches(world: World) -> None:
    taken = Taken()
    said = records(world.topic, ["subject"], range(1, 2001))
    async with member(world.bus(), world.topic, group_name(), "one", taken.deliver):
        await relay(world.bus(), said)
        await taken.until_all(said)
    assert 50 <= max(len(batch) for batch in taken.batches) <= 500


async def test_each_group_gets_everything(world: World) -> None:
    groups = [Taken(), Taken(), Taken()]
    said = records(world.topic, keys(10), range(1, 11))
    async with (
        member(world.bus(), world.topic, group_name(), "one", groups[0].deliver),
        member(world.bus(), world.topic, group_name(), "one", groups[1].deliver),
        member(world.bus(), world.topic, group_name(), "one", groups[2].deliver),
    ):
        await relay(world.bus(), said)
        for taken in groups:
            await taken.until_all(said)


async def share(world: World, first: Taken, second: Taken) -> None:
    """Speak until each of two members has been given something new."""
    bus, number = world.bus(), 0

    def both() -> bool:
        return all(any(":-" in value for value in taken.values[-12:]) for taken in (first, second))

    async with asyncio.timeout(ARRIVES_WITHIN):
        while not both():
            number -= 1
            await relay(bus, records(world.topic, keys(24), [number]))
            await asyncio.sleep(0.1)


async def test_two_members_share_the_partitions(world: World) -> None:
    first, second = Taken(), Taken()
    group = group_name()
    said = records(world.topic, keys(50), range(1, 11))
    async with (
        member(world.bus(), world.topic, group, "one", first.deliver),
        member(world.bus(), world.topic, group, "two", second.deliver),
    ):
        await share(world, first, second)
        first.batches.clear()
        second.batches.clear()
        await relay(world.bus(), said)
        await eventually(lambda: {record.value.decode() for record in said} <= {*first.values, *second.values})
    assert first.partitions
    assert second.partitions
    assert first.partitions.isdisjoint(second.partitions)


async def test_order_holds_and_nothing_is_lost_when_a_member_joins_and_another_leaves(world: World) -> None:
    together, first, second = Taken(), Taken(), Taken()
    group = group_name()
    stop_speaking = asyncio.Event()
    said: list[Record] = []

    async def speak() -> None:
        bus, number = world.bus(), 0
        while not stop_speaking.is_set():
            number += 1
            now = records(world.topic, keys(12), [number])
            await relay(bus, now)
            said.extend(now)
            await asyncio.sleep(0.02)

    def both(own: Taken) -> "Taken":
        class Both(Taken):
            async def deliver(self, batch: Sequence[Delivered]) -> None:
                await own.deliver(batch)
                await together.deliver(batch)

        return Both()

    one = join(world.bus(), world.topic, group, "one", both(first).deliver)
    speaking = asyncio.create_task(speak())
    await eventually(lambda: len(first.partitions) > 3)
    async with member(world.bus(), world.topic, group, "two", both(second).deliver):
        await eventually(lambda: bool(second.batches))
        await one.stop()
        second.batches.clear()
        await eventually(lambda: len(second.partitions) > 3)
        stop_speaking.set()
        await speaking
        await together.until_all(said)
    highest = max(int(record.value.decode().rpartition(":")[2]) for record in said)
    assert together.histories() == {key: list(range(1, highest + 1)) for key in keys(12)}


async def test_batch_in_hand_is_finished_before_its_partition_goes_to_a_member_that_joins(world: World) -> None:
    reached, go_on, first, second = asyncio.Event(), asyncio.Event(), Taken(), Taken()
    group = group_name()
    said = records(world.topic, keys(12), [1])

    async def slow(batch: Sequence[Delivered]) -> None:
        reached.set()
        await go_on.wait()
        await first.deliver(batch)

    async with member(world.bus(), world.topic, group, "one", slow):
        speaking = asyncio.create_task(relay(world.bus(), said))
        await reached.wait()
        async with member(world.bus(), world.topic, group, "two", second.deliver):
            await asyncio.sleep(2.5)  # long enough for a broker to have told the first member to give way
            go_on.set()
            later = records(world.topic, keys(12), [2])
            await relay(world.bus(), later)
            await speaking
            await eventually(lambda: {record.value.decode() for record in later} <= {*first.values, *second.values})
    values = [*first.values, *second.values]
    assert sorted(values) == sorted(record.value.decode() for record in said + later)


async def test_member_goes_on_from_its_committed_offsets_after_a_restart(world: World) -> None:
    before, after = Taken(), Taken()
    group = group_name()
    old, new = records(world.topic, keys(8), range(1, 6)), records(world.topic, keys(8), range(6, 11))
    async with member(world.bus(), world.topic, group, "one", before.deliver):
        await relay(world.bus(), old)
        await before.until_all(old)
    async with member(world.bus(), world.topic, group, "one", after.deliver):
        await relay(world.bus(), new)
        await after.until_all(new)
    assert set(after.values) == {record.value.decode() for record in new}


async def test_new_group_begins_with_the_first_record(world: World) -> None:
    early, late = Taken(), Taken()
    said = records(world.topic, keys(8), range(1, 21))
    async with member(world.bus(), world.topic, group_name(), "one", early.deliver):
        await relay(world.bus(), said)
        await early.until_all(said)
        async with member(world.bus(), world.topic, group_name(), "one", late.deliver):
            await late.until_all(said)
    assert late.histories() == {key: list(range(1, 21)) for key in keys(8)}


async def test_member_that_stops_finishes_the_batch_in_hand_and_commits_it(world: World) -> None:
    reached, go_on, again = asyncio.Event(), asyncio.Event(), Taken()
    group = group_name()
    old, new = records(world.topic, ["subject"], [1]), records(world.topic, ["subject"], [2])

    async def slow(batch: Sequence[Delivered]) -> None:
        reached.set()
        await go_on.wait()

    running = join(world.bus(), world.topic, group, "one", slow)
    speaking = asyncio.create_task(relay(world.bus(), old))
    await reached.wait()
    running.stopping.set()
    await asyncio.sleep(0.1)
    assert not running.task.done()
    go_on.set()
    await running.stop()
    await speaking
    async with member(world.bus(), world.topic, group, "one", again.deliver):
        await relay(world.bus(), new)
        await again.until_all(new)
    assert set(again.values) == {"subject:2"}


async def test_lag_counts_what_waits_and_is_zero_after_it(world: World) -> None:
    go_on, taken = asyncio.Event(), Taken()
    said = records(world.topic, keys(8), range(1, 6))

    async def wait_first(batch: Sequence[Delivered]) -> None:
        await go_on.wait()
        await taken.deliver(batch)

    async with member(world.bus(), world.topic, group_name(), "one", wait_first) as running:
        speaking = asyncio.create_task(relay(world.bus(), said))

        await lag_becomes(running.subscription, len(said))
        go_on.set()
        await lag_becomes(running.subscription, 0)
        await speaking


async def lag_becomes(subscription: BusConsumer, wanted: int) -> None:
    """A member that has not joined yet says that the bus is away."""
    lag = -1
    async with asyncio.timeout(ARRIVES_WITHIN):
        while lag != wanted:
            await asyncio.sleep(0.05)
            with contextlib.suppress(BusAway):
                lag = await subscription.lag()
