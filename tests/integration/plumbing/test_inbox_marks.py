"""How long the inbox knows what it applied."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from tests.integration.plumbing.conftest import Bench

_AGED = text("UPDATE inbox SET claimed_at = claimed_at - CAST(:ago AS interval) WHERE event_id = :event_id")
NEW, NEARLY_OLD, OLD = UUID(int=1), UUID(int=2), UUID(int=3)


async def test_mark_of_179_days_stays_and_one_of_181_goes(postgres_bench: Bench) -> None:
    async with postgres_bench.units.begin() as unit:
        assert await unit.inbox.claim([NEW, NEARLY_OLD, OLD]) == {NEW, NEARLY_OLD, OLD}
        for event_id, days in ((NEARLY_OLD, 179), (OLD, 181)):
            await unit._connection.execute(_AGED, {"ago": timedelta(days=days), "event_id": event_id})

    async with postgres_bench.units.begin() as unit:
        assert await unit.inbox.forget_old() == 1
    async with postgres_bench.units.begin() as unit:
        assert await unit.inbox.claim([NEW, NEARLY_OLD, OLD]) == {OLD}
