"""The change and what is said of it are written together or not at all, whichever of the two fails, and when."""

from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.unit_of_work import Timer
from tests.integration.plumbing.conftest import Bench, said

A = UUID(int=1)
MARK = UUID(int=9)

_REFUSAL = text("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused'; END $$")
_AT_ONCE = "CREATE TRIGGER refused BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()"
# At the commit itself, when every row of the unit was taken already.
_AT_COMMIT = (
    "CREATE CONSTRAINT TRIGGER refused AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED "
    "FOR EACH ROW EXECUTE FUNCTION refuse()"
)


async def refuse(bench: Bench, table: str, when: str) -> None:
    async with bench.units.begin() as unit:
        await unit._connection.execute(_REFUSAL)
        await unit._connection.execute(text(when.format(table=table)))


async def change_and_say(bench: Bench) -> None:
    async with bench.units.begin() as unit:
        await unit.inbox.claim([MARK])
        unit.outbox.append(said(A))
        unit.timers.set(Timer("a", "say", A, unit.now))


async def nothing_is_written(bench: Bench) -> bool:
    async with bench.units.begin() as unit:
        untouched = await unit.inbox.claim([MARK]) == {MARK} and await unit.timers.claim(10) == []
    return untouched and await bench.records() == []


@pytest.mark.parametrize("when", [_AT_ONCE, _AT_COMMIT], ids=["at once", "at the commit"])
@pytest.mark.parametrize("table", ["outbox", "timers"])
async def test_nothing_is_written_when_state_or_facts_are_refused(postgres_bench: Bench, table: str, when: str) -> None:
    await refuse(postgres_bench, table, when)
    with pytest.raises((DBAPIError, asyncpg.PostgresError), match="refused"):
        await change_and_say(postgres_bench)

    assert await nothing_is_written(postgres_bench)


async def test_state_and_facts_are_written_together_when_neither_is_refused(postgres_bench: Bench) -> None:
    await change_and_say(postgres_bench)

    assert len(await postgres_bench.records()) == 1
    assert not await nothing_is_written(postgres_bench)
