"""Community on its twin: somebody in front of its pages, and a clock that stands still."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid5

import httpx
from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from services.community.adapters.photos import PillowPhotos
from services.community.bootstrap import calendars_of
from services.community.domain.gathering import Details
from services.community.domain.place import Place
from services.community.handlers.gatherings import announce_gathering, draft_gathering
from services.community.settings import CommunitySettings
from services.community.web.app import web_app
from services.community.web.dependencies import Beside
from shared.access.sessions import Session
from shared.events.base import Event, Role
from shared.events.catalogue import classes_by_wire_name
from shared.events.community import GatheringKind
from shared.kernel.city import City
from shared.unit_of_work import Units
from shared.web.rate_limit import RateLimiter
from tests.parts.audit import AUDIT_KEY
from tests.parts.city import a_city
from tests.parts.keys import ring, sessions_of_matching
from tests.parts.people import cookie_of
from tests.twins.clock import HeldClock
from tests.twins.community import MemoryCommunityUnit
from tests.twins.community_examples import HeldCommonness
from tests.twins.community_sparring import HeldReplyDrafts
from tests.twins.ids import SeededIds
from tests.twins.people_book import InMemoryPeopleBook
from tests.twins.unit_of_work import MemoryUnits

SITE = "https://schakel.example"
# A Tuesday without a holiday near it, ten o'clock in Amsterdam.
TUESDAY = datetime(2026, 9, 8, 8, 0, tzinfo=UTC)
SETTINGS = CommunitySettings.model_validate({
    "environment": "test", "database_url": "postgresql+asyncpg://nobody@nowhere/nothing", "public_url": SITE,
    "audit_key": AUDIT_KEY, "address_key": "a" * 32, "key_ring": ring("community"), "city": a_city(),
})  # fmt: skip


def an_id(name: str) -> UUID:
    """The same name, the same id."""
    return uuid5(UUID(int=0), name)


COORDINATOR = an_id("coordinator")
DE_BOEI = Place(an_id("place"), "Buurthuis De Boei", "Havenstraat 1", checked_on=TUESDAY.astimezone(UTC).date())
EVENING = Details(
    title="Netwerkavond in de bibliotheek",
    kind=GatheringKind.NETWORK_EVENING,
    starts_at=TUESDAY + timedelta(days=30),
    ends_at=TUESDAY + timedelta(days=30, hours=2),
    about="We maken kennis.",
    place_id=DE_BOEI.id,
    capacity=20,
    language="nl",
    has_childcare=False,
    contact_name="Sam de Wit",
    contact_phone="010 123 45 67",
)


def on_twins(clock: HeldClock, city: City | None = None) -> MemoryUnits[MemoryCommunityUnit]:
    """Community's units of work in memory."""
    return MemoryUnits(service="community", clock=clock, ids=SeededIds(Random(1)), make=MemoryCommunityUnit, city=city)


async def announced(units: Units[Any], details: Details = EVENING) -> UUID:
    """A gathering that everybody knows of."""
    async with units.begin() as unit:
        # PostgreSQL lives today, and the twins on that Tuesday: for both it is as far away.
        await unit.places.save(replace(DE_BOEI, checked_on=unit.city.day_of(unit.now)))
        gathering_id = await draft_gathering(later(details, (unit.now - TUESDAY).days), unit)
    async with units.begin() as unit:
        await announce_gathering(gathering_id, unit)
    return gathering_id


class Community:
    """Its units, and what it published."""

    def __init__(self, city: City | None = None) -> None:
        self.clock = HeldClock(TUESDAY)
        self.units = on_twins(self.clock, city)
        self.people = InMemoryPeopleBook()
        self.commonness = HeldCommonness()
        self.replies = HeldReplyDrafts()

    @property
    def now(self) -> datetime:
        """What its clock says."""
        return self.clock.now()

    def moves_to(self, at: datetime) -> None:
        """Its clock says this now."""
        self.clock.forward(at - self.now)

    def published(self) -> list[Event]:
        """All events, in their order."""
        known = classes_by_wire_name()
        rows = self.units.tables.table("outbox").values()
        return [known[row.type].model_validate_json(row.data) for row, _ in rows]

    def app(self) -> FastAPI:
        """Community's web app."""

        async def ready() -> None:
            """Always."""

        parts: Any = SimpleNamespace(
            clock=self.clock,
            limiter=RateLimiter(),
            registry=CollectorRegistry(),
            database=SimpleNamespace(check=ready),
        )
        beside = Beside(
            calendars=calendars_of(SETTINGS),
            photos=PillowPhotos(),
            people=self.people,
            commonness=self.commonness,
            replies=self.replies,
        )
        return web_app(SETTINGS, parts, self.units, beside)

    @asynccontextmanager
    async def visitor(self, role: Role | None = None, whose: UUID | None = None) -> AsyncIterator[httpx.AsyncClient]:
        """A browser, signed in when a role is given; `whose`: as this person."""
        transport = httpx.ASGITransport(self.app())
        async with httpx.AsyncClient(transport=transport, base_url=SITE, headers={"Origin": SITE}) as client:
            if role is not None:
                session = Session(whose or an_id(role), role, an_id("desk"))
                client.cookies.update(await cookie_of(self.units, sessions_of_matching(secure=True), session, self.now))
            yield client


def later(details: Details, days: int) -> Details:
    """The same on another day."""
    moved = timedelta(days=days)
    return replace(details, starts_at=details.starts_at + moved, ends_at=details.ends_at + moved)
