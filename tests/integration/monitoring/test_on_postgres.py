"""What only the real database can show: two at once, and how much an event costs."""

import asyncio
from datetime import date

import pytest
import sqlalchemy.event

from services.monitoring.store.repositories import PostgresMonitoringUnit
from services.monitoring.subscriptions import SUBSCRIPTIONS
from shared.events import matching
from shared.messaging.postgres_unit import PostgresUnits
from shared.messaging.subscriptions import by_event
from tests.integration.monitoring.consuming import consumes
from tests.unit.monitoring.builders import (
    TUESDAY,
    an_id,
    needs_assessed,
    partner_accepted,
    partner_activated,
    request_received,
)

HANDLERS = by_event(SUBSCRIPTIONS)


@pytest.mark.postgres
async def test_first_words_of_a_case_from_two_topics_at_once_both_count(
    postgres_units: PostgresUnits[PostgresMonitoringUnit],
) -> None:
    for number in range(20):
        case = an_id(f"raced {number}")
        await asyncio.gather(
            consumes(postgres_units, request_received(case=case)),
            consumes(postgres_units, partner_activated(case=case)),
        )
        async with postgres_units.begin() as unit:
            watch = await unit.watches.get(case)
        assert watch is not None
        assert (watch.awaiting_inventory, len(watch.referrals)) == (True, 1)


@pytest.mark.postgres
async def test_event_about_a_case_costs_few_statements(
    postgres_units: PostgresUnits[PostgresMonitoringUnit],
) -> None:
    await consumes(postgres_units, request_received(), needs_assessed(), partner_activated())
    seen: list[str] = []
    async with postgres_units.begin() as unit:
        execute = unit._connection.sync_connection
        assert execute is not None
        sqlalchemy.event.listen(execute, "before_cursor_execute", lambda *given: seen.append(given[2]))
        await HANDLERS[matching.PartnerAccepted](partner_accepted(TUESDAY, date(2026, 9, 11)), unit)
    assert len(seen) <= 6, seen
