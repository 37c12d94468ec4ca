"""A web app in a process of its own, to be killed: the database's URL is its argument; it prints what it answered."""

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Annotated
from uuid import UUID

import httpx
from fastapi import Depends, FastAPI, Request

from shared.kernel.ids import RandomIds
from shared.messaging.postgres_unit import PostgresUnit, PostgresUnits
from shared.privacy.audit import About
from shared.storage.database import Database
from shared.unit_of_work import Timer
from shared.web.auditing import Auditing, audited, unit_of
from tests.parts.audit import CHAIN
from tests.parts.city import a_city

CASE = UUID(int=1)


def app_on(units: PostgresUnits[PostgresUnit]) -> FastAPI:
    """One route, which does something with a case and answers."""
    app = FastAPI()
    table = audited(About.CASE, "case_id", {"case-page": ("GET /aanvragen/{case_id}",)})
    app.state.web = SimpleNamespace(auditing=Auditing(units, table))

    async def unit_here(request: Request) -> AsyncIterator[PostgresUnit]:
        async with unit_of(request, units) as unit:
            yield unit

    @app.get("/aanvragen/{case_id}")
    async def show(case_id: UUID, unit: Annotated[PostgresUnit, Depends(unit_here, scope="function")]) -> str:
        unit.timers.set(Timer("one", "look", case_id, unit.now + timedelta(days=1)))
        return "Amina"

    return app


async def main(url: str) -> None:
    database = Database(url, application_name="test-web")
    units = PostgresUnits(database, service="intake", ids=RandomIds(), city=a_city(), chain=CHAIN, make=PostgresUnit)
    transport = httpx.ASGITransport(app_on(units))
    async with httpx.AsyncClient(transport=transport, base_url="http://schakel.test") as browser:
        print((await browser.get(f"/aanvragen/{CASE}")).json(), flush=True)  # noqa: T201 - the parent reads it
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
