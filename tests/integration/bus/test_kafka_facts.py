"""What is true of Apache Kafka and aiokafka only: each of these was once seen to go wrong."""

import asyncio
from collections.abc import Sequence

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaTimeoutError
from aiokafka.structs import TopicPartition
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient

from shared.messaging.bus.base import BusAway, BusConsumer, Delivered, Record, RecordTooLarge
from shared.messaging.bus.kafka_client import Limits
from shared.messaging.bus.kafka_consumer import KafkaConsumer
from shared.messaging.cloudevents import Undecodable, UndecodableReason, decode
from tests.conftest import MakeTopic
from tests.integration.bus.worlds import (
    PARTITIONS,
    SHORT,
    KafkaWorld,
    Taken,
    eventually,
    group_name,
    join,
    keys,
    member,
    records,
    relay,
)

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(300)]


async def test_nothing_later_of_a_partition_is_sent_after_a_batch_that_failed(
    kafka_world: KafkaWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, real, calls = Taken(), AIOKafkaProducer.send_batch, 0

    async def second_fails(*args: object, **options: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KafkaTimeoutError
        return await real(*args, **options)

    said = [Record(kafka_world.topic, "subject", f"{number}".encode() * 400_000, {}) for number in range(1, 8)]
    monkeypatch.setattr(AIOKafkaProducer, "send_batch", second_fails)
    with pytest.raises(BusAway):
        await kafka_world.bus().publish(said)
    async with member(kafka_world.bus(), kafka_world.topic, group_name(), "one", taken.deliver):
        await relay(kafka_world.bus(), [Record(kafka_world.topic, "subject", b"end", {})])
        await eventually(lambda: "end" in taken.values)
    assert calls >= 2
    assert [value[:3] for value in taken.values] == ["111", "222", "end"]


async def test_restarted_member_takes_its_partitions_back_without_disturbing_the_other(kafka_world: KafkaWorld) -> None:
    one, two, one_again, group = Taken(), Taken(), Taken(), group_name()
    said = [records(kafka_world.topic, keys(30), [number]) for number in (1, 2)]
    first = join(kafka_world.bus(), kafka_world.topic, group, "one", one.deliver)
    async with member(kafka_world.bus(), kafka_world.topic, group, "two", two.deliver) as other:
        bus = kafka_world.bus()
        while not (len(one.partitions) == len(two.partitions) == 3 and one.partitions.isdisjoint(two.partitions)):
            one.batches.clear()
            two.batches.clear()
            await relay(bus, said[0])
            await eventually(lambda: len({*one.values, *two.values}) == len(said[0]))
        before = one.partitions
        assert isinstance(other.subscription, KafkaConsumer)
        workers = other.subscription._workers  # made anew with each assignment
        await first.kill()
        async with member(kafka_world.bus(), kafka_world.topic, group, "one", one_again.deliver):
            await relay(bus, said[1])
            await eventually(lambda: one_again.partitions == before)
        assert other.subscription._workers is workers


async def test_topic_made_again_is_read_from_its_beginning_by_a_member_that_was_further(
    kafka_world: KafkaWorld,
) -> None:
    taken = Taken()
    old, new = records(kafka_world.topic, keys(8), range(1, 30)), records(kafka_world.topic, keys(8), [100, 101])
    async with member(kafka_world.bus(), kafka_world.topic, group_name(), "one", taken.deliver):
        await relay(kafka_world.bus(), old)
        await taken.until_all(old)
        admin = AdminClient({"bootstrap.servers": kafka_world.kafka.bootstrap})
        await asyncio.to_thread(admin.delete_topics([kafka_world.topic])[kafka_world.topic].result, 30)
        await kafka_world.kafka.make_topic(kafka_world.topic, partitions=PARTITIONS)
        await relay(kafka_world.bus(), new)
        await taken.until_all(new)
    assert taken.histories() == {key: [*range(1, 30), 100, 101] for key in keys(8)}


async def test_delivery_that_takes_longer_than_the_session_is_delivered_once(kafka_world: KafkaWorld) -> None:
    taken = Taken()

    async def slow(batch: Sequence[Delivered]) -> None:
        await taken.deliver(batch)
        await asyncio.sleep(SHORT.session + 3)

    async with member(kafka_world.bus(), kafka_world.topic, group_name(), "one", slow) as running:
        await relay(kafka_world.bus(), records(kafka_world.topic, ["subject"], [1]))
        await taken.until_all(records(kafka_world.topic, ["subject"], [1]))
        await relay(kafka_world.bus(), records(kafka_world.topic, ["subject"], [2]))
        await taken.until_all(records(kafka_world.topic, ["subject"], [2]))
        running.stopping.set()
    assert taken.values == ["subject:1", "subject:2"]


async def test_batches_are_split_for_a_topic_that_takes_less_and_only_what_never_fits_is_refused(
    kafka_world: KafkaWorld, make_topic: MakeTopic
) -> None:
    taken = Taken()
    topic = await make_topic(partitions=2, **{"max.message.bytes": "2000"})
    small = records(topic, ["subject"], range(1, 201))
    large = Record(topic, "subject", b"x" * 3000, {})
    async with member(kafka_world.bus(), topic, group_name(), "one", taken.deliver):
        with pytest.raises(RecordTooLarge) as refused:
            await kafka_world.bus(Limits()).publish([*small, large])
        assert refused.value.record is large
        await taken.until_all(small)
    assert taken.histories() == {"subject": list(range(1, 201))}


async def test_what_others_put_in_a_topic_is_given_as_text_and_refused_by_the_decoder(kafka_world: KafkaWorld) -> None:
    taken = Taken()
    producer = Producer({"bootstrap.servers": kafka_world.kafka.bootstrap})
    headers: list[tuple[str, str | bytes | None]] = [("ce_id", b"\xff\x00"), ("ce_type", None)]
    producer.produce(kafka_world.topic, value=None, key=None, headers=headers, partition=0)
    producer.produce(kafka_world.topic, value=b"\xff", key=b"\x00\xff", partition=0)
    assert producer.flush(30) == 0
    async with member(kafka_world.bus(), kafka_world.topic, group_name(), "one", taken.deliver):
        await eventually(lambda: sum(map(len, taken.batches)) == 2)
    found = [one for batch in taken.batches for one in batch]
    assert [(one.key, one.value) for one in found] == [("", b""), ("\ufffd\ufffd", b"\xff")]
    assert dict(found[0].headers) == {"ce_id": "\ufffd\ufffd", "ce_type": ""}
    for one in found:
        with pytest.raises(Undecodable) as refused:
            decode(one)
        assert refused.value.reason is UndecodableReason.BAD_HEADERS


async def test_nul_is_replaced_wherever_it_stands_for_no_database_takes_it(kafka_world: KafkaWorld) -> None:
    taken = Taken()
    await kafka_world.bus().publish([Record(kafka_world.topic, "a\0b", b"", {"c\0": "\0d"})])
    async with member(kafka_world.bus(), kafka_world.topic, group_name(), "one", taken.deliver):
        await eventually(lambda: bool(taken.batches))
    ((found,),) = taken.batches
    assert (found.key, dict(found.headers)) == ("a\ufffdb", {"c\ufffd": "\ufffdd"})


async def test_one_backlogged_partition_does_not_keep_others_waiting(kafka_world: KafkaWorld) -> None:
    taken, go_on = Taken(), asyncio.Event()
    backlog = records(kafka_world.topic, ["stuck"], range(1, 6001))
    free = records(kafka_world.topic, keys(12), [1])

    async def deliver(batch: Sequence[Delivered]) -> None:
        if batch[0].key == "stuck":
            await go_on.wait()
        await taken.deliver(batch)

    async with member(kafka_world.bus(), kafka_world.topic, group_name(), "one", deliver) as running:
        await relay(kafka_world.bus(), backlog)
        await eventually(lambda: bool(in_hand(running.subscription, kafka_world.topic)))
        await relay(kafka_world.bus(), free)
        await eventually(lambda: len(taken.partitions) > 2)
        assert max(in_hand(running.subscription, kafka_world.topic)) <= 1500
        go_on.set()
        await taken.until_all(backlog + free)
    assert taken.histories()["stuck"] == list(range(1, 6001))


def in_hand(subscription: BusConsumer, topic: str) -> list[int]:
    assert isinstance(subscription, KafkaConsumer)
    workers = subscription._workers
    counts = [workers.in_hand(TopicPartition(topic, number)) for number in range(PARTITIONS)]
    return [count for count in counts if count]
