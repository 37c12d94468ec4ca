"""What the broker still knows of the time after a backup, and how it forgets it.

The services go back to the moment of the backup. If they heard again what they said after it, they would follow up
questions that nobody asked, and new facts would bear numbers that were given before. So it is written down for people,
and then taken out of the topics; what is older the outboxes publish again.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete
from aiokafka.errors import KafkaError

from deploy.backup.gate import connect
from deploy.install.errors import OperatorError
from deploy.install.provision import ServiceDatabase
from shared.events.catalogue import SERVICE_OF_TOPIC, TOPICS
from shared.messaging.bus.kafka_client import Broker

CLOCKS_DIFFER: Final = timedelta(hours=1)
ANSWER_MS: Final = 15_000
QUIET_MS: Final = 2_000


class BrokerAway(OperatorError):
    """The broker must answer, or it would tell the services of a time that is gone."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A fact that was published after the backup, and that its service does not know any more."""

    service: str
    id: str
    type: str
    subject: str
    time: str
    data: Mapping[str, Any]

    def line(self) -> str:
        """For a file."""
        told = {"service": self.service, "type": self.type, "subject": self.subject, "time": self.time}
        return json.dumps({**told, "data": self.data}, ensure_ascii=False) + "\n"


class Topics:
    """Those on this broker, as a restore needs them."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    async def said_since(self, moment: datetime, databases: Mapping[str, ServiceDatabase]) -> list[Lost]:
        """What stands in the topics and in no outbox. To be asked when the databases are back. Raises BrokerAway."""
        found: list[Lost] = []
        try:
            records = await self._records(moment - CLOCKS_DIFFER)
        except (KafkaError, OSError, TimeoutError) as away:
            raise BrokerAway(f"Kafka at {self._broker.bootstrap} does not answer ({type(away).__name__})") from None
        for service, topics in TOPICS.items():
            mine = [lost for each in records if each.topic in topics and (lost := _lost(service, each))]
            known = await _known(databases[service], [each.id for each in mine]) if service in databases else set()
            found += [each for each in mine if each.id not in known and datetime.fromisoformat(each.time) > moment]
        return sorted(found, key=lambda each: each.time)

    async def forget(self) -> None:
        """Every topic is empty; no member of any group begins before this. Raises BrokerAway."""
        try:
            ends = await self._ends()
            admin = AIOKafkaAdminClient(**self._broker.options(), request_timeout_ms=ANSWER_MS)
            await admin.start()
            try:
                full = {one: RecordsToDelete(before_offset=end) for one, end in ends.items() if end}
                await admin.delete_records(full, ANSWER_MS)
            finally:
                await admin.close()
        except (KafkaError, OSError, TimeoutError) as away:
            raise BrokerAway(f"Kafka at {self._broker.bootstrap} does not empty its topics ({away!r})") from None

    async def check(self) -> None:
        """Raises BrokerAway."""
        try:
            await self._ends()
        except (KafkaError, OSError, TimeoutError) as away:
            raise BrokerAway(f"Kafka at {self._broker.bootstrap} does not answer ({type(away).__name__})") from None

    async def _ends(self) -> dict[TopicPartition, int]:
        consumer = await self._consumer()
        try:
            return dict(await consumer.end_offsets(_partitions(consumer)))
        finally:
            await consumer.stop()

    async def _records(self, since: datetime) -> Sequence[ConsumerRecord]:
        consumer = await self._consumer()
        try:
            partitions = _partitions(consumer)
            ends = await consumer.end_offsets(partitions)
            first = await consumer.offsets_for_times(dict.fromkeys(partitions, round(since.timestamp() * 1000)))
            for one in partitions:
                consumer.seek(one, first[one].offset if first.get(one) is not None else ends[one])
            return await _read(consumer, ends)
        finally:
            await consumer.stop()

    async def _consumer(self) -> AIOKafkaConsumer:
        consumer = AIOKafkaConsumer(
            *SERVICE_OF_TOPIC, **self._broker.options(), enable_auto_commit=False, request_timeout_ms=ANSWER_MS
        )
        try:
            await asyncio.wait_for(consumer.start(), ANSWER_MS / 1000)
        except BaseException:
            await consumer.stop()
            raise
        return consumer


def _partitions(consumer: AIOKafkaConsumer) -> list[TopicPartition]:
    found = {topic: consumer.partitions_for_topic(topic) or () for topic in SERVICE_OF_TOPIC}
    return [TopicPartition(topic, number) for topic, numbers in found.items() for number in numbers]


async def _read(consumer: AIOKafkaConsumer, ends: Mapping[TopicPartition, int]) -> list[ConsumerRecord]:
    found: list[ConsumerRecord] = []
    while behind := [one for one, end in ends.items() if await consumer.position(one) < end]:
        batches = await consumer.getmany(*behind, timeout_ms=QUIET_MS)
        found += [record for batch in batches.values() for record in batch]
    return found


def _lost(service: str, record: ConsumerRecord) -> Lost | None:
    """None: it is no event of ours."""
    told = {name: value.decode(errors="replace") for name, value in record.headers}
    try:
        data = json.loads(record.value)
        event_id, moment = str(UUID(told["ce_id"])), datetime.fromisoformat(told["ce_time"]).isoformat()
        return Lost(service, event_id, told["ce_type"], told["ce_subject"], moment, data)
    except (KeyError, ValueError, TypeError):
        return None


async def _known(database: ServiceDatabase, ids: list[str]) -> set[str]:
    connection = await connect(database)
    try:
        return {str(row[0]) for row in await connection.fetch("SELECT id FROM outbox WHERE id = ANY ($1::uuid[])", ids)}
    finally:
        await connection.close()
