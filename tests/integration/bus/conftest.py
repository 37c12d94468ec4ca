"""Each test of the contract runs in both worlds."""

from collections.abc import AsyncIterator

import pytest

from tests.integration.bus.worlds import PARTITIONS, KafkaWorld, LocalWorld, World
from tests.parts.kafka import Kafka


async def in_kafka(kafka: Kafka) -> AsyncIterator[KafkaWorld]:
    world = KafkaWorld(kafka, await kafka.make_topic(partitions=PARTITIONS))
    yield world
    kafka.bring_back()
    await world.close()


@pytest.fixture
async def kafka_world(kafka: Kafka) -> AsyncIterator[KafkaWorld]:
    async for world in in_kafka(kafka):
        yield world


@pytest.fixture(params=["local", pytest.param("kafka", marks=pytest.mark.kafka)])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    if request.param == "local":
        yield LocalWorld()
        return
    async for world in in_kafka(request.getfixturevalue("kafka")):
        yield world
