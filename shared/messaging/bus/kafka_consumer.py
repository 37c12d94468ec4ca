"""One member of a consumer group on Apache Kafka.

aiokafka's client is taken as something that may hang or die: each call has a limit, and a client that passes one, or
that stays silent while records wait, is thrown away and replaced. Offsets are committed by hand, shortly after the
effect.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from random import Random
from typing import Any, TypeVar

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, ConsumerRecord
from aiokafka.structs import TopicPartition

from shared.kernel.waiting import Backoff, TookTooLong, cut, wait_for, within
from shared.messaging.bus.base import BusAway, Deliver, Delivered
from shared.messaging.bus.kafka_client import Broker, Limits, end, instance_of, make_consumer
from shared.messaging.bus.kafka_partitions import BATCH, Offsets, PartitionWorkers

POLL_MS, FULL_POLL_MS = 200, 20
RENEW_AFTER, RENEW_AT_MOST = 0.2, 5.0

ResultT = TypeVar("ResultT")
Fetched = dict[TopicPartition, list[ConsumerRecord[bytes | None, bytes | None]]]

log = structlog.get_logger(__name__)


class Stalled(Exception):
    """Records wait, and the client does not give them."""


class KafkaConsumer(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka's base class has no types
    """Made by `KafkaBus.subscribe`; `run` is the member's life."""

    def __init__(  # noqa: PLR0913  # what a member is, and how it is bounded
        self,
        topics: Sequence[str],
        *,
        broker: Broker,
        client_id: str,
        group: str,
        member: str,
        deliver: Deliver,
        linger: float,
        limits: Limits,
        random: Random,
    ) -> None:
        self._topics = tuple(topics)
        self._broker = broker
        self._client_id = client_id
        self._group = group
        self._member = member
        self._deliver = deliver
        self._linger = linger
        self._limits = limits
        self._random = random
        self._consumer: AIOKafkaConsumer | None = None
        self._workers = self._new_workers()

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set; finishes the batches in hand. Keeps its partitions for a session timeout."""
        backoff = Backoff(RENEW_AFTER, RENEW_AT_MOST, self._random)
        while not stop.is_set():
            try:
                await self._live(stop, backoff)
            except Exception as problem:  # noqa: BLE001  # the bus is away or its client is broken: start again
                log.warning("subscription_interrupted", group=self._group, error=type(problem).__name__)
                await wait_for(stop, backoff.after_failure())

    async def lag(self) -> int:
        consumer = self._consumer
        if consumer is None:
            raise BusAway("not a member of the group now")
        try:
            return sum((await within(self._limits.request, self._behind(consumer))).values())
        except Exception as problem:
            raise BusAway(f"the lag is unknown: {type(problem).__name__}") from problem

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        """The group rebalances: first finish what is in hand."""
        del revoked
        await self._workers.close(self._limits.drain)

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        """Begin with the committed offsets of these partitions."""
        log.info("partitions_assigned", group=self._group, member=self._member, count=len(assigned))
        self._workers = self._new_workers()

    async def _live(self, stop: asyncio.Event, backoff: Backoff) -> None:
        """The life of one client."""
        instance = instance_of(self._member, self._topics)
        consumer = make_consumer(
            self._broker, self._client_id, self._group, instance, self._limits, linger=self._linger
        )
        stopping = asyncio.create_task(stop.wait())
        drain = 0.0
        try:
            consumer.subscribe(self._topics, listener=self)
            await _unless(stopping, within(self._limits.join, consumer.start()))
            self._consumer = consumer
            backoff.after_success()
            await self._pump(consumer, stopping)
            drain = self._limits.drain
        finally:
            await self._workers.close(drain)
            self._consumer = None
            await end(consumer, self._limits.end)
            await cut({stopping})

    async def _pump(self, consumer: AIOKafkaConsumer, stopping: asyncio.Task[Any]) -> None:
        now = asyncio.get_running_loop().time
        last_news = now()
        while not stopping.done():
            self._workers.raise_failure()
            found = await _unless(stopping, within(self._limits.join, self._fetch(consumer))) or {}
            for partition, records in found.items():
                self._workers.add(partition, [delivered(record) for record in records])
            if found:
                last_news = now()
            elif now() - last_news > self._limits.idle:
                await self._check_for_a_stall(consumer)
                last_news = now()

    async def _fetch(self, consumer: AIOKafkaConsumer) -> Fetched:
        """What has arrived; nothing of partitions that have enough in hand. Waits for an assignment."""
        full = self._workers.full()
        wanted = consumer.assignment() - full if full else ()
        if full and not wanted:
            await asyncio.sleep(FULL_POLL_MS / 1000)
            return {}
        soon = FULL_POLL_MS if full else POLL_MS
        found: Fetched = await consumer.getmany(*wanted, timeout_ms=soon, max_records=BATCH)
        return found

    async def _check_for_a_stall(self, consumer: AIOKafkaConsumer) -> None:
        behind = await within(self._limits.request, self._behind(consumer))
        for partition, count in behind.items():
            if count > self._workers.in_hand(partition):
                raise Stalled(f"{partition.topic} {partition.partition}")

    async def _behind(self, consumer: AIOKafkaConsumer) -> dict[TopicPartition, int]:
        """For each partition the records that are not committed yet."""
        partitions = list(consumer.assignment())
        ends = await consumer.end_offsets(partitions)
        fetched = {each: await consumer.position(each) for each in partitions}
        return {each: max(0, ends[each] - fetched[each]) + self._workers.in_hand(each) for each in partitions}

    async def _commit(self, offsets: Offsets) -> None:
        consumer = self._consumer
        if consumer is None:
            raise TookTooLong("the client is gone")
        await within(self._limits.commit, consumer.commit(offsets))

    def _new_workers(self) -> PartitionWorkers:
        return PartitionWorkers(self._deliver, self._commit, self._random)


async def _unless(stopping: asyncio.Task[Any], call: Coroutine[Any, Any, ResultT]) -> ResultT | None:
    """What the call returns; None when the time to stop came first, and then the call is cancelled."""
    calling = asyncio.create_task(call)
    try:
        await asyncio.wait({calling, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return calling.result() if calling.done() else None
    finally:
        if not calling.done():
            await cut({calling})


def delivered(record: "ConsumerRecord[bytes | None, bytes | None]") -> Delivered:
    """The record as the port gives it: anything can stand in a topic, so bytes become text without failing."""
    return Delivered(
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        key=_text(record.key),
        value=record.value or b"",
        headers={_without_nul(name): _text(value) for name, value in record.headers},
    )


def _text(value: bytes | None) -> str:
    return _without_nul((value or b"").decode("utf-8", "replace"))


def _without_nul(text: str) -> str:
    """NUL is replaced as well as what is not UTF-8: PostgreSQL takes neither, and a parked record must fit in there."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}") if "\0" in text else text
