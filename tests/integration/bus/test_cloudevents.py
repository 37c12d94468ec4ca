"""Others can read us: the CloudEvents reader of the `cloudevents` package, and librdkafka, from a real topic."""

import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event
from cloudevents.core.formats.json import JSONFormat
from cloudevents.v1.kafka import KafkaMessage as KafkaMessageV1
from cloudevents.v1.kafka import from_binary
from confluent_kafka import OFFSET_BEGINNING, Consumer, Message, Producer, TopicPartition

from shared.events.base import Envelope
from shared.events.case_codes import CloseReason
from shared.events.catalogue import topic_of
from shared.events.intake import CaseClosed
from shared.messaging.bus.base import Delivered, Record
from shared.messaging.cloudevents import decode, encode
from tests.integration.bus.worlds import PARTITIONS, KafkaWorld, relay

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(300)]

SOURCE_URN = "urn:nld:schiewijk:systeem"
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def an_envelope() -> Envelope:
    event = CaseClosed(
        subject=uuid4(),
        occurred_at=datetime(2026, 6, 1, 9, 30, 0, 123456, tzinfo=UTC),
        case_code="KTRN-47WX",
        ambassador_id=uuid4(),
        closed_by=uuid4(),
        reason=CloseReason.MOVED_AWAY,
    )
    return Envelope(uuid4(), 3, "intake", event, correlation_id=uuid4(), causation_id=uuid4(), traceparent=TRACE)


def read(world: KafkaWorld, count: int) -> list[Message]:
    """What librdkafka finds in the topic."""
    settings = {"bootstrap.servers": world.kafka.bootstrap, "group.id": f"librdkafka-{uuid4().hex}"}
    until = time.monotonic() + 60
    found: list[Message] = []
    with closing(Consumer(settings)) as consumer:
        consumer.assign([TopicPartition(world.topic, number, OFFSET_BEGINNING) for number in range(PARTITIONS)])
        while len(found) < count and time.monotonic() < until:
            message = consumer.poll(0.2)
            if message is not None:
                assert message.error() is None
                found.append(message)
    assert len(found) == count
    return found


def bytes_of(part: str | bytes | None) -> bytes:
    assert isinstance(part, bytes)
    return part


def headers_of(message: Message) -> dict[str, bytes]:
    headers = message.headers()
    assert isinstance(headers, list)
    return {name: bytes_of(value) for name, value in headers}


async def publish(world: KafkaWorld, *envelopes: Envelope) -> list[Record]:
    records = [replace(encode(one, source_urn=SOURCE_URN), topic=world.topic) for one in envelopes]
    await relay(world.bus(), records)
    return records


async def test_librdkafka_reads_the_same_bytes_and_our_decoder_reads_those(kafka_world: KafkaWorld) -> None:
    envelope = an_envelope()
    [record] = await publish(kafka_world, envelope)
    message = read(kafka_world, 1)[0]
    assert message.key() == str(envelope.subject).encode()
    assert message.value() == record.value
    assert headers_of(message) == {name: text.encode() for name, text in record.headers.items()}
    headers = {name: value.decode() for name, value in headers_of(message).items()}
    topic = topic_of(envelope.service)  # Here it went through a topic of this test.
    assert decode(Delivered(topic, 0, 0, record.key, record.value, headers)) == envelope


async def test_cloudevents_reader_finds_every_attribute_and_the_data(kafka_world: KafkaWorld) -> None:
    envelope = an_envelope()
    await publish(kafka_world, envelope)
    message = read(kafka_world, 1)[0]
    event = from_binary_event(
        KafkaMessage(headers_of(message), bytes_of(message.key()), bytes_of(message.value())), JSONFormat()
    )
    assert event.get_specversion() == "1.0"
    assert event.get_id() == str(envelope.id)
    assert event.get_source() == f"{SOURCE_URN}:schakel-intake"
    assert event.get_type() == "nl.schakel.intake.case-closed.v1"
    assert event.get_subject() == str(envelope.subject)
    assert event.get_time() == envelope.event.occurred_at
    assert event.get_dataschema() == "urn:schakel:schema:nl.schakel.intake.case-closed.v1"
    assert event.get_datacontenttype() == "application/json"
    assert event.get_extension("sequence") == "0000000003"
    assert event.get_extension("causationid") == str(envelope.causation_id)
    assert event.get_extension("correlationid") == str(envelope.correlation_id)
    assert event.get_extension("traceparent") == TRACE
    data = event.get_data()
    assert isinstance(data, dict)
    assert UUID(data["subject"]) == envelope.subject


async def test_reader_of_cloudevents_version_one_takes_it_as_well(kafka_world: KafkaWorld) -> None:
    envelope = an_envelope()
    await publish(kafka_world, envelope)
    message = read(kafka_world, 1)[0]
    event = from_binary(KafkaMessageV1(headers_of(message), bytes_of(message.key()), bytes_of(message.value())))
    assert event["id"] == str(envelope.id)
    assert event["sequence"] == "0000000003"


async def test_subject_goes_to_the_same_partition_as_librdkafka_gives_it(kafka_world: KafkaWorld) -> None:
    records = await publish(kafka_world, *(an_envelope() for _ in range(20)))
    ours = {message.key(): message.partition() for message in read(kafka_world, 20)}
    theirs: dict[str | bytes | None, int | None] = {}

    def remember(error: object, message: Message) -> None:
        assert error is None
        theirs[message.key()] = message.partition()

    producer = Producer({"bootstrap.servers": kafka_world.kafka.bootstrap, "partitioner": "murmur2_random"})
    for record in records:
        producer.produce(kafka_world.topic, key=record.key.encode(), value=b"", on_delivery=remember)
    assert producer.flush(60) == 0
    assert ours == theirs
    assert len(set(ours.values())) > 1
