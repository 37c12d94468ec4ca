"""What an operator watches says what is so, also when something is away (P8)."""

import math
from datetime import timedelta
from uuid import UUID

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import text

from shared.messaging.bus.base import BusAway
from shared.messaging.consumer import Consumer
from shared.runtime.telemetry import Telemetry
from shared.storage.database import Database
from shared.unit_of_work import Timer
from tests.integration.plumbing.conftest import Bench, said

A, B = UUID(int=1), UUID(int=2)


class Member:
    """A subscription that knows its lag, or is away."""

    def __init__(self) -> None:
        self.waiting: int | None = 0

    async def run(self, stop: object) -> None:
        raise NotImplementedError(stop)

    async def lag(self) -> int:
        if self.waiting is None:
            raise BusAway("not a member of the group now")
        return self.waiting


@pytest.fixture
def member() -> Member:
    return Member()


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def telemetry(postgres_bench: Bench, registry: CollectorRegistry, member: Member) -> Telemetry:
    return Telemetry(registry, database_of(postgres_bench), postgres_bench.rows, member)


def database_of(bench: Bench) -> Database:
    return bench.units.database  # type: ignore[attr-defined, no-any-return] # the real one has it


async def test_outbox_is_counted_and_its_oldest_grows_older(
    postgres_bench: Bench, telemetry: Telemetry, registry: CollectorRegistry
) -> None:
    await postgres_bench.say(said(A), said(B))
    async with database_of(postgres_bench).transaction() as connection:
        await connection.execute(
            text("UPDATE outbox SET appended_at = now() - interval '90 seconds' WHERE position = 1")
        )

    await telemetry.refresh()
    assert registry.get_sample_value("schakel_outbox_waiting") == 2
    assert 90 <= (registry.get_sample_value("schakel_outbox_oldest_seconds") or 0) < 3600

    await postgres_bench.rows.mark_published([row.position for row in await postgres_bench.rows.waiting(10)])
    await telemetry.refresh()
    assert registry.get_sample_value("schakel_outbox_waiting") == 0
    assert registry.get_sample_value("schakel_outbox_oldest_seconds") == 0


async def test_event_that_stands_aside_is_counted(
    postgres_bench: Bench, telemetry: Telemetry, registry: CollectorRegistry
) -> None:
    async def fail(*_: object) -> None:
        raise ValueError

    await postgres_bench.say(said(A), said(A))
    await Consumer(postgres_bench.units, {type(said(A)): fail}).deliver(await postgres_bench.records())

    await telemetry.refresh()
    assert registry.get_sample_value("schakel_parked_events") == 2


async def test_timer_that_keeps_failing_stays_overdue_however_long_it_is_put_off(
    postgres_bench: Bench, telemetry: Telemetry, registry: CollectorRegistry
) -> None:
    async with postgres_bench.units.begin() as unit:
        unit.timers.set(Timer("late", "test", A, unit.now - timedelta(minutes=1), {}))
        unit.timers.set(Timer("early", "test", A, unit.now + timedelta(hours=1), {}))
    async with database_of(postgres_bench).transaction() as connection:
        postponed = "UPDATE timers SET attempts = 3, retry_at = now() + interval '1 hour' WHERE key = 'late'"
        await connection.execute(text(postponed))

    await telemetry.refresh()
    assert registry.get_sample_value("schakel_timers_overdue") == 1
    assert registry.get_sample_value("schakel_timers_failing") == 1


async def test_lag_is_unknown_and_not_nought_while_the_bus_is_away(
    telemetry: Telemetry, registry: CollectorRegistry, member: Member
) -> None:
    member.waiting = 7
    await telemetry.refresh()
    assert registry.get_sample_value("schakel_consumer_lag") == 7
    member.waiting = None
    await telemetry.refresh()
    assert math.isnan(registry.get_sample_value("schakel_consumer_lag") or 0.0)


async def test_database_that_is_away_is_said_and_the_lag_is_still_told(
    postgres_bench: Bench, registry: CollectorRegistry, member: Member
) -> None:
    nowhere = Database("postgresql+asyncpg://nobody@127.0.0.1:9/nothing", application_name="test")
    member.waiting = 3
    await Telemetry(registry, nowhere, postgres_bench.rows, member).refresh()
    assert registry.get_sample_value("schakel_database_up") == 0
    assert registry.get_sample_value("schakel_consumer_lag") == 3
