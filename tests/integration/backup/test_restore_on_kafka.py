"""The broker knows of a time that the databases do not know any more."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial

import pytest

from deploy.backup.broker import BrokerAway
from deploy.backup.chosen import choose
from deploy.backup.making import make_backup
from deploy.backup.restoring import PutBack, restore
from shared.events.catalogue import topic_of
from shared.messaging.bus.base import Delivered
from shared.messaging.bus.kafka_client import Broker
from shared.messaging.bus.kafka_producer import KafkaBus
from shared.messaging.bus.topics import ensure_topics
from shared.messaging.outbox_rows import PostgresOutboxRows
from shared.messaging.relay import Relay
from shared.storage.database import Database
from tests.integration.backup.installation import Installation
from tests.integration.bus.worlds import eventually, group_name
from tests.parts.kafka import Kafka

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.timeout(240)]
BOOTSTRAP = "SCHAKEL_KAFKA_BOOTSTRAP"


@pytest.fixture
async def on_kafka(schakel: Installation, kafka: Kafka) -> AsyncIterator[Installation]:
    """With its topics, empty."""
    await kafka.wipe()
    await ensure_topics(Broker(kafka.bootstrap))
    schakel.found.environ["intake"][BOOTSTRAP] = kafka.bootstrap  # type: ignore[index]  # a dict, for these tests
    yield schakel
    await kafka.wipe()


async def publish(schakel: Installation) -> None:
    """As intake's relay does."""
    database = Database(schakel.found.app_urls["intake"], application_name="test")
    bus = KafkaBus(Broker(schakel.found.environ["intake"][BOOTSTRAP]), client_id="relay")
    relay = Relay(PostgresOutboxRows(database), bus, service="intake", source_urn="urn:nld:gemeente:systeem")
    assert await relay.publish_waiting() > 0
    await bus.close()
    await database.close()


@asynccontextmanager
async def hearing(schakel: Installation, group: str) -> AsyncIterator[set[str]]:
    """The subjects that a group hears of."""
    heard: set[str] = set()

    async def deliver(batch: Sequence[Delivered]) -> None:
        heard.update(each.headers["ce_subject"] for each in batch)

    bus, stop = KafkaBus(Broker(schakel.found.environ["intake"][BOOTSTRAP]), client_id=group), asyncio.Event()
    running = asyncio.create_task(
        bus.subscribe([topic_of("intake")], group=group, member="one", deliver=deliver).run(stop)
    )
    try:
        yield heard
    finally:
        stop.set()
        await running
        await bus.close()


async def put_back(schakel: Installation) -> PutBack:
    chosen = choose(schakel.backups, None, without_keys=False)
    return await restore(schakel.found, chosen, lambda _: None)


async def test_time_after_the_backup_is_told_to_people_and_heard_by_no_service(on_kafka: Installation) -> None:
    (kept,) = await on_kafka.add_cases()
    await publish(on_kafka)
    await make_backup(on_kafka.found.databases, on_kafka.backups, datetime.now(UTC), lambda _: None)
    (lost,) = await on_kafka.add_cases()
    await publish(on_kafka)
    group = group_name()
    async with hearing(on_kafka, group) as heard:
        await eventually(lambda: str(lost.id) in heard, lambda: heard)

    done = await put_back(on_kafka)

    assert done.lost_cases == [lost.code]
    assert done.told is not None
    told = done.told.read_text()
    assert {json.loads(line)["subject"] for line in told.splitlines()} >= {str(lost.id)}
    assert str(kept.id) not in told
    assert done.told.stat().st_mode & 0o777 == 0o600
    await publish(on_kafka)
    for each in (group, group_name()):
        async with hearing(on_kafka, each) as heard:
            await eventually(partial(heard.__contains__, str(kept.id)), heard.copy)
            assert str(lost.id) not in heard


async def test_nothing_is_touched_while_the_broker_is_away(on_kafka: Installation) -> None:
    (case,) = await on_kafka.add_cases()
    await make_backup(on_kafka.found.databases, on_kafka.backups, datetime.now(UTC), lambda _: None)
    on_kafka.found.environ["intake"][BOOTSTRAP] = "127.0.0.1:1"  # type: ignore[index]
    with pytest.raises(BrokerAway, match=r"Kafka at 127\.0\.0\.1:1 does not answer"):
        await put_back(on_kafka)
    assert (await on_kafka.facts_of(case.id)).facts
