"""The audit log: an effect and its line in one transaction, one chain, and nobody who may change it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from deploy.install.provision import ServiceDatabase, provision
from shared.kernel.ids import RandomIds
from shared.messaging.audit import PostgresAuditLines
from shared.messaging.postgres_unit import PostgresUnit, PostgresUnits
from shared.privacy.audit import ITSELF, About, Action, Actor, AuditEntry, Outcome, Via
from shared.privacy.audit_chain import AuditLine, Head
from shared.storage.database import Database, driver_dsn
from shared.storage.migrations import upgrade
from shared.unit_of_work import Timer, UnitOfWork
from tests.integration.plumbing.conftest import T0, Bench
from tests.parts.audit import CHAIN
from tests.parts.city import a_city
from tests.parts.postgres import Postgres
from tests.twins.unit_of_work import MemoryUnits

pytestmark = pytest.mark.postgres
CASE, FATIMA, NOOR = UUID(int=1), UUID(int=2), UUID(int=3)
TEACHER = Actor(FATIMA, Via.PAGE, role="ambassador", organisation_id=UUID(int=4))


async def lines_of(bench: Bench) -> list[AuditLine]:
    if isinstance(bench.units, PostgresUnits):
        return [line async for some in PostgresAuditLines(bench.units.database).after(0) for line in some]
    assert isinstance(bench.units, MemoryUnits)
    return list(bench.units.tables.table("audit_lines").values())


async def entries_of(bench: Bench) -> list[AuditEntry]:
    lines = await lines_of(bench)
    assert CHAIN.verify(lines) is None
    return [line.entry for line in lines]


def read(unit: UnitOfWork, number: int = 1) -> None:
    unit.audit.record(Action.READ, About.CASE, UUID(int=number), "case-page", fields=["story", "phone"])


async def test_line_says_who_came_in_which_way_and_in_whose_place(bench: Bench) -> None:
    async with bench.units.begin() as unit:
        read(unit)
        unit.audit.by(TEACHER)
        unit.audit.in_place_of(NOOR)
        unit.audit.record(Action.BREAK_GLASS, About.CASE, CASE, "desk", reason="family-calls", outcome=Outcome.REFUSED)

    first, second = await entries_of(bench)
    assert (first.actor, first.fields, first.outcome) == (ITSELF, ("phone", "story"), Outcome.DONE)
    assert second.actor == Actor(FATIMA, Via.PAGE, None, "ambassador", UUID(int=4), in_place_of=NOOR)
    assert (second.action, second.about, second.about_id) == (Action.BREAK_GLASS, About.CASE, CASE)
    assert (second.purpose, second.reason, second.outcome) == ("desk", "family-calls", Outcome.REFUSED)
    assert first.trace_id == second.trace_id
    assert len(first.trace_id or "") == 32


async def test_line_about_something_of_a_case_names_the_case_whenever_it_became_known(bench: Bench) -> None:
    async with bench.units.begin() as unit:
        unit.audit.record(Action.WRITE, About.NEED, NOOR, "partner-choice")
        unit.audit.of_case(CASE)
        unit.audit.at_least(Action.READ, About.REFERRAL, FATIMA, "referral")
        read(unit, 7)

    written = [(entry.about, entry.about_id, entry.case_id) for entry in await entries_of(bench)]
    assert written == [
        (About.NEED, NOOR, CASE),
        (About.CASE, UUID(int=7), None),
        (About.REFERRAL, FATIMA, CASE),
    ]


async def test_effect_without_its_line_and_line_without_its_effect_do_not_exist(bench: Bench) -> None:
    with pytest.raises(RuntimeError, match="stop"):
        await _failing(bench)
    assert await entries_of(bench) == []


async def test_part_that_failed_leaves_no_line(bench: Bench) -> None:
    async with bench.units.begin() as unit:
        read(unit, 1)
        with pytest.raises(RuntimeError, match="stop"):
            await _failing_part(unit)
        read(unit, 3)
    assert [entry.about_id for entry in await entries_of(bench)] == [UUID(int=1), UUID(int=3)]


async def _failing(bench: Bench) -> None:
    async with bench.units.begin() as unit:
        unit.timers.set(Timer("one", "look", CASE, T0 + timedelta(days=1)))
        read(unit)
        raise RuntimeError("stop")


async def _failing_part(unit: UnitOfWork) -> None:
    async with unit.savepoint():
        read(unit, 2)
        raise RuntimeError("stop")


async def test_chain_holds_when_many_write_at_once(postgres_bench: Bench) -> None:
    async def work(number: int) -> None:
        async with postgres_bench.units.begin() as unit:
            read(unit, number)
            await asyncio.sleep(0)
            read(unit, number)

    await asyncio.gather(*(work(number) for number in range(1, 41)))

    assert sorted(entry.about_id.int for entry in await entries_of(postgres_bench) if entry.about_id) == [
        number for number in range(1, 41) for _ in range(2)
    ]


async def test_nobody_waits_for_whoever_still_works(postgres_bench: Bench) -> None:
    """The chain is locked from the end of the work to the commit, not from the first line on."""
    async with postgres_bench.units.begin() as slow:
        read(slow, 1)
        async with asyncio.timeout(5), postgres_bench.units.begin() as quick:
            read(quick, 2)
    assert [entry.about_id for entry in await entries_of(postgres_bench)] == [UUID(int=2), UUID(int=1)]


async def test_log_is_read_in_parts_from_any_place(postgres_bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.messaging.audit.PAGE", 2)
    async with postgres_bench.units.begin() as unit:
        for number in range(1, 6):
            read(unit, number)
    rows = PostgresAuditLines(postgres_bench.units.database)  # type: ignore[attr-defined]  # PostgresUnits

    parts = [some async for some in rows.after(1)]
    assert [[line.position for line in some] for some in parts] == [[2, 3], [4, 5]]
    assert (await rows.head()).position == 5
    first = await rows.read(1)
    assert first is not None
    assert CHAIN.verify(parts[0], first.head) is None
    assert await rows.read(6) is None


@pytest.fixture
async def provisioned(postgres: Postgres) -> AsyncIterator[Database]:
    """The database as a service finds it: it owns nothing."""
    mark = uuid4().hex[:8]
    url = make_url(postgres.url(f"schakel_{mark}"))
    owner, app = (url.set(username=f"schakel_{mark}{role}", password="p" * 32) for role in ("_owner", ""))
    owner_url, app_url = (each.render_as_string(hide_password=False) for each in (owner, app))
    admin = postgres.server.set(drivername="postgresql").render_as_string(hide_password=False)
    await provision(admin, [ServiceDatabase("intake", owner_url, app_url)])
    await upgrade(owner_url)
    database = Database(app_url, application_name="test")
    yield database
    await database.close()
    await postgres.drop_database(url.render_as_string(hide_password=False))
    for role in (owner, app):
        await postgres.run(f'DROP ROLE "{role.username}"')


async def test_service_adds_lines_and_can_neither_change_nor_remove_one(provisioned: Database) -> None:
    units = PostgresUnits(provisioned, service="intake", ids=RandomIds(), city=a_city(), chain=CHAIN, make=PostgresUnit)
    async with units.begin() as unit:
        read(unit)
    rows, connection = PostgresAuditLines(provisioned), await asyncpg.connect(driver_dsn(provisioned.url))
    try:
        for forbidden in (
            "UPDATE audit_lines SET purpose = 'other'",
            "DELETE FROM audit_lines",
            "TRUNCATE audit_lines",
            "DROP TABLE audit_lines",
            "ALTER TABLE audit_lines DISABLE TRIGGER ALL",
            "SELECT * FROM audit_lines FOR UPDATE",
            "INSERT INTO audit_lines SELECT * FROM audit_lines ON CONFLICT (position) DO UPDATE SET purpose = 'other'",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(forbidden)
    finally:
        await connection.close()
    (line,) = [line async for some in rows.after(0) for line in some]
    assert CHAIN.verify([line]) is None
    assert await rows.head() == Head(1, line.hash)
