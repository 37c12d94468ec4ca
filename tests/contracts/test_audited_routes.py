"""Every route that serves or changes personal data writes a line in the audit log, whoever asks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Final
from uuid import uuid5

import httpx
import pytest

from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.events.base import Role
from shared.privacy.audit import AuditEntry, Outcome
from shared.web.auditing import Table
from tests.contracts.asked_apps import NOBODY, OTHER, Asked, app_of
from tests.contracts.test_routes import SERVICES, Row, is_asked_to_sign_in, routes_of, table
from tests.parts.audit import CHAIN
from tests.parts.keys import ring_that_asks

KEY: Final = NOBODY


def audited(service: str) -> Table:
    found: Table = import_module(f"services.{service}.web.audited").AUDITED
    return found


def entries(asked: Asked) -> list[AuditEntry]:
    lines = list(asked.units.tables.table("audit_lines").values())
    assert CHAIN.verify(lines) is None
    return [line.entry for line in lines]


@pytest.fixture(params=SERVICES)
async def asked(request: pytest.FixtureRequest) -> Asked:
    return await app_of(request.param)


@asynccontextmanager
async def whoever_may(asked: Asked, row: Row) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody whom this route lets in, at the organisation whose things are there."""
    if row.roles:
        role = Role.COORDINATOR if Role.COORDINATOR in row.roles else Role(min(row.roles))
        async with await asked.somebody(role, asked.organisations.get(role, OTHER)) as somebody:
            yield somebody
        return
    organisation = asked.organisations.get(Role.AMBASSADOR, OTHER)
    if "system" in row.who:
        async with await asked.system(organisation) as machine:
            yield machine
        return
    async with asked.client() as machine:
        if service := next((who.removeprefix("service:") for who in row.who if who.startswith("service:")), ""):
            tokens = ServiceTokens(ring_that_asks(service, asked.service), service, asked.clock)
            machine.auth = ServiceAuth(tokens, asked.service)
        yield machine


async def test_column_says_of_every_route_whether_it_is_in_its_services_table() -> None:
    rows = table()
    for service in SERVICES:
        routes = routes_of((await app_of(service)).app)
        # A request for help is written many at once, each with its line: `submit_requests`.
        assert {route for route in routes if rows[route].audit} == audited(service).keys(), service


async def test_route_that_answers_or_refuses_writes_its_line(asked: Asked) -> None:
    rows, without = table(), list[str]()
    for route, row in audited(asked.service).items():
        before = len(entries(asked))
        async with whoever_may(asked, rows[route]) as somebody:
            reply = await asked.ask(somebody, route)
        assert not is_asked_to_sign_in(reply), route
        # Whatever was typed wrongly served and changed nothing, unless a page came with it.
        if reply.status_code != 400 and not told(entries(asked)[before:], row.purpose):
            without.append(f"{route}: {reply.status_code}")
    assert without == []


def told(new: list[AuditEntry], purpose: str) -> bool:
    """A line of the route, or of a handler that knew more."""
    return any(entry.purpose == purpose or entry.about_id is not None for entry in new)


async def test_lines_name_who_came_in_and_which_way(asked: Asked) -> None:
    rows = table()
    for route in [one for one in audited(asked.service) if one.startswith("GET ")]:
        before = len(entries(asked))
        async with whoever_may(asked, rows[route]) as somebody:
            await asked.ask(somebody, route)
        for entry in entries(asked)[before:]:
            way = "api" if "system" in rows[route].who else "link" if "link" in rows[route].who else "page"
            assert entry.actor.via == way, route
            assert (entry.actor.person_id is None) == (way == "link"), route
            assert entry.actor.via_id == (str(KEY) if way == "api" else None), route


async def test_whoever_may_not_is_a_line_of_a_refusal(asked: Asked) -> None:
    rows = table()
    for route in [one for one, row in audited(asked.service).items() if row.at and rows[one].roles]:
        before = len(entries(asked))
        async with await asked.somebody(Role.MEMBER, OTHER) as stranger:
            assert (await asked.ask(stranger, route)).status_code == 403, route
        (line,) = entries(asked)[before:]
        assert line.outcome is Outcome.REFUSED, route
        assert line.actor.person_id == uuid5(OTHER, "member"), route
        assert line.actor.role == "member", route
