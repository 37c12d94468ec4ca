"""The migrated tables are those in the code."""

import pytest

from shared.storage.migrations import drift
from tests.integration.matching.conftest import MIGRATIONS


@pytest.mark.postgres
async def test_migrations_are_in_step_with_the_tables(database_url: str) -> None:
    await drift(database_url, MIGRATIONS)
