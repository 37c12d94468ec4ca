"""Intake's web app on the twin or on a database, and a client that speaks to it as a school's system or a person."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from services.intake.commands import CreateApiKey
from services.intake.domain.rules import Viewer
from services.intake.handlers.keys import create_api_key
from services.intake.settings import IntakeSettings
from services.intake.web.app import web_app
from shared.access.sessions import Session
from shared.kernel.city import City
from shared.kernel.clock import Clock
from shared.unit_of_work import Units
from shared.web.rate_limit import RateLimiter
from tests.parts.audit import AUDIT_KEY
from tests.parts.city import SCHIEWIJK, a_city
from tests.parts.keys import ring, sessions_of_matching
from tests.parts.people import cookie_of
from tests.twins.article_shelf import HeldShelf
from tests.twins.clock import HeldClock
from tests.twins.ids import SeededIds
from tests.twins.people_book import InMemoryPeopleBook
from tests.unit.intake.builders import NOW, ROOS, everybody_joins

PUBLIC_URL = "https://schakel.example"
SECRET = "sk_only-for-tests"
VAULT_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
SETTINGS = {
    "environment": "test",
    "database_url": "postgresql+asyncpg://nobody@127.0.0.1:1/nothing",
    "public_url": PUBLIC_URL,
    "key_ring": ring("intake"),
    "audit_key": AUDIT_KEY,
    "vault_key": VAULT_KEY,
    "city": str(SCHIEWIJK),
}


def settings(city: City | None = None) -> IntakeSettings:
    """Settings that name nothing real."""
    return IntakeSettings.model_validate(SETTINGS | {"city": city or a_city()})


def app_on(
    units: Units[Any],
    clock: Clock | None = None,
    city: City | None = None,
    people: InMemoryPeopleBook | None = None,
    shelf: HeldShelf | None = None,
) -> FastAPI:
    """Intake's web app over these units."""

    async def ready() -> None:
        """Always."""

    parts: Any = SimpleNamespace(
        clock=clock or HeldClock(NOW),
        limiter=RateLimiter(),
        registry=CollectorRegistry(),
        random=Random(7),
        ids=SeededIds(Random(8)),
        database=SimpleNamespace(check=ready),
        bus=SimpleNamespace(check=ready),
    )
    return web_app(settings(city), parts, units, people or InMemoryPeopleBook(), shelf or HeldShelf())


async def give_key(units: Units[Any], viewer: Viewer = ROOS, secret: str = SECRET) -> UUID:
    """Everybody is known, and this ambassador's system has a key."""
    async with units.begin() as unit:
        await everybody_joins(unit)
        key = await create_api_key(CreateApiKey(viewer.organisation_id, viewer.person_id, "test"), unit, secret)
    return key.id


@asynccontextmanager
async def school_of(app: FastAPI, secret: str | None = SECRET) -> AsyncIterator[httpx.AsyncClient]:
    """A school's system."""
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL, headers=headers) as client:
        yield client


@asynccontextmanager
async def person_of(app: FastAPI, viewer: Viewer | None) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody at a browser, signed in or not."""
    cookies = {}
    if viewer:
        sessions = sessions_of_matching(secure=True)
        session = Session(viewer.person_id, viewer.role, viewer.organisation_id)
        cookies = await cookie_of(app.state.dependencies.units, sessions, session, NOW)
    transport = httpx.ASGITransport(app=app)
    origin = {"Origin": PUBLIC_URL}
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL, cookies=cookies, headers=origin) as client:
        yield client


def body(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field of the body
    """A good request as a school's system sends it."""
    return {
        "child": {"firstName": "Zonnetje", "lastName": "Verzonnen", "birthDate": "2024-09-01"},
        "family": {
            "contactName": "Maan Verzonnen",
            "phone": "06 12345678",
            "language": "nl",
            "interpreterNeeded": False,
        },
        "district": "noord",
        "story": "Zonnetje wil graag mee naar buiten.",
        "consent": {"givenBy": "guardian", "givenOn": "2026-03-09", "textVersion": "2026-1"},
        "needs": [{"category": "bike", "urgency": "soon", "horizon": "short", "beneficiary": "child"}],
        **changes,
    }
