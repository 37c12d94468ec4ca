"""Somebody in front of monitoring's pages, on the twins."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from services.monitoring.settings import MonitoringSettings
from services.monitoring.web.app import web_app
from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.access.sessions import Session
from shared.events.base import Role
from shared.events.monitoring import FollowUpDue
from shared.kernel.clock import Clock
from tests.parts.audit import AUDIT_KEY
from tests.parts.city import a_city
from tests.parts.keys import ring, ring_that_asks, sessions_of_matching
from tests.parts.people import cookie_of
from tests.unit.monitoring.builders import AMBASSADOR, COORDINATOR, an_id, local
from tests.unit.monitoring.twin import Monitoring, helped

ORIGIN = "https://schakel.example"
SETTINGS = MonitoringSettings.model_validate(
    {
        "environment": "test",
        "database_url": "postgresql+asyncpg://nobody@nowhere/nothing",
        "public_url": ORIGIN,
        "audit_key": AUDIT_KEY,
        "key_ring": ring("monitoring"),
        "city": a_city(),
    }
)


def app_of(monitoring: Monitoring, public_url: str = ORIGIN, clock: Clock | None = None) -> FastAPI:
    """Monitoring's web app on the twins. `clock`: that of a host which is slow or fast."""

    async def ready() -> None:
        """Always."""

    parts: Any = SimpleNamespace(
        clock=clock or monitoring.clock,
        limiter=None,
        registry=CollectorRegistry(),
        database=SimpleNamespace(check=ready),
    )
    settings = SETTINGS.model_copy(update={"city": monitoring.city, "public_url": public_url})
    return web_app(settings, parts, monitoring.units, monitoring.people)


@asynccontextmanager
async def visitor(
    monitoring: Monitoring, role: Role | None = None, person_id: UUID = COORDINATOR, clock: Clock | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    """A browser, signed in when a role is given."""
    transport = httpx.ASGITransport(app_of(monitoring, clock=clock))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"Origin": ORIGIN}) as client:
        if role is not None:
            session = Session(person_id, role, an_id("desk"))
            sessions = sessions_of_matching(secure=True)
            client.cookies.update(
                await cookie_of(monitoring.units, sessions, session, (clock or monitoring.clock).now())
            )
        yield client


@asynccontextmanager
async def service(monitoring: Monitoring, name: str) -> AsyncIterator[httpx.AsyncClient]:
    """Another service with its token."""
    auth = ServiceAuth(ServiceTokens(ring_that_asks(name, "monitoring"), name, monitoring.clock), "monitoring")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app_of(monitoring)), base_url="http://monitoring:8000", auth=auth
    ) as client:
        yield client


async def asked() -> tuple[Monitoring, str, str]:
    """A follow-up that was just asked; the path of its link, and its short code."""
    monitoring = Monitoring()
    await helped(monitoring)
    await monitoring.time_passes(local("2026-09-22 09:00"))
    (due,) = (event for event in monitoring.published() if isinstance(event, FollowUpDue))
    question = {
        "followUpId": str(due.follow_up_id), "recipientId": str(AMBASSADOR),
    }  # fmt: skip
    async with service(monitoring, "notify") as notify:
        reply = (await notify.post("/internal/follow-up-links", json=question)).json()
    return monitoring, reply["link"].removeprefix(ORIGIN), reply["shortCode"]
