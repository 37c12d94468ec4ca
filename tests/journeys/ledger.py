"""What each form promised, held against the mails that notify queued after it was sent."""

import asyncio
import importlib
import pkgutil
from collections.abc import Awaitable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar
from uuid import UUID

import asyncpg

import services
from services.matching.web.actions import Action
from shared.web.reach import Reach
from tests.journeys.embedded import EmbeddedSchakel

DoneT = TypeVar("DoneT")
WAITS: Final = 20.0
PAUSE: Final = 0.1
# Two looks in a row that find nothing on its way: between them nothing can hide in a handler.
QUIET_LOOKS: Final = 2
# Follow no form: they are asked for at the door, or put together of what was promised one by one.
OF_NO_FORM: Final = ("sign-in-code", "digest", "case-news")


def declared() -> dict[str, Reach]:
    """Every declaration that stands in a web module of a service, by its form."""
    found = {reach.form: reach for module in _web_modules() for value in vars(module).values() for reach in _in(value)}
    assert found
    return found


def _web_modules() -> Iterator[Any]:
    for service in pkgutil.iter_modules(services.__path__, "services."):
        for module in pkgutil.walk_packages([f"{services.__path__[0]}/{service.name[9:]}/web"], f"{service.name}.web."):
            yield importlib.import_module(module.name)


def _in(value: object) -> Iterable[Reach]:
    if isinstance(value, Reach):
        return [value]
    if isinstance(value, Action):
        return [value.reach]
    if isinstance(value, Mapping):
        return [reach for each in value.values() for reach in _in(each)]
    return []


@dataclass
class Ledger:
    """Which forms were sent, and where mails and promise differ."""

    schakel: EmbeddedSchakel
    promises: Mapping[str, Reach] = field(default_factory=declared)
    played: set[str] = field(default_factory=set)
    differences: list[str] = field(default_factory=list)

    async def sees(self, form: str, sending: Awaitable[DoneT]) -> DoneT:
        """Send it, and compare; what differs is told at the end, all at once."""
        await self.quiet()
        before = set(await self._queued())
        done = await sending
        await self.quiet()
        came = {template for one, template in (await self._queued()).items() if one not in before}
        reach = self.promises[form]
        if missing := set(reach.mails) - came:
            self.differences.append(f"{form}: promised, and did not come: {sorted(missing)}")
        if more := came - {*reach.mails, *reach.perhaps, *OF_NO_FORM}:
            self.differences.append(f"{form}: came, and was not promised: {sorted(more)}")
        self.played.add(form)
        return done

    async def quiet(self) -> None:
        """Until every service has read everything that was published."""
        ends, looks = asyncio.get_running_loop().time() + WAITS, 0
        while looks < QUIET_LOOKS:
            assert asyncio.get_running_loop().time() < ends, "it does not become quiet"
            looks = 0 if await self._on_its_way() else looks + 1
            await asyncio.sleep(PAUSE)

    async def _on_its_way(self) -> int:
        waiting = 0
        for service in self.schakel.deployment.app_urls:
            rows = await self._rows(service, "SELECT count(*) AS waiting FROM outbox WHERE published_at IS NULL")
            waiting += rows[0]["waiting"]
        return waiting

    async def _queued(self) -> dict[UUID, str]:
        return {row["id"]: row["template"] for row in await self._rows("notify", "SELECT id, template FROM messages")}

    async def _rows(self, service: str, query: str) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self.schakel.deployment.app_urls[service].replace("+asyncpg", ""))
        try:
            return await connection.fetch(query)
        finally:
            await connection.close()
