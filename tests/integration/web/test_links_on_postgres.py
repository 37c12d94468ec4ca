"""Links on PostgreSQL keep the same promises as the twin."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.access.links import KEPT_AFTER_EXPIRY, PostgresLinks, forget_expired
from shared.storage.database import Database
from shared.storage.migrations import upgrade
from shared.storage.tables import link_tokens
from tests.conftest import MakeDatabase
from tests.twins.ids import SeededIds
from tests.unit.shared.access.link_promises import EXPIRES, NOW, PURPOSE, SUBJECT, LinkPromises, LinksAt

pytestmark = pytest.mark.postgres


@pytest.fixture
async def connection(make_database: MakeDatabase) -> AsyncIterator[AsyncConnection]:
    """One open transaction on a fresh database."""
    database = Database(await make_database("plumbing", upgrade), application_name="test")
    async with database.transaction() as open_connection:
        yield open_connection
    await database.close()


class TestPostgresLinks(LinkPromises):
    """The real ones keep them."""

    _connection: AsyncConnection

    @pytest.fixture(autouse=True)
    def _on(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def links(self) -> LinksAt:
        ids = SeededIds(Random(1))

        def at(now: datetime) -> PostgresLinks:
            return PostgresLinks(self._connection, now, ids)

        return at


async def test_database_holds_neither_token_nor_code(connection: AsyncConnection) -> None:
    link = await PostgresLinks(connection, NOW, SeededIds(Random(1))).mint(PURPOSE, SUBJECT, UUID(int=2), EXPIRES)
    row = (await connection.execute(select(link_tokens))).one()
    kept = b" ".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
    assert link.token.encode() not in kept
    assert link.short_code.encode() not in kept
    assert link.short_code.replace("-", "").encode() not in kept


async def test_links_are_forgotten_long_after_they_expired_and_not_before(connection: AsyncConnection) -> None:
    now: datetime = (await connection.execute(select(func.now()))).scalar_one()
    links = PostgresLinks(connection, now, SeededIds(Random(1)))
    for age in (KEPT_AFTER_EXPIRY - timedelta(days=1), KEPT_AFTER_EXPIRY + timedelta(days=1)):
        await links.mint(PURPOSE, SUBJECT, SUBJECT, now - age)

    assert await forget_expired(connection) == 1
    assert len((await connection.execute(select(link_tokens.c.id))).all()) == 1
