from collections.abc import AsyncIterator

import pytest

from services.intake.store.repositories import PostgresIntakeUnit
from shared.messaging.postgres_unit import PostgresUnits
from shared.storage.database import Database
from tests.conftest import MakeDatabase
from tests.integration.intake.postgres import migrated, units_on


@pytest.fixture
async def database(make_database: MakeDatabase) -> AsyncIterator[Database]:
    """A migrated, empty database of intake."""
    database = Database(await make_database("intake", migrated), application_name="test-intake")
    yield database
    await database.close()


@pytest.fixture
def units(database: Database) -> PostgresUnits[PostgresIntakeUnit]:
    """Its units of work."""
    return units_on(database)
