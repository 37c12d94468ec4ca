"""Every route of every service is asked as everybody: who may stands in `routes.toml`, and a new route needs a row."""

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
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
from tests.contracts.asked_apps import NOBODY, OTHER, Asked, app_of
from tests.parts.keys import ring_that_asks, sessions_of_matching, tokens_of_intake

TABLE: Final = Path(__file__).with_name("routes.toml")
SERVICES: Final = ("intake", "matching", "monitoring", "notify", "community")
LOOKS_SOMEBODY_UP: Final = frozenset(
    {"signed_in.<locals>.dependency", "maybe_signed_in", "_calling_system", "_allowed"}
)
# They see the whole city.
DESK: Final = frozenset({"coordinator", "operator"})


@dataclass(frozen=True)
class Row:
    """Who may ask a route."""

    who: tuple[str, ...]
    own: bool = False
    done: bool = False
    audit: bool = False
    together: bool = False

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(self.who) & frozenset(Role)


@functools.cache
def table() -> Mapping[str, Row]:
    """The rows by route."""
    rows: dict[str, Row] = {}
    for may in tomllib.loads(TABLE.read_text(encoding="utf-8"))["may"]:
        for route in may["routes"]:
            assert route not in rows, f"{route} has two rows"
            own, done, audit, together = (may.get(name, ()) for name in ("own", "done", "audit", "together"))
            is_audited = audit is True or route in audit
            rows[route] = Row(tuple(may["who"]), route in own, route in done, is_audited, route in together)
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
    assert "\n".join(wrong) == ""
    assert [route for route, reply in replies.items() if reply.status_code >= 500] == []


@pytest.mark.parametrize("role", Role)
async def test_each_role_gets_where_it_may_and_nowhere_else(asked: Asked, role: Role) -> None:
    rows = {route: table()[route] for route in routes_of(asked.app)}
    wrong: list[str] = []
    for route, row in rows.items():
        # A browser for each, and all as it was: one of these routes signs out.
        with asked.put_back():
            async with await asked.somebody(role, asked.organisations[role]) as somebody:
                reply = await asked.ask(somebody, route)
        if row.roles:
            wrong += [route] * (may_not(reply) != (role not in row.roles) or is_asked_to_sign_in(reply))
        elif not {"everybody", "link", "on-the-way"} & {*row.who}:
            # A cookie is no way in for machines.
            wrong += [route] * (reply.status_code != 401)
        wrong += [route] * (reply.status_code >= 500)
    assert "\n".join(wrong) == ""


async def test_person_whom_the_service_does_not_know_gets_in_nowhere(asked: Asked) -> None:
    session = Session(NOBODY, Role.COORDINATOR, OTHER)
    sessions = sessions_of_matching(secure=asked.origin.startswith("https"))
    async with asked.client(cookies={sessions.cookie: sessions.issue(session, asked.now)}) as nobody:
        for route in [one for one in routes_of(asked.app) if table()[one].roles]:
            assert (await asked.ask(nobody, route)).status_code == 503, route


async def test_what_is_of_another_organisation_looks_as_if_it_were_not_there_and_is_not_touched(asked: Asked) -> None:
    """A route with an id needs something with that id in `asked_things`, which its owner finds and nobody else."""
    wrong: list[str] = []
    for route, row in with_an_id(asked):
        if row.together:
            continue
        for role in map(Role, sorted(row.roles if row.own else row.roles - DESK)):
            ids, organisation_id = asked.ids[role], asked.organisations[role]
            stranger, own = await asked.somebody(role, OTHER), await asked.somebody(role, organisation_id)
            wrong += [f"{route} as {role.value}: {said}" for said in await told_apart(asked, route, ids, stranger, own)]
        if "system" in row.who:
            ids, school = asked.ids[Role.AMBASSADOR], asked.organisations[Role.AMBASSADOR]
            stranger, own = await asked.system(OTHER), await asked.system(school)
            wrong += [f"{route} as a system: {said}" for said in await told_apart(asked, route, ids, stranger, own)]
    assert "\n".join(wrong) == ""


async def test_link_of_one_organisation_opens_nothing_of_another(asked: Asked) -> None:
    wrong: list[str] = []
    for route, row in with_an_id(asked):
        if "link" in row.who:
            mine, theirs = asked.ids[Role.PARTNER], asked.ids[Role.AMBASSADOR]
            async with asked.client() as holder:
                reply, own = (
                    await asked.ask(holder, route, theirs | {"token": mine["token"]}),
                    await asked.ask(holder, route, mine),
                )
            wrong += [route] * (reply.status_code != 404 or own.status_code == 404)
    assert "\n".join(wrong) == ""


async def test_desk_finds_what_is_there_and_hears_what_is_not(asked: Asked) -> None:
    wrong: list[str] = []
    for route, row in with_an_id(asked):
        for role in map(Role, [] if row.own else sorted(row.roles & DESK)):
            with asked.put_back():
                async with await asked.somebody(role, asked.organisations[role]) as desk:
                    unknown = await asked.ask(desk, route)
                    found = await asked.ask(desk, route, asked.ids[role])
            wrong += [f"{route} as {role.value} finds nothing"] * (found.status_code == 404)
            wrong += [f"{route} as {role.value}: {unknown.status_code}"] * ((unknown.status_code == 404) == row.done)
    assert "\n".join(wrong) == ""


def with_an_id(asked: Asked) -> list[tuple[str, Row]]:
    """The routes that name a thing; a token alone is the right to it."""
    routes = [one for one in routes_of(asked.app) if set(re.findall(r"{(\w+)", one)) - {"token"}]
    return [(route, table()[route]) for route in routes]


async def told_apart(
    asked: Asked, route: str, ids: Mapping[str, object], stranger: httpx.AsyncClient, own: httpx.AsyncClient
) -> list[str]:
    """What is wrong: somebody else sees or changes it, or its owner does not find it."""
    async with stranger, own:
        with asked.put_back():
            before = asked.kept()
            other = await asked.ask(stranger, route, ids)
            changed = [name for name, rows in asked.kept().items() if rows != before.get(name, {})]
            unknown = await asked.ask(stranger, route)
            mine = await asked.ask(own, route, ids)
    wrong = [f"another gets {other.status_code}"] * (other.status_code not in {404, unknown.status_code})
    wrong += [f"what is not there gets {unknown.status_code}"] * ((unknown.status_code == 404) == table()[route].done)
    wrong += [f"another changes {changed}"] * bool(changed)
    return wrong + ["its owner finds nothing"] * (mine.status_code == 404)


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
