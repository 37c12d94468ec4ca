import pytest

from shared.storage.migrations import drift
from tests.integration.monitoring.conftest import MIGRATIONS


@pytest.mark.postgres
async def test_migrated_tables_are_those_of_the_code(database_url: str) -> None:
    await drift(database_url, MIGRATIONS)
