"""Relay and consumer on real Apache Kafka and real PostgreSQL."""

import asyncio
import time
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text

from shared.events.intake import CaseReopened, NewQuestionRaised
from shared.kernel.ids import RandomIds
from shared.messaging.bus.base import Delivered
from shared.messaging.bus.kafka_client import Broker
from shared.messaging.bus.kafka_producer import KafkaBus
from shared.messaging.consumer import Consumer
from shared.messaging.outbox_rows import PostgresOutboxRows
from shared.messaging.postgres_unit import PostgresUnit, PostgresUnits
from shared.messaging.relay import Relay
from shared.storage.database import Database
from shared.unit_of_work import UnitOfWork
from tests.parts.audit import CHAIN
from tests.parts.city import a_city

ROWS = 100_000
EVENTS = 30_000
SUBJECTS = 5_000
_FILL = text(
    """
    INSERT INTO outbox (id, subject, sequence, type, topic, occurred_at, correlation_id, data)
    SELECT gen_random_uuid(), s.subject, n, 'nl.schakel.intake.case-reopened.v1', 'schakel.intake', now(),
           gen_random_uuid(),
           json_build_object('subject', s.subject, 'occurredAt', '2026-03-02T09:00:00Z', 'reopenedBy', s.subject)::text
    FROM generate_series(1, :each) AS n,
         (SELECT gen_random_uuid() AS subject FROM generate_series(1, :subjects)) AS s
    ORDER BY n
    """
)


async def relay_rows_per_second(url: str, kafka: str) -> float:
    """How many waiting rows one relay publishes and marks in a second."""
    database = Database(url, application_name="bench")
    async with database.transaction() as connection:
        await connection.execute(_FILL, {"each": ROWS // SUBJECTS, "subjects": SUBJECTS})
    bus = KafkaBus(Broker(kafka), client_id="bench-relay")
    relay = Relay(PostgresOutboxRows(database), bus, service="intake", source_urn="urn:nld:bench:systeem")
    begun, published = time.perf_counter(), 0
    while done := await relay.publish_waiting():
        published += done
    seconds = time.perf_counter() - begun
    await bus.close()
    await database.close()
    return published / seconds


async def events_per_second(url: str, kafka: str) -> float:
    """How many of those events one worker applies in a second: inbox, one new fact in the outbox, commit, offset."""
    database = Database(url, application_name="bench")
    units = PostgresUnits(database, service="matching", ids=RandomIds(), city=a_city(), chain=CHAIN, make=PostgresUnit)
    consumer, stop, seen = Consumer(units, {CaseReopened: _answer}), asyncio.Event(), 0
    begun = 0.0

    async def deliver(batch: Sequence[Delivered]) -> None:
        nonlocal seen, begun
        begun = begun or time.perf_counter()
        await consumer.deliver(batch)
        seen += len(batch)
        if seen >= EVENTS:
            stop.set()

    bus = KafkaBus(Broker(kafka), client_id="bench-consumer")
    subscription = bus.subscribe(["schakel.intake"], group=f"bench-{time.time_ns()}", member="one", deliver=deliver)
    await subscription.run(stop)
    seconds = time.perf_counter() - begun
    await bus.close()
    await database.close()
    return seen / seconds


async def _answer(event: CaseReopened, unit: UnitOfWork) -> None:
    unit.outbox.append(
        NewQuestionRaised(subject=UUID(int=event.subject.int ^ 1), occurred_at=event.occurred_at, raised_by=None)
    )
