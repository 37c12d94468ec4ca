"""The two worlds in which the bus must behave the same, and what the tests do in them."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import uuid4

from shared.messaging.bus.base import Bus, BusAway, BusConsumer, Deliver, Delivered, Record
from shared.messaging.bus.kafka_client import Limits
from shared.messaging.bus.kafka_producer import KafkaBus
from shared.messaging.bus.local import LocalBus
from tests.parts.kafka import Kafka

PARTITIONS = 6
ARRIVES_WITHIN = 120.0
"""Seconds after which a test gives up; nothing is asserted about how fast things are."""

SHORT = Limits(request=2.0, publish=6.0, commit=2.0, join=30.0, session=6.0, drain=5.0, end=2.0, idle=3.0)


class World(Protocol):
    """A broker with one topic of its own."""

    topic: str

    def bus(self) -> Bus:
        """A connection of somebody to the broker."""

    async def stop(self) -> None:
        """The broker is away."""

    async def start(self) -> None:
        """It is back with all it had."""

    async def wipe(self) -> None:
        """It is back with nothing but the topic, empty."""


class LocalWorld:
    """Everybody has the same local bus."""

    def __init__(self) -> None:
        self.topic = "test-topic"
        self._bus = LocalBus(timeout=3.0)

    def bus(self) -> LocalBus:
        return self._bus

    async def stop(self) -> None:
        self._bus.go_away()

    async def start(self) -> None:
        self._bus.come_back()

    async def wipe(self) -> None:
        self._bus.wipe()


class KafkaWorld:
    """Everybody has connections of their own to the broker."""

    def __init__(self, kafka: Kafka, topic: str) -> None:
        self.topic = topic
        self.kafka = kafka
        self._buses: list[KafkaBus] = []

    def bus(self, limits: Limits = SHORT) -> KafkaBus:
        self._buses.append(KafkaBus(self.kafka.broker, client_id=f"test-{len(self._buses)}", limits=limits))
        return self._buses[-1]

    async def stop(self) -> None:
        await self.kafka.stop()

    async def start(self) -> None:
        await self.kafka.start()

    async def wipe(self) -> None:
        await self.kafka.wipe()
        await self.kafka.make_topic(self.topic, partitions=PARTITIONS)

    async def freeze(self) -> None:
        """The broker takes connections and bytes, and never answers."""
        assert self.kafka.container is not None
        await asyncio.to_thread(self.kafka.container._container.get_wrapped_container().pause)

    async def thaw(self) -> None:
        assert self.kafka.container is not None
        await asyncio.to_thread(self.kafka.container._container.get_wrapped_container().unpause)

    async def close(self) -> None:
        for bus in self._buses:
            await bus.close()


def group_name() -> str:
    return f"group-{uuid4().hex}"


def records(topic: str, keys: Iterable[str], numbers: Iterable[int]) -> list[Record]:
    """For each number one record of each key, so that the keys are well mixed."""
    named = list(keys)
    return [
        Record(topic, key, f"{key}:{number}".encode(), {"ce_id": f"{key}:{number}"})
        for number in numbers
        for key in named
    ]


def keys(count: int) -> list[str]:
    return [f"subject-{number}" for number in range(count)]


async def relay(bus: Bus, wanted: Sequence[Record]) -> None:
    """As the relay does: the same again until the bus has taken all of it."""
    async with asyncio.timeout(ARRIVES_WITHIN):
        while True:
            try:
                return await bus.publish(wanted)
            except BusAway:
                await asyncio.sleep(0.1)


async def eventually(is_so: Callable[[], bool], why: Callable[[], object] = lambda: "it did not become so") -> None:
    try:
        async with asyncio.timeout(ARRIVES_WITHIN):
            while not is_so():  # noqa: ASYNC110  # what is waited for has no event of its own
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(why()) from None


@dataclass
class Taken:
    """Takes whatever comes, and remembers it in the order in which it was taken."""

    batches: list[list[Delivered]] = field(default_factory=list)

    async def deliver(self, batch: Sequence[Delivered]) -> None:
        self.batches.append(list(batch))

    @property
    def values(self) -> list[str]:
        return [one.value.decode() for batch in self.batches for one in batch]

    @property
    def partitions(self) -> set[int]:
        return {one.partition for batch in self.batches for one in batch}

    def histories(self) -> dict[str, list[int]]:
        """For each key its numbers in the order in which each was first taken."""
        seen: dict[str, list[int]] = defaultdict(list)
        for value in dict.fromkeys(self.values):
            key, _, number = value.rpartition(":")
            seen[key].append(int(number))
        return dict(seen)

    async def until_all(self, wanted: Iterable[Record]) -> None:
        values = {record.value.decode() for record in wanted}
        await eventually(
            lambda: values <= set(self.values), lambda: f"did not come: {sorted(values - set(self.values))[:9]}"
        )


@dataclass
class Running:
    """A member that is at work."""

    subscription: BusConsumer
    task: asyncio.Task[None]
    stopping: asyncio.Event

    async def stop(self) -> None:
        self.stopping.set()
        async with asyncio.timeout(ARRIVES_WITHIN):
            await self.task

    async def kill(self) -> None:
        """It finishes nothing and commits nothing."""
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task


def join(bus: Bus, topic: str, group: str, member: str, deliver: Deliver) -> Running:
    subscription = bus.subscribe([topic], group=group, member=member, deliver=deliver)
    stopping = asyncio.Event()
    return Running(subscription, asyncio.create_task(subscription.run(stopping)), stopping)


@contextlib.asynccontextmanager
async def member(bus: Bus, topic: str, group: str, name: str, deliver: Deliver) -> AsyncIterator[Running]:
    running = join(bus, topic, group, name, deliver)
    try:
        yield running
    finally:
        if not running.task.done():
            await running.stop()
