"""What is open now is found by an index: the hours of a whole map are not read for it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import asyncpg
import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from services.matching.domain.map_query import MapQuery
from services.matching.store.map_filters import filters
from services.matching.store.repositories import PostgresMatchingUnit
from services.matching.store.tables import SERVICES
from shared.messaging.postgres_unit import PostgresUnits
from shared.storage.database import driver_dsn
from tests.unit.matching.city import organisation, service

AT_NIGHT = datetime(2026, 11, 27, 1, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.mark.postgres
async def test_what_is_open_now_is_found_by_the_index(
    database_url: str, postgres_units: PostgresUnits[PostgresMatchingUnit]
) -> None:
    hours = ["ma-vr 9-17"] * 600 + ["do 20:00-02:00"]
    wanted = select(SERVICES.c.id).where(*filters(MapQuery(open_at=AT_NIGHT)))
    sql = str(wanted.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))  # type: ignore[no-untyped-call]  # as SQLAlchemy has it
    async with postgres_units.begin() as unit:
        await unit.organisations.save(organisation("Club"))
        await unit.services.save_all([
            service(f"{number}", of="Club", schedule=words) for number, words in enumerate(hours)
        ])  # fmt: skip
    plan = await _plan(database_url, sql)
    async with postgres_units.begin() as unit:
        found = await unit.services.search(MapQuery(open_at=AT_NIGHT))

    assert [offer.service.schedule for offer in found.offers] == ["do 20:00-02:00"]
    assert any("Index Cond: (search @@" in line for line in plan), plan


async def _plan(database_url: str, sql: str) -> list[str]:
    """Once the index is in order, and as on a map that is too large to read for it."""
    connection = await asyncpg.connect(driver_dsn(database_url))
    try:
        await connection.execute("VACUUM ANALYZE services")
        await connection.execute("SET enable_seqscan = off")
        return [row[0] for row in await connection.fetch(f"EXPLAIN {sql}")]
    finally:
        await connection.close()
