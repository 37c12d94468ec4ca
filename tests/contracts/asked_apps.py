"""One service's app on its twins, with one of everything in it, and whoever asks it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import httpx
from fastapi import FastAPI

from shared.access.sessions import Session
from shared.access.system_tokens import CallingSystem
from shared.events.base import Role
from shared.web.openapi_examples import JSON
from shared.web.site import PARKED
from tests.contracts import asked_things as things
from tests.parts.audit import beside_the_log
from tests.parts.keys import sessions_of_matching, tokens_of_intake
from tests.parts.people import cookie_of
from tests.twins.clock import HeldClock
from tests.unit.community import world as community_world
from tests.unit.intake import app as intake_app
from tests.unit.intake import builders as intake
from tests.unit.matching import site as matching
from tests.unit.matching.city import named
from tests.unit.monitoring import app as monitoring_app
from tests.unit.notify import app as notify_app

NOBODY: Final = UUID(int=404)
OTHER: Final = UUID(int=405)
# Where each API tells of itself: its examples are what a system sends.
DESCRIBED: Final = ("/v1/openapi.json", "/v1/referrals/openapi.json", "/v1/follow-ups/openapi.json")
# What is sent where something is looked at before it is looked up.
FORMS: Final[Mapping[str, Mapping[str, str]]] = {
    **{f"POST {path}/{{event_id:path}}": {"wish": "retry"} for path in PARKED.values()},
    "POST /netwerk/voorstellen/{proposal_id}": {"choice": "refuse"},
    "POST /kennisbank/nakijken/{article_id}": {"choice": "holds"},
    "POST /bijeenkomsten/{gathering_id}/afzeggen": {"reason": "illness"},
    "POST /bijeenkomsten/gastheer/{turn_id}": {"choice": "accept"},
    "POST /bijeenkomsten/ervaring/{ask_id}": {"choice": "agree"},
    "POST /bijeenkomsten/onderwerpen/{topic_id}/niet": {"reason": "Dit was er al."},
    "POST /bijeenkomsten/ronde/{subject_id}/stemmen": {"votes": "3"},
    "POST /bijeenkomsten/ronde/{subject_id}/klaar": {"done": "true"},
    "POST /netwerk/mensen/contacten/{contact_id}": {"choice": "refuse"},
    "POST /netwerk/mensen/{person_id}": {
        "choice": "details", "version": "0", "name": "Sam Verzonnen", "email": "sam@fietsbende.example",
    },
}  # fmt: skip
# Where a file is sent.
FILES: Final[Mapping[str, Any]] = {
    "POST /netwerk/inlezen": {"file": ("kaart.csv", b"organisatie\nFonds\n")},
    "POST /gezichten/mijn-kaart/foto": {"file": ("ik.jpg", b"geen foto")},
}


@dataclass
class Asked:
    """One service's app on its twins, with one of everything that has an id in a path."""

    service: str
    app: FastAPI
    units: Any
    now: datetime
    origin: str
    clock: Any
    organisations: Mapping[Role, UUID]
    """Of whom the things with these ids are, by role."""
    ids: Mapping[Role, things.Ids]
    examples: dict[str, Any] = field(default_factory=dict)

    def client(self, **more: Any) -> httpx.AsyncClient:  # noqa: ANN401 - as httpx takes it
        """A browser or a machine."""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url=self.origin, headers={"Origin": self.origin}, **more
        )

    async def ask(
        self, client: httpx.AsyncClient, route: str, ids: Mapping[str, object] | None = None
    ) -> httpx.Response:
        """The route with these things; without: with what nobody knows."""
        method, path = route.split(" ")
        known = {"slug": "kind"} | dict(ids or {})
        filled = re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: str(known.get(found[1], NOBODY)), path)
        machine = path.startswith(("/v1", "/hsds", "/internal"))
        sent: dict[str, Any] = {"data": FORMS.get(route, {"a": "b"})}
        if route in FILES:
            sent = {"files": FILES[route]}
        if machine:
            sent = {"json": (await self._examples()).get(route, {})}
        headers = {"Idempotency-Key": f"a key for {filled}"} if machine and method == "POST" else {}
        return await client.request(method, filled, headers=headers, **({} if method == "GET" else sent))

    async def somebody(self, role: str, organisation_id: UUID) -> httpx.AsyncClient:
        """Signed in with this role at this organisation."""
        session = Session(things.somebody_of(organisation_id, role), Role(role), organisation_id)
        sessions = sessions_of_matching(secure=self.origin.startswith("https"))
        return self.client(cookies=await cookie_of(self.units, sessions, session, self.now))

    async def system(self, organisation_id: UUID) -> httpx.AsyncClient:
        """The system of a school, which speaks for its ambassador."""
        person_id = things.somebody_of(organisation_id, "ambassador")
        await (await self.somebody("ambassador", organisation_id)).aclose()
        token = tokens_of_intake().issue(CallingSystem(NOBODY, person_id, organisation_id), self.now)
        machine = self.client()
        machine.headers["Authorization"] = f"Bearer {token}"
        return machine

    def kept(self) -> dict[str, dict[Any, Any]]:
        """All that is stored now, but the audit log."""
        return beside_the_log(self.units.tables)

    @contextmanager
    def put_back(self) -> Iterator[None]:
        """What is done inside leaves everything as it was."""
        before = self.units.tables.copy()
        yield
        self.units.tables = before

    async def _examples(self) -> Mapping[str, Any]:
        if not self.examples:
            async with self.client() as reader:
                for place in DESCRIBED:
                    reply = await reader.get(place)
                    self.examples.update(_examples_in(reply.json()) if reply.status_code == httpx.codes.OK else {})
            self.examples.setdefault("", None)
        return self.examples


