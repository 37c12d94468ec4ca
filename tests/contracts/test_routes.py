"""Every route of every service is asked as everybody: who may stands in `routes.toml`, and a new route needs a row."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

import httpx
import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.access.sessions import Session
from shared.access.system_tokens import CallingSystem
from shared.events.base import Role
from shared.events.http import ASKS
from tests.contracts.asked_apps import NOBODY, Asked, app_of
from tests.parts.keys import ring_that_asks, sessions_of_matching, tokens_of_intake

TABLE: Final = Path(__file__).with_name("routes.toml")
SERVICES: Final = ("intake", "matching", "monitoring", "notify")
OTHER: Final = UUID(int=405)
LOOKS_SOMEBODY_UP: Final = frozenset(
    {"signed_in.<locals>.dependency", "maybe_signed_in", "_calling_system", "_allowed"}
)
# They see the whole city.
DESK: Final = frozenset({"coordinator", "operator"})


@dataclass(frozen=True)
class Row:
    """Who may ask a route."""

    who: tuple[str, ...]
    hidden: bool = False

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(self.who) & frozenset(Role)


def table() -> dict[str, Row]:
    """The rows by route."""
    rows: dict[str, Row] = {}
    for may in tomllib.loads(TABLE.read_text(encoding="utf-8"))["may"]:
        for route in may["routes"]:
            assert route not in rows, f"{route} has two rows"
            rows[route] = Row(tuple(may["who"]), route in may.get("hidden", ()))
    return rows


def routes_of(app: FastAPI) -> list[str]:
    """Method and path; HEAD is answered as GET is."""
    found = [
        f"{method} {context.path}"
        for context in iter_route_contexts(app.routes)
        for method in sorted(context.methods or ())
        if method != "HEAD"
    ]
    assert found
    return found


@pytest.fixture(params=SERVICES)
async def asked(request: pytest.FixtureRequest) -> Asked:
    return await app_of(request.param)


def is_asked_to_sign_in(reply: httpx.Response) -> bool:
    return reply.status_code == 401 or reply.headers.get("location", "").startswith("/inloggen")


def may_not(reply: httpx.Response) -> bool:
    return reply.status_code == 403 and "niet voor jouw rol" in reply.text


async def test_every_route_has_a_row_and_every_row_a_route() -> None:
    routes = {route for service in SERVICES for route in routes_of((await app_of(service)).app)}

    assert routes - table().keys() == set(), "give each a row in tests/contracts/routes.toml"
    assert table().keys() - routes == set(), "these routes are gone"


async def test_who_asks_is_found_out_before_a_unit_is_opened(asked: Asked) -> None:
    """Whoever holds one connection to the database while waiting for another can stop the whole service."""
    for context in iter_route_contexts(asked.app.routes):
        dependant = getattr(context, "dependant", None)
        calls = [getattr(call, "__qualname__", "") for call in calls_of(dependant)] if dependant else []
        opened = [at for at, name in enumerate(calls) if name in {"_unit", "_unit_of"}]
        looked = [at for at, name in enumerate(calls) if name in LOOKS_SOMEBODY_UP]
        assert not opened or not looked or max(looked) < min(opened), f"{context.path} opens its unit too early"


def calls_of(dependant: Dependant) -> Iterator[Any]:
    """In the order in which they are called."""
    for each in dependant.dependencies:
        yield from calls_of(each)
        yield each.call


async def test_nobody_gets_in_without_signing_in(asked: Asked) -> None:
    rows = table()
    async with asked.client() as nobody:
        replies = {route: await asked.ask(nobody, route) for route in routes_of(asked.app)}

    is_open = {route: bool({"everybody", "link"} & {*rows[route].who}) for route in replies}
    wrong = [route for route, reply in replies.items() if is_asked_to_sign_in(reply) == is_open[route]]
    assert wrong == []
    assert [route for route, reply in replies.items() if reply.status_code >= 500] == []


@pytest.mark.parametrize("role", Role)
async def test_each_role_gets_where_it_may_and_nowhere_else(asked: Asked, role: Role) -> None:
    rows = {route: table()[route] for route in routes_of(asked.app)}
    wrong: list[str] = []
    for route, row in rows.items():
        # A browser for each: one of these routes signs out.
        async with await asked.somebody(role, asked.organisations.get(role, OTHER)) as somebody:
            reply = await asked.ask(somebody, route)
        if row.roles:
            wrong += [route] * (may_not(reply) != (role not in row.roles) or is_asked_to_sign_in(reply))
        elif not {"everybody", "link", "on-the-way"} & {*row.who}:
            # A cookie is no way in for machines.
            wrong += [route] * (reply.status_code != 401)
        wrong += [route] * (reply.status_code >= 500)
    assert wrong == []


async def test_person_whom_the_service_does_not_know_gets_in_nowhere(asked: Asked) -> None:
    session = Session(NOBODY, Role.COORDINATOR, OTHER)
    sessions = sessions_of_matching(secure=asked.origin.startswith("https"))
    async with asked.client(cookies={sessions.cookie: sessions.issue(session, asked.now)}) as nobody:
        for route in [one for one in routes_of(asked.app) if table()[one].roles]:
            assert (await asked.ask(nobody, route)).status_code == 503, route


async def test_what_is_of_another_organisation_looks_as_if_it_were_not_there(asked: Asked) -> None:
    for route in [one for one in routes_of(asked.app) if table()[one].hidden]:
        for role in map(Role, sorted(table()[route].roles - DESK)):
            async with await asked.somebody(role, OTHER) as stranger:
                other, unknown = await asked.ask(stranger, route), await asked.ask(stranger, route, there=False)
            async with await asked.somebody(role, asked.organisations[role]) as own:
                mine = await asked.ask(own, route)
            assert (other.status_code, unknown.status_code) == (404, 404), (route, role)
            assert mine.status_code != 404, (route, role)


async def test_services_answer_only_who_is_named(asked: Asked) -> None:
    for route in [one for one in routes_of(asked.app) if one.startswith("POST /internal/")]:
        may = {who.removeprefix("service:") for who in table()[route].who}
        for caller in (*SERVICES, "nobody"):
            tokens = ServiceTokens(ring_that_asks(caller, asked.service), caller, asked.clock)
            async with asked.client(auth=ServiceAuth(tokens, asked.service)) as service:
                status = (await asked.ask(service, route)).status_code
            refused = 403 if (caller, asked.service) in ASKS else 401
            assert (status != refused) == (caller in may), (route, caller)
            assert status not in {401, 403} - {refused}


async def test_services_have_a_key_for_the_questions_that_they_ask_and_for_no_others() -> None:
    may = {
        (who.removeprefix("service:"), service)
        for service in SERVICES
        for route in routes_of((await app_of(service)).app)
        for who in table()[route].who
        if who.startswith("service:")
    }
    assert may == ASKS


async def test_token_of_a_system_opens_nothing_when_its_ambassador_is_none_any_more(asked: Asked) -> None:
    system = CallingSystem(UUID(int=1), uuid5(OTHER, "member"), OTHER)
    await asked.somebody("member", OTHER)
    token = tokens_of_intake().issue(system, asked.now)
    async with asked.client() as machine:
        machine.headers["Authorization"] = f"Bearer {token}"
        for route in [one for one in routes_of(asked.app) if {"system", "key"} & {*table()[one].who}]:
            assert (await asked.ask(machine, route)).status_code == 401, route
