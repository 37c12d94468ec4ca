"""A service without business: only plumbing, real and in memory."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, TypeVar, cast
from uuid import UUID

import pytest
from sqlalchemy import text

from shared.events.base import Event
from shared.events.intake import CaseReopened
from shared.kernel.ids import RandomIds
from shared.messaging.bus.base import Delivered
from shared.messaging.cloudevents import to_record
from shared.messaging.outbox_rows import OutboxRows, PostgresOutboxRows
from shared.messaging.postgres_unit import PostgresUnit, PostgresUnits
from shared.storage.database import Database
from shared.storage.migrations import upgrade
from shared.unit_of_work import UnitOfWork, Units
from tests.conftest import MakeDatabase
from tests.parts.audit import CHAIN
from tests.parts.city import a_city
from tests.twins.clock import HeldClock
from tests.twins.ids import SeededIds
from tests.twins.unit_of_work import InMemoryOutboxRows, MemoryUnit, MemoryUnits

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PERSON = UUID(int=7)

ResultT = TypeVar("ResultT")


def said(subject: UUID) -> CaseReopened:
    """Some fact about a case."""
    return CaseReopened(subject=subject, occurred_at=T0, reopened_by=PERSON)


@dataclass
class Bench:
    """Units of work, the relay's view of the outbox, and a way to move the clock."""

    units: Units[Any]
    rows: OutboxRows
    forward: Callable[[timedelta], Any]

    async def say(self, *events: Event) -> None:
        """Append in one transaction."""
        async with self.units.begin() as unit:
            unit.outbox.append(*events)

    async def records(self, service: str = "intake") -> list[Delivered]:
        """Everything in the outbox, as the bus would deliver it."""
        rows = await self.rows.waiting(10_000)
        records = [to_record(row, service=service, source_urn="urn:nld:test:systeem") for row in rows]
        return [Delivered(r.topic, 0, n, r.key, r.value, r.headers) for n, r in enumerate(records)]

    async def in_unit(self, look: Callable[[UnitOfWork], Awaitable[ResultT]]) -> ResultT:
        """Do one thing in a unit of its own."""
        async with self.units.begin() as unit:
            return await look(unit)


@pytest.fixture
def memory_bench() -> Bench:
    """The twin."""
    clock = HeldClock(T0)
    units = MemoryUnits(service="intake", clock=clock, ids=SeededIds(Random(1)), make=MemoryUnit)
    return Bench(units, InMemoryOutboxRows(units), _held(clock))


@pytest.fixture
async def postgres_bench(make_database: MakeDatabase) -> AsyncIterator[Bench]:
    """The real one."""
    database = Database(await make_database("plumbing", upgrade), application_name="test")
    units = PostgresUnits(database, service="intake", ids=RandomIds(), city=a_city(), chain=CHAIN, make=PostgresUnit)
    yield Bench(units, PostgresOutboxRows(database), _moved(database))
    await database.close()


@pytest.fixture(params=["postgres", "memory"])
def bench(request: pytest.FixtureRequest) -> Bench:
    """Both, one after the other."""
    return cast("Bench", request.getfixturevalue(f"{request.param}_bench"))


def _held(clock: HeldClock) -> Callable[[timedelta], Any]:
    async def forward(by: timedelta) -> None:
        clock.forward(by)

    return forward


def _moved(database: Database) -> Callable[[timedelta], Any]:
    statement = text(
        "INSERT INTO clock_offset (ahead) VALUES (:by) "
        "ON CONFLICT (one_row) DO UPDATE SET ahead = clock_offset.ahead + :by"
    )

    async def forward(by: timedelta) -> None:
        async with database.transaction() as connection:
            await connection.execute(statement, {"by": by})

    return forward


def sequences(records: Sequence[Delivered]) -> list[tuple[str, int]]:
    """(subject, version) of each record."""
    return [(record.key, int(record.headers["ce_sequence"])) for record in records]
