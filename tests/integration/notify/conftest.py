from collections.abc import AsyncIterator

import pytest

from shared.storage.database import Database
from tests.conftest import MakeDatabase
from tests.integration.notify.databases import migrated


@pytest.fixture
async def database(make_database: MakeDatabase) -> AsyncIterator[Database]:
    """A migrated, empty database of notify."""
    database = Database(await make_database("notify", migrated), application_name="test-notify")
    yield database
    await database.close()
