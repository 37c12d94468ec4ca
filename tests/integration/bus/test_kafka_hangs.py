"""Clients and brokers that hang: each of these was once seen on Apache Kafka and aiokafka."""

import asyncio
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from shared.messaging.bus.base import BusAway
from shared.messaging.bus.kafka_client import Limits
from tests.integration.bus.worlds import (
    ARRIVES_WITHIN,
    KafkaWorld,
    Taken,
    group_name,
    join,
    keys,
    member,
    records,
    relay,
)

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(300)]

IMPATIENT = Limits(request=2.0, publish=3.0, commit=2.0, join=15.0, session=6.0, drain=2.0, end=1.0, idle=2.0)


class Hangs:
    """Takes the place of a client's method: never returns the first time, and swallows its cancellation once."""

    def __init__(self, owner: type, name: str) -> None:
        self._real: Any = getattr(owner, name)
        self.was_called = asyncio.Event()

    async def __call__(self, client: object, *args: object, **options: object) -> object:
        if self.was_called.is_set():
            return await self._real(client, *args, **options)
        self.was_called.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await asyncio.sleep(0.5)
        raise RuntimeError("the client hung")

    def __get__(self, client: object, owner: type) -> object:
        async def bound(*args: object, **options: object) -> object:
            return await self(client, *args, **options)

        return bound


@pytest.mark.parametrize("method", ["start", "getmany", "commit"])
async def test_member_whose_client_hangs_gets_another_and_misses_nothing(
    kafka_world: KafkaWorld, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    hangs, taken = Hangs(AIOKafkaConsumer, method), Taken()
    monkeypatch.setattr(AIOKafkaConsumer, method, hangs)
    said = records(kafka_world.topic, keys(8), range(1, 6))
    async with member(kafka_world.bus(IMPATIENT), kafka_world.topic, group_name(), "one", taken.deliver) as running:
        await relay(kafka_world.bus(), said)
        await hangs.was_called.wait()
        await taken.until_all(said)
        later = records(kafka_world.topic, keys(8), range(6, 11))
        await relay(kafka_world.bus(), later)
        await taken.until_all(later)
        assert not running.task.done()


async def test_member_whose_client_will_not_stop_ends_all_the_same(
    kafka_world: KafkaWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, again, group = Taken(), Taken(), group_name()
    old, new = records(kafka_world.topic, keys(8), [1]), records(kafka_world.topic, keys(8), [2])
    running = join(kafka_world.bus(IMPATIENT), kafka_world.topic, group, "one", taken.deliver)
    await relay(kafka_world.bus(), old)
    await taken.until_all(old)
    hangs = Hangs(AIOKafkaConsumer, "stop")
    monkeypatch.setattr(AIOKafkaConsumer, "stop", hangs)
    await running.stop()
    assert hangs.was_called.is_set()
    async with member(kafka_world.bus(), kafka_world.topic, group, "one", again.deliver):
        await relay(kafka_world.bus(), new)
        await again.until_all(new)
    assert set(again.values) == {record.value.decode() for record in new}


@pytest.mark.parametrize("method", ["start", "send_batch", "partitions_for"])
async def test_publishing_gives_up_on_a_client_that_hangs_and_takes_another(
    kafka_world: KafkaWorld, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    taken = Taken()
    bus = kafka_world.bus(IMPATIENT)
    said = records(kafka_world.topic, keys(1), [1])
    monkeypatch.setattr(AIOKafkaProducer, method, Hangs(AIOKafkaProducer, method))
    async with asyncio.timeout(ARRIVES_WITHIN):
        with pytest.raises(BusAway):
            await bus.publish(said)
    async with member(kafka_world.bus(), kafka_world.topic, group_name(), "one", taken.deliver):
        await relay(bus, said)
        await taken.until_all(said)


async def test_everything_arrives_after_a_broker_that_hung_answers_again(kafka_world: KafkaWorld) -> None:
    taken = Taken()
    before, after = records(kafka_world.topic, keys(8), [1]), records(kafka_world.topic, keys(8), [2, 3])
    bus = kafka_world.bus()
    async with member(kafka_world.bus(), kafka_world.topic, group_name(), "one", taken.deliver):
        await relay(bus, before)
        await taken.until_all(before)
        await kafka_world.freeze()
        try:
            async with asyncio.timeout(ARRIVES_WITHIN):
                with pytest.raises(BusAway):
                    await bus.publish(after)
                with pytest.raises(BusAway):
                    await bus.check()
        finally:
            await kafka_world.thaw()
        await relay(bus, after)
        await taken.until_all(after)
    assert taken.histories() == {key: [1, 2, 3] for key in keys(8)}
