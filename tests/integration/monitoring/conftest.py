"""Monitoring's units of work: the same tests on the twin and on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

import services.monitoring.store
from services.monitoring.bootstrap import open_units
from services.monitoring.ports import MonitoringUnit
from services.monitoring.store.repositories import PostgresMonitoringUnit
from shared.kernel.ids import RandomIds
from shared.messaging.postgres_unit import PostgresUnits
from shared.storage.database import Database
from shared.storage.migrations import upgrade
from shared.unit_of_work import Units
from tests.conftest import MakeDatabase
from tests.parts.audit import CHAIN
from tests.twins.clock import HeldClock
from tests.unit.monitoring.app import SETTINGS
from tests.unit.monitoring.builders import TUESDAY
from tests.unit.monitoring.twin import on_twins

MIGRATIONS = Path(services.monitoring.store.__path__[0]) / "migrations"


@pytest.fixture
async def database_url(make_database: MakeDatabase) -> str:
    return await make_database("monitoring", lambda url: upgrade(url, MIGRATIONS))


@pytest.fixture
async def postgres_units(database_url: str) -> AsyncIterator[PostgresUnits[PostgresMonitoringUnit]]:
    database = Database(database_url, application_name="monitoring-tests")
    yield open_units(SETTINGS.city, database, RandomIds(), Random(1), CHAIN)
    await database.close()


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def units(request: pytest.FixtureRequest) -> Units[MonitoringUnit]:
    """The twin, then the real thing."""
    if request.param == "postgres":
        real: Units[MonitoringUnit] = request.getfixturevalue("postgres_units")
        return real
    return on_twins(HeldClock(TUESDAY))
