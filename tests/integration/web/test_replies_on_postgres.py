"""Idempotency keys on PostgreSQL: one transaction with the change, and two askers at once."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from shared.database import Database
from shared.migrations import upgrade
from shared.web.idempotency import KEPT, KeyInFlight, KeyReused, PostgresReplies, StoredReply
from tests.conftest import MakeDatabase
from tests.unit.shared.web_gallery.gallery import NOW

pytestmark = pytest.mark.postgres


@pytest.fixture
async def database(make_database: MakeDatabase) -> AsyncIterator[Database]:
    """A fresh one."""
    opened = Database(await make_database("plumbing", upgrade), application_name="test")
    yield opened
    await opened.close()


async def store(database: Database, key: str = "k", print_: str = "f") -> None:
    async with database.transaction() as connection:
        replies = PostgresReplies(connection, NOW)
        assert await replies.begin(key, "key-1", print_) is None
        await replies.finish(key, "key-1", print_, 201, '{"id": 1}')


async def test_second_request_gets_the_first_reply(database: Database) -> None:
    await store(database)
    async with database.transaction() as connection:
        reply = await PostgresReplies(connection, NOW).begin("k", "key-1", "f")
    assert reply == StoredReply(201, '{"id": 1}')


async def test_same_key_with_another_body_is_refused(database: Database) -> None:
    await store(database)
    with pytest.raises(KeyReused):
        async with database.transaction() as connection:
            await PostgresReplies(connection, NOW).begin("k", "key-1", "other")


async def test_same_key_of_somebody_else_is_another_key(database: Database) -> None:
    await store(database)
    async with database.transaction() as connection:
        assert await PostgresReplies(connection, NOW).begin("k", "key-2", "other") is None


async def test_key_that_is_being_handled_is_refused_at_once_and_others_are_not(database: Database) -> None:
    async with database.transaction() as first:
        assert await PostgresReplies(first, NOW).begin("k", "key-1", "f") is None
        with pytest.raises(KeyInFlight):
            async with database.transaction() as second:
                await PostgresReplies(second, NOW).begin("k", "key-1", "f")
        async with database.transaction() as other:
            assert await PostgresReplies(other, NOW).begin("another", "key-1", "f") is None


async def test_key_is_free_again_when_the_first_request_failed(database: Database) -> None:
    async def fails_at_the_end() -> None:
        async with database.transaction() as connection:
            replies = PostgresReplies(connection, NOW)
            await replies.begin("k", "key-1", "f")
            await replies.finish("k", "key-1", "f", 201, "{}")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails_at_the_end()
    await store(database, print_="other")


async def test_reply_is_never_overwritten_within_its_week(database: Database) -> None:
    await store(database)
    with pytest.raises(KeyInFlight):
        async with database.transaction() as connection:
            await PostgresReplies(connection, NOW + timedelta(hours=1)).finish("k", "key-1", "f", 201, "[]")


async def test_key_is_free_again_after_seven_days(database: Database) -> None:
    await store(database)
    async with database.transaction() as connection:
        later = PostgresReplies(connection, NOW + KEPT)
        assert await later.begin("k", "key-1", "other") is None
        await later.finish("k", "key-1", "other", 201, "[]")
        assert await later.begin("k", "key-1", "other") == StoredReply(201, "[]")
