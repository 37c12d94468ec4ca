"""The bus on Apache Kafka: publishing. `kafka_consumer.py` is the other half."""

import asyncio
from collections.abc import Sequence
from functools import lru_cache
from random import Random

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import MessageSizeTooLargeError, RecordListTooLargeError
from aiokafka.partitioner import murmur2
from aiokafka.producer.message_accumulator import BatchBuilder
from aiokafka.structs import TopicPartition

from shared.kernel.waiting import cut, within
from shared.messaging.bus.base import LARGEST_RECORD, BusAway, Deliver, Record, RecordTooLarge, size_of
from shared.messaging.bus.kafka_client import Broker, Limits, end, make_producer
from shared.messaging.bus.kafka_consumer import KafkaConsumer

LARGEST_BATCH = 900_000
"""Bytes; a broker takes a little more than a million in one batch."""

log = structlog.get_logger(__name__)


class KafkaBus:
    """One producer for this process, and a consumer for each subscription.

    Of each partition one batch is under way at a time, and after a failure nothing later of that partition is sent:
    the order of a subject holds. A producer that failed is thrown away.
    """

    def __init__(
        self, broker: Broker, *, client_id: str, limits: Limits | None = None, random: Random | None = None
    ) -> None:
        self._broker = broker
        self._client_id = client_id
        self._limits = limits or Limits()
        self._random = random or Random()  # noqa: S311  # spreads waiting, keeps no secret
        self._producer: AIOKafkaProducer | None = None
        self._making = asyncio.Lock()
        self._ending: set[asyncio.Task[None]] = set()

    async def publish(self, records: Sequence[Record]) -> None:
        for record in records:
            if size_of(record) > LARGEST_RECORD:
                raise RecordTooLarge(record)
        producer = await self._connected()
        try:
            partitions = await self._by_partition(producer, records)
        except Exception as problem:
            self._throw_away(producer)
            raise BusAway(f"no partitions: {type(problem).__name__}") from problem
        sending = [self._send(producer, *each) for each in partitions.items()]
        failures = [failure for failure in await asyncio.gather(*sending, return_exceptions=True) if failure]
        too_large = [failure for failure in failures if isinstance(failure, RecordTooLarge)]
        if too_large:
            raise min(too_large, key=lambda failure: records.index(failure.record))
        if failures:
            self._throw_away(producer)
            raise BusAway(f"not taken: {type(failures[0]).__name__}") from failures[0]

    def subscribe(
        self, topics: Sequence[str], *, group: str, member: str, deliver: Deliver, linger: float = 0.0
    ) -> KafkaConsumer:
        """A member of `group`. No two processes may use the same `member` of a group at the same time."""
        return KafkaConsumer(
            topics,
            broker=self._broker,
            client_id=self._client_id,
            group=group,
            member=member,
            deliver=deliver,
            linger=linger,
            limits=self._limits,
            random=self._random,
        )

    async def check(self) -> None:
        producer = await self._connected()
        try:
            await within(self._limits.request, producer.client.fetch_all_metadata())
        except Exception as problem:
            self._throw_away(producer)
            raise BusAway(f"no answer: {type(problem).__name__}") from problem

    async def close(self) -> None:
        if self._producer is not None:
            self._throw_away(self._producer)
        if self._ending:
            await asyncio.wait(self._ending, timeout=2 * self._limits.end)
            await cut(self._ending)

    async def _connected(self) -> AIOKafkaProducer:
        async with self._making:
            if self._producer is None:
                producer = make_producer(self._broker, self._client_id, self._limits, LARGEST_BATCH)
                try:
                    await within(2 * self._limits.request, producer.start())
                except BaseException as problem:
                    self._throw_away(producer)
                    if isinstance(problem, Exception):
                        raise BusAway(f"no connection: {type(problem).__name__}") from problem
                    raise
                self._producer = producer
            return self._producer

    def _throw_away(self, producer: AIOKafkaProducer) -> None:
        """The next call makes a new one; this one ends in the background, within its limit."""
        if self._producer is producer:
            self._producer = None
        task = asyncio.create_task(end(producer, self._limits.end))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def _by_partition(
        self, producer: AIOKafkaProducer, records: Sequence[Record]
    ) -> dict[TopicPartition, list[Record]]:
        """The records of each partition, in their order."""
        partitions: dict[str, list[list[Record]]] = {}
        for topic in {record.topic for record in records}:
            numbers = await within(2 * self._limits.request, producer.partitions_for(topic))
            partitions[topic] = [[] for _ in numbers]
        for record in records:
            of_topic = partitions[record.topic]
            of_topic[key_hash(record.key) % len(of_topic)].append(record)
        return {
            TopicPartition(topic, number): its_records
            for topic, of_topic in partitions.items()
            for number, its_records in enumerate(of_topic)
            if its_records
        }

    async def _send(self, producer: AIOKafkaProducer, partition: TopicPartition, records: Sequence[Record]) -> None:
        """One batch after the other; the first that is not taken ends it."""
        sent = 0
        while sent < len(records):
            batch = producer.create_batch()
            first = sent
            while sent < len(records) and _append(batch, records[sent]):
                sent += 1
            batch.close()
            try:
                await within(self._limits.publish, self._send_batch(producer, batch, partition))
            except (MessageSizeTooLargeError, RecordListTooLargeError):
                await self._send_smaller(producer, partition, records[first:sent])

    async def _send_batch(self, producer: AIOKafkaProducer, batch: BatchBuilder, partition: TopicPartition) -> None:
        acknowledged = await producer.send_batch(batch, partition.topic, partition=partition.partition)
        await acknowledged

    async def _send_smaller(
        self, producer: AIOKafkaProducer, partition: TopicPartition, records: Sequence[Record]
    ) -> None:
        """The topic takes smaller batches than usual: send halves, until only a record that is too large is left."""
        if len(records) == 1:
            raise RecordTooLarge(records[0])
        half = len(records) // 2
        await self._send(producer, partition, records[:half])
        await self._send(producer, partition, records[half:])


@lru_cache(maxsize=8_192)
def key_hash(key: str) -> int:
    """Kafka's own way from key to partition (murmur2), the same in every client; take it modulo the partitions."""
    return int(murmur2(key.encode())) & 0x7FFFFFFF


def _append(batch: BatchBuilder, record: Record) -> bool:
    """Whether it fitted; the first record of a batch always does."""
    headers = [(name, text.encode()) for name, text in record.headers.items()]
    return batch.append(timestamp=None, key=record.key.encode(), value=record.value, headers=headers) is not None
