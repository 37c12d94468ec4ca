"""Ten thousand open cases: a page of the board asks few questions, and the database walks an index for it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import sqlalchemy.event
from prometheus_client import CollectorRegistry
from sqlalchemy import Select, text
from sqlalchemy.engine import Engine
from sqlalchemy.ext.asyncio import AsyncConnection

from services.monitoring.domain.board import BY_LANE, BoardFilter
from services.monitoring.domain.lane import Lane
from services.monitoring.store.narrowing import held_cases, one_page
from services.monitoring.store.repositories import PostgresMonitoringUnit
from services.monitoring.web.app import web_app
from shared.access.sessions import Session
from shared.events.base import Role
from shared.kernel.clock import SystemClock
from shared.messaging.postgres_unit import PostgresUnits
from tests.parts.keys import sessions_of_matching
from tests.parts.many_cases import fill
from tests.parts.people import cookie_of
from tests.twins.people_book import InMemoryPeopleBook
from tests.unit.monitoring.app import ORIGIN, SETTINGS
from tests.unit.monitoring.builders import COORDINATOR, an_id

# Among them which cases stand still for safety, and whether somebody read unusually much.
MOST_QUESTIONS = 11
ALL_PAGES = ("/bord", "/bord?pagina=3&volgorde=-door", "/bord?zoek=bedacht+1&wijk=noord", "/bord?van=mij&groep=now")


@contextmanager
def questions() -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []

    def remember(*given: Any) -> None:  # noqa: ANN401 - six things, of which the third is the question
        asked.append(given[2])

    sqlalchemy.event.listen(Engine, "before_cursor_execute", remember)
    yield asked
    sqlalchemy.event.remove(Engine, "before_cursor_execute", remember)


@pytest.mark.postgres
async def test_page_of_the_board_asks_the_same_few_questions_however_many_cases(
    postgres_units: PostgresUnits[PostgresMonitoringUnit],
) -> None:
    await fill(postgres_units, 300)
    database = SimpleNamespace(check=None)
    parts: Any = SimpleNamespace(clock=SystemClock(), limiter=None, registry=CollectorRegistry(), database=database)
    app = web_app(SETTINGS, parts, postgres_units, InMemoryPeopleBook())
    session = Session(COORDINATOR, Role.COORDINATOR, an_id("desk"))
    sessions = sessions_of_matching(secure=True)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as browser:
        browser.cookies.update(await cookie_of(postgres_units, sessions, session, SystemClock().now()))
        for page in ALL_PAGES:
            with questions() as asked:
                reply = await browser.get(page)
            assert (reply.status_code, len(asked) <= MOST_QUESTIONS) == (200, True), (page, asked)


@pytest.mark.postgres
@pytest.mark.timeout(120)
async def test_ten_thousand_cases_are_not_sorted_for_one_page(
    postgres_units: PostgresUnits[PostgresMonitoringUnit],
) -> None:
    await fill(postgres_units, 10_000)
    async with postgres_units.begin() as unit:
        connection = await unit.session.connection()
        await connection.execute(text("ANALYZE watches"))
        for wanted in (BoardFilter(), BoardFilter(lane=Lane.NOW)):
            plan = await explained(connection, one_page(wanted, BY_LANE, limit=51, offset=0))
            assert "watches_board" in plan
            assert not re.search(r"\bSort\b|Seq Scan", plan), plan
        plan = await explained(connection, held_cases())
        assert "watches_held" in plan
        assert not re.search(r"\bSort\b|Seq Scan", plan), plan


async def explained(connection: AsyncConnection, query: Select[Any]) -> str:
    """How the database goes about it."""
    written = query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    return "\n".join(await connection.scalars(text(f"EXPLAIN {written}")))
