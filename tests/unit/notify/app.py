"""Somebody in front of notify's pages, on the twins."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from services.notify.settings import NotifySettings
from services.notify.web.app import web_app
from shared.access.sessions import Session
from shared.events.base import Role
from shared.kernel.settings import load
from tests.parts.city import SCHIEWIJK
from tests.parts.keys import ring, ring_file, sessions_of_matching
from tests.parts.people import cookie_of
from tests.twins.people_book import InMemoryPeopleBook
from tests.unit.notify.letters import REPLIES, WRITER
from tests.unit.notify.twin import Notify

SITE = "https://schakel.example"
PERSON = UUID(int=77)
SETTINGS = load(
    NotifySettings,
    {
        "SCHAKEL_ENVIRONMENT": "test",
        "SCHAKEL_DATABASE_URL": "postgresql+asyncpg://nobody@localhost/nothing",
        "SCHAKEL_PUBLIC_URL": SITE,
        "SCHAKEL_CITY": str(SCHIEWIJK),
        "SCHAKEL_KEY_RING": ring_file("notify"),
        "SCHAKEL_AUDIT_KEY": "a" * 32,
        "SCHAKEL_SMTP_HOST": "localhost",
        "SCHAKEL_MAIL_FROM": "schakel@schiewijk.example",
    },
)


def app_of(notify: Notify, people: InMemoryPeopleBook | None = None) -> FastAPI:
    """Notify's web app on the twins."""

    async def ready() -> None:
        """Always."""

    parts: Any = SimpleNamespace(
        clock=notify.clock, limiter=None, registry=CollectorRegistry(), database=SimpleNamespace(check=ready)
    )
    settings = SETTINGS.model_copy(update={"key_ring": ring("notify")})
    return web_app(settings, parts, notify.units, people or InMemoryPeopleBook(), WRITER, REPLIES)


@asynccontextmanager
async def visitor(
    notify: Notify, role: Role | None, people: InMemoryPeopleBook | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    """A browser, signed in when a role is given."""
    transport = httpx.ASGITransport(app_of(notify, people))
    async with httpx.AsyncClient(transport=transport, base_url=SITE, headers={"Origin": SITE}) as client:
        if role is not None:
            session = Session(PERSON, role, UUID(int=78))
            client.cookies.update(
                await cookie_of(notify.units, sessions_of_matching(secure=True), session, notify.clock.now())
            )
        yield client
