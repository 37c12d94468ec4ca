"""A look at the tables when a process starts: a database that is slow to answer keeps no healthy process from it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from structlog.testing import capture_logs

import services.matching.store
from shared.runtime import table_check
from shared.runtime.table_check import TableCheck
from shared.storage import database as pool
from shared.storage.database import Database, driver_dsn
from shared.storage.migrations import upgrade
from shared.storage.stored_codes import CodesWithoutWords
from tests.conftest import MakeDatabase
from tests.parts.city import a_city

pytestmark = pytest.mark.postgres
MIGRATIONS = Path(services.matching.store.__path__[0]) / "migrations"
CHURCH = """
    INSERT INTO organisations (id, name, kind, description, website, email, phone, strengths, limits, has_agreement,
                               on_map, active, version, checks_asked, searched_as, says_searched_as)
    VALUES (gen_random_uuid(), 'De Bron', 'lighthouse', '', '', '', '', '', '', false, true, true, 1, 0, 'de bron', '')
"""


@pytest.fixture
async def url(make_database: MakeDatabase) -> str:
    return await make_database("matching", lambda url: upgrade(url, MIGRATIONS))


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    found = Database(url, application_name="test")
    yield found
    await found.close()


@pytest.fixture
async def busy(url: str) -> AsyncIterator[asyncpg.Connection]:
    """Holds organisations, among them one of a kind that the city has no words for, until it is closed."""
    connection = await asyncpg.connect(driver_dsn(url))
    await connection.execute(CHURCH)
    await connection.execute("BEGIN; LOCK TABLE organisations IN ACCESS EXCLUSIVE MODE")
    yield connection
    await connection.close()


@pytest.mark.usefixtures("busy")
async def test_start_does_not_wait_for_a_table_that_is_locked(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_check, "START_WITHIN_SECONDS", 0.5)
    with capture_logs() as logs:
        await asyncio.wait_for(TableCheck(database, "matching", a_city()).look_at_start(), 5)
    assert [line["event"] for line in logs] == ["tables_not_looked_at_yet"]


async def test_look_that_the_driver_gave_up_is_taken_again_until_it_is_known(
    url: str, busy: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "COMMAND_SECONDS", 0.3)
    monkeypatch.setattr(table_check, "LOOK_SECONDS", 0.1)
    database = Database(url, application_name="test")
    looking = asyncio.create_task(TableCheck(database, "matching", a_city()).run(asyncio.Event()))
    await asyncio.sleep(1)
    assert not looking.done()
    await busy.close()
    with pytest.raises(CodesWithoutWords, match="lighthouse"):
        await asyncio.wait_for(looking, 10)
    await database.close()
