"""A broker that lost all it had is filled again from the outbox. Nothing has an effect twice; who is new hears all."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import pytest

from shared.events.catalogue import topic_of
from shared.events.intake import CaseReopened
from shared.messaging.bus.base import BusAway
from shared.messaging.consumer import Consumer
from shared.messaging.outbox_rows import refill_all
from shared.messaging.relay import Relay
from shared.unit_of_work import UnitOfWork, Units
from tests.integration.bus.conftest import kafka_world
from tests.integration.bus.worlds import ARRIVES_WITHIN, KafkaWorld, eventually, group_name
from tests.integration.plumbing.conftest import Bench, said

__all__ = ["kafka_world"]

pytestmark = [pytest.mark.kafka, pytest.mark.postgres, pytest.mark.timeout(300)]
SUBJECTS = [UUID(int=number) for number in range(1, 6)]
EACH = 20


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


@pytest.fixture
async def intake_world(kafka_world: KafkaWorld) -> AsyncIterator[KafkaWorld]:
    """The topic of intake, empty: what intake says is heard on its own topic only. Nothing of it is left behind."""
    kafka_world.topic = topic_of("intake")
    await kafka_world.wipe()
    yield kafka_world
    await kafka_world.kafka.wipe()


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
    intake_world: KafkaWorld, postgres_bench: Bench, memory_bench: Bench
) -> None:
    relay = Relay(postgres_bench.rows, intake_world.bus(), service="intake", source_urn="urn:nld:test:systeem")
    old, new = Listener(postgres_bench.units), Listener(memory_bench.units)
    await postgres_bench.say(*(said(subject) for _ in range(EACH) for subject in SUBJECTS))
    async with old.listening(intake_world):
        await publish_all(relay)
        await old.has_heard(EACH)

        await intake_world.wipe()
        assert await refill_all(postgres_bench.rows) == EACH * len(SUBJECTS)
        await publish_all(relay)
        await postgres_bench.say(*(said(subject) for subject in SUBJECTS))
        await publish_all(relay)

        await old.has_heard(EACH + 1)
        async with new.listening(intake_world):
            await new.has_heard(EACH + 1)
