"""A broker that lost all it had is filled again from the outbox. Nothing has an effect twice; who is new hears all."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from uuid import UUID

import pytest

from shared.events.intake import CaseReopened
from shared.messaging.bus.base import Bus, BusAway, BusConsumer, Deliver, Record
from shared.messaging.consumer import Consumer
from shared.messaging.outbox import refill_all
from shared.messaging.relay import Relay
from shared.unit_of_work import UnitOfWork, Units
from tests.integration.bus.conftest import kafka_world
from tests.integration.bus.worlds import ARRIVES_WITHIN, KafkaWorld, eventually, group_name
from tests.integration.plumbing.conftest import Bench, said

__all__ = ["kafka_world"]

pytestmark = [pytest.mark.kafka, pytest.mark.postgres, pytest.mark.timeout(300)]
SUBJECTS = [UUID(int=number) for number in range(1, 6)]
EACH = 20


class InTopic:
    """The world's bus, with everything in the topic of this test."""

    def __init__(self, bus: Bus, topic: str) -> None:
        self._bus, self._topic = bus, topic

    async def publish(self, records: Sequence[Record]) -> None:
        await self._bus.publish([replace(record, topic=self._topic) for record in records])

    def subscribe(
        self, topics: Sequence[str], *, group: str, member: str, deliver: Deliver, linger: float = 0.0
    ) -> BusConsumer:
        return self._bus.subscribe(topics, group=group, member=member, deliver=deliver, linger=linger)

    async def check(self) -> None:
        await self._bus.check()

    async def close(self) -> None:
        await self._bus.close()


class Listener:
    """A service that hears all of it; `heard` holds what had an effect."""

    def __init__(self, units: Units[UnitOfWork]) -> None:
        self.heard: dict[UUID, int] = defaultdict(int)
        self._consumer = Consumer(units, {CaseReopened: self._hear})

    @asynccontextmanager
    async def listening(self, world: KafkaWorld) -> AsyncIterator[None]:
        stop = asyncio.Event()
        subscription = world.bus().subscribe(
            [world.topic], group=group_name(), member="one", deliver=self._consumer.deliver
        )
        running = asyncio.create_task(subscription.run(stop))
        try:
            yield
        finally:
            stop.set()
            await running

    async def has_heard(self, each: int) -> None:
        await eventually(
            lambda: len(self.heard) == len(SUBJECTS) and min(self.heard.values()) >= each,
            lambda: dict(self.heard),
        )
        assert set(self.heard.values()) == {each}

    async def _hear(self, event: CaseReopened, _: UnitOfWork) -> None:
        self.heard[event.subject] += 1


async def publish_all(relay: Relay) -> None:
    async with asyncio.timeout(ARRIVES_WITHIN):
        while True:
            try:
                await relay.publish_waiting()
            except BusAway:
                await asyncio.sleep(0.1)
            else:
                return


async def test_wiped_broker_is_refilled_and_nothing_has_an_effect_twice(
    kafka_world: KafkaWorld, postgres_bench: Bench, memory_bench: Bench
) -> None:
    bus = InTopic(kafka_world.bus(), kafka_world.topic)
    relay = Relay(postgres_bench.rows, bus, service="intake", source_urn="urn:nld:test:systeem")
    old, new = Listener(postgres_bench.units), Listener(memory_bench.units)
    await postgres_bench.say(*(said(subject) for _ in range(EACH) for subject in SUBJECTS))
    async with old.listening(kafka_world):
        await publish_all(relay)
        await old.has_heard(EACH)

        await kafka_world.wipe()
        assert await refill_all(postgres_bench.rows) == EACH * len(SUBJECTS)
        await publish_all(relay)
        await postgres_bench.say(*(said(subject) for subject in SUBJECTS))
        await publish_all(relay)

        await old.has_heard(EACH + 1)
        async with new.listening(kafka_world):
            await new.has_heard(EACH + 1)
