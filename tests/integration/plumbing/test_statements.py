"""Statements that go straight through the driver: in the transaction of their connection, whoever else is in it."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.storage.database import Database, DatabaseAway
from shared.storage.migrations import upgrade
from shared.storage.statements import Statement, planned_each_time
from tests.conftest import MakeDatabase

_KEEP = Statement("INSERT INTO subject_versions (subject, version) VALUES (gen_random_uuid(), :version)")
_VERSIONS = Statement("SELECT version FROM subject_versions ORDER BY version")
_END_ME = Statement("SELECT pg_terminate_backend(pg_backend_pid())")


@pytest.fixture
async def database(make_database: MakeDatabase) -> AsyncIterator[Database]:
    made = Database(await make_database("plumbing", upgrade), application_name="test", pool_size=1)
    yield made
    await made.close()


async def versions(database: Database) -> list[int]:
    async with database.statements() as connection:
        return [version for (version,) in await _VERSIONS.rows(connection)]


async def test_name_that_is_used_twice_is_one_parameter_and_a_cast_is_none(database: Database) -> None:
    twice = Statement("SELECT :first::int + :second::int + :first::int AS sum, ':no'::text AS words")
    async with database.statements() as connection:
        (row,) = await twice.rows(connection, {"first": 3, "second": 4})
    assert (row["sum"], row["words"]) == (10, ":no")


async def keep_in_a_transaction_that_fails(database: Database) -> None:
    async with database.transaction() as connection:
        await _KEEP.rows(connection, {"version": 1})
        await connection.execute(text("INSERT INTO subject_versions VALUES (gen_random_uuid(), 2)"))
        raise ZeroDivisionError


async def test_statements_and_sqlalchemy_share_a_transaction_that_is_taken_back_whole(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await keep_in_a_transaction_that_fails(database)
    assert await versions(database) == []


async def keep_in_a_part_that_fails(connection: AsyncConnection) -> None:
    async with connection.begin_nested():
        await _KEEP.rows(connection, {"version": 2})
        await _KEEP.rows(connection, {"version": None})


async def test_part_of_a_transaction_is_taken_back_alone(database: Database) -> None:
    async with database.transaction() as connection:
        await _KEEP.rows(connection, {"version": 1})
        with pytest.raises(asyncpg.NotNullViolationError):
            await keep_in_a_part_that_fails(connection)
        await connection.execute(text("INSERT INTO subject_versions VALUES (gen_random_uuid(), 3)"))
    assert await versions(database) == [1, 3]


async def keep_and_fail_outside_a_transaction(database: Database) -> None:
    async with database.statements() as connection:
        await _KEEP.rows(connection, {"version": 1})
        raise ZeroDivisionError


async def test_each_statement_outside_a_transaction_stands_for_itself(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await keep_and_fail_outside_a_transaction(database)
    assert await versions(database) == [1]


async def run(database: Database, *statements: Statement) -> None:
    async with database.transaction() as connection:
        for statement in statements:
            await statement.rows(connection, {"version": 1})


async def test_connection_that_broke_is_not_used_again(database: Database) -> None:
    with pytest.raises(DatabaseAway):
        await run(database, _KEEP, _END_ME)
    assert await versions(database) == []


async def test_connection_that_is_still_in_a_transaction_is_not_used_again(database: Database) -> None:
    async with database.statements() as connection:
        await Statement("BEGIN").rows(connection)
        await _KEEP.rows(connection, {"version": 1})
    assert await versions(database) == []


async def test_mistake_in_a_statement_is_no_absence_of_the_database(database: Database) -> None:
    with pytest.raises(asyncpg.UndefinedColumnError):
        await run(database, _KEEP, Statement("SELECT nothing"))
    assert await versions(database) == []


async def test_value_that_fits_in_no_column_is_no_absence_of_the_database(database: Database) -> None:
    """The driver refuses it before the database sees it; an event that carries it must stand aside (P3)."""
    with pytest.raises(asyncpg.DataError, match="invalid input for query argument"):
        await keep_what_does_not_fit(database)
    assert await versions(database) == []


async def keep_what_does_not_fit(database: Database) -> None:
    async with database.transaction() as connection:
        await _KEEP.rows(connection, {"version": 10**17})


async def test_what_is_planned_each_time_ends_with_it(database: Database) -> None:
    how = Statement("SELECT current_setting('plan_cache_mode') AS how")
    async with database.transaction() as connection:
        async with planned_each_time(connection):
            inside = await how.rows(connection)
        after = await how.rows(connection)
    assert [row["how"] for row in (*inside, *after)] == ["force_custom_plan", "auto"]
