"""SQLModel's session of a unit of work: inside its transaction, written with it, taken back with it."""

import contextlib
from collections.abc import AsyncIterator
from typing import ClassVar
from uuid import UUID, uuid4

import asyncpg
import pytest
from sqlalchemy import MetaData
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import registry
from sqlmodel import SQLModel, select

from shared.kernel.ids import RandomIds
from shared.messaging.postgres_unit import PostgresUnit, PostgresUnits
from shared.storage import columns
from shared.storage.database import Database, DatabaseAway
from shared.storage.migrations import upgrade
from shared.storage.statements import Statement
from tests.conftest import MakeDatabase
from tests.parts.audit import CHAIN
from tests.parts.city import a_city

_INSERT = Statement("INSERT INTO subject_versions (subject, version) VALUES (:subject, :version)")
_VERSIONS = Statement("SELECT version FROM subject_versions ORDER BY version")
_END_ME = Statement("SELECT pg_terminate_backend(pg_backend_pid())")


class PlumbingTable(SQLModel, registry=registry()):
    """A table of the plumbing as a model, for these tests."""

    metadata = MetaData()


class VersionRow(PlumbingTable, table=True):
    """The last version of a subject."""

    __tablename__: ClassVar[str] = "subject_versions"

    subject: UUID = columns.key()
    version: int = columns.integer()


@pytest.fixture
async def units(make_database: MakeDatabase) -> AsyncIterator[PostgresUnits[PostgresUnit]]:
    database = Database(await make_database("plumbing", upgrade), application_name="test", pool_size=1)
    yield PostgresUnits(database, service="intake", ids=RandomIds(), city=a_city(), chain=CHAIN, make=PostgresUnit)
    await database.close()


async def versions(units: PostgresUnits[PostgresUnit]) -> list[int]:
    """What is committed."""
    async with units.begin() as unit:
        return [row.version for row in await unit.session.exec(select(VersionRow).order_by("version"))]


async def test_model_that_is_added_is_committed_with_the_unit(units: PostgresUnits[PostgresUnit]) -> None:
    async with units.begin() as unit:
        unit.session.add(VersionRow(subject=uuid4(), version=1))
    assert await versions(units) == [1]


async def test_model_that_is_changed_or_deleted_is_written_with_the_unit(units: PostgresUnits[PostgresUnit]) -> None:
    first, second = uuid4(), uuid4()
    async with units.begin() as unit:
        unit.session.add_all([VersionRow(subject=first, version=1), VersionRow(subject=second, version=2)])
    async with units.begin() as unit:
        (changed,) = await unit.session.exec(select(VersionRow).where(VersionRow.subject == first))
        changed.version = 5
        gone = await unit.session.get(VersionRow, second)
        await unit.session.delete(gone)
    assert await versions(units) == [5]


async def fail_after(units: PostgresUnits[PostgresUnit], *, flushed: bool) -> None:
    async with units.begin() as unit:
        unit.session.add(VersionRow(subject=uuid4(), version=1))
        if flushed:
            await unit.session.flush()
        raise ZeroDivisionError


@pytest.mark.parametrize("flushed", [False, True], ids=["not flushed", "flushed"])
async def test_exception_takes_back_what_the_session_did(units: PostgresUnits[PostgresUnit], *, flushed: bool) -> None:
    with pytest.raises(ZeroDivisionError):
        await fail_after(units, flushed=flushed)
    assert await versions(units) == []


async def test_session_commits_nothing_by_itself(units: PostgresUnits[PostgresUnit]) -> None:
    async def commit_and_fail() -> None:
        async with units.begin() as unit:
            unit.session.add(VersionRow(subject=uuid4(), version=1))
            await unit.session.commit()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await commit_and_fail()
    assert await versions(units) == []


async def test_session_and_statements_see_what_the_other_wrote(units: PostgresUnits[PostgresUnit]) -> None:
    mine, other = uuid4(), uuid4()
    async with units.begin() as unit:
        connection = await unit.session.connection()
        await _INSERT.rows(connection, {"subject": other, "version": 1})
        assert await unit.session.get(VersionRow, other)
        unit.session.add(VersionRow(subject=mine, version=2))
        await unit.session.flush()
        assert [tuple(row) for row in await _VERSIONS.rows(connection)] == [(1,), (2,)]


async def fail_in_a_savepoint(unit: PostgresUnit, *, flushed: bool = False) -> None:
    async with unit.savepoint():
        unit.session.add(VersionRow(subject=uuid4(), version=2))
        if flushed:
            await unit.session.flush()
        raise ZeroDivisionError


async def be_refused_in_a_savepoint(unit: PostgresUnit, subject: UUID) -> None:
    """By the database, when the savepoint ends: the session does not know the first of this subject any more."""
    async with unit.savepoint():
        unit.session.expunge_all()
        unit.session.add(VersionRow(subject=subject, version=2))


async def change_in_a_savepoint_that_fails(unit: PostgresUnit, subject: UUID) -> None:
    async with unit.savepoint():
        (row,) = await unit.session.exec(select(VersionRow).where(VersionRow.subject == subject))
        row.version = 2
        await unit.session.flush()
        raise ZeroDivisionError


async def test_what_was_added_before_a_savepoint_outlives_its_failure(units: PostgresUnits[PostgresUnit]) -> None:
    async with units.begin() as unit:
        unit.session.add(VersionRow(subject=uuid4(), version=1))
        with pytest.raises(ZeroDivisionError):
            await fail_in_a_savepoint(unit)
        unit.session.add(VersionRow(subject=uuid4(), version=3))
    assert await versions(units) == [1, 3]


async def test_refused_model_fails_the_savepoint_and_not_the_unit(units: PostgresUnits[PostgresUnit]) -> None:
    subject = uuid4()
    async with units.begin() as unit:
        unit.session.add(VersionRow(subject=subject, version=1))
        with pytest.raises(IntegrityError):
            await be_refused_in_a_savepoint(unit, subject)
        async with unit.savepoint():
            unit.session.add(VersionRow(subject=uuid4(), version=3))
    assert await versions(units) == [1, 3]


async def test_savepoint_inside_a_savepoint_is_taken_back_alone(units: PostgresUnits[PostgresUnit]) -> None:
    async with units.begin() as unit, unit.savepoint():
        unit.session.add(VersionRow(subject=uuid4(), version=1))
        with pytest.raises(ZeroDivisionError):
            await fail_in_a_savepoint(unit, flushed=True)
    assert await versions(units) == [1]


async def test_models_of_a_failed_savepoint_are_expunged(units: PostgresUnits[PostgresUnit]) -> None:
    subject = uuid4()
    async with units.begin() as unit:
        unit.session.add(VersionRow(subject=subject, version=1))
        with pytest.raises(ZeroDivisionError):
            await change_in_a_savepoint_that_fails(unit, subject)
        again = await unit.session.get(VersionRow, subject)
        assert again
        assert again.version == 1


async def test_database_that_leaves_is_told_as_away(units: PostgresUnits[PostgresUnit]) -> None:
    async def lose_it() -> None:
        async with units.begin() as unit, unit.savepoint():
            unit.session.add(VersionRow(subject=uuid4(), version=1))
            with contextlib.suppress(DatabaseAway, asyncpg.PostgresError):
                await _END_ME.rows(await unit.session.connection())

    with pytest.raises(DatabaseAway):
        await lose_it()
    assert await versions(units) == []


async def test_unit_that_needs_no_session_makes_none(units: PostgresUnits[PostgresUnit]) -> None:
    async with units.begin() as unit:
        async with unit.savepoint():
            pass
        await unit.flush()
        assert unit._session is None
