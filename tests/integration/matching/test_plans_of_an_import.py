"""An import finds its offers by their key, however small the map was when the connection asked first."""

from collections.abc import Collection
from uuid import UUID

import pytest
from sqlalchemy import text

from services.matching.store.repositories import PostgresMatchingUnit
from shared.messaging.postgres_unit import PostgresUnits
from tests.unit.matching.city import organisation, service

Units = PostgresUnits[PostgresMatchingUnit]
OFFERS, OF_ONE_PART, UNTIL_A_PLAN_IS_KEPT = 2_000, 5, 10
DIGEST = "0123"
_READ_WHOLE = text("SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'services'")


async def look(unit: PostgresMatchingUnit, ids: Collection[UUID]) -> None:
    """What is asked for each part of a file."""
    await unit.taken_rows.find_unchanged(dict.fromkeys(ids, DIGEST))
    await unit.services.hold_many(ids)


async def times_read_whole(unit: PostgresMatchingUnit) -> int:
    connection = await unit.session.connection()
    return int((await connection.execute(_READ_WHOLE)).scalar_one())


@pytest.mark.postgres
async def test_import_does_not_read_the_whole_map_after_it_grew(postgres_units: Units) -> None:
    offers = [service(f"offer {number}", of="stichting") for number in range(OFFERS)]
    ids = [one.id for one in offers]
    # The newest connection is used first: it is the same one all along.
    for _ in range(UNTIL_A_PLAN_IS_KEPT):
        async with postgres_units.begin() as unit:
            await look(unit, ids[:OF_ONE_PART])
    async with postgres_units.begin() as unit:
        await unit.organisations.save(organisation("stichting"))
        await unit.services.save_all(offers)
        await unit.taken_rows.remember(dict.fromkeys(ids, DIGEST), dict.fromkeys(ids, "stichting"))

    async with postgres_units.begin() as unit:
        before = await times_read_whole(unit)
        await look(unit, ids[:OF_ONE_PART])

        assert await times_read_whole(unit) == before
