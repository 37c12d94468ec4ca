import asyncio
import time
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.intake.store.repositories import PostgresIntakeUnit
from shared.kernel.clock import SystemClock
from shared.messaging.postgres_unit import PostgresUnits
from shared.storage.database import Database
from tests.integration.intake.postgres import units_on
from tests.parts.postgres import Postgres
from tests.unit.intake.app import app_on, body, give_key, school_of

pytestmark = pytest.mark.postgres
Units = PostgresUnits[PostgresIntakeUnit]


async def count(database: Database, table: str) -> int:
    async with database.transaction() as connection:
        found: int = (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()  # noqa: S608
    return found


async def test_many_requests_at_once_are_all_taken_in_once(database: Database, units: Units) -> None:
    await give_key(units)
    app = app_on(units, SystemClock())
    async with school_of(app) as client:

        async def submit(key: str) -> tuple[int, str]:
            reply = await client.post("/v1/requests", json=body(), headers={"Idempotency-Key": key})
            return reply.status_code, reply.json().get("caseCode", "")

        keys = [f"key-{number}" for number in range(60)]
        replies = await asyncio.gather(*(submit(key) for key in keys))
        again = await asyncio.gather(*(submit(key) for key in keys))
    assert {status for status, _ in replies} == {201}
    assert again == replies
    assert len({code for _, code in replies}) == 60
    for table in ("cases", "vault", "case_keys", "need_words", "idempotency_replies", "outbox"):
        assert await count(database, table) == (0 if table == "need_words" else 60)


async def test_same_key_from_two_processes_at_once_makes_one_case(database: Database, units: Units) -> None:
    await give_key(units)
    other_database = Database(database.url, application_name="test-other")
    apps = [app_on(units, SystemClock()), app_on(units_on(other_database), SystemClock())]
    outcomes = set()
    for _ in range(10):
        key = {"Idempotency-Key": uuid4().hex}
        async with school_of(apps[0]) as one, school_of(apps[1]) as other:
            replies = await asyncio.gather(
                *(client.post("/v1/requests", json=body(), headers=key) for client in (one, other))
            )
        outcomes |= {(reply.status_code, reply.json().get("code")) for reply in replies}
    await other_database.close()
    assert outcomes <= {(201, None), (409, "idempotency-key-in-flight")}
    assert await count(database, "cases") == 10


async def test_refused_request_leaves_nothing_behind(database: Database, units: Units) -> None:
    await give_key(units)
    async with school_of(app_on(units, SystemClock())) as client:
        good = [client.post("/v1/requests", json=body(), headers={"Idempotency-Key": f"good-{n}"}) for n in range(5)]
        stranger = body(ambassadorId=str(uuid4()))
        bad = client.post("/v1/requests", json=stranger, headers={"Idempotency-Key": "bad"})
        replies = await asyncio.gather(*good[:3], bad, *good[3:])
    assert [reply.status_code for reply in replies] == [201, 201, 201, 400, 201, 201]
    for table in ("cases", "vault", "idempotency_replies", "outbox"):
        assert await count(database, table) == 5


async def test_database_away_is_told_with_when_to_come_back_and_passes_by_itself(
    postgres: Postgres, database: Database, units: Units
) -> None:
    await give_key(units)
    async with school_of(app_on(units, SystemClock())) as client:
        key = {"Idempotency-Key": "key-1"}
        await client.get("/v1/requests")
        await postgres.stop()
        try:
            replies = await asyncio.gather(*(client.post("/v1/requests", json=body(), headers=key) for _ in range(3)))
        finally:
            await postgres.start()
        assert {(reply.status_code, reply.headers["Retry-After"]) for reply in replies} == {(503, "5")}
        until = time.monotonic() + 10
        reply = await client.post("/v1/requests", json=body(), headers=key)
        while reply.status_code == 503 and time.monotonic() < until:
            await asyncio.sleep(0.2)
            reply = await client.post("/v1/requests", json=body(), headers=key)
    assert reply.status_code == 201
    assert await count(database, "cases") == 1
