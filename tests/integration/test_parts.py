"""Each real part comes up, answers, can go away and come back; what the other tests lean on is proven here first."""

import asyncio

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from redis.asyncio import Redis as RedisClient
from redis.exceptions import ConnectionError as RedisAway
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from tests.conftest import MakeDatabase, MakeTopic
from tests.parts.kafka import Kafka
from tests.parts.postgres import Postgres
from tests.parts.redis import Redis

NOTHING_THERE_WITHIN = 2.0


async def query(url: str, statement: str) -> object:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            result = await connection.execute(text(statement))
            return result.scalar() if result.returns_rows else None
    finally:
        await engine.dispose()


async def put(kafka: Kafka, topic: str, value: bytes) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=kafka.bootstrap, acks="all", request_timeout_ms=5000)
    await producer.start()
    try:
        await producer.send_and_wait(topic, value, partition=0)
    finally:
        await producer.stop()


async def first_value(kafka: Kafka, topic: str, within: float = 20.0) -> bytes | None:
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=kafka.bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    try:
        async with asyncio.timeout(within):
            value: bytes = (await consumer.getone()).value
            return value
    except TimeoutError:
        return None
    finally:
        await consumer.stop()


@pytest.mark.postgres
class TestPostgres:
    async def test_postgres_has_the_extensions_that_the_map_searches_with(self, make_database: MakeDatabase) -> None:
        url = await make_database()
        await query(url, "CREATE EXTENSION pg_trgm")
        await query(url, "CREATE EXTENSION unaccent")
        assert await query(url, "SELECT unaccent('één')") == "een"
        assert await query(url, "SELECT similarity('winterjas', 'winterjassen') > 0.5") is True

    async def test_a_template_is_migrated_once_and_cloned_for_each_database(self, make_database: MakeDatabase) -> None:
        migrated: list[str] = []

        async def migrate(url: str) -> None:
            migrated.append(url)
            await query(url, "CREATE TABLE child (name text)")

        first = await make_database("parts", migrate)
        second = await make_database("parts", migrate)
        await query(first, "INSERT INTO child VALUES ('Fenna')")
        assert await query(second, "SELECT count(*) FROM child") == 0
        assert await query(first, "SELECT count(*) FROM child") == 1
        assert len(migrated) == 1

    async def test_a_database_is_gone_after_dropping_though_somebody_is_connected(self, postgres: Postgres) -> None:
        url = await postgres.make_database()
        engine = create_async_engine(url)
        async with engine.connect():
            await postgres.drop_database(url)
        await engine.dispose()
        with pytest.raises(DBAPIError, match="does not exist"):
            await query(url, "SELECT 1")

    async def test_postgres_goes_away_and_comes_back_with_what_was_committed(
        self, postgres: Postgres, make_database: MakeDatabase
    ) -> None:
        url = await make_database()
        await query(url, "CREATE TABLE kept AS SELECT 7 AS number")
        await postgres.stop()
        with pytest.raises(ConnectionRefusedError):
            await query(url, "SELECT 1")
        await postgres.start()
        assert await query(url, "SELECT number FROM kept") == 7

    async def test_a_postgres_left_stopped_is_brought_back(
        self, postgres: Postgres, make_database: MakeDatabase
    ) -> None:
        url = await make_database()
        await postgres.stop()
        postgres.bring_back()
        assert await query(url, "SELECT 1") == 1


@pytest.mark.kafka
@pytest.mark.timeout(300)
class TestKafka:
    async def test_kafka_gives_what_was_put_in(self, kafka: Kafka, make_topic: MakeTopic) -> None:
        topic = await make_topic(partitions=1)
        await put(kafka, topic, b"hello")
        assert await first_value(kafka, topic) == b"hello"

    async def test_kafka_goes_away_and_comes_back_with_its_log(self, kafka: Kafka, make_topic: MakeTopic) -> None:
        topic = await make_topic(partitions=1)
        await put(kafka, topic, b"before")
        await kafka.stop()
        host, _, port = kafka.bootstrap.partition(":")
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(host, int(port))
        await kafka.start()
        assert await first_value(kafka, topic) == b"before"

    async def test_a_wiped_kafka_is_empty_and_on_the_same_port(self, kafka: Kafka, make_topic: MakeTopic) -> None:
        topic = await make_topic(partitions=1)
        await put(kafka, topic, b"before")
        await kafka.wipe()
        await kafka.make_topic(topic, partitions=1)
        assert await first_value(kafka, topic, within=NOTHING_THERE_WITHIN) is None
        await put(kafka, topic, b"after")
        assert await first_value(kafka, topic) == b"after"


@pytest.mark.redis
class TestRedis:
    async def test_redis_starts_each_test_empty_and_keeps_what_it_is_given(self, redis: Redis) -> None:
        async with RedisClient.from_url(redis.url) as client:
            assert await client.dbsize() == 0
            await client.set("key", "value")
            assert await client.get("key") == b"value"

    async def test_redis_goes_away_and_comes_back(self, redis: Redis) -> None:
        await redis.stop()
        async with RedisClient.from_url(redis.url) as client:
            with pytest.raises(RedisAway):
                await client.ping()
        redis.bring_back()
        async with RedisClient.from_url(redis.url) as client:
            assert await client.ping() is True
