"""The clocks run by the database's time: when it moves on, every clock rings once, and late facts do no harm."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy import text

from services.monitoring.schedule import TIMERS
from services.monitoring.store.repositories import PostgresMonitoringUnit
from shared.events import matching
from shared.kernel.errors import Transient
from shared.messaging.postgres_unit import PostgresUnits
from shared.messaging.timers import TimerLoop
from tests.integration.monitoring.consuming import consumes
from tests.integration.monitoring.test_store import helped
from tests.unit.monitoring.builders import (
    CASE,
    day_of,
    needs_assessed,
    partner_accepted,
    partner_activated,
    referral,
    request_received,
)

pytestmark = pytest.mark.postgres
ResultT = TypeVar("ResultT")
Units = PostgresUnits[PostgresMonitoringUnit]
_FORWARD = text(
    "INSERT INTO clock_offset (ahead) VALUES (:by) ON CONFLICT (one_row) DO UPDATE SET ahead = clock_offset.ahead + :by"
)


async def days_pass(units: Units, days: int) -> None:
    async with units.database.transaction() as connection:
        await connection.execute(_FORWARD, {"by": timedelta(days=days)})
    loop = TimerLoop(units, TIMERS)
    while await patiently(loop.fire_due):
        pass


async def patiently(work: Callable[[], Awaitable[ResultT]]) -> ResultT:
    """As the loops do: what passes by itself is tried again."""
    while True:
        try:
            return await work()
        except Transient:
            await asyncio.sleep(0.01)


async def published(units: Units) -> list[str]:
    async with units.database.transaction() as connection:
        rows = await connection.scalars(text("SELECT type FROM outbox ORDER BY position"))
    return [row.split(".")[3] for row in rows]


# A new request is on the desk's list until its inventory is there.
OF_A_REQUEST = ["escalation-raised", "escalation-resolved"]


async def activated(units: Units) -> None:
    async with units.begin() as unit:
        now = unit.now
    await consumes(units, request_received(now), needs_assessed(now), partner_activated(now))


async def test_silent_partner_expires_once_however_many_loops_look(postgres_units: Units) -> None:
    await activated(postgres_units)
    await days_pass(postgres_units, 0)
    assert await published(postgres_units) == OF_A_REQUEST
    await asyncio.gather(days_pass(postgres_units, 10), days_pass(postgres_units, 10))
    assert (await published(postgres_units)).count("response-expired") == 1
    await days_pass(postgres_units, 6)
    assert (await published(postgres_units)).count("response-expired") == 1


async def test_answer_in_time_silences_the_clocks(postgres_units: Units) -> None:
    await activated(postgres_units)
    async with postgres_units.begin() as unit:
        today = day_of(unit.now)
    await consumes(postgres_units, partner_accepted(unit.now, today + timedelta(days=60)))
    await days_pass(postgres_units, 20)
    assert await published(postgres_units) == OF_A_REQUEST


async def test_answer_that_comes_after_the_expiry_does_no_harm(postgres_units: Units) -> None:
    await activated(postgres_units)
    await days_pass(postgres_units, 20)
    async with postgres_units.begin() as unit:
        now = unit.now
    await consumes(
        postgres_units,
        partner_accepted(now, day_of(now)),
        matching.HelpStarted(
            subject=CASE, occurred_at=now, **referral(), on=day_of(now), reported_by=referral()["service_id"]
        ),
    )
    async with postgres_units.begin() as unit:
        watch = await unit.watches.get(CASE)
    assert watch is not None
    assert watch.open_escalations == []
    assert watch.next_clock is not None


async def test_year_of_follow_ups_without_an_answer_ends_on_the_list(postgres_units: Units) -> None:
    await helped(postgres_units)
    for _ in range(30):
        await days_pass(postgres_units, 14)
    names = await published(postgres_units)
    assert (names.count("follow-up-due"), names.count("follow-up-missed")) == (6, 6)
    async with postgres_units.begin() as unit:
        counts = await unit.board.read_figures(unit.now)
        timers = await unit.timers.claim(100)
    assert (counts.out_of_sight, counts.without_next_step) == (1, 0)
    assert timers == []


async def test_event_and_clock_of_one_case_at_once_both_count(postgres_units: Units) -> None:
    await activated(postgres_units)
    async with postgres_units.begin() as unit:
        now = unit.now
    accepted = partner_accepted(now, day_of(now) + timedelta(days=60))
    await asyncio.gather(days_pass(postgres_units, 3), patiently(lambda: consumes(postgres_units, accepted)))
    async with postgres_units.begin() as unit:
        watch = await unit.watches.get(CASE)
    assert watch is not None
    assert [key.split(":")[0] for key in watch.clocks] == ["handover-remind", "first-contact-late"]
