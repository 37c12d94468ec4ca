"""How long the inbox knows what it applied."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from shared.messaging.inbox import KEPT_FOR_DAYS
from tests.integration.plumbing.conftest import Bench

_AGED = text("UPDATE inbox SET claimed_at = claimed_at - CAST(:ago AS interval) WHERE event_id = :event_id")
NEW, NEARLY_OLD, OLD = UUID(int=1), UUID(int=2), UUID(int=3)


async def test_mark_stays_for_as_long_as_it_may_matter_and_no_longer(postgres_bench: Bench) -> None:
    async with postgres_bench.units.begin() as unit:
        assert await unit.inbox.claim([NEW, NEARLY_OLD, OLD]) == {NEW, NEARLY_OLD, OLD}
        for event_id, days in ((NEARLY_OLD, KEPT_FOR_DAYS - 1), (OLD, KEPT_FOR_DAYS + 1)):
            await unit._connection.execute(_AGED, {"ago": timedelta(days=days), "event_id": event_id})

    async with postgres_bench.units.begin() as unit:
        assert await unit.inbox.forget_old() == 1
    async with postgres_bench.units.begin() as unit:
        assert await unit.inbox.claim([NEW, NEARLY_OLD, OLD]) == {OLD}
