"""The pool of connections: nobody is turned away by one that died while nobody used it."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from shared.storage.database import KEEPALIVE, POOL_SIZE, Database, DatabaseAway
from shared.storage.migrations import upgrade
from shared.storage.statements import Statement
from tests.conftest import MakeDatabase
from tests.parts.postgres import Postgres

# Long enough that all of them are at it at the same time, each on a connection of its own.
_TAKE_A_MOMENT = Statement("SELECT pg_backend_pid(), pg_sleep(0.2)")
_END_THE_OTHERS = Statement(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_PATIENCE = Statement("SELECT name, setting FROM pg_settings WHERE name LIKE 'tcp_%'")
# The client hears of an end on the next turn of its loop.
HEARD_WITHIN = 0.2


@pytest.fixture
async def database(make_database: MakeDatabase) -> AsyncIterator[Database]:
    made = Database(await make_database("plumbing", upgrade), application_name="test")
    yield made
    await made.close()


async def at_once(database: Database) -> set[int]:
    """As many units at the same moment as the pool holds connections; which processes of the server served them."""

    async def one() -> int:
        async with database.transaction() as connection:
            ((process, _),) = await _TAKE_A_MOMENT.rows(connection)
            return int(process)

    return set(await asyncio.gather(*(one() for _ in range(POOL_SIZE))))


async def test_units_at_once_all_succeed_after_all_pooled_connections_were_ended(database: Database) -> None:
    before = await at_once(database)
    assert len(before) == POOL_SIZE
    other = Database(database.url, application_name="test", pool_size=1)
    async with other.statements() as connection:
        await _END_THE_OTHERS.rows(connection)
    await other.close()
    await asyncio.sleep(HEARD_WITHIN)

    after = await at_once(database)

    assert len(after) == POOL_SIZE
    assert not before & after
    assert await at_once(database) == after


async def test_units_at_once_all_succeed_as_soon_as_the_database_is_back(
    database: Database, postgres: Postgres
) -> None:
    await at_once(database)
    await postgres.stop()
    with pytest.raises(DatabaseAway):
        await database.check()
    await postgres.start()

    assert len(await at_once(database)) == POOL_SIZE


async def test_server_lets_go_of_what_a_dead_host_held(database: Database) -> None:
    """Its rows are locked for as long as the server thinks that somebody is there."""
    async with database.statements() as connection:
        assert dict(await _PATIENCE.rows(connection)) == KEEPALIVE  # type: ignore[arg-type] # a record is a pair here
