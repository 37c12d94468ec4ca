"""A worker that comes back with other subscriptions, as after an upgrade, while the broker still knows it as it was."""

import asyncio

import pytest

from tests.integration.bus.worlds import PARTITIONS, KafkaWorld, Running, Taken, group_name, join, keys, records, relay

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(300)]


@pytest.mark.parametrize("kept", [1, 0], ids=["one more", "another"])
async def test_worker_that_comes_back_with_other_topics_reads_them(kafka_world: KafkaWorld, kept: int) -> None:
    old, group, before, after = kafka_world.topic, group_name(), Taken(), Taken()
    new = await kafka_world.kafka.make_topic(partitions=PARTITIONS)
    said = {topic: records(topic, keys(30), [number]) for number, topic in enumerate((old, new), 1)}
    running = join(kafka_world.bus(), old, group, "intake-a", before.deliver)
    await relay(kafka_world.bus(), said[old])
    await before.until_all(said[old])
    await running.stop()

    topics = [*[old] * kept, new]
    subscription = kafka_world.bus().subscribe(topics, group=group, member="intake-a", deliver=after.deliver)
    stopping = asyncio.Event()
    running = Running(subscription, asyncio.create_task(subscription.run(stopping)), stopping)
    await relay(kafka_world.bus(), said[new])
    await after.until_all(said[new])
    await running.stop()
    assert set(after.values) == {one.value.decode() for one in said[new]}, "what was taken is not taken again"
