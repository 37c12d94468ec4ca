"""Community's units of work: the same tests on the twin and on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

import services.community.store
from services.community.bootstrap import open_units
from services.community.domain.gathering import Gathering, GatheringState
from services.community.ports import CommunityUnit
from services.community.store.repositories import PostgresCommunityUnit
from shared.kernel.ids import RandomIds
from shared.messaging.postgres_unit import PostgresUnits
from shared.storage.database import Database
from shared.storage.migrations import upgrade
from shared.unit_of_work import Units
from tests.conftest import MakeDatabase
from tests.parts.audit import CHAIN
from tests.twins.clock import HeldClock
from tests.unit.community.world import EVENING, SETTINGS, TUESDAY, an_id, later, on_twins

MIGRATIONS = Path(services.community.store.__path__[0]) / "migrations"


def a_gathering(name: str, days: int = 0, state: GatheringState = GatheringState.ANNOUNCED) -> Gathering:
    """So many days after the first evening."""
    return Gathering(an_id(name), later(EVENING, days), TUESDAY, state=state)


@pytest.fixture
async def database_url(make_database: MakeDatabase) -> str:
    return await make_database("community", lambda url: upgrade(url, MIGRATIONS))


@pytest.fixture
async def postgres_units(database_url: str) -> AsyncIterator[PostgresUnits[PostgresCommunityUnit]]:
    database = Database(database_url, application_name="community-tests")
    yield open_units(SETTINGS.city, database, RandomIds(), Random(1), CHAIN, SETTINGS)
    await database.close()


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def units(request: pytest.FixtureRequest) -> Units[CommunityUnit]:
    """The twin, then the real thing."""
    if request.param == "postgres":
        real: Units[CommunityUnit] = request.getfixturevalue("postgres_units")
        return real
    return on_twins(HeldClock(TUESDAY))
