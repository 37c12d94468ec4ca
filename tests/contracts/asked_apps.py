"""One service's app on its twins, with something in it, and whoever asks it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

import httpx
from fastapi import FastAPI

from shared.access.sessions import Session
from shared.events.base import Role
from tests.parts.keys import sessions_of_matching
from tests.parts.people import cookie_of
from tests.twins.clock import HeldClock
from tests.unit.intake import app as intake_app
from tests.unit.intake import builders as intake
from tests.unit.matching import site as matching
from tests.unit.matching.city import named
from tests.unit.monitoring import app as monitoring_app
from tests.unit.monitoring.twin import Monitoring
from tests.unit.notify import app as notify_app
from tests.unit.notify.twin import Notify

NOBODY: Final = UUID(int=404)


@dataclass
class Asked:
    """One service's app on its twins, with something in it."""

    service: str
    app: FastAPI
    units: Any
    now: datetime
    origin: str
    clock: Any
    organisations: Mapping[Role, UUID] = field(default_factory=dict)
    """Of whom the things with these ids are, by role."""
    ids: Mapping[str, UUID] = field(default_factory=dict)

    def client(self, **more: Any) -> httpx.AsyncClient:  # noqa: ANN401 - as httpx takes it
        """A browser or a machine."""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url=self.origin, headers={"Origin": self.origin}, **more
        )

    async def ask(self, client: httpx.AsyncClient, route: str, *, there: bool = True) -> httpx.Response:
        """The route with things that are there, or that nobody knows."""
        method, path = route.split(" ")
        known = self.ids if there else {}
        filled = re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: str(known.get(found[1], NOBODY)), path)
        machine = path.startswith(("/v1", "/hsds", "/internal"))
        sent: dict[str, Any] = {} if method == "GET" else {"json": {}} if machine else {"data": {"a": "b"}}
        headers = {"Idempotency-Key": "a-key-of-this-test"} if machine and method == "POST" else {}
        return await client.request(method, filled, headers=headers, **sent)

    async def somebody(self, role: str, organisation_id: UUID) -> httpx.AsyncClient:
        """Signed in with this role at this organisation."""
        session = Session(uuid5(organisation_id, role), Role(role), organisation_id)
        sessions = sessions_of_matching(secure=self.origin.startswith("https"))
        return self.client(cookies=await cookie_of(self.units, sessions, session, self.now))


async def app_of(service: str) -> Asked:
    """With one case of one school in it."""
    return await APPS[service]()


async def _intake() -> Asked:
    units, case = await intake.received()
    return Asked(
        "intake", intake_app.app_on(units), units, intake.NOW, intake_app.PUBLIC_URL,
        HeldClock(intake.NOW), dict.fromkeys(Role, intake.SCHOOL), {"case_id": case.id},
    )  # fmt: skip


async def _matching() -> Asked:
    site = await matching.a_site()
    referral_id, _ = await matching.mailed(site)
    world = site.world
    return Asked(
        "matching", site.app, world.units, world.clock.now(), matching.ADDRESS,
        world.clock, dict.fromkeys(Role, named("school")) | {Role.PARTNER: named("fietsbende")},
        {"referral_id": referral_id},
    )  # fmt: skip


async def _monitoring() -> Asked:
    watching = Monitoring()
    return Asked(
        "monitoring", monitoring_app.app_of(watching), watching.units, watching.now, monitoring_app.ORIGIN,
        watching.clock,
    )  # fmt: skip


async def _notify() -> Asked:
    notify = Notify()
    return Asked(
        "notify", notify_app.app_of(notify), notify.units, notify.clock.now(), notify_app.SITE,
        notify.clock,
    )  # fmt: skip


APPS: Final = {"intake": _intake, "matching": _matching, "monitoring": _monitoring, "notify": _notify}
