"""Somebody in front of monitoring's pages, on the twins."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

import httpx
from prometheus_client import CollectorRegistry

from services.monitoring.settings import MonitoringSettings
from services.monitoring.web.app import web_app
from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.access.sessions import COOKIE, Session, Sessions
from shared.events.base import Role
from shared.kernel.clock import HeldClock
from shared.web.rate_limit import RateLimiter
from tests.unit.monitoring.given import COORDINATOR, City, an_id

ORIGIN = "https://schakel.example"
SETTINGS = MonitoringSettings.model_validate(
    {
        "environment": "test",
        "database_url": "postgresql+asyncpg://nobody@nowhere/nothing",
        "public_url": ORIGIN,
        "session_key": "an invented key for sessions, long enough",
        "service_key": "an invented key for services, long enough",
        "desk_name": "Schakelpunt Schiewijk",
        "desk_phone": "010 123 45 67",
    }
)


@dataclass(frozen=True)
class Parts:
    """What the doors ask of parts."""

    clock: HeldClock
    limiter: RateLimiter | None = None
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)


@asynccontextmanager
async def visitor(
    city: City, role: Role | None = None, person_id: UUID = COORDINATOR
) -> AsyncIterator[httpx.AsyncClient]:
    """A browser, signed in when a role is given."""
    app = web_app(SETTINGS, Parts(city.clock), city.units, {})
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"Origin": ORIGIN}) as client:
        if role is not None:
            session = Session(person_id, role, an_id("desk"))
            client.cookies.set(COOKIE, Sessions(SETTINGS.session_key, secure=True).issue(session, city.now))
        yield client


@asynccontextmanager
async def service(city: City, name: str) -> AsyncIterator[httpx.AsyncClient]:
    """Another service with its token."""
    app = web_app(SETTINGS, Parts(city.clock), city.units, {})
    auth = ServiceAuth(ServiceTokens(SETTINGS.service_key, name, city.clock), "monitoring")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://monitoring:8000", auth=auth
    ) as client:
        yield client
