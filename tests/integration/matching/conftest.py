"""Matching's units of work: the same tests on the twin and on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

import services.matching.store
from services.matching.bootstrap import open_units
from services.matching.ports import MatchingUnit
from services.matching.store.repositories import PostgresMatchingUnit
from shared.events.base import Role
from shared.kernel.ids import RandomIds
from shared.messaging.postgres_unit import PostgresUnits
from shared.storage.database import Database
from shared.storage.migrations import upgrade
from shared.unit_of_work import Units
from tests.conftest import MakeDatabase
from tests.integration.matching.import_site import signed_in
from tests.parts.audit import CHAIN
from tests.parts.city import a_city
from tests.twins.clock import HeldClock
from tests.twins.ids import SeededIds
from tests.twins.matching import MemoryMatchingUnit
from tests.twins.unit_of_work import MemoryUnits
from tests.unit.matching.city import NOON, World
from tests.unit.matching.site import Site

MIGRATIONS = Path(services.matching.store.__path__[0]) / "migrations"


@pytest.fixture
async def database_url(make_database: MakeDatabase) -> str:
    return await make_database("matching", lambda url: upgrade(url, MIGRATIONS))


@pytest.fixture
async def postgres_units(database_url: str) -> AsyncIterator[PostgresUnits[PostgresMatchingUnit]]:
    database = Database(database_url, application_name="matching-tests")
    yield open_units(a_city(), database, RandomIds(), Random(7), CHAIN)
    await database.close()


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def units(request: pytest.FixtureRequest) -> Units[MatchingUnit]:
    """The twin, then the real thing."""
    if request.param == "postgres":
        real: Units[MatchingUnit] = request.getfixturevalue("postgres_units")
        return real
    return MemoryUnits(service="matching", clock=HeldClock(NOON), ids=SeededIds(Random(7)), make=MemoryMatchingUnit)


@pytest.fixture
async def import_site(units: Units[MatchingUnit]) -> Site:
    world = World()
    world.units = units  # type: ignore[assignment]  # the twin, then the real thing
    made = Site(world)
    await signed_in(made, Role.COORDINATOR)
    return made
