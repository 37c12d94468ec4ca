"""How long a page of the board takes with ten thousand open cases, in this process, with the database beside it."""

import time
from collections.abc import Mapping
from random import Random
from statistics import median
from types import SimpleNamespace
from typing import Any, Final

import httpx
from prometheus_client import CollectorRegistry
from sqlalchemy import text

from services.monitoring.bootstrap import open_units
from services.monitoring.web.app import web_app
from shared.access.sessions import Session
from shared.events.base import Role
from shared.kernel.clock import SystemClock
from shared.kernel.ids import RandomIds
from shared.storage.database import Database
from tests.parts.audit import CHAIN
from tests.parts.keys import sessions_of_matching
from tests.parts.many_cases import fill
from tests.parts.people import cookie_of
from tests.twins.people_book import InMemoryPeopleBook
from tests.unit.monitoring.app import ORIGIN, SETTINGS
from tests.unit.monitoring.builders import COORDINATOR, an_id

CASES: Final = 10_000
ROUNDS: Final = 30
PAGES: Final = (
    "/bord", "/bord?pagina=100", "/bord?groep=others", "/bord?zoek=bedacht+17", "/bord?van=mij",
    "/bord?volgorde=door", "/bord?volgorde=-sinds&pagina=100", "/bord?afgerond=ja", "/bord/vandaag", "/bord/tempo",
)  # fmt: skip


async def times_of_pages(database_url: str) -> Mapping[str, tuple[float, float]]:
    """Milliseconds by page: the middle one, and the longest."""
    database = Database(database_url, application_name="bench")
    units = open_units(SETTINGS.city, database, RandomIds(), Random(1), CHAIN)
    await fill(units, CASES)
    async with units.begin() as unit:
        await (await unit.session.connection()).execute(text("ANALYZE"))
    parts: Any = SimpleNamespace(clock=SystemClock(), limiter=None, registry=CollectorRegistry(), database=database)
    app = web_app(SETTINGS, parts, units, InMemoryPeopleBook())
    session = Session(COORDINATOR, Role.COORDINATOR, an_id("desk"))
    cookies = await cookie_of(units, sessions_of_matching(secure=True), session, SystemClock().now())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN, cookies=cookies) as browser:
        found = {page: await _times(browser, page) for page in PAGES}
    await database.close()
    return {page: (median(times), max(times)) for page, times in found.items()}


async def _times(browser: httpx.AsyncClient, page: str) -> list[float]:
    await browser.get(page)
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        (await browser.get(page)).raise_for_status()
        times.append(1000 * (time.perf_counter() - begun))
    return times
