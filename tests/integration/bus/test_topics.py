"""Topics on a real broker: made as the catalogue says, and what is not as it must be is named."""

import asyncio
from uuid import uuid4

import pytest

from shared.events.catalogue import TOPICS
from shared.messaging.bus.base import BusAway
from shared.messaging.bus.kafka_client import Broker
from shared.messaging.bus.topics import WrongTopic, ensure_topics
from tests.conftest import MakeTopic
from tests.parts.containers import free_port
from tests.parts.kafka import Kafka

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(300)]


def names(count: int) -> list[str]:
    return [f"test-{uuid4().hex}" for _ in range(count)]


async def test_missing_topics_are_made_once_and_are_right_afterwards(kafka: Kafka) -> None:
    topics = names(2)
    first = await ensure_topics(kafka.broker, topics=topics)
    again = await ensure_topics(kafka.broker, topics=topics)
    assert (first.created, first.right, first.wrong) == (tuple(topics), (), ())
    assert (again.created, again.right, again.wrong) == ((), tuple(topics), ())


async def test_who_makes_a_topic_at_the_same_moment_as_another_says_what_it_is_like(kafka: Kafka) -> None:
    for _ in range(5):
        topics = names(2)
        reports = await asyncio.gather(*(ensure_topics(kafka.broker, topics=topics) for _ in range(2)))
        assert all(report.is_well for report in reports)
        assert [report for report in reports if report.right == tuple(topics)]


async def test_topic_that_is_not_as_it_must_be_is_named_and_left_alone(kafka: Kafka, make_topic: MakeTopic) -> None:
    topic = await make_topic(partitions=2, **{"retention.ms": "1000"})
    problems = (
        "2 partitions, needed 6", "retention.ms=1000, needed 15552000000", "segment.ms=604800000, needed 86400000",
    )  # fmt: skip
    for _ in range(2):
        report = await ensure_topics(kafka.broker, topics=[topic])
        assert not report.is_well
        assert report.wrong == (WrongTopic(topic, problems),)


async def test_topic_that_the_brokers_refuse_is_named_with_the_reason(kafka: Kafka) -> None:
    (topic,) = names(1)
    report = await ensure_topics(kafka.broker, topics=[topic], replication_factor=3)
    assert [wrong.topic for wrong in report.wrong] == [topic]
    assert "replication" in report.wrong[0].problems[0].lower()


async def test_missing_topic_is_wrong_when_it_must_not_be_made(kafka: Kafka) -> None:
    (topic,) = names(1)
    report = await ensure_topics(kafka.broker, topics=[topic], create=False)
    assert report.wrong == (WrongTopic(topic, ("it does not exist",)),)


async def test_catalogue_is_what_is_looked_at_when_no_topics_are_named(kafka: Kafka) -> None:
    report = await ensure_topics(kafka.broker, create=False)
    seen = {*report.created, *report.right, *(wrong.topic for wrong in report.wrong)}
    assert seen == {topic for topics in TOPICS.values() for topic in topics}
    assert {"schakel.directory", "schakel.community"} < seen


async def test_looking_after_topics_says_so_when_no_broker_is_there() -> None:
    with pytest.raises(BusAway):
        await ensure_topics(Broker(f"127.0.0.1:{free_port()}"))