def _examples_in(document: Mapping[str, Any]) -> dict[str, Any]:
    base = httpx.URL(document["servers"][0]["url"]).path.rstrip("/")
    return {
        f"{method.upper()} {base}{path}": operation["requestBody"]["content"][JSON].get("example")
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if "requestBody" in operation
    }


async def app_of(service: str) -> Asked:
    """With one of everything in it."""
    asked = await APPS[service]()
    await things.park_one(asked.units, asked.now)
    for ids in asked.ids.values():
        ids["event_id"] = things.PARKED
    return asked


async def _intake() -> Asked:
    units, ids = await things.in_intake()
    return Asked(
        "intake", intake_app.app_on(units), units, intake.NOW, intake_app.PUBLIC_URL,
        HeldClock(intake.NOW), dict.fromkeys(Role, intake.SCHOOL), _each(ids),
    )  # fmt: skip


async def _matching() -> Asked:
    site, ids = await things.in_matching()
    world = site.world
    return Asked(
        "matching", site.app, world.units, world.clock.now(), matching.ADDRESS,
        world.clock, dict.fromkeys(Role, named("desk"))
        | {Role.PARTNER: named("fietsbende"), Role.AMBASSADOR: named("school")},
        _each(ids),
    )  # fmt: skip


async def _monitoring() -> Asked:
    watching, school, ids = await things.in_monitoring()
    desk = {Role.COORDINATOR: things.DESK, Role.OPERATOR: things.DESK}
    return Asked(
        "monitoring", monitoring_app.app_of(watching), watching.units, watching.now, monitoring_app.ORIGIN,
        watching.clock, dict.fromkeys(Role, school) | desk,
        _each(ids),
    )  # fmt: skip


async def _notify() -> Asked:
    post, ids = await things.in_notify()
    return Asked(
        "notify", notify_app.app_of(post), post.units, post.clock.now(), notify_app.SITE,
        post.clock, dict.fromkeys(Role, things.DESK), _each(dict.fromkeys(Role, ids)),
    )  # fmt: skip


async def _community() -> Asked:
    community, ids = await things.in_community()
    return Asked(
        "community", community.app(), community.units, community.now, community_world.SITE,
        community.clock, dict.fromkeys(Role, things.DESK), _each(ids),
    )  # fmt: skip


def _each(ids: Mapping[Role, things.Ids]) -> dict[Role, things.Ids]:
    return {role: dict(of) for role, of in ids.items()}


APPS: Final = {
    "intake": _intake,
    "matching": _matching,
    "monitoring": _monitoring,
    "notify": _notify,
    "community": _community,
}
